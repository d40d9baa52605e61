#include "bot/pictures/limited_process.hpp"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>

#include <boost/asio/steady_timer.hpp>

#include "tests/pictures/running.hpp"

namespace linli::pictures {
namespace {

using std::chrono::milliseconds;

class LimitedProcess : public testing::Test {
 protected:
  Result<std::string> run(const std::string& script, std::string input = {}) {
    Command command{{"/bin/sh", "-c", script}, {}, std::move(input)};
    auto begun = std::chrono::steady_clock::now();
    auto result = wait_for(io, run_limited(std::move(command), limits, leash));
    took = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - begun);
    return result;
  }
  static Errc code_of(const Result<std::string>& result) {
    EXPECT_FALSE(result);
    return result ? Errc::conflict : result.error().code;
  }

  boost::asio::io_context io{1};
  ProcessLimits limits;
  Leash leash;
  milliseconds took{};
};

TEST_F(LimitedProcess, GivesWhatItWroteFromWhatItGot) {
  std::string input(900'000, 'x');
  auto written = run("cat", input);
  ASSERT_TRUE(written);
  EXPECT_EQ(*written, input);
}

TEST_F(LimitedProcess, NeedNotReadItsInput) {
  auto written = run("echo enough", std::string(900'000, 'x'));
  ASSERT_TRUE(written);
  EXPECT_EQ(*written, "enough\n");
}

TEST_F(LimitedProcess, EndsASleeperAndWhateverItStarted) {
  limits.wall = milliseconds(300);
  limits.output = 100;
  EXPECT_EQ(code_of(run("sleep 61 & sleep 62")), Errc::timed_out);
  EXPECT_LT(took, Seconds{5});
  limits.wall = Seconds{5};
  auto left = run("grep -al 'sleep.6[12]' /proc/[0-9]*/cmdline 2>/dev/null; true");
  ASSERT_TRUE(left);
  EXPECT_EQ(*left, "");
}

TEST_F(LimitedProcess, EndsWhoeverKeepsTheOutputClosedAndGoesOn) {
  limits.wall = milliseconds(300);
  EXPECT_EQ(code_of(run("exec >&-; sleep 60")), Errc::timed_out);
  EXPECT_LT(took, Seconds{5});
}

TEST_F(LimitedProcess, EndsWhoeverComputesForEver) {
  limits.cpu = Seconds{1};
  EXPECT_EQ(code_of(run("while :; do :; done")), Errc::bad_input);
  EXPECT_LT(took, Seconds{15});
}

TEST_F(LimitedProcess, GivesNoMoreMemoryThanAllowed) {
  const std::string hog = "read go; exec dd if=/dev/zero of=/dev/null bs=300M count=1 status=none";
  limits.memory = std::size_t{100} << 20;
  EXPECT_EQ(code_of(run(hog, "go\n")), Errc::bad_input);
  limits.memory = std::size_t{1} << 30;
  EXPECT_TRUE(run(hog, "go\n")) << "the hog itself must be sound";
}

TEST_F(LimitedProcess, ReadsNoMoreThanAllowed) {
  limits.output = 10'000;
  EXPECT_EQ(code_of(run("exec yes")), Errc::too_large);
  EXPECT_LT(took, Seconds{5});
}

TEST_F(LimitedProcess, WritesNoLargeFiles) {
  limits.file = 100'000;
  EXPECT_EQ(code_of(run("read go; exec dd if=/dev/zero of=big bs=200000 count=1 status=none", "go\n")),
            Errc::bad_input);
}

TEST_F(LimitedProcess, LivesInAFolderThatIsGoneAfterwards) {
  auto where = run("touch left_behind; pwd; ls -a | wc -l");
  ASSERT_TRUE(where);
  auto folder = where->substr(0, where->find('\n'));
  EXPECT_NE(folder.find("linli-picture-"), std::string::npos);
  EXPECT_NE(where->find("\n3\n"), std::string::npos) << "nothing else is in it";
  EXPECT_FALSE(std::filesystem::exists(folder));
}

TEST_F(LimitedProcess, InheritsNeitherDescriptorsNorSecrets) {
  setenv("LINLI_APP_SECRET", "very-secret", 1);
  int open_here = dup(STDERR_FILENO);  // without O_CLOEXEC, as a listening socket has it
  auto seen = run("ls /proc/$$/fd; env");
  close(open_here);
  unsetenv("LINLI_APP_SECRET");
  ASSERT_TRUE(seen);
  EXPECT_TRUE(seen->starts_with("0\n1\n2\n")) << *seen;
  EXPECT_EQ(seen->find("\n" + std::to_string(open_here) + "\n"), std::string::npos);
  EXPECT_EQ(seen->find("very-secret"), std::string::npos);
}

TEST_F(LimitedProcess, RunsAtTheLowestPriority) {
  auto nice = run("sleep 0.05; nice");
  ASSERT_TRUE(nice);
  EXPECT_EQ(*nice, "19\n");
}

TEST_F(LimitedProcess, SaysThatAProgramIsMissingOrFailed) {
  Command command{{"linli-no-such-program"}, {}, {}};
  EXPECT_EQ(code_of(wait_for(io, run_limited(std::move(command), limits, leash))), Errc::unavailable);
  EXPECT_EQ(code_of(run("echo something; exit 3")), Errc::bad_input);
  EXPECT_EQ(code_of(run("kill -SEGV $$")), Errc::bad_input);
}

TEST_F(LimitedProcess, IsEndedWhenTheLeashIsPulled) {
  boost::asio::steady_timer pull(io, milliseconds(200));
  pull.async_wait([this](boost::system::error_code) { leash.pull(); });
  EXPECT_EQ(code_of(run("sleep 60")), Errc::unavailable);
  EXPECT_LT(took, Seconds{5});
  EXPECT_EQ(code_of(run("true")), Errc::unavailable) << "nothing starts any more";
}

TEST_F(LimitedProcess, LeavesTheThreadToOthers) {
  int ticks = 0;
  boost::asio::steady_timer timer(io);
  std::function<void()> tick = [&] {
    if (++ticks >= 40) return;
    timer.expires_after(milliseconds(10));
    timer.async_wait([&](boost::system::error_code) { tick(); });
  };
  tick();
  limits.wall = Seconds{10};
  ASSERT_TRUE(run("sleep 1"));
  EXPECT_EQ(ticks, 40);
}

}  // namespace
}  // namespace linli::pictures
