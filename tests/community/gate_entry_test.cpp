#include "bot/community/gate_entry.hpp"

#include <gtest/gtest.h>

#include "bot/base/text.hpp"

namespace linli::community {

namespace {

GateEntry read(std::string_view written) {
  return read_gate_entry(normalise(written));
}

std::string plate(std::string_view written) {
  return plate_in(normalise(written)).value_or("");
}

}  // namespace

TEST(GatePlate, AllFormsThatAreOnTheRoad) {
  EXPECT_EQ(plate("晋A12345"), "晋A12345");
  EXPECT_EQ(plate("晋a1b2c3"), "晋A1B2C3");
  EXPECT_EQ(plate("晋Ａ·１２３４５"), "晋A12345");
  EXPECT_EQ(plate("晋A D12345"), "晋AD12345");  // new energy
  EXPECT_EQ(plate("晋AD12345送货"), "晋AD12345");
  EXPECT_EQ(plate("晋A12345D"), "晋A12345D");
  EXPECT_EQ(plate("晋A1234学"), "晋A1234学");
  EXPECT_EQ(plate("晋A1234警"), "晋A1234警");
  EXPECT_EQ(plate("晋A1234挂"), "晋A1234挂");
  EXPECT_EQ(plate("粤Z1234港"), "粤Z1234港");
  EXPECT_EQ(plate("粤Z1234澳"), "粤Z1234澳");
  EXPECT_EQ(plate("沪A0023领"), "沪A0023领");
  EXPECT_EQ(plate("晋X1001应急"), "晋X1001应急");
  EXPECT_EQ(plate("使014·578"), "使014578");
  EXPECT_EQ(plate("使014578"), "使014578");
  EXPECT_EQ(plate("WJ晋12345"), "WJ晋12345");
  EXPECT_EQ(plate("军A12345"), "军A12345");
  EXPECT_EQ(plate("晋AO1234"), "晋A01234");
}

TEST(GatePlate, WhatIsNone) {
  EXPECT_EQ(plate("晋A123"), "");
  EXPECT_EQ(plate("晋A12345678"), "");
  EXPECT_EQ(plate("3号楼2单元501"), "");
  EXPECT_EQ(plate("京东快递"), "");
  EXPECT_EQ(plate("晋ABCDEF"), "");
  EXPECT_TRUE(read("晋A123 送货").plate_in_doubt);
}

TEST(GateEntry, AVehicleInOneLine) {
  auto entry = read("晋A12345 送货 3号楼");
  EXPECT_EQ(entry.kind, GateKind::vehicle);
  EXPECT_EQ(entry.plate, "晋A12345");
  EXPECT_EQ(entry.purpose, "送货");
  EXPECT_EQ(entry.place, "3号楼");
  EXPECT_FALSE(missing(entry));
  EXPECT_EQ(line_of(entry), "晋A12345 送货 去3号楼");
}

TEST(GateEntry, ThePurposeMayStandBehindThePlace) {
  auto entry = read("晋AD12345到3号楼送货");
  EXPECT_EQ(entry.purpose, "送货");
  EXPECT_EQ(entry.place, "3号楼");
  entry = read("晋A12345，和平苑3号楼 维修");
  EXPECT_EQ(entry.purpose, "维修");
  EXPECT_EQ(entry.place, "和平苑3号楼");
}

TEST(GateEntry, OnlyWhatIsMissingIsAskedInOrder) {
  auto entry = read("车");
  EXPECT_EQ(missing(entry), GateField::plate);
  fill(entry, GateField::plate, "晋a12345");
  EXPECT_EQ(missing(entry), GateField::purpose);
  fill(entry, GateField::purpose, "送菜到3号楼");
  EXPECT_FALSE(missing(entry));
  EXPECT_EQ(entry.place, "3号楼");
  entry = read("晋A12345 3号楼");
  EXPECT_EQ(missing(entry), GateField::purpose);
  fill(entry, GateField::purpose, "搬家");
  EXPECT_FALSE(missing(entry));
}

TEST(GateEntry, VisitorsByNameAndDoor) {
  auto entry = read("访客 张三 找2单元501");
  EXPECT_EQ(entry.kind, GateKind::visitor);
  EXPECT_EQ(entry.who, "张三");
  EXPECT_EQ(entry.place, "2单元501");
  entry = read("访客张三找3号楼");
  EXPECT_EQ(entry.who, "张三");
  EXPECT_EQ(entry.place, "3号楼");
  EXPECT_EQ(missing(read("访客 张三")), GateField::place);
  EXPECT_EQ(missing(read("访客 3号楼2单元501")), GateField::who);
}

TEST(GateEntry, ReturneesWithWhereFromAndDays) {
  auto entry = read("返回 5号楼2单元301 从太原");
  EXPECT_EQ(entry.kind, GateKind::returnee);
  EXPECT_EQ(entry.place, "5号楼2单元301");
  EXPECT_EQ(entry.from, "太原");
  EXPECT_FALSE(entry.days);
  EXPECT_FALSE(missing(entry));
  entry = read("返回人员 从大同回来 5号楼2单元301 七天");
  EXPECT_EQ(entry.from, "大同");
  EXPECT_EQ(entry.place, "5号楼2单元301");
  EXPECT_EQ(entry.days, 7);
  EXPECT_EQ(missing(read("返回 5号楼2单元301")), GateField::from);
}

TEST(GateEntry, RefusalsKeepWhoAndWhy) {
  auto entry = read("劝返 快递 没带口罩");
  EXPECT_EQ(entry.kind, GateKind::refused);
  EXPECT_EQ(entry.who, "快递");
  EXPECT_EQ(entry.reason, "没带口罩");
  EXPECT_EQ(line_of(entry), "劝返 快递：没带口罩");
  entry = read("拒绝 外卖没有健康码");
  EXPECT_EQ(entry.who, "外卖");
  EXPECT_EQ(entry.reason, "没有健康码");
  entry = read("劝返 晋A12345 没有通行证");
  EXPECT_EQ(entry.plate, "晋A12345");
  EXPECT_EQ(entry.reason, "没有通行证");
  EXPECT_EQ(missing(read("劝返 快递")), GateField::reason);
  EXPECT_EQ(missing(read("劝返")), GateField::who);
}

TEST(GateEntry, CorrectionsReplaceWhatTheySpeakOf) {
  auto entry = read("晋A12345 送货 3号楼");
  EXPECT_TRUE(correct(entry, "4号楼"));
  EXPECT_EQ(line_of(entry), "晋A12345 送货 去4号楼");
  EXPECT_TRUE(correct(entry, "晋b54321 维修"));
  EXPECT_EQ(line_of(entry), "晋B54321 维修 去4号楼");
  EXPECT_FALSE(correct(entry, ""));
}

TEST(GateEntry, SurvivesStorage) {
  auto entry = read("返回 5号楼2单元301 从太原 7天");
  EXPECT_EQ(to_json(gate_entry_from_json(to_json(entry))), to_json(entry));
}

TEST(GateEntry, GoingOutIsAsked) {
  EXPECT_EQ(asks_to_go_out("3单元501 能出门吗"), "3单元501");
  EXPECT_EQ(asks_to_go_out("能出门不"), "");
  EXPECT_EQ(asks_to_go_out("我家能不能出去"), "");
  EXPECT_FALSE(asks_to_go_out("门打不开"));
}

}  // namespace linli::community
