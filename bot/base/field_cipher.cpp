#include "bot/base/field_cipher.hpp"

#include <array>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdexcept>

#include "bot/base/base64.hpp"
#include "bot/base/digest.hpp"

namespace linli {

namespace {

constexpr char version = 1;
constexpr std::size_t key_size = 32, nonce_size = 12, tag_size = 16;
constexpr std::size_t overhead = 1 + nonce_size + tag_size;

struct FreeCipher {
  void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;

unsigned char* raw(char* bytes) {
  return reinterpret_cast<unsigned char*>(bytes);
}
const unsigned char* raw(const char* bytes) {
  return reinterpret_cast<const unsigned char*>(bytes);
}

/// OpenSSL counts in int; no field comes near it, but a length is never cut silently.
int length_of(std::string_view bytes) {
  if (bytes.size() > 64 << 20) throw std::length_error("FieldCipher: a field of more than 64 MiB");
  return static_cast<int>(bytes.size());
}

std::string master_of(const Secret& master) {
  if (master.reveal().size() != key_size)
    throw std::invalid_argument("FieldCipher: the master key has not 32 bytes");
  return master.reveal();
}

}  // namespace

struct FieldCipher::State {
  std::unique_ptr<EVP_CIPHER, FreeCipher> cipher{EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr)};
  Context sealing{EVP_CIPHER_CTX_new()}, opening{EVP_CIPHER_CTX_new()};
  Hmac lookup;
  Random& random;
  // Nonces are drawn many at a time: a draw costs as much as sealing a field.
  std::array<unsigned char, 64 * nonce_size> nonces{};
  std::size_t next_nonce = nonces.size();

  State(const std::string& master, Random& source)
      : lookup(hkdf_sha256(master, "linli field lookup 1")), random(source) {
    std::string key = hkdf_sha256(master, "linli field seal 1");
    bool ok = cipher && sealing && opening &&
              EVP_EncryptInit_ex2(sealing.get(), cipher.get(), raw(key.data()), nullptr, nullptr) == 1 &&
              EVP_DecryptInit_ex2(opening.get(), cipher.get(), raw(key.data()), nullptr, nullptr) == 1;
    OPENSSL_cleanse(key.data(), key.size());
    if (!ok) throw std::runtime_error("OpenSSL: AES-256-GCM failed");
  }

  const unsigned char* draw_nonce() {
    if (next_nonce == nonces.size()) {
      random.fill(nonces);
      next_nonce = 0;
    }
    const unsigned char* nonce = nonces.data() + next_nonce;
    next_nonce += nonce_size;
    return nonce;
  }
};

FieldCipher::FieldCipher(const Secret& master_key, Random& random)
    : state_(std::make_unique<State>(master_of(master_key), random)) {}
FieldCipher::~FieldCipher() = default;

std::string FieldCipher::seal(std::string_view plain, std::string_view purpose) {
  std::string blob(overhead + plain.size(), '\0');
  blob[0] = version;
  blob.replace(1, nonce_size, reinterpret_cast<const char*>(state_->draw_nonce()), nonce_size);
  EVP_CIPHER_CTX* context = state_->sealing.get();
  unsigned char* text = raw(blob.data()) + 1 + nonce_size;
  int ignored = 0;
  bool ok = EVP_EncryptInit_ex2(context, nullptr, nullptr, raw(blob.data()) + 1, nullptr) == 1 &&
            EVP_EncryptUpdate(context, nullptr, &ignored, raw(purpose.data()), length_of(purpose)) == 1 &&
            EVP_EncryptUpdate(context, text, &ignored, raw(plain.data()), length_of(plain)) == 1 &&
            EVP_EncryptFinal_ex(context, text + plain.size(), &ignored) == 1 &&
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, tag_size, text + plain.size()) == 1;
  if (!ok) throw std::runtime_error("OpenSSL: sealing a field failed");
  return base64_encode(blob);
}

Result<std::string> FieldCipher::open(std::string_view sealed, std::string_view purpose) {
  const Error refused{Errc::storage,
                      "a stored field does not open: it was changed, or sealed under another master key"};
  auto blob = base64_decode(sealed);
  if (!blob || blob->size() < overhead || (*blob)[0] != version) return refused;
  std::string plain(blob->size() - overhead, '\0');
  std::string_view text = std::string_view(*blob).substr(1 + nonce_size, plain.size());
  EVP_CIPHER_CTX* context = state_->opening.get();
  char* tag = blob->data() + blob->size() - tag_size;
  int ignored = 0;
  bool ok = EVP_DecryptInit_ex2(context, nullptr, nullptr, raw(blob->data()) + 1, nullptr) == 1 &&
            EVP_DecryptUpdate(context, nullptr, &ignored, raw(purpose.data()), length_of(purpose)) == 1 &&
            EVP_DecryptUpdate(context, raw(plain.data()), &ignored, raw(text.data()), length_of(text)) == 1 &&
            EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, tag_size, tag) == 1 &&
            EVP_DecryptFinal_ex(context, raw(plain.data()) + plain.size(), &ignored) == 1;
  if (!ok) {
    OPENSSL_cleanse(plain.data(), plain.size());
    return refused;
  }
  return plain;
}

std::string FieldCipher::lookup_hash(std::string_view value, std::string_view purpose) {
  // The length in front keeps ("ab", "c") and ("a", "bc") apart.
  std::string data = std::to_string(purpose.size()) + ':';
  data.append(purpose).append(value);
  return base64_encode(state_->lookup.bytes(data));
}

}  // namespace linli
