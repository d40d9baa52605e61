#include "bot/dialog/words.hpp"

#include <gtest/gtest.h>

#include "bot/base/text.hpp"

namespace linli::dialog {
namespace {

const Words& words() {
  static const Words all = std::move(Words::read(LINLI_SOURCE_DIR "/config/words")).value();
  return all;
}

TEST(Commands, are_the_whole_message_or_its_beginning_with_values) {
  auto command = [](const char* text) { return words().command(normalise(text)); };
  EXPECT_EQ(command("接")->id, "accept");
  EXPECT_TRUE(command("接")->exact);
  EXPECT_EQ(command("接 12")->number, 12);
  EXPECT_EQ(command("接１２")->number, 12);
  EXPECT_EQ(command("完成 12 已送到")->rest, "已送到");
  EXPECT_EQ(command("完成12，已送到")->rest, "已送到");
  EXPECT_FALSE(command("改 3月4日 12:00 张三")->number);
  EXPECT_EQ(command("退单 12 不在我辖区")->id, "return");
  EXPECT_EQ(command("转 12 某某")->rest, "某某");
  EXPECT_EQ(command("打卡吧")->id, "checkin");
  EXPECT_FALSE(command("接到通知说明天停水"));
  EXPECT_FALSE(command("孩子好几天没吃药"));
}

TEST(Symptoms, are_not_heard_where_they_are_denied) {
  EXPECT_EQ(words().symptoms(normalise("我妈37.8有点咳嗽")), std::vector<std::string>{"咳嗽"});
  EXPECT_TRUE(words().symptoms(normalise("不咳嗽了，没发烧")).empty());
  EXPECT_TRUE(words().symptoms(normalise("都没有发烧咳嗽")).empty());
  EXPECT_TRUE(words().symptoms(normalise("没有发烧、咳嗽和腹泻")).empty());
  EXPECT_EQ(words().symptoms(normalise("没有发烧，咳嗽")), std::vector<std::string>{"咳嗽"});
}

TEST(Lists, are_said_in_one_piece_or_in_several) {
  EXPECT_TRUE(words().is("all_fine", normalise("今天挺好，没事")));
  EXPECT_TRUE(words().is("all_fine", normalise("都好，没事！")));
  EXPECT_FALSE(words().is("all_fine", normalise("都好，米没了")));
  EXPECT_FALSE(words().is("all_fine", normalise("，")));
}

TEST(Help, names_the_category) {
  auto id = [](const char* text) {
    const auto* found = words().help_category(normalise(text));
    return found ? found->id : std::string();
  };
  EXPECT_EQ(id("家里降压药没了，能帮忙买点吗"), "medicine");
  EXPECT_EQ(id("家里没米没菜了，老人两个"), "food");
  EXPECT_EQ(id("楼上漏水，厨房都淹了"), "leak");
  EXPECT_EQ(id("今儿可难活了"), "illness");
  EXPECT_EQ(id("你好"), "");
}

}  // namespace
}  // namespace linli::dialog
