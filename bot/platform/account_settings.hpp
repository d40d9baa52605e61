// What one account on the platform needs: read from the configuration by bot/app, checked there with
// check_settings before anything starts, and handed to Callback and OfficialAccount.
#pragma once

#include <string>

#include "bot/base/result.hpp"
#include "bot/base/secret.hpp"

namespace linli::platform {

struct AccountSettings {
  std::string name;    // in the callback's path, the database and the metrics
  std::string app_id;  // also the receive id inside encrypted messages
  Secret app_secret;   // for access tokens
  Secret token;        // for signatures
  Secret aes_key;      // the console's EncodingAESKey, 43 characters; empty in plain mode only
  Secret
      previous_aes_key;  // the one before it, still accepted while the platform switches over; may be empty
  bool plain_mode = false;  // test accounts have no other; a captured URL then lets anybody post anything
  std::string api_base = "https://api.weixin.qq.com";
};

/// Errc::bad_config naming the key, what was found (never the value of a secret) and what is allowed.
/// Encryption and plain mode exclude each other: an account with an EncodingAESKey that still took plain
/// bodies would have neither.
Result<void> check_settings(const AccountSettings& settings);

/// The part of it that a callback needs: token, keys and mode.
Result<void> check_callback_settings(const AccountSettings& settings);

}  // namespace linli::platform
