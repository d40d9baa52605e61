#include "bot/community/verdict.hpp"

#include <gtest/gtest.h>

namespace linli::community {

namespace {

struct Row {
  std::string_view typed;
  std::optional<std::int64_t> number;
  Verdict verdict;
  std::string_view clarification;
  std::string_view source = "";
  std::string_view validity = "";
};

}  // namespace

TEST(VerdictOrder, ReadsWordsInAnyOrder) {
  const Row rows[] = {
      {"核实 12 假 水箱没有投药。", 12, Verdict::not_true, "水箱没有投药。"},
      {"核实12假，水箱没有投药", 12, Verdict::not_true, "水箱没有投药"},
      {"核实 假 12 水箱没有投药", 12, Verdict::not_true, "水箱没有投药"},
      {"12 假的 水箱没有投药", 12, Verdict::not_true, "水箱没有投药"},
      {"12号 不属实：3号楼没有病例", 12, Verdict::not_true, "3号楼没有病例"},
      {"已核实 12 真", 12, Verdict::is_true, ""},
      {"核实12 东门改了时间，属实", 12, Verdict::is_true, "东门改了时间"},
      {"核实 12 误导 白酒不够度数 来源：区疾控", 12, Verdict::misleading, "白酒不够度数", "区疾控"},
      {"核实 12 无法核实", 12, Verdict::unproven, ""},
      {"核实 12 暂时无法核实 还没定", 12, Verdict::unproven, "还没定"},
      {"核实 谣言 没这安排", std::nullopt, Verdict::not_true, "没这安排"},
      {"核实 12 假 水压正常 来源：供水站 有效到 3月8日", 12, Verdict::not_true, "水压正常", "供水站",
       "3月8日"},
      {"核实 12 假 水压正常，有效3天，来源：供水站", 12, Verdict::not_true, "水压正常", "供水站", "3天"},
      {"核实 12 真 有效期至明天", 12, Verdict::is_true, "", "", "明天"},
      {"核实 12 真 酒精确实有效 来源 疾控", 12, Verdict::is_true, "酒精确实有效", "疾控"},
      {"核实 12", 12, Verdict::none, ""},
      {"核实 12 照片来源不明 假", 12, Verdict::not_true, "照片来源不明"},
      {"核实", std::nullopt, Verdict::none, ""},
      {"3号楼没有病例", std::nullopt, Verdict::none, "3号楼没有病例"},
      {"", std::nullopt, Verdict::none, ""},
  };
  for (const Row& row : rows) {
    auto order = read_verdict_order(row.typed);
    EXPECT_EQ(order.number, row.number) << row.typed;
    EXPECT_EQ(name(order.verdict), name(row.verdict)) << row.typed;
    EXPECT_EQ(order.clarification, row.clarification) << row.typed;
    EXPECT_EQ(order.source, row.source) << row.typed;
    EXPECT_EQ(order.validity, row.validity) << row.typed;
  }
}

TEST(VerdictOrder, AWholeAnswer) {
  EXPECT_EQ(verdict_said("假的。"), Verdict::not_true);
  EXPECT_EQ(verdict_said("无法核实"), Verdict::unproven);
  EXPECT_EQ(verdict_said("假的，水箱没有投药"), Verdict::none);
  EXPECT_EQ(verdict_said(""), Verdict::none);
}

TEST(VerdictOrder, NamesReadBack) {
  for (auto one :
       {Verdict::none, Verdict::not_true, Verdict::is_true, Verdict::misleading, Verdict::unproven}) {
    EXPECT_EQ(verdict(name(one)), one);
    EXPECT_FALSE(title(one).empty());
  }
  EXPECT_FALSE(verdict("perhaps"));
}

}  // namespace linli::community
