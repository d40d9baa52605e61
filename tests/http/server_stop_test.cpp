// Stopping in order: nobody is cut off in the middle of an answer, and nobody can hold the stop up for ever.
#include <chrono>
#include <gtest/gtest.h>
#include <optional>
#include <stdexcept>
#include <string>

#include "tests/http/peers.hpp"

namespace linli::http {
namespace {

using test::echo;
using test::Gate;
using test::RawSocket;
using test::RunningServer;
using namespace std::chrono_literals;

const std::string get = "GET /echo HTTP/1.1\r\nHost: a\r\n\r\n";

TEST(ServerStop, ClosesIdleConnectionsAtOnce) {
  RunningServer server({{"GET", "/echo", {}, echo}});
  RawSocket used(server.port());
  ASSERT_TRUE(used.send(get));
  ASSERT_TRUE(used.answer().starts_with("HTTP/1.1 200 "));
  RawSocket fresh(server.port());
  while (server.connections() < 2) std::this_thread::yield();
  const auto begun = std::chrono::steady_clock::now();
  server.begin_stop();
  EXPECT_TRUE(used.closed_silently());
  EXPECT_TRUE(fresh.closed_silently());
  server.wait_stopped();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
  EXPECT_TRUE(server.stopped());
}

TEST(ServerStop, WaitsForTheBusyAndAnswersThemForTheLastTime) {
  Gate gate;
  RunningServer server({{"GET", "/echo", {}, gate.handler()}});
  RawSocket busy(server.port());
  ASSERT_TRUE(busy.send(get));
  gate.wait_entered();
  server.begin_stop();
  // A connection that the stop has closed shows that it is under way.
  EXPECT_THROW(
      {
        for (;;) RawSocket(server.port()).rest();
      },
      std::runtime_error);
  EXPECT_FALSE(server.stopped());
  gate.open();
  const std::string answer = busy.rest();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 ")) << answer;
  EXPECT_NE(answer.find("\r\nConnection: close\r\n"), std::string::npos);
  EXPECT_TRUE(answer.ends_with("\r\n\r\nlate"));
  server.wait_stopped();
  EXPECT_TRUE(server.stopped());
}

TEST(ServerStop, ARequestThatIsStillArrivingIsServed) {
  RunningServer server({{"POST", "/echo", {}, echo}});
  RawSocket socket(server.port());
  ASSERT_TRUE(
      socket.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n"));
  EXPECT_TRUE(socket.answer().starts_with("HTTP/1.1 100 "));
  server.begin_stop();
  ASSERT_TRUE(socket.send("body"));
  const std::string answer = socket.rest();
  EXPECT_TRUE(answer.ends_with("POST /echo? body")) << answer;
  EXPECT_NE(answer.find("\r\nConnection: close\r\n"), std::string::npos);
}

TEST(ServerStop, AtTheDeadlineTheRestIsClosed) {
  Gate gate;
  RunningServer server({{"GET", "/echo", {}, gate.handler()}, {"POST", "/slow", {}, echo}},
                       {.stop_deadline = 100ms});
  RawSocket handled(server.port());
  ASSERT_TRUE(handled.send(get));
  gate.wait_entered();
  RawSocket slow(server.port());
  ASSERT_TRUE(
      slow.send("POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n"));
  EXPECT_TRUE(slow.answer().starts_with("HTTP/1.1 100 "));
  server.begin_stop();
  EXPECT_TRUE(handled.closed_silently());
  EXPECT_TRUE(slow.closed_silently());
  while (!server.stopped()) std::this_thread::yield();
  gate.open();  // the handler finishes without a connection, and the thread ends
  server.wait_stopped();
}

TEST(ServerStop, AServerMayGoBeforeItsHandlers) {
  boost::asio::io_context io{1};
  Gate gate;
  std::optional<Server> server;
  server.emplace(io, ServerOptions{}, std::vector<Route>{{"GET", "/echo", {}, gate.handler()}});
  server->start();
  RawSocket socket(server->port());
  ASSERT_TRUE(socket.send(get));
  std::thread until_entered([&] {
    gate.wait_entered();
    io.stop();
  });
  io.run();
  until_entered.join();
  server.reset();
  io.restart();
  gate.open();
  io.run();  // returns by itself: nothing is left
  EXPECT_TRUE(socket.closed_silently());
}

TEST(ServerStop, AnAbandonedContextFreesWhatIsUnderWay) {
  Gate gate;  // outlives the context, whose end frees the waiting handler
  boost::asio::io_context io{1};
  Server server(io, {}, {{"GET", "/echo", {}, gate.handler()}});
  server.start();
  RawSocket socket(server.port());
  ASSERT_TRUE(socket.send(get));
  std::thread until_entered([&] {
    gate.wait_entered();
    io.stop();
  });
  io.run();
  until_entered.join();
}

}  // namespace
}  // namespace linli::http
