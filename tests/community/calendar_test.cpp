#include "bot/community/calendar.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace linli::community {
namespace {

namespace fs = std::filesystem;

class CalendarTest : public ::testing::Test {
 protected:
  CalendarTest() {
    std::string pattern = (fs::temp_directory_path() / "linli-calendar-XXXXXX").string();
    if (!mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
    folder = pattern;
  }
  ~CalendarTest() override { fs::remove_all(folder); }
  Result<Calendar> read(const std::string& text) {
    std::ofstream(folder / "calendar.toml") << text;
    return Calendar::read(folder / "calendar.toml");
  }
  std::string fault(const std::string& text) {
    auto calendar = read(text);
    return calendar ? "" : calendar.error().text;
  }
  fs::path folder;
};

TEST_F(CalendarTest, days_are_what_the_file_says_and_else_what_the_week_says) {
  auto read_calendar = read("[holiday]\n\"2026-04-06\" = \"清明节\"\n[workday]\n\"2026-05-09\" = \"调休\"\n");
  ASSERT_TRUE(read_calendar) << read_calendar.error().text;
  const Calendar& calendar = *read_calendar;
  EXPECT_EQ(calendar.kind({2026, 4, 6}), DayKind::holiday);  // a Monday
  EXPECT_EQ(calendar.name({2026, 4, 6}), "清明节");
  EXPECT_EQ(calendar.kind({2026, 5, 9}), DayKind::workday);  // a Saturday
  EXPECT_EQ(calendar.kind({2026, 4, 7}), DayKind::workday);
  EXPECT_EQ(calendar.kind({2026, 4, 11}), DayKind::rest_day);
  EXPECT_EQ(calendar.kind({2026, 4, 12}), DayKind::rest_day);
  EXPECT_EQ(calendar.name({2026, 4, 12}), "");
}

TEST_F(CalendarTest, every_fault_is_named) {
  EXPECT_NE(fault("[holiday]\n\"2026-02-30\" = \"春节\"\n").find("2026-02-30"), std::string::npos);
  EXPECT_NE(fault("[holiday]\n\"2026-02-16\" = 3\n").find("calendar.toml:2"), std::string::npos);
  EXPECT_NE(fault("[holiday]\n\"2026-02-16\" = \"\"\n").find("no name"), std::string::npos);
  EXPECT_NE(
      fault("[holiday]\n\"2026-02-16\" = \"春节\"\n[workday]\n\"2026-02-16\" = \"班\"\n").find("keep one"),
      std::string::npos);
  EXPECT_NE(fault("[holidays]\n\"2026-02-16\" = \"春节\"\n").find("holidays"), std::string::npos);
}

TEST_F(CalendarTest, the_one_that_is_delivered_reads) {
  auto calendar = Calendar::read(fs::path(LINLI_SOURCE_DIR) / "config/calendar.toml");
  ASSERT_TRUE(calendar) << calendar.error().text;
  EXPECT_EQ(calendar->kind({2026, 2, 17}), DayKind::holiday);
  EXPECT_EQ(calendar->kind({2026, 2, 28}), DayKind::workday);
}

}  // namespace
}  // namespace linli::community
