#include "tests/http/peers.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <future>
#include <netinet/in.h>
#include <optional>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace linli::http::test {
namespace {

namespace asio = boost::asio;

sockaddr_in loopback(unsigned short port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int listen_anywhere(unsigned short& port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (listener < 0 || ::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener, 64) != 0 ||
      ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("the test cannot listen");
  port = ntohs(address.sin_port);
  return listener;
}

void bound_waits(int descriptor) {
  const timeval limit{10, 0};
  ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

}  // namespace

asio::awaitable<Answer> echo(Request request) {
  Response response;
  response.body = request.method + " " + request.path + "?" + request.query + " " + request.body;
  co_return response;
}

RunningServer::RunningServer(std::vector<Route> routes, ServerOptions options)
    : server_(std::make_unique<Server>(io_, std::move(options), std::move(routes))) {
  server_->start();
  thread_ = std::thread([this] { io_.run(); });
}

RunningServer::~RunningServer() {
  begin_stop();
  wait_stopped();
}

void RunningServer::begin_stop() {
  if (std::exchange(stop_begun_, true)) return;
  const auto ended = [this](std::exception_ptr) { stopped_ = true; };
  asio::co_spawn(io_, server_->stop(), ended);
}

void RunningServer::wait_stopped() {
  if (thread_.joinable()) thread_.join();  // run() returns by itself when all has ended
}

std::size_t RunningServer::connections() {
  std::size_t count = 0;
  on_thread([&] { count = server_->connections(); });
  return count;
}

void RunningServer::on_thread(const std::function<void()>& what) {
  std::promise<void> done;
  asio::post(io_, [&] {
    what();
    done.set_value();
  });
  done.get_future().wait();
}

RequestHandler Gate::handler() {
  return [this](Request) -> asio::awaitable<Answer> {
    executor_ = co_await asio::this_coro::executor;
    asio::steady_timer bell(executor_, asio::steady_timer::time_point::max());
    waiting_.push_back(&bell);
    ++entered_;
    while (!is_open_) co_await bell.async_wait(asio::as_tuple(asio::use_awaitable));
    std::erase(waiting_, &bell);
    Response response;
    response.body = "late";
    co_return response;
  };
}

void Gate::wait_entered(int times) {
  while (entered_ < times) std::this_thread::yield();
}

void Gate::open() {
  const auto let_go = [this] {
    is_open_ = true;
    for (auto* bell : waiting_) bell->cancel();
  };
  asio::post(executor_, let_go);
}

RawSocket::RawSocket(unsigned short port) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const sockaddr_in address = loopback(port);
  bound_waits(descriptor_);
  if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("the test cannot connect");
}

RawSocket::RawSocket(int descriptor) : descriptor_(descriptor) {
  bound_waits(descriptor_);
}

RawSocket::RawSocket(RawSocket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), received_(std::move(other.received_)) {}

RawSocket::~RawSocket() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool RawSocket::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void RawSocket::end_sending() {
  ::shutdown(descriptor_, SHUT_WR);
}

int RawSocket::release() {
  return std::exchange(descriptor_, -1);
}

bool RawSocket::receive() {
  char room[4096];
  const ssize_t bytes = ::recv(descriptor_, room, sizeof room, 0);
  if (bytes < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
    throw std::runtime_error("nothing came in ten seconds");
  if (bytes > 0) received_.append(room, static_cast<std::size_t>(bytes));
  return bytes > 0;
}

std::string RawSocket::until(std::string_view mark) {
  std::size_t at = 0;
  while ((at = received_.find(mark)) == std::string::npos)
    if (!receive()) return std::exchange(received_, {});
  std::string taken = received_.substr(0, at + mark.size());
  received_.erase(0, taken.size());
  return taken;
}

std::string RawSocket::answer(bool has_body) {
  std::string head = until("\r\n\r\n");
  const std::size_t at = head.find("Content-Length: ");
  const std::size_t length = at == std::string::npos || !has_body ? 0 : std::stoul(head.substr(at + 16));
  while (received_.size() < length)
    if (!receive()) break;
  head += received_.substr(0, length);
  received_.erase(0, std::min(length, received_.size()));
  return head;
}

std::string RawSocket::rest() {
  while (receive()) {
  }
  return std::exchange(received_, {});
}

RawServer::RawServer(std::function<void(RawSocket)> serve)
    : listener_(listen_anywhere(port_)), serve_(std::move(serve)) {
  thread_ = std::thread([this] {
    for (int descriptor = 0; (descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC)) >= 0;) {
      ++accepted_;
      serve_(RawSocket(descriptor));
      ++served_;
    }
  });
}

RawServer::~RawServer() {
  ::shutdown(listener_, SHUT_RDWR);
  thread_.join();
  ::close(listener_);
}

FullListener::FullListener() : listener_(listen_anywhere(port_)) {
  ::listen(listener_, 0);
  const sockaddr_in address = loopback(port_);
  for (int i = 0; i < 4; ++i) {
    queued_.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    ::connect(queued_.back(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  }
}

FullListener::~FullListener() {
  for (const int descriptor : queued_) ::close(descriptor);
  ::close(listener_);
}

Result<ClientResponse> ask(asio::io_context& io, Client& client, ClientRequest request) {
  std::optional<Result<ClientResponse>> answer;
  const auto ended = [&](std::exception_ptr failed, Result<ClientResponse> result) {
    if (failed) std::rethrow_exception(failed);
    answer = std::move(result);
  };
  asio::co_spawn(io, client.request(std::move(request)), ended);
  io.restart();
  io.run();
  return std::move(answer.value());
}

unsigned short closed_port() {
  unsigned short port = 0;
  ::close(listen_anywhere(port));
  return port;
}

}  // namespace linli::http::test
