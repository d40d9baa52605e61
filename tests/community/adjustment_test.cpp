#include "bot/community/adjustment.hpp"

#include <gtest/gtest.h>

namespace linli::community {
namespace {

TEST(Adjustment, role_place_and_successor_in_the_usual_orders) {
  for (const char* words : {"网格长 和平苑 由 石丽萍 接任", "和平苑网格长由石丽萍接任",
                            "和平苑的网格长换成石丽萍", "网格长 和平苑 交给 石丽萍"}) {
    auto read = read_adjustment(words);
    EXPECT_EQ(read.role, Role::grid_leader) << words;
    EXPECT_EQ(read.place, "和平苑") << words;
    EXPECT_EQ(read.successor, "石丽萍") << words;
  }
}

TEST(Adjustment, whoever_comes_after_may_stand_at_the_end) {
  auto read = read_adjustment("和平苑3号楼 楼院长 张三");
  EXPECT_EQ(read.role, Role::building_leader);
  EXPECT_EQ(read.place, "和平苑3号楼");
  EXPECT_EQ(read.successor, "张三");
  EXPECT_EQ(read_adjustment("网格长 和平苑").successor, "");
  EXPECT_EQ(read_adjustment("网格长 和平苑").place, "和平苑");
}

TEST(Adjustment, a_sentence_is_one_without_the_command_only_if_all_is_said) {
  EXPECT_TRUE(says_adjustment("把和平苑3号楼的楼长换成张三"));
  EXPECT_TRUE(says_adjustment("和平苑网格长由李四接任"));
  EXPECT_FALSE(says_adjustment("换成张三"));
  EXPECT_FALSE(says_adjustment("网格长态度太差，能不能改一改"));
}

TEST(Adjustment, what_was_not_said_is_empty) {
  auto nothing = read_adjustment("");
  EXPECT_FALSE(nothing.role);
  EXPECT_EQ(nothing.place + nothing.successor, "");
  auto role = read_adjustment("楼长");
  EXPECT_EQ(role.role, Role::building_leader);
  EXPECT_EQ(role.place, "");
  auto place = read_adjustment("和平苑3号楼");
  EXPECT_FALSE(place.role);
  EXPECT_EQ(place.place, "和平苑3号楼");
  EXPECT_EQ(read_adjustment("网格长 和平苑 由 ").successor, "");
}

}  // namespace
}  // namespace linli::community
