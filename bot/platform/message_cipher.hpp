// The platform's message encryption under one EncodingAESKey: AES-256-CBC of
//   16 random bytes | length of the message, 4 bytes big-endian | message | receive id | padding 1..32
// in base64, vouched for by a signature. Key, vector and layout are the platform's. CBC has no integrity of
// its own, so the signature is checked, in constant time, before anything is decrypted, and every failure
// looks the same. Owned by Callback; used by the sandbox as the platform's side of it. Key schedules and
// contexts are kept for the next message (open and seal of 700 bytes take about 3 us), so an object belongs
// to one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "bot/base/result.hpp"
#include "bot/base/secret.hpp"
#include "bot/platform/signature.hpp"

namespace linli::platform {

class MessageCipher {
 public:
  /// `aes_key` is the console's EncodingAESKey; throws std::invalid_argument unless is_aes_key(it).
  /// `receive_id` is the AppID of an official account.
  MessageCipher(Secret token, const Secret& aes_key, std::string receive_id);
  ~MessageCipher();
  MessageCipher(const MessageCipher&) = delete;
  MessageCipher& operator=(const MessageCipher&) = delete;

  /// 43 characters of base64. Most real keys have bits left over in the last one: they mean nothing.
  static bool is_aes_key(std::string_view text);

  /// Errc::forbidden for whatever is wrong, always with the same text.
  Result<std::string> open(std::string_view msg_signature, std::string_view timestamp, std::string_view nonce,
                           std::string_view encrypt);

  /// The reply's envelope. `random16` are 16 bytes that nobody can predict; with the same ones, the same
  /// bytes.
  std::string seal(std::string_view plain, std::string_view timestamp, std::string_view nonce,
                   std::string_view random16);

  /// The halves of open and seal. decrypt is only for what verify accepted.
  bool verify(std::string_view msg_signature, std::string_view timestamp, std::string_view nonce,
              std::string_view encrypt);
  Result<std::string> decrypt(std::string_view encrypt);
  std::string encrypt(std::string_view plain, std::string_view random16);
  std::string sign(std::string_view timestamp, std::string_view nonce, std::string_view encrypt);

 private:
  struct Aes;

  Signer signer_;
  std::string receive_id_;
  std::unique_ptr<Aes> aes_;
};

/// The one answer to everything that is not authentic.
Error not_authentic();

}  // namespace linli::platform
