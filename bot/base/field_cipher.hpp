// Personal data as it lies in the database: AES-256-GCM, the key outside it. A stored field is
//   base64( version 1 byte | nonce 12 | ciphertext | tag 16 )
// and opens only under the purpose it was sealed for ("person.phone"), so that a field copied to another
// column does not open. What must be found again is looked up by a keyed hash. The keys of both are derived
// from the master (HKDF), so neither betrays the other. Nonces are random: 2^32 fields may be sealed under
// one master key before it should be changed.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "bot/base/random.hpp"
#include "bot/base/result.hpp"
#include "bot/base/secret.hpp"

namespace linli {

/// Belongs to one thread: its OpenSSL contexts are kept between calls. `random` outlives it.
class FieldCipher {
 public:
  /// Throws std::invalid_argument unless the key has 32 bytes; whoever reads the key file checks it first.
  FieldCipher(const Secret& master_key, Random& random);
  ~FieldCipher();
  FieldCipher(const FieldCipher&) = delete;
  FieldCipher& operator=(const FieldCipher&) = delete;

  std::string seal(std::string_view plain, std::string_view purpose);
  /// Errc::storage if it was not sealed by this key for this purpose, or was changed.
  [[nodiscard]] Result<std::string> open(std::string_view sealed, std::string_view purpose);
  /// The same value and purpose give the same 44 characters; without the key nothing can be learnt from them.
  std::string lookup_hash(std::string_view value, std::string_view purpose);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace linli
