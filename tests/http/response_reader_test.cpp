#include "bot/http/response_reader.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>

namespace linli::http {
namespace {

using Step = ResponseReader::Step;

Step feed(ResponseReader& reader, std::string_view bytes, std::size_t piece) {
  Step step = Step::more;
  while (!bytes.empty() && step == Step::more) {
    const auto room = reader.room();
    const std::size_t now = std::min({piece, bytes.size(), room.size()});
    std::copy_n(bytes.begin(), now, room.begin());
    bytes.remove_prefix(now);
    step = reader.take(now);
  }
  return step;
}

void expect_body(std::string_view bytes, std::string_view body, bool keep_alive = true) {
  for (const std::size_t piece : {1, 2, 7, 100000}) {
    ResponseReader reader(1000, false);
    ASSERT_EQ(feed(reader, bytes, piece), Step::whole) << bytes;
    EXPECT_EQ(reader.keep_alive(), keep_alive) << bytes;
    EXPECT_EQ(reader.response().body, body) << bytes;
  }
}

void expect_broken(std::string_view bytes) {
  for (const std::size_t piece : {1, 7, 100000}) {
    ResponseReader reader(1000, false);
    Step step = feed(reader, bytes, piece);
    if (step == Step::more) step = reader.end();
    EXPECT_EQ(step, Step::broken) << bytes.substr(0, 200);
  }
}

TEST(ResponseReader, WholeAnswers) {
  expect_body("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "ok");
  expect_body("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", "ok");
  expect_body("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "");
  expect_body("HTTP/1.1 204 No Content\r\n\r\n", "");
  expect_body("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok", "ok", false);
  expect_body("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "ok", false);
  expect_body(
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
      "ok");
}

TEST(ResponseReader, AnAnswerWithoutALengthEndsWithTheConnection) {
  ResponseReader reader(1000, false);
  ASSERT_EQ(feed(reader, "HTTP/1.0 200 OK\r\n\r\nall of it", 3), Step::more);
  EXPECT_EQ(reader.end(), Step::whole);
  EXPECT_FALSE(reader.keep_alive());
  EXPECT_EQ(reader.response().body, "all of it");
}

TEST(ResponseReader, TheAnswerToHeadHasNoBody) {
  ResponseReader reader(1000, true);
  EXPECT_EQ(feed(reader, "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", 100), Step::whole);
  EXPECT_TRUE(reader.keep_alive());
}

TEST(ResponseReader, StrayBytesEndTheConnection) {
  ResponseReader reader(1000, false);
  EXPECT_EQ(feed(reader, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n", 1000),
            Step::whole);
  EXPECT_FALSE(reader.keep_alive());
}

TEST(ResponseReader, RefusesWhatIsNotSurelyOneAnswer) {
  expect_broken("");
  expect_broken("HTTP/2 200 OK\r\n\r\n");
  expect_broken("not http at all\r\n\r\n");
  expect_broken("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nokk");
  expect_broken("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
  expect_broken("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nok");
  expect_broken("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
  expect_broken("HTTP/1.1 101 Switching Protocols\r\n\r\n");
  expect_broken("HTTP/1.1 100 Continue\r\n\r\n");
}

TEST(ResponseReader, BoundsEveryByte) {
  expect_broken("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n");
  expect_broken("HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n");
  expect_broken("HTTP/1.1 200 OK\r\n\r\n" + std::string(1001, 'x'));
  expect_broken("HTTP/1.1 200 OK\r\nX: " + std::string(40000, 'x'));
  expect_broken("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(100000, 'x') +
                "\r\na\r\n");
  std::string interim;
  while (interim.size() < 100000) interim += "HTTP/1.1 100 Continue\r\n\r\n";
  expect_broken(interim);
}

}  // namespace
}  // namespace linli::http
