#include "bot/community/claim_match.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/base/utf8.hpp"
#include "bot/community/numerals.hpp"

namespace linli::community {

namespace {

bool same(std::string_view a, std::string_view b) {
  return same_story(read_story(a), read_story(b));
}
std::string left(std::string_view text) {
  return to_utf8(read_story(text).skeleton);
}

constexpr std::string_view tap_water = "小区水箱投了药，今明两天的自来水不能喝";
constexpr std::string_view long_story =
    "安和区防控指挥部决定从3月5日零点起全区公交停止运营，所有市民凭通行证出入小区，每户每两天可以派一人外出采"
    "购";

}  // namespace

TEST(Numerals, RunsBecomeDigits) {
  EXPECT_EQ(with_digits("二十"), "20");
  EXPECT_EQ(with_digits("十五分钟"), "15分钟");
  EXPECT_EQ(with_digits("两百零五"), "205");
  EXPECT_EQ(with_digits("一百五"), "150");
  EXPECT_EQ(with_digits("三〇二室"), "302室");
  EXPECT_EQ(with_digits("一万两千"), "12000");
  EXPECT_EQ(with_digits("千万别信"), "千万别信");
  EXPECT_EQ(with_digits("九亿九亿九亿九亿九亿九亿九亿"), "九亿九亿九亿九亿九亿九亿九亿");
}

TEST(ClaimMatch, WhatStandsAroundAStoryIsTakenAway) {
  const std::string bare = left(tap_water);
  for (std::string_view written : {"听说小区水箱投了药，今明两天的自来水不能喝，是真的吗？",
                                   "【转发】小区水箱投了药 今明两天的自来水不能喝！！！",
                                   "@所有人 小区水箱投了药,今明两天的自来水不能喝😱😱",
                                   "群里都在传小区水箱投了药。今明两天的自来水不能喝。请大家互相转告",
                                   "@张大姐: 小区水箱投了药，今明２天的自来水不能喝"}) {
    EXPECT_EQ(left(written), bare) << written;
  }
  EXPECT_TRUE(read_story("是真的吗？").empty());
  EXPECT_TRUE(read_story("听说的").empty());
  EXPECT_TRUE(read_story("😱！！！").empty());
  EXPECT_TRUE(read_story("").empty());
}

TEST(ClaimMatch, AFewCharactersMoreAreTheSameStory) {
  EXPECT_TRUE(same(long_story,
                   "安和区防控指挥部决定从3月5日零点起全区公交停止运营，所有市民凭通行证出入小区，"
                   "每户每两天可以派一人外出采购物资"));
  EXPECT_TRUE(same(tap_water, "小区水箱投药，今明两天的自来水不能喝呀"));
}

TEST(ClaimMatch, AChangedFactIsAnotherStory) {
  const std::string base(long_story);
  auto changed = [&](std::string_view from, std::string_view to) {
    std::string text = base;
    return text.replace(text.find(from), from.size(), to);
  };
  for (const auto& [from, to] :
       std::initializer_list<std::pair<std::string_view, std::string_view>>{{"3月5日", "3月6日"},
                                                                            {"3月5日", "5日"},
                                                                            {"停止", "不停止"},
                                                                            {"安和区", "杏坡区"},
                                                                            {"公交", "地铁"},
                                                                            {"两天", "三天"},
                                                                            {"每户", "和平苑每户"},
                                                                            {"全区", "太原全区"},
                                                                            {"可以", "不可以"},
                                                                            {"一人", "二人"}}) {
    EXPECT_FALSE(same(base, changed(from, to))) << from << " -> " << to;
  }
}

TEST(ClaimMatch, ShortTextsMustBeEqual) {
  EXPECT_TRUE(read_story("3号楼有阳性").is_short());
  EXPECT_TRUE(same("3号楼有阳性", "听说三号楼有阳性？"));
  EXPECT_FALSE(same("3号楼有阳性", "3号楼有阳性了吧快跑"));
  EXPECT_FALSE(same("", ""));
}

TEST(ClaimMatch, NearStoriesShareAPieceAndALength) {
  Story a = read_story(long_story);
  Story b = read_story(std::string(long_story) + "物资");
  EXPECT_LE(pieces(a, 7).size(), 8U);
  std::vector<std::int64_t> shared;
  for (auto piece : pieces(a, 7)) {
    if (std::ranges::count(pieces(b, 7), piece)) shared.push_back(piece);
  }
  EXPECT_FALSE(shared.empty());
  EXPECT_NE(pieces(a, 7), pieces(a, 8));
  EXPECT_LE(near_lengths(a).least, static_cast<std::int64_t>(b.skeleton.size()));
  EXPECT_GE(near_lengths(a).most, static_cast<std::int64_t>(b.skeleton.size()));
}

TEST(ClaimMatch, LongAndStrangeTextsAreTaken) {
  std::string endless;
  for (int i = 0; i < 10'000; ++i) endless += "水";
  EXPECT_TRUE(same(endless, endless));
  EXPECT_FALSE(same(endless, long_story));
  EXPECT_NO_THROW(read_story("\xff\xfe{{x}}]]>\x01"));
}

TEST(WebAddress, TheSamePageHasOneIdentity) {
  const std::string page = url_identity("https://www.example.com/news/12/?id=7&utm_source=wx");
  EXPECT_EQ(page, "example.com/news/12?id=7");
  EXPECT_EQ(url_identity("http://m.Example.com:80/news/12?from=timeline&id=7#top"), page);
  EXPECT_NE(url_identity("https://example.com/news/12?id=8"), page);
  EXPECT_NE(url_identity("https://example.com/news/13?id=7"), page);
  EXPECT_EQ(
      url_identity("https://mp.weixin.qq.com/s?__biz=A&mid=1&idx=2&sn=ab&chksm=x&scene=21#wechat_redirect"),
      url_identity("http://mp.weixin.qq.com/s?sn=ab&__biz=A&mid=1&idx=2&from=groupmessage"));
  EXPECT_EQ(url_identity("随便说说"), "");
}

TEST(WebAddress, IsFoundInsideAText) {
  EXPECT_EQ(find_url("你看HTTPS://a.cn/x?y=1，是真的吗"), "HTTPS://a.cn/x?y=1");
  EXPECT_EQ(find_url("见 www.a.cn/x."), "www.a.cn/x");
  EXPECT_FALSE(find_url("没有地址"));
}

TEST(ClaimMatch, IsShownWithoutWhatPeoplePutAroundIt) {
  EXPECT_EQ(without_trimmings("【转发】听说，安和区所有加油站从明天起关门三天，是真的吗？"),
            "安和区所有加油站从明天起关门三天");
  EXPECT_EQ(without_trimmings("谣言 飞机撒药今晚关窗"), "飞机撒药今晚关窗");
  EXPECT_EQ(without_trimmings("水箱投了药，今明两天不能喝！！"), "水箱投了药，今明两天不能喝");
  EXPECT_EQ(without_trimmings("PCR要自费"), "PCR要自费");
  EXPECT_EQ(without_trimmings("真的吗？"), "真的吗？");
  EXPECT_EQ(without_trimmings(""), "");
}

}  // namespace linli::community
