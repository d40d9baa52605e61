#include "handlers/rota_words.hpp"

#include <gtest/gtest.h>

namespace linli::handlers {
namespace {

using community::OverrideKind;

Zone zone() {
  return *Zone::find("Asia/Shanghai");
}
constexpr Day today{2026, 3, 2};
std::optional<ShiftChange> change(std::string_view text) {
  return read_change(text, zone(), today);
}

TEST(RotaWords, ChangesAsOfficersTypeThem) {
  struct Case {
    std::string_view text;
    Day day;
    int minute;
    OverrideKind kind;
    std::string_view name;
  };
  constexpr Case cases[] = {
      {"改 3月5日 06:00 张三", {2026, 3, 5}, 360, OverrideKind::instead, "张三"},
      {"改班 明天 6点半 李四", {2026, 3, 3}, 390, OverrideKind::instead, "李四"},
      {"3月5号 18点 空", {2026, 3, 5}, 1080, OverrideKind::nobody, ""},
      {"改 后天 8点20分 加 王小明", {2026, 3, 4}, 500, OverrideKind::extra, "王小明"},
      {"改 1月3日 06:00 张三", {2026, 1, 3}, 360, OverrideKind::instead, "张三"},
  };
  for (const Case& c : cases) {
    auto read = change(c.text);
    ASSERT_TRUE(read) << c.text;
    EXPECT_EQ(read->day, c.day) << c.text;
    EXPECT_EQ(read->minute, c.minute) << c.text;
    EXPECT_EQ(read->kind, c.kind) << c.text;
    EXPECT_EQ(read->name, c.name) << c.text;
  }
  for (std::string_view text : {"改", "改 3月5日", "改 3月35日 06:00 张三", "改 3月5日 张三",
                                "改 3月5日 25:00 张三", "改 3月5日 06:00", "3月5日发烧了"})
    EXPECT_FALSE(change(text)) << text;
}

TEST(RotaWords, AYearBeginsInDecember) {
  auto read = read_change("改 1月3日 06:00 张三", zone(), {2026, 12, 30});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->day, (Day{2027, 1, 3}));
}

TEST(RotaWords, LinesOfARota) {
  auto line = read_line("工作日 08:00-10:00 张三、李四");
  ASSERT_TRUE(line);
  EXPECT_EQ(line->names, (std::vector<std::string>{"张三", "李四"}));
  EXPECT_EQ(line->start_minute, 480);
  EXPECT_EQ(line->when, community::parse_recurrence("workdays").value());
  auto night = read_line("周一至周五 22:00到06:00 张三");
  ASSERT_TRUE(night);
  EXPECT_EQ(night->end_minute, 1800);
  EXPECT_EQ(night->when.weekdays, 0b0011111u);
  for (std::string_view text : {"每天", "每天 08:00-10:00", "08:00-10:00 张三", "每天 08:00-08:00 张三"})
    EXPECT_FALSE(read_line(text)) << text;
}

TEST(RotaWords, TheHoursBehindAName) {
  std::string_view rest = "东门 14:00-18:00";
  auto hours = read_hours_behind(rest);
  ASSERT_TRUE(hours);
  EXPECT_EQ(rest, "东门");
  EXPECT_EQ(hours->start_minute, 840);
  rest = "2号楼口14点到18点半";
  hours = read_hours_behind(rest);
  ASSERT_TRUE(hours);
  EXPECT_EQ(rest, "2号楼口");
  EXPECT_EQ(hours->end_minute, 1110);
  rest = "东门";
  EXPECT_FALSE(read_hours_behind(rest));
}

TEST(RotaWords, ReasonsAndObjections) {
  EXPECT_TRUE(says_was_there("我昨天到了,系统说缺岗"));
  EXPECT_FALSE(says_was_there("北门缺岗了没人"));
  EXPECT_TRUE(says_cannot_come("今天发烧去不了"));
  EXPECT_FALSE(says_cannot_come("今天发烧38度"));
}

}  // namespace
}  // namespace linli::handlers
