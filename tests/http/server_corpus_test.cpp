// What attackers and broken clients send, over a real socket: each is refused with the right number, its
// connection is closed, and the next client is served. request_reader_test has the same and more without the
// network.
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/http/peers.hpp"

namespace linli::http {
namespace {

using test::RawSocket;
using test::RunningServer;

std::vector<Route> routes() {
  return {{"POST", "/strict", {.refuse_transfer_encoding = true}, test::echo},
          {"POST", "/open", {}, test::echo},
          {"GET", "/open", {}, test::echo}};
}

class Corpus : public testing::Test {
 protected:
  void expect_refused(const std::string& bytes, const std::string& status) {
    RawSocket socket(server_.port());
    socket.send(bytes);  // the server may have closed before all is sent
    const std::string answer = socket.rest();
    EXPECT_EQ(answer.substr(0, 13), "HTTP/1.1 " + status + " ") << bytes.substr(0, 200);
    EXPECT_NE(answer.find("\r\nConnection: close\r\n"), std::string::npos) << bytes.substr(0, 200);
    EXPECT_EQ(answer.find("HTTP/1.1", 1), std::string::npos) << "a second answer to " << bytes.substr(0, 200);
  }

  void TearDown() override {
    RawSocket socket(server_.port());
    socket.send("GET /open HTTP/1.1\r\nHost: a\r\n\r\n");
    EXPECT_TRUE(socket.answer().starts_with("HTTP/1.1 200 "));
  }

  RunningServer server_{routes()};
};

const std::string smuggled = "GET /open HTTP/1.1\r\nHost: a\r\n\r\n";

TEST_F(Corpus, MalformedRequestLines) {
  for (const char* line :
       {"GET", "GET  /open HTTP/1.1", "GET /open HTTP/2.0", "GET http://a/open HTTP/1.1",
        "CONNECT a:443 HTTP/1.1", "GET * HTTP/1.1", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"})
    expect_refused(std::string(line) + "\r\nHost: a\r\n\r\n" + smuggled, "400");
}

TEST_F(Corpus, Smuggling) {
  const auto post = [](const std::string& fields) {
    return "POST /open HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n0\r\n\r\n" + smuggled;
  };
  expect_refused(post("Content-Length: 5\r\nContent-Length: 6\r\n"), "400");
  expect_refused(post("Content-Length: 5\r\nContent-Length: 5\r\n"), "400");
  expect_refused(post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), "400");
  expect_refused(post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), "400");
  expect_refused(post("Transfer-Encoding: chunked, identity\r\n"), "400");
  expect_refused(post("Transfer-Encoding: gzip\r\n"), "400");
  expect_refused(post("Transfer-Encoding: xchunked\r\n"), "400");
  expect_refused(post("Transfer-Encoding : chunked\r\n"), "400");
  expect_refused(post("Transfer-Encoding:\r\n chunked\r\n"), "400");
  expect_refused(post("X: y\r\n continued\r\n"), "400");
  expect_refused(post("Host: b\r\n"), "400");
  expect_refused("GET /open HTTP/1.1\r\n\r\n" + smuggled, "400");
  expect_refused("GET /open HTTP/1.1\nHost: a\n\n" + smuggled, "400");
}

TEST_F(Corpus, TransferEncodingWhereTheRouteWantsALength) {
  expect_refused("POST /strict HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled,
                 "411");
}

TEST_F(Corpus, Oversize) {
  const std::string chunked = "POST /open HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  std::string trailers = "0\r\n";
  for (int i = 0; i < 20'000; ++i)
    trailers += "X-Trailer-" + std::to_string(100'000 + i) + ": 0123456789012345678901234567890123456789\r\n";
  ASSERT_GT(trailers.size(), 1'200'000U);
  expect_refused(chunked + trailers + "\r\n", "413");
  expect_refused(chunked + "1;x=" + std::string(5'000'000, 'e') + "\r\na\r\n0\r\n\r\n", "413");
  expect_refused(chunked + "10001\r\n" + std::string(65'537, 'b') + "\r\n0\r\n\r\n", "413");
  expect_refused("POST /open HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n" + std::string(65'537, 'b'),
                 "413");
  expect_refused(
      "POST /open HTTP/1.1\r\nHost: a\r\nContent-Length: 1073741824\r\n\r\n" + std::string(1 << 20, 'b'),
      "413");
  expect_refused("GET /open HTTP/1.1\r\nHost: a\r\nX: " + std::string(9 * 1024, 'x') + "\r\n\r\n", "431");
  std::string fields;
  for (int i = 0; i < 10'000; ++i) fields += "X-" + std::to_string(i) + ": y\r\n";
  expect_refused("GET /open HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n", "431");
}

TEST_F(Corpus, WhoeverGoesOnSendingIsNotReset) {
  RawSocket socket(server_.port());
  ASSERT_TRUE(socket.send("POST /open HTTP/1.1\r\nHost: a\r\nContent-Length: 1073741824\r\n\r\n"));
  EXPECT_TRUE(socket.rest().starts_with("HTTP/1.1 413 "));
  const std::string piece(10'000, 'b');
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(socket.send(piece)) << "a reset could have destroyed the answer";
}

TEST_F(Corpus, ABodyOfTheLimitIsServed) {
  RawSocket socket(server_.port());
  const std::string body(65'536, 'b');
  ASSERT_TRUE(socket.send("POST /open HTTP/1.1\r\nHost: a\r\nContent-Length: 65536\r\n\r\n" + body));
  EXPECT_NE(socket.answer().find(body), std::string::npos);
}

TEST_F(Corpus, EveryCutOfARequestEndsQuietly) {
  const std::string whole =
      "POST /open?a=1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n";
  for (std::size_t cut = 0; cut < whole.size(); ++cut) {
    RawSocket socket(server_.port());
    ASSERT_TRUE(socket.send(whole.substr(0, cut)));
    socket.end_sending();
    EXPECT_TRUE(socket.closed_silently()) << "cut at " << cut;
  }
}

}  // namespace
}  // namespace linli::http
