#include "bot/platform/account_settings.hpp"

#include <fmt/format.h>

#include "bot/platform/message_cipher.hpp"

namespace linli::platform {
namespace {

constexpr std::string_view letters_and_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view secret_characters =
    "-ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view name_characters = "abcdefghijklmnopqrstuvwxyz0123456789_-";

bool consists_of(std::string_view text, std::string_view allowed) {
  return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos;
}

Error wrong(const AccountSettings& settings, std::string_view key, std::string_view found,
            std::string_view allowed) {
  return Error{Errc::bad_config, fmt::format("account \"{}\": {}: found {}, allowed is {}", settings.name,
                                             key, found, allowed)};
}

constexpr std::string_view not_set =
    "nothing (secrets come from the environment variables that linli.toml names)";

/// What can be said about a secret: how long it is.
std::string length_of(const Secret& secret) {
  if (secret.reveal().empty()) return std::string(not_set);
  return fmt::format("{} characters", secret.reveal().size());
}

Result<void> check_key(const AccountSettings& settings, std::string_view key, const Secret& value) {
  if (MessageCipher::is_aes_key(value.reveal())) return {};
  return wrong(settings, key, length_of(value), "the 43 letters and digits of an EncodingAESKey");
}

}  // namespace

Result<void> check_callback_settings(const AccountSettings& settings) {
  const auto& token = settings.token.reveal();
  if (token.size() < 3 || token.size() > 32 || !consists_of(token, letters_and_digits)) {
    return wrong(settings, "token", length_of(settings.token),
                 "3 to 32 letters and digits, as in the console");
  }
  const bool has_keys = !settings.aes_key.reveal().empty() || !settings.previous_aes_key.reveal().empty();
  if (settings.plain_mode) {
    if (!has_keys) return {};
    return wrong(
        settings, "plain_mode", "true beside an EncodingAESKey",
        "either plain_mode = true without aes_key and previous_aes_key, or these without plain_mode");
  }
  if (settings.aes_key.reveal().empty()) {
    return wrong(settings, "aes_key", std::string(not_set),
                 "the console's EncodingAESKey (secure mode), or plain_mode = true for a test account, which "
                 "has none");
  }
  if (const auto checked = check_key(settings, "aes_key", settings.aes_key); !checked) return checked;
  if (settings.previous_aes_key.reveal().empty()) return {};
  return check_key(settings, "previous_aes_key", settings.previous_aes_key);
}

Result<void> check_settings(const AccountSettings& settings) {
  if (settings.name.size() > 32 || !consists_of(settings.name, name_characters)) {
    return wrong(settings, "name", fmt::format("{} characters", settings.name.size()),
                 "up to 32 lower-case letters, digits, _ and -");
  }
  if (settings.app_id.size() > 64 || !consists_of(settings.app_id, letters_and_digits)) {
    return wrong(settings, "app_id", fmt::format("{} characters", settings.app_id.size()),
                 "the console's AppID: wx and 16 letters and digits");
  }
  if (!consists_of(settings.app_secret.reveal(), secret_characters)) {
    return wrong(settings, "app_secret", length_of(settings.app_secret),
                 "the console's AppSecret: letters and digits (the sandbox's begins with \"sandbox-\")");
  }
  const bool is_url = settings.api_base.starts_with("https://") ||
                      settings.api_base.starts_with("http://127.0.0.1:") ||
                      settings.api_base.starts_with("http://localhost:");
  if (!is_url || settings.api_base.ends_with('/')) {
    return wrong(settings, "api_base", "another form of address",
                 "https://host without / at the end, or http:// on 127.0.0.1 for the sandbox");
  }
  return check_callback_settings(settings);
}

}  // namespace linli::platform
