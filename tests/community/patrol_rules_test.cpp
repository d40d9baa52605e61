#include "bot/community/patrol_rules.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

#include "bot/community/word_lists.hpp"

namespace linli::community {

namespace {

PatrolRules rules() {
  return PatrolRules::read(LINLI_SOURCE_DIR "/config/patrol.toml",
                           LINLI_SOURCE_DIR "/config/words/patrol.toml")
      .value();
}

/// What a file with these words is refused for.
std::string refusal(const std::string& patrol, const std::string& words) {
  auto base = std::filesystem::temp_directory_path() / ("linli-patrol-" + std::to_string(::getpid()));
  auto first = base.string() + "-a.toml", second = base.string() + "-b.toml";
  std::ofstream(first) << patrol;
  std::ofstream(second) << words;
  auto read = PatrolRules::read(first, second);
  std::filesystem::remove(first);
  std::filesystem::remove(second);
  return read ? "" : read.error().text;
}

constexpr const char* one_kind = "[[category]]\nid = \"a\"\nname = \"甲\"\nwords = [\"甲\"]\n";

std::string kind_of(std::string_view words) {
  auto all = rules();
  const auto* kind = all.kind_in(words);
  return kind ? kind->id : "";
}

}  // namespace

TEST(PatrolRules, EachKindOfFindingIsKnownByItsWords) {
  EXPECT_EQ(kind_of("3号楼后面垃圾堆了一地"), "rubbish");
  EXPECT_EQ(kind_of("东门有人没戴口罩"), "no_mask");
  EXPECT_EQ(kind_of("有人没带口罩在打牌"), "gathering");  // whatever cannot wait comes first
  EXPECT_EQ(kind_of("一辆车堵住了消防通道"), "vehicle");
  EXPECT_EQ(kind_of("消防通道上停着车"), "vehicle");
  EXPECT_EQ(kind_of("路灯不亮"), "facility");
  EXPECT_EQ(kind_of("一堆人在下棋"), "gathering");
  EXPECT_EQ(kind_of("有陌生人翻墙"), "stranger");
  EXPECT_EQ(kind_of("今天天气真好"), "");
  auto all = rules();
  EXPECT_TRUE(all.of("stranger")->urgent);
  EXPECT_FALSE(all.of("rubbish")->urgent);
}

TEST(PatrolRules, AnHourIsLookedAtEveryHour) {
  EXPECT_EQ(rules().check_minutes().size(), 24u);
  EXPECT_NE(refusal("check_every = \"7m\"\n", one_kind).find("check_every"), std::string::npos);
  EXPECT_NE(refusal("check_every = \"1h\"\nother = 1\n", one_kind).find("other"), std::string::npos);
  EXPECT_NE(refusal("", "").find("category"), std::string::npos);
  EXPECT_NE(refusal("", std::string(one_kind) + one_kind).find("twice"), std::string::npos);
  EXPECT_EQ(refusal("", one_kind), "");
}

TEST(RoundWords, PointsByDigitsAndWhatIsSaidOfThem) {
  auto one = read_round_words("1正常");
  EXPECT_EQ(one.numbers, (std::vector<int>{1}));
  EXPECT_TRUE(one.fine);
  auto three = read_round_words("1 2、3 都正常了");
  EXPECT_EQ(three.numbers, (std::vector<int>{1, 2, 3}));
  EXPECT_TRUE(three.fine);
  auto bad = read_round_words("2号点 垃圾没清");
  EXPECT_EQ(bad.numbers, (std::vector<int>{2}));
  EXPECT_FALSE(bad.fine);
  EXPECT_EQ(bad.rest, "垃圾没清");
  EXPECT_TRUE(read_round_words("没问题。").fine);
}

TEST(RoundWords, AHouseAndANumberOfThingsAreNoPoints) {
  EXPECT_TRUE(read_round_words("3号楼后面垃圾没清").numbers.empty());
  EXPECT_TRUE(read_round_words("2个人没戴口罩").numbers.empty());
  EXPECT_TRUE(read_round_words("3051").numbers.empty());
  EXPECT_FALSE(read_round_words("不正常").fine);
}

TEST(RoundWords, HowOftenAPointIsVisited) {
  EXPECT_EQ(read_every("4h"), Seconds{4 * 3600});
  EXPECT_EQ(read_every("90m"), Seconds{90 * 60});
  EXPECT_EQ(read_every("2d"), Seconds{2 * 86400});
  for (const char* wrong : {"", "4", "h", "4 h", "0h", "-4h", "5m", "40d", "4x", "99999999999999999999h"})
    EXPECT_FALSE(read_every(wrong)) << wrong;
}

TEST(WordList, TwoPartsStandNearEachOther) {
  WordList list;
  list.add("车+堵");
  list.add("垃圾");
  list.add("建筑垃圾");
  list.add("");
  EXPECT_TRUE(list.any("门口的车堵了"));
  EXPECT_TRUE(list.any("堵着一辆车"));
  EXPECT_FALSE(list.any("车在那边停着，和这边的人说了一会儿话以后才听说路上是堵的"));
  EXPECT_FALSE(list.any("随便"));
  EXPECT_FALSE(list.any(""));
  EXPECT_EQ(list.longest("后面有建筑垃圾"), std::string_view("建筑垃圾").size());
  EXPECT_EQ(list.longest("垃圾堆着，还有建筑材料"), std::string_view("垃圾").size());
}

}  // namespace linli::community
