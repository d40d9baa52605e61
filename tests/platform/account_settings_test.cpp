#include "bot/platform/account_settings.hpp"

#include <gtest/gtest.h>

namespace linli::platform {
namespace {

const std::string key(43, 'k');

AccountSettings good() {
  AccountSettings settings;
  settings.name = "district";
  settings.app_id = "wx1234567890abcdef";
  settings.app_secret = Secret("0123456789abcdef0123456789abcdef");
  settings.token = Secret("AAAAA");
  settings.aes_key = Secret(key);
  return settings;
}

TEST(AccountSettings, AreGoodWithTheConsolesValues) {
  EXPECT_TRUE(check_settings(good()));
  auto settings = good();
  settings.previous_aes_key = Secret("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG");
  EXPECT_TRUE(check_settings(settings));
  settings.api_base = "http://127.0.0.1:8081";
  EXPECT_TRUE(check_settings(settings));
}

TEST(AccountSettings, PlainModeIsAChoiceAndExcludesEncryption) {
  auto settings = good();
  settings.plain_mode = true;
  auto checked = check_settings(settings);
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, Errc::bad_config);
  EXPECT_NE(checked.error().text.find("plain_mode"), std::string::npos);
  EXPECT_EQ(checked.error().text.find(key), std::string::npos);

  settings.aes_key = Secret();
  EXPECT_TRUE(check_settings(settings));
  settings.previous_aes_key = Secret(key);
  EXPECT_FALSE(check_settings(settings));

  settings = good();
  settings.aes_key = Secret();
  checked = check_settings(settings);
  ASSERT_FALSE(checked);
  EXPECT_NE(checked.error().text.find("plain_mode = true"), std::string::npos);
}

struct Bad {
  const char* field;
  void (*spoil)(AccountSettings&);
};

const Bad bad[] = {{"name", [](AccountSettings& s) { s.name = ""; }},
                   {"name", [](AccountSettings& s) { s.name = "a/b"; }},
                   {"app_id", [](AccountSettings& s) { s.app_id = "wx 1"; }},
                   {"app_secret", [](AccountSettings& s) { s.app_secret = Secret("hidden&x"); }},
                   {"app_secret", [](AccountSettings& s) { s.app_secret = Secret(); }},
                   {"token", [](AccountSettings& s) { s.token = Secret(); }},
                   {"token", [](AccountSettings& s) { s.token = Secret("hidden-"); }},
                   {"token", [](AccountSettings& s) { s.token = Secret(std::string(33, 'a')); }},
                   {"aes_key", [](AccountSettings& s) { s.aes_key = Secret("hidden"); }},
                   {"aes_key", [](AccountSettings& s) { s.aes_key = Secret(key + "k"); }},
                   {"aes_key", [](AccountSettings& s) { s.aes_key = Secret(std::string(42, 'k') + " "); }},
                   {"previous_aes_key", [](AccountSettings& s) { s.previous_aes_key = Secret("hidden"); }},
                   {"api_base", [](AccountSettings& s) { s.api_base = "http://api.weixin.qq.com"; }},
                   {"api_base", [](AccountSettings& s) { s.api_base = "https://api.weixin.qq.com/"; }},
                   {"api_base", [](AccountSettings& s) { s.api_base = ""; }}};

TEST(AccountSettings, AreNamedWithoutTheirValueWhenBad) {
  for (const auto& row : bad) {
    auto settings = good();
    row.spoil(settings);
    const auto checked = check_settings(settings);
    ASSERT_FALSE(checked) << row.field;
    EXPECT_EQ(checked.error().code, Errc::bad_config);
    EXPECT_NE(checked.error().text.find(std::string(": ") + row.field + ": found "), std::string::npos)
        << checked.error().text;
    EXPECT_EQ(checked.error().text.find("hidden"), std::string::npos);
  }
}

}  // namespace
}  // namespace linli::platform
