#include "bot/http/message.hpp"

#include <gtest/gtest.h>

namespace linli::http {
namespace {

TEST(PercentDecode, DecodesWhatIsEncodedAndLeavesTheRest) {
  EXPECT_EQ(percent_decode("a%20b+c", true), "a b c");
  EXPECT_EQ(percent_decode("a%20b+c", false), "a b+c");
  EXPECT_EQ(percent_decode("%E9%82%bb", true), "邻");
  EXPECT_EQ(percent_decode("100%", true), "100%");
  EXPECT_EQ(percent_decode("%4", true), "%4");
  EXPECT_EQ(percent_decode("%zz%41", true), "%zzA");
  EXPECT_EQ(percent_decode("%00", true), std::string(1, '\0'));
  EXPECT_EQ(percent_decode("", true), "");
}

TEST(Request, QueryValuesAreDecodedAndTheFirstWins) {
  Request request;
  request.query = "timestamp=1&nonce=a%2Bb&echostr=x+y&timestamp=2&&flag&=empty&p==";
  const auto values = request.query_values();
  EXPECT_EQ(values.at("timestamp"), "1");
  EXPECT_EQ(values.at("nonce"), "a+b");
  EXPECT_EQ(values.at("echostr"), "x y");
  EXPECT_EQ(values.at("flag"), "");
  EXPECT_EQ(values.at(""), "empty");
  EXPECT_EQ(values.at("p"), "=");
  EXPECT_EQ(values.size(), 6U);
}

TEST(Request, FormValuesNeedTheFormType) {
  Request request;
  request.body = "code=12+3";
  EXPECT_TRUE(request.form_values().empty());
  request.content_type = "application/x-www-form-urlencoded ; charset=utf-8";
  EXPECT_EQ(request.form_values().at("code"), "12 3");
}

TEST(Request, HeaderIsFoundInAnyCaseAndOnlyWhole) {
  Request request;
  request.fields = "Host: a.example\r\nX-Long-Name: 1\r\nX-Long: 2\r\nX-Empty: \r\nx-long: 3\r\n";
  EXPECT_EQ(request.header("host"), "a.example");
  EXPECT_EQ(request.header("x-LONG"), "2");
  EXPECT_EQ(request.header("x-empty"), "");
  EXPECT_EQ(request.header("long"), "");
  EXPECT_EQ(request.header("x"), "");
  EXPECT_EQ(request.header("X-Long-Name-More-Than-There-Is"), "");
}

TEST(Request, CookieByName) {
  Request request;
  request.fields = "Cookie: a=1; session=x=y;b=2\r\n";
  EXPECT_EQ(request.cookie("a"), "1");
  EXPECT_EQ(request.cookie("session"), "x=y");
  EXPECT_EQ(request.cookie("b"), "2");
  EXPECT_EQ(request.cookie("ession"), "");
}

TEST(Request, ParameterIsWhatStandsInThePath) {
  Request request;
  request.pattern = "/wechat/{account}/media/{id}";
  request.path = "/wechat/main/media/a%2Fb";
  EXPECT_EQ(request.parameter("account"), "main");
  EXPECT_EQ(request.parameter("id"), "a/b");
  EXPECT_EQ(request.parameter("wechat"), "");
  EXPECT_EQ(request.parameter(""), "");
}

}  // namespace
}  // namespace linli::http
