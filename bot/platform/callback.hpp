// What arrives from one account and what is answered to it: signature, mode, decryption, encryption. Called
// by the pipeline for every GET and POST on the account's path; it keeps keys and no state, and nothing in it
// is durable. In secure mode only encrypted bodies under a good msg_signature are taken: plain and compat
// bodies are refused whatever `signature` says, because that one does not cover the body. Replays pass here;
// the unique dedupe key makes them harmless, with a wrong clock too. An object belongs to one thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "bot/base/clock.hpp"
#include "bot/base/random.hpp"
#include "bot/base/result.hpp"
#include "bot/platform/account_settings.hpp"
#include "bot/platform/message_cipher.hpp"

namespace linli::platform {

using QueryValues =
    std::map<std::string, std::string>;  // percent-decoded, as http::Request::query_values gives them

class Callback {
 public:
  /// Throws what check_callback_settings finds; bot/app has called check_settings before. `random` outlives
  /// this.
  Callback(AccountSettings settings, Random& random);
  Callback(const Callback&) = delete;
  Callback& operator=(const Callback&) = delete;

  const AccountSettings& settings() const { return settings_; }

  /// The echostr to answer with. Errc::forbidden, as every failure of this class, with one text.
  Result<std::string> verify_get(const QueryValues& query);

  struct Opened {
    std::string xml;
    std::string nonce;  // the reply repeats it
    int key_index = 0;  // 0: the current key, 1: the previous one; the reply uses the same
  };
  Result<Opened> open_post(const QueryValues& query, std::string_view body);

  /// What to put in the HTTP response. In secure mode the reply is encrypted; "success" and an empty body
  /// never are. With `random16` given, the same arguments give the same bytes.
  std::string seal_reply(const Opened& opened, std::string_view reply_xml, Time at);
  std::string seal_reply(const Opened& opened, std::string_view reply_xml, Time at,
                         std::string_view random16);

 private:
  Result<Opened> open_plain(const QueryValues& query, std::string_view body);
  Result<Opened> open_secure(const QueryValues& query, std::string_view body);

  AccountSettings settings_;
  Random& random_;
  Signer signer_;
  std::optional<MessageCipher> current_, previous_;
};

}  // namespace linli::platform
