// The platform's half of the callback protocol: signs and encrypts a push, verifies, decrypts and reads the
// reply. It is the peer of platform::Callback and reads replies with a reader of its own, so that a mistake
// in writing them does not cancel out with the same mistake in reading them. Pure; an object belongs to one
// thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/base/clock.hpp"
#include "bot/base/random.hpp"
#include "bot/base/result.hpp"
#include "bot/platform/account_settings.hpp"
#include "bot/platform/message_cipher.hpp"
#include "bot/platform/signature.hpp"
#include "bot/sandbox/platform.hpp"

namespace linli::sandbox {

struct SealedPush {
  std::string url, body;
};

class PushCodec {
 public:
  /// `account` is the gh_... id that replies must come from. The settings have passed check_settings.
  PushCodec(const platform::AccountSettings& settings, std::string callback_url, std::string account);
  PushCodec(const PushCodec&) = delete;
  PushCodec& operator=(const PushCodec&) = delete;

  SealedPush seal(const Push& push, Time now, Random& random);

  /// What to show on the phone; nothing for "success" and for an empty body. Any error means that the person
  /// sees the grey line at once: another try would bring the same.
  Result<std::optional<Line>> read_reply(std::string_view openid, std::string_view body);

 private:
  Result<std::string> open(std::string_view body);

  std::string callback_url_;
  std::string account_;
  platform::Signer signer_;
  std::optional<platform::MessageCipher> cipher_;  // none in plain mode
};

}  // namespace linli::sandbox
