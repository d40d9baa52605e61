// Hashes and keyed hashes. The classes keep OpenSSL's fetched algorithm and context, so that a hash of a
// short text costs a fraction of a microsecond: whoever hashes for every message (callback signatures,
// lookups) owns one. The free functions make one for a single use. An object belongs to one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace linli {

class Digest {
 public:
  enum class Kind { sha1, sha256 };
  explicit Digest(Kind kind);
  ~Digest();
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;

  std::string bytes(std::string_view data);
  /// Lower case, as the platform writes signatures.
  std::string hex(std::string_view data);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// HMAC-SHA256 under one key.
class Hmac {
 public:
  explicit Hmac(std::string_view key);
  ~Hmac();
  Hmac(const Hmac&) = delete;
  Hmac& operator=(const Hmac&) = delete;

  /// The 32 raw bytes.
  std::string bytes(std::string_view data);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

std::string sha1_hex(std::string_view data);
std::string sha256_hex(std::string_view data);
/// The 32 raw bytes.
std::string hmac_sha256(std::string_view key, std::string_view data);
/// `length` bytes (at most 8,160) of HKDF-SHA256 without salt: one key for each `purpose` out of one master.
std::string hkdf_sha256(std::string_view master, std::string_view purpose, std::size_t length = 32);
/// Takes as long for a wrong value as for a right one; only the lengths show.
[[nodiscard]] bool equal_constant_time(std::string_view a, std::string_view b);
/// Lower case, two digits a byte.
std::string to_hex(std::string_view bytes);

}  // namespace linli
