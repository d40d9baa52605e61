#include "bot/dialog/dialog.hpp"

#include <gtest/gtest.h>

namespace linli::dialog {
namespace {

TEST(Dialog, survives_being_stored) {
  Dialog inner;
  inner.topic = "help_request";
  inner.step = "where";
  Dialog dialog;
  dialog.topic = "registration";
  dialog.step = "name";
  dialog.answers = {{"place", "和平苑\"3号楼\""}};
  dialog.choices = {"是", "不是"};
  dialog.text_id = "registration.name";
  dialog.values = {{"number", "12"}};
  dialog.wrong = 2;
  dialog.asked_at = Time{Seconds{5}};
  dialog.expires_at = Time{Seconds{9}};
  dialog.suspended = {inner};
  dialog.trail = {inner};
  auto read = dialog_from_json(to_json(dialog));
  ASSERT_TRUE(read);
  EXPECT_EQ(to_json(*read), to_json(dialog));
  EXPECT_EQ(read->answers.at("place"), "和平苑\"3号楼\"");
  EXPECT_EQ(read->suspended.at(0).step, "where");
  EXPECT_EQ(read->expires_at, Time{Seconds{9}});
}

TEST(Dialog, what_is_no_dialog_is_refused) {
  EXPECT_FALSE(dialog_from_json("{broken"));
}

}  // namespace
}  // namespace linli::dialog
