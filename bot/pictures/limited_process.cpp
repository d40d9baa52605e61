#include "bot/pictures/limited_process.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <memory>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

namespace linli::pictures {

namespace asio = boost::asio;

namespace {

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds glance{5};  // between two looks whether a child has ended

/// An empty folder for one run, gone with all that was left in it.
class OwnFolder {
 public:
  OwnFolder() {
    std::error_code failed;
    auto pattern = (std::filesystem::temp_directory_path(failed) / "linli-picture-XXXXXX").string();
    if (!failed && mkdtemp(pattern.data())) path_ = pattern;
  }
  ~OwnFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  OwnFolder(const OwnFolder&) = delete;
  OwnFolder& operator=(const OwnFolder&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// A way to a child whose ends no other program inherits. The one we write to is of sockets: a child that has
/// closed its end must not send us the signal of a broken pipe.
struct Pipe {
  explicit Pipe(bool of_sockets) {
    int made = of_sockets ? socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) : pipe2(ends, O_CLOEXEC);
    if (made != 0) ends[0] = ends[1] = -1;
  }
  ~Pipe() {
    shut(0);
    shut(1);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  explicit operator bool() const { return ends[0] >= 0; }
  int release(int which) { return std::exchange(ends[which], -1); }
  void shut(int which) {
    if (ends[which] >= 0) close(release(which));
  }
  int ends[2];
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> found;
  for (std::string& text : texts) found.push_back(text.data());
  found.push_back(nullptr);
  return found;
}

/// posix_spawn's two sets of wishes.
struct Wishes {
  Wishes() {
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
  }
  ~Wishes() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }
  Wishes(const Wishes&) = delete;
  Wishes& operator=(const Wishes&) = delete;
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
};

pid_t spawn(Command& command, const std::string& folder, const Pipe& in, const Pipe& out) {
  Wishes wishes;
  bool wished =
      posix_spawn_file_actions_adddup2(&wishes.files, in.ends[0], STDIN_FILENO) == 0 &&
      posix_spawn_file_actions_adddup2(&wishes.files, out.ends[1], STDOUT_FILENO) == 0 &&
      posix_spawn_file_actions_addopen(&wishes.files, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
      posix_spawn_file_actions_addchdir_np(&wishes.files, folder.c_str()) == 0 &&
      posix_spawn_file_actions_addclosefrom_np(&wishes.files, STDERR_FILENO + 1) == 0;
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  wished = wished &&
           posix_spawnattr_setflags(&wishes.attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                                            POSIX_SPAWN_SETSIGDEF) == 0 &&
           posix_spawnattr_setpgroup(&wishes.attributes, 0) == 0 &&
           posix_spawnattr_setsigmask(&wishes.attributes, &none) == 0 &&
           posix_spawnattr_setsigdefault(&wishes.attributes, &all) == 0;
  const char* path = std::getenv("PATH");
  std::vector<std::string> environment = command.environment;
  environment.push_back(std::string("PATH=") + (path ? path : "/usr/bin:/bin"));
  environment.push_back("LC_ALL=C.UTF-8");
  environment.push_back("TMPDIR=" + folder);
  pid_t pid = 0;
  bool started =
      wished && posix_spawnp(&pid, command.words.front().c_str(), &wishes.files, &wishes.attributes,
                             pointers(command.words).data(), pointers(environment).data()) == 0;
  return started ? pid : 0;
}

bool limit(pid_t pid, __rlimit_resource what, std::size_t most) {
  const rlimit both{most, most};
  return prlimit(pid, what, &both, nullptr) == 0;
}

/// Set from outside, on a child that has had no input yet: nothing it does with the picture is without them.
bool limit_all(pid_t pid, const ProcessLimits& limits) {
  setpriority(PRIO_PROCESS, static_cast<id_t>(pid), 19);
  return limit(pid, RLIMIT_CORE, 0) && limit(pid, RLIMIT_AS, limits.memory) &&
         limit(pid, RLIMIT_CPU, static_cast<std::size_t>(limits.cpu.count())) &&
         limit(pid, RLIMIT_FSIZE, limits.file) &&
         limit(pid, RLIMIT_NOFILE, static_cast<std::size_t>(limits.open_files));
}

}  // namespace

void Leash::pull() {
  pulled_ = true;
  for (int pid : running_) kill(-pid, SIGKILL);
}

/// A started program, with all that it may have started; killed and waited for at the latest when this goes.
class Child {
 public:
  Child(pid_t pid, Leash& leash) : pid_(pid), leash_(leash) { leash_.running_.insert(pid_); }
  ~Child() {
    if (!ended_) {
      end();
      waitpid(pid_, &status_, 0);
      leash_.running_.erase(pid_);
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void end() {
    if (!ended_) kill(-pid_, SIGKILL);
  }
  bool has_ended() {
    if (!ended_ && waitpid(pid_, &status_, WNOHANG) == pid_) {
      ended_ = true;
      leash_.running_.erase(pid_);
    }
    return ended_;
  }
  bool succeeded() const { return ended_ && WIFEXITED(status_) && WEXITSTATUS(status_) == 0; }

 private:
  pid_t pid_;
  Leash& leash_;
  int status_ = 0;
  bool ended_ = false;
};

namespace {

/// What is going on with one child, shared with the coroutine that feeds it and the clock that ends it.
struct Run {
  Run(const asio::any_io_executor& executor, pid_t pid, Leash& leash, int in, int out)
      : child(pid, leash),
        input(executor, asio::local::stream_protocol(), in),
        output(executor, out),
        clock(executor),
        fed(executor) {}
  Child child;
  asio::local::stream_protocol::socket input;
  asio::posix::stream_descriptor output;
  asio::steady_timer clock;
  asio::steady_timer fed;  // cancelled when feeding has ended
  bool feeding = true;
  bool late = false;
};

asio::awaitable<void> feed(std::shared_ptr<Run> run, std::string bytes) {
  co_await asio::async_write(run->input, asio::buffer(bytes), no_throw);  // a child need not read it all
  boost::system::error_code ignored;
  run->input.close(ignored);
}

/// All that it writes, until it ends, writes too much, or is killed.
asio::awaitable<Result<std::string>> listen(std::shared_ptr<Run> run, std::size_t most) {
  std::string written;
  std::array<char, 16384> piece;
  for (;;) {
    auto [failed, count] = co_await run->output.async_read_some(asio::buffer(piece), no_throw);
    written.append(piece.data(), count);
    if (written.size() > most) {
      run->child.end();
      co_return Error{Errc::too_large, "the program wrote more than it may"};
    }
    if (failed) co_return written;
  }
}

}  // namespace

asio::awaitable<Result<std::string>> run_limited(Command command, ProcessLimits limits, Leash& leash) {
  const auto executor = co_await asio::this_coro::executor;
  const OwnFolder folder;
  Pipe in(true), out(false);
  if (leash.pulled() || folder.path().empty() || !in || !out)
    co_return Error{Errc::unavailable, "no program can be started now"};
  std::string input = std::move(command.input);
  const pid_t pid = spawn(command, folder.path(), in, out);
  if (pid == 0)
    co_return Error{Errc::unavailable, fmt::format("'{}' cannot be started", command.words.front())};
  auto run = std::make_shared<Run>(executor, pid, leash, in.release(1), out.release(0));
  in.shut(0);
  out.shut(1);
  if (!limit_all(pid, limits) && !run->child.has_ended())
    co_return Error{Errc::unavailable, "the limits of a program cannot be set"};
  run->fed.expires_at(asio::steady_timer::time_point::max());
  auto on_fed = [run](std::exception_ptr) {
    run->feeding = false;
    run->fed.cancel();
  };
  asio::co_spawn(executor, feed(run, std::move(input)), on_fed);
  run->clock.expires_after(limits.wall);
  auto too_late = [run](boost::system::error_code stopped) {
    if (stopped) return;
    run->late = true;
    run->child.end();
    run->output.cancel();
  };
  run->clock.async_wait(too_late);
  auto written = co_await listen(run, limits.output);
  boost::system::error_code ignored;
  run->input.cancel(ignored);
  while (run->feeding) co_await run->fed.async_wait(no_throw);
  asio::steady_timer look(executor);
  while (!run->child.has_ended()) {
    look.expires_after(glance);
    co_await look.async_wait(no_throw);
  }
  run->clock.cancel();
  if (leash.pulled()) co_return Error{Errc::unavailable, "the bot stops"};
  if (run->late) co_return Error{Errc::timed_out, "the program took too long and was ended"};
  if (written && !run->child.succeeded()) co_return Error{Errc::bad_input, "the program ended in failure"};
  co_return written;
}

}  // namespace linli::pictures
