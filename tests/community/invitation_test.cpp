#include "bot/community/invitation.hpp"

#include <gtest/gtest.h>

#include "bot/base/text.hpp"

namespace linli::community {
namespace {

TEST(Invitation, NobodyBringsInTheirOwnSuperior) {
  EXPECT_TRUE(may_invite(Role::grid_leader, Role::volunteer));
  EXPECT_TRUE(may_invite(Role::grid_leader, Role::building_leader));
  EXPECT_FALSE(may_invite(Role::grid_leader, Role::grid_leader));
  EXPECT_FALSE(may_invite(Role::grid_leader, Role::on_call));
  EXPECT_TRUE(may_invite(Role::on_call, Role::grid_leader));
  EXPECT_FALSE(may_invite(Role::volunteer, Role::volunteer));
}

TEST(Invitation, TheWordsMayComeInAnyOrder) {
  for (auto text : {"张三 志愿者 13900000000", "志愿者 张三 13900000000", "13900000000,张三,志愿者"}) {
    auto read = read_invitation(normalise(text));
    EXPECT_EQ(read.role, Role::volunteer) << text;
    EXPECT_EQ(read.name, "张三") << text;
    EXPECT_EQ(read.phone, "13900000000") << text;
    EXPECT_EQ(read.rest, "") << text;
  }
  auto with_place = read_invitation("李四 楼长 3号楼");
  EXPECT_EQ(with_place.role, Role::building_leader);
  EXPECT_EQ(with_place.rest, "3号楼");
  EXPECT_FALSE(read_invitation("张三").role);
}

TEST(Invitation, PhoneNumbersByTheirFormat) {
  EXPECT_EQ(phone_in("我的电话是13900001234,谢谢"), "13900001234");
  EXPECT_EQ(phone_in("+86 139-0000-1234"), "13900001234");
  EXPECT_EQ(phone_in("139 0000 1234"), "13900001234");
  EXPECT_EQ(phone_in("3号楼2单元501 13900001234"), "13900001234");
  for (auto text : {"1390000123", "23900001234", "139000012345", "12345678", "没有", ""}) {
    EXPECT_EQ(phone_in(text), "") << text;
  }
}

TEST(Invitation, ACodeIsEightDigitsAndNothingElse) {
  EXPECT_EQ(code_in("12345678"), "12345678");
  EXPECT_EQ(code_in("1234 5678"), "12345678");
  EXPECT_EQ(code_in("bind-12345678"), "12345678");
  for (auto text : {"1234567", "123456789", "码12345678", "12345678谢谢", ""})
    EXPECT_EQ(code_in(text), "") << text;
}

TEST(Invitation, NamesButNoSentences) {
  EXPECT_EQ(name_in("我叫王秀兰"), "王秀兰");
  EXPECT_EQ(name_in("居民甲"), "居民甲");
  for (auto text : {"王", "3号楼", "你们问这个干什么", "为什么要登记？", "一二三四五六七八九十一二三", ""}) {
    EXPECT_EQ(name_in(normalise(text)), "") << text;
  }
}

}  // namespace
}  // namespace linli::community
