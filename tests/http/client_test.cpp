#include "bot/http/client.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>

#include "tests/http/peers.hpp"

namespace linli::http {
namespace {

using test::ask;
using test::RawServer;
using test::RawSocket;
using test::RunningServer;
using namespace std::chrono_literals;

const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

class ClientTest : public testing::Test {
 protected:
  Result<ClientResponse> send(Client& client, const std::string& method, unsigned short port,
                              std::string body = "") {
    ClientRequest request;
    request.method = method;
    request.url = "http://127.0.0.1:" + std::to_string(port) + "/path?access_token=SECRET";
    request.body = std::move(body);
    auto result = ask(io_, client, std::move(request));
    EXPECT_TRUE(result || result.error().text.find("SECRET") == std::string::npos);
    return result;
  }

  boost::asio::io_context io_{1};
};

TEST_F(ClientTest, SendsWhatIsAskedAndReadsTheAnswer) {
  std::string seen;
  RawServer server([&](RawSocket socket) {
    seen = socket.request();
    socket.send("HTTP/1.1 418 Teapot\r\nX-One: 1\r\nContent-Length: 5\r\n\r\nhello");
  });
  Client client(io_);
  ClientRequest request;
  request.method = "POST";
  request.url = "http://127.0.0.1:" + std::to_string(server.port()) + "/path?x=1";
  request.headers.emplace_back("Content-Type", "application/json");
  request.body = "{}";
  const auto answer = ask(io_, client, std::move(request));
  ASSERT_TRUE(answer) << answer.error().text;
  EXPECT_EQ(answer->status, 418);
  EXPECT_EQ(answer->header("x-one"), "1");
  EXPECT_EQ(answer->header("x-two"), "");
  EXPECT_EQ(answer->body, "hello");
  EXPECT_EQ(seen, "POST /path?x=1 HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(server.port()) +
                      "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
}

TEST_F(ClientTest, KeepsConnectionsAndReusesThem) {
  RunningServer server({{"*", "/", {}, test::echo}});
  Client client(io_);
  for (int i = 0; i < 200; ++i) {
    const auto answer = send(client, "POST", server.port(), std::to_string(i));
    ASSERT_TRUE(answer) << answer.error().text;
    ASSERT_EQ(answer->body, "POST /path?access_token=SECRET " + std::to_string(i));
  }
  EXPECT_EQ(server.connections(), 1U);
}

TEST_F(ClientTest, KeepsNoMoreThanItShould) {
  RunningServer server({{"*", "/", {}, test::echo}});
  Client client(io_, {.pool_per_host = 3});
  int answered = 0;
  for (int i = 0; i < 30; ++i) {
    ClientRequest request;
    request.url = "http://127.0.0.1:" + std::to_string(server.port()) + "/";
    const auto ended = [&](std::exception_ptr failed, const Result<ClientResponse>& result) {
      answered += !failed && result && result->status == 200;
    };
    boost::asio::co_spawn(io_, client.request(std::move(request)), ended);
  }
  io_.run();
  EXPECT_EQ(answered, 30);
  while (server.connections() > 3) std::this_thread::yield();
  EXPECT_EQ(server.connections(), 3U);
}

TEST_F(ClientTest, ForgetsConnectionsThatWereKeptTooLong) {
  RunningServer server({{"*", "/", {}, test::echo}});
  Client client(io_, {.keep_idle = 0ms});
  ASSERT_TRUE(send(client, "GET", server.port()));
  ASSERT_TRUE(send(client, "GET", server.port()));
  while (server.connections() > 1) std::this_thread::yield();
  SUCCEED();
}

TEST_F(ClientTest, AKeptConnectionThatWasClosedMeanwhileIsReplaced) {
  RawServer server([](RawSocket socket) {
    socket.request();
    socket.send(ok);
  });
  Client client(io_);
  for (int i = 1; i <= 5; ++i) {
    const auto answer = send(client, "POST", server.port(), "x");
    ASSERT_TRUE(answer) << answer.error().text;
    while (server.served() < i) std::this_thread::yield();  // it has closed
  }
  EXPECT_EQ(server.accepted(), 5);
}

TEST_F(ClientTest, AKeptConnectionThatDiesOnTheNextRequestIsInDoubtForPost) {
  std::atomic<int> requests{0};
  RawServer server([&](RawSocket socket) {
    requests += !socket.request().empty();
    socket.send(ok);
    requests += !socket.request().empty();
  });
  Client client(io_);
  ASSERT_TRUE(send(client, "POST", server.port(), "x"));
  const auto answer = send(client, "POST", server.port(), "x");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::timed_out);
  EXPECT_EQ(requests, 2);
  EXPECT_EQ(server.accepted(), 1);
}

TEST_F(ClientTest, AKeptConnectionThatDiesOnTheNextRequestIsReplacedForGet) {
  std::atomic<int> requests{0};
  RawServer server([&](RawSocket socket) {
    requests += !socket.request().empty();
    socket.send(ok);
    requests += !socket.request().empty();
  });
  Client client(io_);
  ASSERT_TRUE(send(client, "GET", server.port()));
  const auto answer = send(client, "GET", server.port());
  ASSERT_TRUE(answer) << answer.error().text;
  EXPECT_EQ(server.accepted(), 2);
}

TEST_F(ClientTest, AStrayByteOnAKeptConnectionIsNobodysAnswer) {
  RawServer server([](RawSocket socket) {
    socket.request();
    socket.send(ok);
    socket.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nstray");
    socket.rest();
  });
  Client client(io_);
  for (int i = 0; i < 3; ++i) {
    const auto answer = send(client, "POST", server.port(), "x");
    ASSERT_TRUE(answer) << answer.error().text;
    EXPECT_EQ(answer->body, "ok");
  }
}

TEST_F(ClientTest, NothingWasSentWhereNobodyListens) {
  Client client(io_);
  const auto answer = send(client, "POST", test::closed_port(), "x");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::unavailable) << answer.error().text;
}

TEST_F(ClientTest, NothingWasSentToANameThatDoesNotExist) {
  Client client(io_);
  ClientRequest request;
  request.url = "http://" + std::string(64, 'a') + ".invalid/";  // too long to be asked for
  const auto answer = ask(io_, client, std::move(request));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::unavailable) << answer.error().text;
}

TEST_F(ClientTest, NothingWasSentIfConnectingTakesTooLong) {
  test::FullListener full;
  Client client(io_, {.timeout = 200ms});
  const auto answer = send(client, "POST", full.port(), "x");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::unavailable) << answer.error().text;
  EXPECT_NE(answer.error().text.find("no answer in time"), std::string::npos) << answer.error().text;
}

TEST_F(ClientTest, ItIsInDoubtIfNoAnswerComesInTime) {
  RawServer server([](RawSocket socket) { socket.rest(); });
  Client client(io_, {.timeout = 200ms});
  const auto answer = send(client, "POST", server.port(), "x");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::timed_out) << answer.error().text;
}

TEST_F(ClientTest, ADrippedAnswerDoesNotMoveTheDeadline) {
  RawServer server([](RawSocket socket) {
    socket.request();
    socket.send("HTTP/1.1 200 OK\r\nX: ");
    const auto give_up = std::chrono::steady_clock::now() + 5s;
    while (socket.send("x") && std::chrono::steady_clock::now() < give_up) std::this_thread::sleep_for(1ms);
  });
  Client client(io_, {.timeout = 200ms});
  const auto begun = std::chrono::steady_clock::now();
  const auto answer = send(client, "POST", server.port(), "x");
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 4s);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::timed_out) << answer.error().text;
}

TEST_F(ClientTest, ARequestNobodyReadsIsInDoubtAtTheDeadline) {
  std::atomic<bool> over{false};
  RawServer server([&](const RawSocket&) {
    while (!over) std::this_thread::yield();
  });
  Client client(io_, {.timeout = 1s});
  const auto answer = send(client, "POST", server.port(), std::string(20'000'000, 'x'));
  over = true;
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::timed_out) << answer.error().text;
}

TEST_F(ClientTest, EveryCutOfAnAnswerIsInDoubt) {
  for (const std::string& whole :
       {std::string("HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 5\r\n\r\nhello"),
        std::string(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n")}) {
    std::atomic<std::size_t> cut{0};
    RawServer server([&](RawSocket socket) {
      socket.request();
      socket.send(whole.substr(0, cut));
    });
    Client client(io_);
    for (; cut < whole.size(); ++cut) {
      const auto answer = send(client, "POST", server.port(), "x");
      ASSERT_FALSE(answer) << "cut at " << cut;
      EXPECT_EQ(answer.error().code, Errc::timed_out) << "cut at " << cut;
    }
    const auto answer = send(client, "POST", server.port(), "x");
    ASSERT_TRUE(answer) << answer.error().text;
    EXPECT_EQ(answer->body, "hello");
    EXPECT_EQ(server.accepted(), static_cast<int>(whole.size()) + 1) << "something was sent twice";
  }
}

TEST_F(ClientTest, ATooLargeAnswerIsInDoubt) {
  RawServer server([](RawSocket socket) {
    socket.request();
    socket.send("HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n" + std::string(101, 'x'));
  });
  Client client(io_, {.max_body = 100});
  const auto answer = send(client, "POST", server.port(), "x");
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::timed_out) << answer.error().text;
}

TEST_F(ClientTest, RedirectsAreAnswersLikeOthers) {
  RawServer server([](RawSocket socket) {
    socket.request();
    socket.send("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n");
  });
  Client client(io_);
  const auto answer = send(client, "GET", server.port());
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 302);
  EXPECT_EQ(server.accepted(), 1);
}

TEST_F(ClientTest, RefusesToSendWhatIsMalformed) {
  Client client(io_);
  std::vector<ClientRequest> wrong(5);
  for (auto& request : wrong) request.url = "http://127.0.0.1:" + std::to_string(test::closed_port()) + "/";
  wrong[0].url = "http://127.0.0.1/\r\nX: SECRET";
  wrong[1].headers.emplace_back("X", "a\r\nX-Evil: SECRET");
  wrong[2].headers.emplace_back("X: SECRET", "a");
  wrong[3].method = "GET /SECRET";
  wrong[4].url = "SECRET";
  for (auto& request : wrong) {
    const auto answer = ask(io_, client, std::move(request));
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, Errc::bad_input);
    EXPECT_EQ(answer.error().text.find("SECRET"), std::string::npos);
  }
}

}  // namespace
}  // namespace linli::http
