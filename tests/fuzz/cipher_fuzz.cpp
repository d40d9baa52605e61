// What an attacker who holds the token could make us decrypt: any bytes as the layout inside the encryption,
// and any bytes as the ciphertext. Decryption takes what encryption made, and refuses the rest.
#include <cstdint>
#include <cstdlib>
#include <openssl/evp.h>

#include "bot/base/base64.hpp"
#include "bot/platform/message_cipher.hpp"

using namespace linli;  // a fuzz target's own file

namespace {

const std::string key_text(43, 'A');  // 32 zero bytes, and so is the vector

std::string encrypt_raw(std::string text) {
  text.resize(text.size() / 16 * 16);
  const unsigned char zeros[32] = {};
  auto* context = EVP_CIPHER_CTX_new();
  auto* bytes = reinterpret_cast<unsigned char*>(text.data());
  int written = 0;
  if (EVP_EncryptInit_ex(context, EVP_aes_256_cbc(), nullptr, zeros, zeros) != 1) std::abort();
  EVP_CIPHER_CTX_set_padding(context, 0);
  if (EVP_EncryptUpdate(context, bytes, &written, bytes, static_cast<int>(text.size())) != 1) std::abort();
  EVP_CIPHER_CTX_free(context);
  return base64_encode(text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static platform::MessageCipher cipher(Secret("AAAAA"), Secret(key_text), "wx1");
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(cipher.decrypt(bytes));
  if (const auto opened = cipher.decrypt(encrypt_raw(bytes))) {
    if (bytes.find(*opened, 20) != 20 || bytes.compare(20 + opened->size(), 3, "wx1") != 0) std::abort();
  }
  if (cipher.decrypt(cipher.encrypt(bytes, std::string(16, 'r'))).value() != bytes) std::abort();
  return 0;
}
