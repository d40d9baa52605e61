#include "bot/http/url.hpp"

#include <gtest/gtest.h>

namespace linli::http {
namespace {

TEST(Url, TakesApartWhatTheClientNeeds) {
  const Url url = parse_url("https://api.weixin.qq.com/cgi-bin/x?access_token=T&a=%20b").value();
  EXPECT_TRUE(url.secure);
  EXPECT_EQ(url.host, "api.weixin.qq.com");
  EXPECT_EQ(url.port, "443");
  EXPECT_EQ(url.authority, "api.weixin.qq.com");
  EXPECT_EQ(url.target, "/cgi-bin/x?access_token=T&a=%20b");
  EXPECT_FALSE(url.host_is_address);
}

TEST(Url, PortsAddressesAndEmptyPaths) {
  EXPECT_EQ(parse_url("http://127.0.0.1:8080").value().target, "/");
  EXPECT_EQ(parse_url("http://127.0.0.1:8080?a=1").value().target, "/?a=1");
  EXPECT_EQ(parse_url("http://127.0.0.1:8080").value().authority, "127.0.0.1:8080");
  EXPECT_EQ(parse_url("http://a.example:80/").value().authority, "a.example");
  EXPECT_TRUE(parse_url("http://127.0.0.1/").value().host_is_address);
  const Url six = parse_url("https://[::1]:8443/x").value();
  EXPECT_EQ(six.host, "::1");
  EXPECT_EQ(six.authority, "[::1]:8443");
  EXPECT_TRUE(six.host_is_address);
  EXPECT_NE(parse_url("http://a.example/").value().key(), parse_url("https://a.example/").value().key());
}

TEST(Url, RefusesTheRestWithoutQuotingIt) {
  for (const char* text :
       {"", "/relative", "ftp://a.example/", "http://", "http:///x", "http://u:SECRET@a.example/",
        "http://a.example/x y?SECRET", "http://a.example/#SECRET", "http://a.example:99999/SECRET",
        "http://a.example:0/", "http://a%2eb.example/", "http://a.example/\r\nSECRET: x",
        "api.weixin.qq.com/SECRET"}) {
    const auto url = parse_url(text);
    ASSERT_FALSE(url) << text;
    EXPECT_EQ(url.error().code, Errc::bad_input) << text;
    EXPECT_EQ(url.error().text.find("SECRET"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace linli::http
