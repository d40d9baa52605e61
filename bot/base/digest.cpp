#include "bot/base/digest.hpp"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <stdexcept>

namespace linli {

namespace {

template <auto release>
struct Free {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};

/// These calls fail only when memory or the library itself does; no caller could do anything about it.
void require(bool ok, const char* what) {
  if (!ok) throw std::runtime_error(std::string("OpenSSL: ") + what + " failed");
}

unsigned char* raw(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}
const unsigned char* raw(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace

struct Digest::State {
  std::unique_ptr<EVP_MD, Free<EVP_MD_free>> algorithm;
  std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>> context{EVP_MD_CTX_new()};
  std::size_t size;

  explicit State(const char* name) : algorithm(EVP_MD_fetch(nullptr, name, nullptr)) {
    require(algorithm && context, name);
    size = static_cast<std::size_t>(EVP_MD_get_size(algorithm.get()));
  }
};

Digest::Digest(Kind kind) : state_(std::make_unique<State>(kind == Kind::sha1 ? "SHA1" : "SHA256")) {}
Digest::~Digest() = default;

std::string Digest::bytes(std::string_view data) {
  std::string out(state_->size, '\0');
  EVP_MD_CTX* context = state_->context.get();
  bool ok = EVP_DigestInit_ex(context, state_->algorithm.get(), nullptr) == 1 &&
            EVP_DigestUpdate(context, data.data(), data.size()) == 1 &&
            EVP_DigestFinal_ex(context, raw(out), nullptr) == 1;
  require(ok, "digest");
  return out;
}

std::string Digest::hex(std::string_view data) {
  return to_hex(bytes(data));
}

struct Hmac::State {
  std::unique_ptr<EVP_MAC, Free<EVP_MAC_free>> algorithm{EVP_MAC_fetch(nullptr, "HMAC", nullptr)};
  std::unique_ptr<EVP_MAC_CTX, Free<EVP_MAC_CTX_free>> context{EVP_MAC_CTX_new(algorithm.get())};
};

Hmac::Hmac(std::string_view key) : state_(std::make_unique<State>()) {
  require(state_->context != nullptr, "HMAC");
  char hash[] = "SHA256";
  OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, hash, 0),
                             OSSL_PARAM_construct_end()};
  // A null key would mean "keep the key"; an empty one is a pointer to nothing.
  const unsigned char* begin = key.empty() ? reinterpret_cast<const unsigned char*>("") : raw(key);
  require(EVP_MAC_init(state_->context.get(), begin, key.size(), parameters) == 1, "HMAC key");
}
Hmac::~Hmac() = default;

std::string Hmac::bytes(std::string_view data) {
  std::string out(32, '\0');
  std::size_t written = 0;
  EVP_MAC_CTX* context = state_->context.get();
  bool ok = EVP_MAC_init(context, nullptr, 0, nullptr) == 1 &&
            EVP_MAC_update(context, raw(data), data.size()) == 1 &&
            EVP_MAC_final(context, raw(out), &written, out.size()) == 1 && written == out.size();
  require(ok, "HMAC");
  return out;
}

std::string sha1_hex(std::string_view data) {
  return Digest(Digest::Kind::sha1).hex(data);
}
std::string sha256_hex(std::string_view data) {
  return Digest(Digest::Kind::sha256).hex(data);
}
std::string hmac_sha256(std::string_view key, std::string_view data) {
  return Hmac(key).bytes(data);
}

std::string hkdf_sha256(std::string_view master, std::string_view purpose, std::size_t length) {
  std::unique_ptr<EVP_KDF, Free<EVP_KDF_free>> algorithm(EVP_KDF_fetch(nullptr, "HKDF", nullptr));
  std::unique_ptr<EVP_KDF_CTX, Free<EVP_KDF_CTX_free>> context(EVP_KDF_CTX_new(algorithm.get()));
  require(context != nullptr, "HKDF");
  std::string key(master), info(purpose), out(length, '\0');
  char hash[] = "SHA256";
  OSSL_PARAM parameters[] = {OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, hash, 0),
                             OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key.data(), key.size()),
                             OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info.data(), info.size()),
                             OSSL_PARAM_construct_end()};
  require(EVP_KDF_derive(context.get(), raw(out), out.size(), parameters) == 1, "HKDF");
  OPENSSL_cleanse(key.data(), key.size());
  return out;
}

bool equal_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(bytes.size() * 2, '0');
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto byte = static_cast<unsigned char>(bytes[i]);
    text[2 * i] = digits[byte >> 4];
    text[2 * i + 1] = digits[byte & 15];
  }
  return text;
}

}  // namespace linli
