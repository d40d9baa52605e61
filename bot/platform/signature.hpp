// The platform's signature: SHA-1 of the token and what it is to vouch for, as sorted strings. The algorithm
// is the platform's choice. Used by Callback and MessageCipher for what comes in and what goes out, and by
// the sandbox for what it pushes. An object belongs to one thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "bot/base/digest.hpp"
#include "bot/base/secret.hpp"

namespace linli::platform {

class Signer {
 public:
  explicit Signer(Secret token) : token_(std::move(token)) {}

  /// What the platform puts in the query as `signature`. It covers neither body nor echostr.
  std::string sign(std::string_view timestamp, std::string_view nonce);
  /// `msg_signature`: covers the ciphertext too.
  std::string sign(std::string_view timestamp, std::string_view nonce, std::string_view encrypt);

  /// In constant time.
  bool verify(std::string_view signature, std::string_view timestamp, std::string_view nonce);
  bool verify(std::string_view signature, std::string_view timestamp, std::string_view nonce,
              std::string_view encrypt);

 private:
  std::string sign_sorted(std::span<std::string_view> parts);

  Secret token_;
  Digest sha1_{Digest::Kind::sha1};
  std::string joined_;  // kept for its memory
};

}  // namespace linli::platform
