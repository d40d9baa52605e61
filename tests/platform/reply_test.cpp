#include "bot/platform/reply.hpp"

#include <gtest/gtest.h>

#include "bot/platform/xml.hpp"

namespace linli::platform {
namespace {

constexpr Time at{Seconds{1'772'409'600}};

std::string encode(const Reply& reply) {
  return encode_reply(reply, "oUSER", "gh_account", at);
}

Reply text(std::string words) {
  Reply reply;
  reply.kind = Reply::Kind::text;
  reply.text = std::move(words);
  return reply;
}

TEST(Reply, IsTheTextInTheDocumentedForm) {
  EXPECT_EQ(
      encode(text("你好\n1 打卡")),
      "<xml><ToUserName><![CDATA[oUSER]]></ToUserName><FromUserName><![CDATA[gh_account]]></FromUserName>"
      "<CreateTime>1772409600</CreateTime><MsgType><![CDATA[text]]></MsgType>"
      "<Content><![CDATA[你好\n1 打卡]]></Content></xml>");
}

TEST(Reply, KeepsWhatLooksLikeMarkup) {
  for (const std::string words : {"a]]>b", "{{x}}", "<b>&amp;", "</Content></xml>"}) {
    EXPECT_EQ(Xml::read(encode(text(words))).value().text("Content"), words);
  }
}

TEST(Reply, HasOneMediaElement) {
  Reply reply;
  reply.kind = Reply::Kind::image;
  reply.media_id = "M1";
  EXPECT_EQ(Xml::read(encode(reply)).value().text("Image", "MediaId"), "M1");
  reply.kind = Reply::Kind::voice;
  const auto xml = Xml::read(encode(reply)).value();
  EXPECT_EQ(xml.text("MsgType"), "voice");
  EXPECT_EQ(xml.text("Voice", "MediaId"), "M1");
}

TEST(Reply, HasUpToEightArticles) {
  Reply reply;
  reply.kind = Reply::Kind::news;
  for (int i = 0; i < 9; ++i)
    reply.articles.push_back({"t" + std::to_string(i), "d", "http://p", "http://u"});
  const auto sent = encode(reply);
  EXPECT_EQ(Xml::read(sent).value().text("ArticleCount"), "8");
  EXPECT_NE(
      sent.find(
          "<item><Title><![CDATA[t7]]></Title><Description><![CDATA[d]]></Description>"
          "<PicUrl><![CDATA[http://p]]></PicUrl><Url><![CDATA[http://u]]></Url></item></Articles></xml>"),
      std::string::npos);
  EXPECT_EQ(sent.find("t8"), std::string::npos);
}

TEST(Reply, IsSuccessWhenThereIsNothingToSay) {
  EXPECT_EQ(encode({}), "success");
  EXPECT_EQ(encode(text("")), "success");
  Reply reply;
  for (const auto kind : {Reply::Kind::image, Reply::Kind::voice, Reply::Kind::news}) {
    reply.kind = kind;
    EXPECT_EQ(encode(reply), "success");
  }
}

TEST(Reply, NeverPassesTheLengthThatFails) {
  std::string words;
  while (words.size() < 2047) words.append("好");
  const auto fits = words.substr(0, 2046);
  EXPECT_EQ(Xml::read(encode(text(fits + "a"))).value().text("Content"), fits + "a");
  EXPECT_EQ(Xml::read(encode(text(fits + "好"))).value().text("Content"), fits);
}

}  // namespace
}  // namespace linli::platform
