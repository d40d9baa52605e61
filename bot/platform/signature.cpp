#include "bot/platform/signature.hpp"

namespace linli::platform {

std::string Signer::sign(std::string_view timestamp, std::string_view nonce) {
  std::array<std::string_view, 3> parts{token_.reveal(), timestamp, nonce};
  return sign_sorted(parts);
}

std::string Signer::sign(std::string_view timestamp, std::string_view nonce, std::string_view encrypt) {
  std::array<std::string_view, 4> parts{token_.reveal(), timestamp, nonce, encrypt};
  return sign_sorted(parts);
}

bool Signer::verify(std::string_view signature, std::string_view timestamp, std::string_view nonce) {
  return equal_constant_time(sign(timestamp, nonce), signature);
}

bool Signer::verify(std::string_view signature, std::string_view timestamp, std::string_view nonce,
                    std::string_view encrypt) {
  return equal_constant_time(sign(timestamp, nonce, encrypt), signature);
}

std::string Signer::sign_sorted(std::span<std::string_view> parts) {
  std::sort(parts.begin(), parts.end());  // string_view compares as unsigned bytes
  joined_.clear();
  for (const auto part : parts) joined_.append(part);
  return sha1_.hex(joined_);
}

}  // namespace linli::platform
