// Forms that g++ 12 destroys twice. coro_lint.sh must find every line marked, and no other.
#include <functional>
#include <string>
#include <utility>

#include <boost/asio/awaitable.hpp>

using boost::asio::awaitable;

struct Request {
  std::string url;
};

struct Counted {
  int count;
  std::string url;
};

awaitable<int> send(Request) { co_return 1; }
awaitable<int> run(std::function<int()>) { co_return 1; }

awaitable<void> bad(std::string url, bool other) {
  co_await send(Request{url});                // found
  co_await send({url});                       // found
  co_await send({.url = url});                // found
  co_await run([url] { return 1; });          // found
  Request a{url}, b{url};
  co_await send(other ? Request{url} : a);    // found
  Counted counted{co_await send(b), url};     // found
}

awaitable<void> good(std::string url) {
  Request request{url};
  co_await send(request);
  co_await send(std::move(request));
  auto later = send(Request{url});
  int count = co_await std::move(later);
  auto job = [url] { return 1; };
  if (auto done = co_await run(job); done > count) co_return;
}
