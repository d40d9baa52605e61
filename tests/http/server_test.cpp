#include "bot/http/server.hpp"

#include <chrono>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <optional>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

#include "bot/base/log.hpp"
#include "tests/http/peers.hpp"

namespace linli::http {
namespace {

using test::echo;
using test::Gate;
using test::RawSocket;
using test::RunningServer;
using namespace std::chrono_literals;

const std::string get = "GET /echo HTTP/1.1\r\nHost: a\r\n\r\n";

bool is_ok(const std::string& answer) {
  return answer.starts_with("HTTP/1.1 200 OK\r\n");
}
bool says_close(const std::string& answer) {
  return answer.find("\r\nConnection: close\r\n") != std::string::npos;
}

boost::asio::awaitable<Answer> no_answer(Request) {
  co_return std::nullopt;
}
boost::asio::awaitable<Answer> throwing(Request) {
  throw std::runtime_error("PRIVATE");
  co_return std::nullopt;
}

TEST(Server, AnswersOnOneConnectionAgainAndAgain) {
  RunningServer server({{"POST", "/echo/{name}", {}, echo}});
  RawSocket socket(server.port());
  for (int i = 0; i < 2000; ++i) {
    const std::string body = "body " + std::to_string(i);
    ASSERT_TRUE(socket.send("POST /echo/x?n=" + std::to_string(i) +
                            " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) +
                            "\r\n\r\n" + body));
    const std::string answer = socket.answer();
    ASSERT_TRUE(is_ok(answer)) << answer;
    ASSERT_FALSE(says_close(answer));
    ASSERT_TRUE(answer.ends_with("\r\n\r\nPOST /echo/x?n=" + std::to_string(i) + " " + body)) << answer;
  }
  EXPECT_EQ(server.connections(), 1U);
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  RunningServer server({{"*", "/", {}, echo}});
  RawSocket socket(server.port());
  std::string many;
  for (int i = 0; i < 100; ++i) many += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: a\r\n\r\n";
  ASSERT_TRUE(socket.send(many));
  for (int i = 0; i < 100; ++i)
    ASSERT_TRUE(socket.answer().ends_with("\r\n\r\nGET /" + std::to_string(i) + "? ")) << i;
}

TEST(Server, HeadHasTheHeaderOfGetAndNoBody) {
  RunningServer server({{"GET", "/echo", {}, echo}});
  RawSocket socket(server.port());
  ASSERT_TRUE(socket.send("HEAD /echo HTTP/1.1\r\nHost: a\r\n\r\n" + get));
  EXPECT_NE(socket.answer(false).find("\r\nContent-Length: 12\r\n"), std::string::npos);
  EXPECT_TRUE(socket.answer().ends_with("\r\n\r\nGET /echo? "));
}

TEST(Server, ConfirmsABodyThatTheClientHoldsBack) {
  RunningServer server({{"POST", "/echo", {}, echo}});
  RawSocket socket(server.port());
  ASSERT_TRUE(
      socket.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"));
  EXPECT_EQ(socket.answer(), "HTTP/1.1 100 Continue\r\n\r\n");
  ASSERT_TRUE(socket.send("hi"));
  EXPECT_TRUE(socket.answer().ends_with("POST /echo? hi"));
}

TEST(Server, OldClientsAndThoseWhoAskGetAClose) {
  RunningServer server({{"GET", "/echo", {}, echo}});
  RawSocket old(server.port());
  ASSERT_TRUE(old.send("GET /echo HTTP/1.0\r\n\r\n"));
  EXPECT_TRUE(says_close(old.rest()));
  RawSocket old_keeping(server.port());
  ASSERT_TRUE(old_keeping.send("GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
  EXPECT_NE(old_keeping.answer().find("\r\nConnection: keep-alive\r\n"), std::string::npos);
  ASSERT_TRUE(old_keeping.send(get));
  EXPECT_TRUE(is_ok(old_keeping.answer()));
  RawSocket asking(server.port());
  ASSERT_TRUE(asking.send("GET /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
  EXPECT_TRUE(says_close(asking.rest()));
}

TEST(Server, AClientThatHasSentAllMayCloseItsHalf) {
  RunningServer server({{"GET", "/echo", {}, echo}});
  RawSocket socket(server.port());
  ASSERT_TRUE(socket.send(get));
  socket.end_sending();
  EXPECT_TRUE(is_ok(socket.rest()));
}

TEST(Server, UnknownPathsAndMethodsKeepTheConnection) {
  RunningServer server({{"POST", "/echo", {}, echo}});
  RawSocket socket(server.port());
  ASSERT_TRUE(socket.send("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n"));
  EXPECT_TRUE(socket.answer().starts_with("HTTP/1.1 404 Not Found\r\n"));
  ASSERT_TRUE(socket.send(get));
  const std::string answer = socket.answer();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 405 Method Not Allowed\r\n"));
  EXPECT_NE(answer.find("\r\nAllow: POST\r\n"), std::string::npos);
  ASSERT_TRUE(socket.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"));
  EXPECT_TRUE(is_ok(socket.answer()));
}

TEST(Server, NoAnswerClosesWithoutAByte) {
  RunningServer server({{"GET", "/echo", {}, no_answer}});
  RawSocket socket(server.port());
  ASSERT_TRUE(socket.send(get));
  EXPECT_TRUE(socket.closed_silently());
}

TEST(Server, WhatAHandlerThrowsIsA500WithoutDetails) {
  RunningServer server({{"GET", "/echo", {}, throwing}, {"GET", "/good", {}, echo}});
  RawSocket socket(server.port());
  ASSERT_TRUE(socket.send(get));
  const std::string answer = socket.answer();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 500 Internal Server Error\r\n"));
  EXPECT_EQ(answer.find("PRIVATE"), std::string::npos);
  ASSERT_TRUE(socket.send("GET /good HTTP/1.1\r\nHost: a\r\n\r\n"));
  EXPECT_TRUE(is_ok(socket.answer()));
}

TEST(Server, AnAnswerThatWouldBreakTheHeaderIsA500) {
  const auto splitting = [](Request) -> boost::asio::awaitable<Answer> {
    Response response;
    response.headers.emplace_back("Location", "/x\r\nSet-Cookie: evil=1");
    co_return response;
  };
  RunningServer server({{"GET", "/echo", {}, splitting}});
  RawSocket socket(server.port());
  ASSERT_TRUE(socket.send(get));
  const std::string answer = socket.answer();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 500 "));
  EXPECT_EQ(answer.find("evil"), std::string::npos);
}

TEST(Server, SendsWhatTheHandlerSays) {
  const auto made = [](Request) -> boost::asio::awaitable<Answer> {
    Response response;
    response.status = 303;
    response.content_type = "text/html";
    response.body = std::string(5'000'000, 'l');
    response.headers.emplace_back("Location", "/next");
    co_return response;
  };
  const auto empty = [](Request) -> boost::asio::awaitable<Answer> {
    Response response;
    response.status = 204;
    co_return response;
  };
  RunningServer server({{"GET", "/echo", {}, made}, {"GET", "/empty", {}, empty}});
  RawSocket socket(server.port());
  ASSERT_TRUE(socket.send(get + "GET /empty HTTP/1.1\r\nHost: a\r\n\r\n" + get));
  for (int i = 0; i < 2; ++i) {
    const std::string answer = socket.answer();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 303 See Other\r\nDate: ")) << answer.substr(0, 100);
    EXPECT_NE(
        answer.find("\r\nContent-Type: text/html\r\nContent-Length: 5000000\r\nLocation: /next\r\n\r\nlll"),
        std::string::npos);
    EXPECT_EQ(answer.size() - answer.find("\r\n\r\n") - 4, 5'000'000U);
    EXPECT_TRUE(i == 1 || socket.answer().starts_with("HTTP/1.1 204 No Content\r\n"));
  }
}

TEST(Server, ASilentConnectionIsClosed) {
  RunningServer server({{"GET", "/echo", {}, echo}}, {.header = 100ms});
  RawSocket socket(server.port());
  EXPECT_TRUE(socket.closed_silently());
}

TEST(Server, AnIdleConnectionIsClosed) {
  RunningServer server({{"GET", "/echo", {}, echo}}, {.idle = 100ms});
  RawSocket socket(server.port());
  ASSERT_TRUE(socket.send(get));
  EXPECT_TRUE(is_ok(socket.answer()));
  EXPECT_TRUE(socket.closed_silently());
}

/// Sends one byte after another for as long as the server takes them; a deadline that bytes can move never
/// ends it.
void expect_dripping_ends(RawSocket& socket, std::chrono::milliseconds deadline) {
  const auto begun = std::chrono::steady_clock::now();
  while (socket.send("x") && std::chrono::steady_clock::now() < begun + 5s) std::this_thread::yield();
  const auto took = std::chrono::steady_clock::now() - begun;
  EXPECT_GE(took, deadline - 60ms);
  EXPECT_LT(took, 4s);
}

TEST(Server, ADrippedHeaderIsClosedAtItsDeadline) {
  RunningServer server({{"GET", "/echo", {.header_bytes = 1 << 30}, echo}}, {.header = 200ms});
  RawSocket fresh(server.port());
  ASSERT_TRUE(fresh.send("GET /echo HTTP/1.1\r\nX: "));
  expect_dripping_ends(fresh, 200ms);
  RawSocket used(server.port());
  ASSERT_TRUE(used.send(get));
  EXPECT_TRUE(is_ok(used.answer()));
  ASSERT_TRUE(used.send("GET /echo HTTP/1.1\r\nX: "));
  expect_dripping_ends(used, 200ms);
}

TEST(Server, ADrippedBodyIsClosedAtItsDeadline) {
  RunningServer server({{"POST", "/echo", {.body_bytes = 1 << 30, .deadline = 200ms}, echo}});
  RawSocket socket(server.port());
  ASSERT_TRUE(socket.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n"));
  expect_dripping_ends(socket, 200ms);
}

TEST(Server, AnAnswerNobodyReadsIsClosedAtItsDeadline) {
  const auto large = [](Request) -> boost::asio::awaitable<Answer> {
    Response response;
    response.body = std::string(50'000'000, 'l');
    co_return response;
  };
  RunningServer server({{"GET", "/echo", {.deadline = 100ms}, large}});
  RawSocket socket(server.port());
  ASSERT_TRUE(socket.send(get));
  while (server.connections() > 0) std::this_thread::yield();
  SUCCEED();
}

TEST(Server, AHandlerThatTakesTooLongLosesItsConnection) {
  Gate gate;
  RunningServer server({{"GET", "/echo", {.deadline = 100ms}, gate.handler()}});
  RawSocket socket(server.port());
  ASSERT_TRUE(socket.send(get));
  EXPECT_TRUE(socket.closed_silently());
  gate.wait_entered();
  gate.open();
}

TEST(Server, OverTheCapTheBusyAreKeptAndTheNewcomerHears503) {
  Gate gate;
  RunningServer server({{"GET", "/echo", {}, gate.handler()}}, {.max_connections = 2});
  RawSocket first(server.port());
  RawSocket second(server.port());
  ASSERT_TRUE(first.send(get));
  ASSERT_TRUE(second.send(get));
  gate.wait_entered(2);
  RawSocket third(server.port());
  EXPECT_TRUE(third.rest().starts_with("HTTP/1.1 503 Service Unavailable\r\n"));
  gate.open();
  EXPECT_TRUE(is_ok(first.answer()));
  EXPECT_TRUE(is_ok(second.answer()));
}

TEST(Server, OverTheCapTheLongestIdleGivesItsPlace) {
  RunningServer server({{"GET", "/echo", {}, echo}}, {.max_connections = 2});
  RawSocket oldest(server.port());
  ASSERT_TRUE(oldest.send(get));
  EXPECT_TRUE(is_ok(oldest.answer()));
  RawSocket second(server.port());
  ASSERT_TRUE(second.send(get));
  EXPECT_TRUE(is_ok(second.answer()));
  for (int i = 0; i < 20; ++i) {
    RawSocket another(server.port());
    ASSERT_TRUE(another.send(get));
    ASSERT_TRUE(is_ok(another.answer()));
    EXPECT_LE(server.connections(), 3U);
  }
  EXPECT_TRUE(oldest.closed_silently());
}

/// Until it goes out of scope the process has `left` descriptors to open and no more.
class FewDescriptors {
 public:
  explicit FewDescriptors(std::size_t left) {
    getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit low{64, before_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &low);
    for (int fd = open("/dev/null", O_RDONLY); fd >= 0; fd = open("/dev/null", O_RDONLY))
      taken_.push_back(fd);
    for (; left > 0 && !taken_.empty(); --left) {
      close(taken_.back());
      taken_.pop_back();
    }
  }
  ~FewDescriptors() {
    for (const int fd : taken_) close(fd);
    setrlimit(RLIMIT_NOFILE, &before_);
  }

 private:
  rlimit before_{};
  std::vector<int> taken_;
};

TEST(Server, AcceptingSurvivesRunningOutOfDescriptors) {
  log::info(
      "test_begins");  // the sanitizer opens a pipe at the first look at a type, so the log is warmed up
  RunningServer server({{"GET", "/echo", {}, echo}});
  RawSocket connected(server.port());
  ASSERT_TRUE(connected.send(get));
  ASSERT_TRUE(is_ok(connected.answer()));
  // The sanitizer opens a pipe when it first sees a type: what is used below is used once before.
  log::info("descriptors_run_out");
  EXPECT_EQ(server.connections(), 1U);
  std::optional<FewDescriptors> few(1);
  RawSocket waiting(server.port());  // takes the last one: the server cannot accept it
  ASSERT_TRUE(waiting.send(get));
  for (int i = 0; i < 10; ++i) EXPECT_EQ(server.connections(), 1U);  // each asks the server's thread
  ASSERT_TRUE(connected.send(get));
  EXPECT_TRUE(is_ok(connected.answer()));
  few.reset();
  EXPECT_TRUE(is_ok(waiting.answer()));
}

TEST(Server, SaysWhyItCannotListen) {
  RunningServer server({{"GET", "/echo", {}, echo}});
  boost::asio::io_context io{1};
  try {
    Server second(io, {.port = server.port()}, {});
    FAIL() << "two servers on one port";
  } catch (const std::runtime_error& failed) {
    EXPECT_NE(std::string(failed.what()).find("127.0.0.1 port " + std::to_string(server.port())),
              std::string::npos);
  }
  EXPECT_THROW(Server(io, {.address = "not an address"}, {}), std::runtime_error);
}

}  // namespace
}  // namespace linli::http
