// What is surely one request, and what is refused, however the bytes are cut into pieces.
#include "bot/http/request_reader.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <string>
#include <vector>

#include "tests/http/peers.hpp"

namespace linli::http {
namespace {

using Step = RequestReader::Step;

RouteTable some_routes() {
  return RouteTable({{"POST", "/strict", {.body_bytes = 100, .refuse_transfer_encoding = true}, test::echo},
                     {"POST", "/open", {.header_bytes = 1024, .body_bytes = 100}, test::echo},
                     {"GET", "/open", {}, test::echo}});
}

/// Feeds `bytes` in pieces of `piece`; stops at the first step that is not `more`.
Step feed(RequestReader& reader, std::string_view bytes, std::size_t piece) {
  Step step = reader.next();
  while (!bytes.empty() && step == Step::more) {
    const auto room = reader.room();
    const std::size_t now = std::min({piece, bytes.size(), room.size()});
    std::copy_n(bytes.begin(), now, room.begin());
    bytes.remove_prefix(now);
    step = reader.take(now);
    if (step == Step::confirm_body) step = reader.go_on();
  }
  return step;
}

constexpr std::size_t pieces[] = {1, 2, 3, 7, 64, 100000};

void expect_whole(std::string_view bytes, std::string_view body) {
  const RouteTable routes = some_routes();
  for (const std::size_t piece : pieces) {
    RequestReader reader(routes);
    ASSERT_EQ(feed(reader, bytes, piece), Step::whole) << bytes << " in pieces of " << piece;
    EXPECT_EQ(reader.request().body, body) << bytes << " in pieces of " << piece;
  }
}

void expect_refused(std::string_view bytes, int status) {
  const RouteTable routes = some_routes();
  for (const std::size_t piece : pieces) {
    RequestReader reader(routes);
    ASSERT_EQ(feed(reader, bytes, piece), Step::refused) << bytes << " in pieces of " << piece;
    EXPECT_EQ(reader.refusal().status, status) << bytes << " in pieces of " << piece;
    EXPECT_TRUE(!reader.keep_alive() || status == 404 || status == 405) << bytes;
  }
}

TEST(RequestReader, WholeRequests) {
  expect_whole("GET /open HTTP/1.1\r\nHost: a\r\n\r\n", "");
  expect_whole("GET /open HTTP/1.0\r\n\r\n", "");
  expect_whole("POST /strict HTTP/1.1\r\nHost: a:80\r\nContent-Length: 5\r\n\r\nhello", "hello");
  expect_whole("POST /strict HTTP/1.1\r\nhost: [::1]:80\r\ncontent-length: 0\r\n\r\n", "");
  expect_whole("POST /strict HTTP/1.1\r\nHost: a\r\n\r\n", "");
  expect_whole(
      "POST /open HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
      "abcde");
  expect_whole(
      "POST /open HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3;x=1\r\nabc\r\n0\r\nX: y\r\n\r\n",
      "abc");
  expect_whole("POST /open HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "");
  expect_whole("POST /open HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n" + std::string(100, 'x'),
               std::string(100, 'x'));
}

TEST(RequestReader, KeepsWhatHandlersRead) {
  const RouteTable routes = some_routes();
  RequestReader reader(routes);
  ASSERT_EQ(feed(reader,
                 "GET /open?a=1&b=%20?x HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nX-Empty:\r\n"
                 "X-Space:  \t v \t \r\nCookie: s=1\r\n\r\n",
                 1000),
            Step::whole);
  const Request& request = reader.request();
  EXPECT_EQ(request.method, "GET");
  EXPECT_EQ(request.path, "/open");
  EXPECT_EQ(request.query, "a=1&b=%20?x");
  EXPECT_EQ(request.content_type, "text/xml");
  EXPECT_EQ(request.header("X-Space"), "v");
  EXPECT_EQ(request.header("X-Empty"), "");
  EXPECT_EQ(request.cookie("s"), "1");
  EXPECT_EQ(request.pattern, "/open");
  EXPECT_TRUE(reader.keep_alive());
}

TEST(RequestReader, TrailersDoNotBecomeHeaders) {
  const RouteTable routes = some_routes();
  RequestReader reader(routes);
  ASSERT_EQ(feed(reader,
                 "POST /open HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
                 "Content-Type: text/evil\r\nX-Role: admin\r\n\r\n",
                 1000),
            Step::whole);
  EXPECT_EQ(reader.request().content_type, "");
  EXPECT_EQ(reader.request().header("X-Role"), "");
}

TEST(RequestReader, PipelinedRequestsComeOneByOne) {
  const RouteTable routes = some_routes();
  RequestReader reader(routes);
  const std::string one = "POST /open HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\none";
  const std::string two =
      "POST /open HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ntwo\r\n0\r\n\r\n";
  ASSERT_EQ(feed(reader, one + two + one.substr(0, 10), 1000), Step::whole);
  EXPECT_EQ(reader.request().body, "one");
  ASSERT_EQ(reader.next(), Step::whole);
  EXPECT_EQ(reader.request().body, "two");
  ASSERT_EQ(reader.next(), Step::more);
  EXPECT_TRUE(reader.begun());
}

TEST(RequestReader, RefusesMalformedRequestLines) {
  for (const char* line : {"GET",
                           "GET /open",
                           "GET  /open HTTP/1.1",
                           "GET /open  HTTP/1.1",
                           " GET /open HTTP/1.1",
                           "GET /open HTTP/1.1 ",
                           "GET /open HTTP/2.0",
                           "GET /open HTTP/1.2",
                           "GET /open HTTP/0.9",
                           "GET /open http/1.1",
                           "GET /open HTTP/1.1x",
                           "G(T /open HTTP/1.1",
                           "GET /o\x01pen HTTP/1.1",
                           "GET /o\tpen HTTP/1.1",
                           "GET open HTTP/1.1",
                           "GET * HTTP/1.1",
                           "GET http://a/open HTTP/1.1",
                           "CONNECT a:443 HTTP/1.1",
                           "GET /open#x HTTP/1.1",
                           "GET /open?a#x HTTP/1.1",
                           "\x16\x03\x01\x02",
                           "/open HTTP/1.1",
                           "HTTP/1.1 200 OK"})
    expect_refused(std::string(line) + "\r\nHost: a\r\n\r\n", 400);
}

TEST(RequestReader, RefusesWhatIsNotSurelyOneRequest) {
  const auto post = [](std::string fields, std::string body = "12345") {
    return "POST /open HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body;
  };
  expect_refused(post("Content-Length: 5\r\nContent-Length: 6\r\n"), 400);
  expect_refused(post("Content-Length: 5\r\nContent-Length: 5\r\n"), 400);
  expect_refused(post("Content-Length: 5, 5\r\n"), 400);
  expect_refused(post("Content-Length: +5\r\n"), 400);
  expect_refused(post("Content-Length: -5\r\n"), 400);
  expect_refused(post("Content-Length: 0x5\r\n"), 400);
  expect_refused(post("Content-Length: 5 5\r\n"), 400);
  expect_refused(post("Content-Length:\r\n"), 400);
  expect_refused(post("Content-Length: 18446744073709551621\r\n"), 400);
  expect_refused(post("Content-Length : 5\r\n"), 400);
  expect_refused(post(" Content-Length: 5\r\n"), 400);
  expect_refused(post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400);
  expect_refused(post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), 400);
  for (const char* coding :
       {"chunked, identity", "identity", "gzip", "gzip, chunked", "chunked;q=1", "x chunked",
        "\x0b"
        "chunked",
        "chunked, chunked", "\"chunked\"", ""})
    expect_refused(post("Transfer-Encoding: " + std::string(coding) + "\r\n", "0\r\n\r\n"), 400);
  expect_refused(post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), 400);
  expect_refused("POST /open HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
}

TEST(RequestReader, RefusesBadHosts) {
  expect_refused("GET /open HTTP/1.1\r\n\r\n", 400);
  expect_refused("GET /open HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400);
  expect_refused("GET /open HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", 400);
  for (const char* host : {"", "a b", "a/b", "a@b", "a,b", "a?b", "a#b", "\xe9\x82\xbb"})
    expect_refused("GET /open HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n", 400);
}

TEST(RequestReader, RefusesBadFieldsAndLineEndings) {
  expect_refused("GET /open HTTP/1.1\nHost: a\n\nGET /open HTTP/1.1\r\nHost: a\r\n\r\n", 400);
  expect_refused("GET /open HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", 400);
  expect_refused("GET /open HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", 400);
  expect_refused("GET /open HTTP/1.1\r\nHost: a\r\nX: a" + std::string(1, '\0') + "b\r\n\r\n", 400);
  expect_refused("GET /open HTTP/1.1\r\nHost: a\r\nno colon\r\n\r\n", 400);
  expect_refused("GET /open HTTP/1.1\r\nHost: a\r\n: no name\r\n\r\n", 400);
  expect_refused("GET /open HTTP/1.1\r\nHost: a\r\nX[]: 1\r\n\r\n", 400);
}

TEST(RequestReader, RefusesContinuedLines) {
  expect_refused("GET /open HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n", 400);
  expect_refused("GET /open HTTP/1.1\r\nHost: a\r\nX:\r\n b\r\n\r\n", 400);
  expect_refused("GET /open HTTP/1.1\r\nHost: a\r\nX: a\r\n\t\r\n\r\n", 400);
  expect_refused("GET /open HTTP/1.1\r\nHost: a\r\nX:\r\n \r\n\r\n", 400);
  expect_refused("GET /open HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n 0\r\n\r\n", 400);
  expect_refused("GET /open HTTP/1.1\r\n Host: a\r\n\r\n", 400);
}

TEST(RequestReader, RefusesBadChunks) {
  const auto chunked = [](std::string body) {
    return "POST /open HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + body;
  };
  expect_refused(chunked("g\r\nabc\r\n0\r\n\r\n"), 400);
  expect_refused(chunked("-1\r\nabc\r\n0\r\n\r\n"), 400);
  expect_refused(chunked("3\r\nabcd\r\n0\r\n\r\n"), 400);
  expect_refused(chunked("10000000000000003\r\nabc\r\n0\r\n\r\n"), 400);
  expect_refused(chunked("0\r\nContent-Length: 5\r\n\r\n"), 400);
  expect_refused(chunked("ffffffffffffffff\r\nabc\r\n0\r\n\r\n"), 413);
  expect_refused(chunked("65\r\n" + std::string(101, 'x') + "\r\n0\r\n\r\n"), 413);
  expect_refused(chunked("64\r\n" + std::string(100, 'x') + "\r\n1\r\nx\r\n0\r\n\r\n"), 413);
}

TEST(RequestReader, RefusesByTheRoute) {
  expect_refused("POST /strict HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 411);
  expect_refused("POST /strict HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n", 413);
  expect_refused("POST /strict HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000000\r\n\r\n", 413);
  expect_refused("POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n", 404);
  expect_refused("POST /open HTTP/1.1\r\nHost: a\r\nX: " + std::string(1000, 'x') + "\r\n\r\n", 431);
  expect_refused("DELETE /open HTTP/1.1\r\nHost: a\r\n\r\n", 405);
}

TEST(RequestReader, SaysWhichMethodsThereAre) {
  const RouteTable routes = some_routes();
  RequestReader reader(routes);
  ASSERT_EQ(feed(reader, "DELETE /open HTTP/1.1\r\nHost: a\r\n\r\n", 1000), Step::refused);
  const Response response = reader.refusal();
  ASSERT_EQ(response.headers.size(), 1U);
  EXPECT_EQ(response.headers[0].first, "Allow");
  EXPECT_EQ(response.headers[0].second, "GET, HEAD, POST");
  EXPECT_TRUE(reader.keep_alive());
}

TEST(RequestReader, BoundsEveryByteOfARequest) {
  const std::string head = "POST /open HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  std::string trailers = "0\r\n";
  while (trailers.size() < 1'200'000)
    trailers += "X-Trailer-Number-" + std::to_string(trailers.size()) + ": some value\r\n";
  const std::string extension = "1;x=" + std::string(5'000'000, 'e') + "\r\na\r\n0\r\n\r\n";
  std::string tiny;
  while (tiny.size() < 20'000) tiny += "1;pad=" + std::string(500, 'p') + "\r\na\r\n";
  std::string fields;
  for (int i = 0; i < 10'000; ++i) fields += "a:\r\n";
  const RouteTable routes = some_routes();
  const std::vector<std::pair<std::string, int>> cases{
      {head + trailers + "\r\n", 413},
      {head + extension, 413},
      {head + tiny, 413},
      {"GET /open HTTP/1.1\r\nHost: a\r\nX: " + std::string(9000, 'x') + "\r\n\r\n", 431},
      {"GET /open HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n", 431},
      {"GET /" + std::string(9000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n", 431},
      {std::string(9000, 'G'), 431}};
  for (const auto& [bytes, status] : cases) {
    for (const std::size_t piece : {std::size_t{997}, std::size_t{100000}}) {
      RequestReader reader(routes);
      ASSERT_EQ(feed(reader, bytes, piece), Step::refused) << bytes.substr(0, 100);
      EXPECT_EQ(reader.refusal().status, status) << bytes.substr(0, 100);
    }
  }
}

TEST(RequestReader, TheCapCountsOneRequestOnly) {
  const RouteTable routes = some_routes();
  RequestReader reader(routes);
  std::string many;
  const std::string one =
      "POST /open HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n" + std::string(100, 'x');
  for (int i = 0; i < 100; ++i) many += one;
  std::string_view left = many;
  Step step = reader.next();
  for (int whole = 0; whole < 100;) {
    if (step == Step::whole) {
      ++whole;
      step = reader.next();
      continue;
    }
    ASSERT_EQ(step, Step::more);
    ASSERT_FALSE(left.empty());
    const auto room = reader.room();
    const std::size_t now = std::min(left.size(), room.size());
    std::copy_n(left.begin(), now, room.begin());
    left.remove_prefix(now);
    step = reader.take(now);
  }
  EXPECT_TRUE(left.empty());
  EXPECT_FALSE(reader.begun());
}

TEST(RequestReader, ConfirmsTheBodyOnlyToWhomWaits) {
  const RouteTable routes = some_routes();
  const std::string head =
      "POST /strict HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-Continue\r\n\r\n";
  RequestReader waiting(routes);
  waiting.next();
  std::copy(head.begin(), head.end(), waiting.room().begin());
  EXPECT_EQ(waiting.take(head.size()), Step::confirm_body);
  EXPECT_EQ(waiting.go_on(), Step::more);

  RequestReader not_waiting(routes);
  const std::string all = head + "abc";
  not_waiting.next();
  std::copy(all.begin(), all.end(), not_waiting.room().begin());
  EXPECT_EQ(not_waiting.take(all.size()), Step::whole);

  expect_refused("POST /strict HTTP/1.1\r\nHost: a\r\nContent-Length: 300\r\nExpect: 100-continue\r\n\r\n",
                 413);
}

}  // namespace
}  // namespace linli::http
