#include "bot/platform/message_cipher.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdexcept>

#include "bot/base/base64.hpp"
#include "bot/platform/xml.hpp"

namespace linli::platform {
namespace {

constexpr std::size_t key_size = 32;
constexpr std::size_t vector_size = 16;
constexpr std::size_t block_size = 16;  // of AES
constexpr std::size_t pad_block = 32;   // of the platform's padding
constexpr std::size_t random_size = 16;
constexpr std::size_t head_size = random_size + 4;
constexpr std::size_t key_characters = 43;

constexpr std::string_view base64_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// 43 characters hold 258 bits, 2 more than the key: they are cleared, since a strict decoder refuses them.
std::optional<std::string> decode_key(std::string_view text) {
  if (text.size() != key_characters) return std::nullopt;
  const auto last = base64_alphabet.find(text.back());
  if (last == std::string_view::npos) return std::nullopt;
  std::string padded(text);
  padded.back() = base64_alphabet[last & ~std::size_t{3}];
  padded.push_back('=');
  return base64_decode(padded);
}

const unsigned char* bytes(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

std::uint32_t read_big_endian(std::string_view four) {
  std::uint32_t value = 0;
  for (const char c : four) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

void append_big_endian(std::string& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift & 0xFF));
}

/// The text without its padding: the last byte says how many bytes, and each of them must say the same.
std::optional<std::string_view> strip_padding(std::string_view text) {
  const auto pad = text.empty() ? 0U : static_cast<unsigned char>(text.back());
  if (pad < 1 || pad > pad_block || pad > text.size()) return std::nullopt;
  const auto padding = text.substr(text.size() - pad);
  if (padding.find_first_not_of(text.back()) != std::string_view::npos) return std::nullopt;
  return text.substr(0, text.size() - pad);
}

struct ContextDeleter {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
struct CipherDeleter {
  void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
};

}  // namespace

/// One direction each, keyed once; a message only sets the vector back.
struct MessageCipher::Aes {
  explicit Aes(const std::string& key) : vector(key, 0, vector_size) {
    const bool ok =
        cipher && seal && open &&
        EVP_CipherInit_ex2(seal.get(), cipher.get(), bytes(key), bytes(vector), 1, nullptr) == 1 &&
        EVP_CipherInit_ex2(open.get(), cipher.get(), bytes(key), bytes(vector), 0, nullptr) == 1;
    if (!ok) throw std::runtime_error("OpenSSL has no AES-256-CBC");
    // OpenSSL's own padding stops at 16; the platform's goes up to 32.
    EVP_CIPHER_CTX_set_padding(seal.get(), 0);
    EVP_CIPHER_CTX_set_padding(open.get(), 0);
  }
  ~Aes() { OPENSSL_cleanse(vector.data(), vector.size()); }

  /// Whole blocks only, in place.
  bool run(EVP_CIPHER_CTX* context, std::string& text) {
    int written = 0;
    return EVP_CipherInit_ex2(context, nullptr, nullptr, bytes(vector), -1, nullptr) == 1 &&
           EVP_CipherUpdate(context, bytes(text), &written, bytes(text), static_cast<int>(text.size())) ==
               1 &&
           static_cast<std::size_t>(written) == text.size();
  }

  std::string vector;
  std::unique_ptr<EVP_CIPHER, CipherDeleter> cipher{EVP_CIPHER_fetch(nullptr, "AES-256-CBC", nullptr)};
  std::unique_ptr<EVP_CIPHER_CTX, ContextDeleter> seal{EVP_CIPHER_CTX_new()};
  std::unique_ptr<EVP_CIPHER_CTX, ContextDeleter> open{EVP_CIPHER_CTX_new()};
};

MessageCipher::MessageCipher(Secret token, const Secret& aes_key, std::string receive_id)
    : signer_(std::move(token)), receive_id_(std::move(receive_id)) {
  auto key = decode_key(aes_key.reveal());
  if (!key || key->size() != key_size)
    throw std::invalid_argument("an EncodingAESKey has 43 letters and digits");
  aes_ = std::make_unique<Aes>(*key);
  OPENSSL_cleanse(key->data(), key->size());
}

MessageCipher::~MessageCipher() = default;

bool MessageCipher::is_aes_key(std::string_view text) {
  return decode_key(text).has_value();
}

Result<std::string> MessageCipher::open(std::string_view msg_signature, std::string_view timestamp,
                                        std::string_view nonce, std::string_view encrypt) {
  if (!verify(msg_signature, timestamp, nonce, encrypt)) return not_authentic();
  return decrypt(encrypt);
}

bool MessageCipher::verify(std::string_view msg_signature, std::string_view timestamp, std::string_view nonce,
                           std::string_view encrypt) {
  return signer_.verify(msg_signature, timestamp, nonce, encrypt);
}

Result<std::string> MessageCipher::decrypt(std::string_view encrypt) {
  auto text = base64_decode(encrypt);
  if (!text || text->empty() || text->size() % block_size != 0) return not_authentic();
  if (!aes_->run(aes_->open.get(), *text)) return not_authentic();

  const auto plain = strip_padding(*text);
  if (!plain || plain->size() < head_size) return not_authentic();
  const std::size_t length = read_big_endian(plain->substr(random_size, 4));
  const auto rest = plain->substr(head_size);
  if (length > rest.size() || rest.substr(length) != receive_id_) return not_authentic();
  return std::string(rest.substr(0, length));
}

std::string MessageCipher::encrypt(std::string_view plain, std::string_view random16) {
  if (random16.size() != random_size) throw std::invalid_argument("a message is sealed with 16 random bytes");
  std::string text;
  text.reserve(head_size + plain.size() + receive_id_.size() + pad_block);
  text.append(random16);
  append_big_endian(text, static_cast<std::uint32_t>(plain.size()));
  text.append(plain).append(receive_id_);
  const auto pad = pad_block - text.size() % pad_block;
  text.append(pad, static_cast<char>(pad));
  if (!aes_->run(aes_->seal.get(), text)) throw std::runtime_error("OpenSSL failed to encrypt");
  return base64_encode(text);
}

std::string MessageCipher::sign(std::string_view timestamp, std::string_view nonce,
                                std::string_view encrypt) {
  return signer_.sign(timestamp, nonce, encrypt);
}

std::string MessageCipher::seal(std::string_view plain, std::string_view timestamp, std::string_view nonce,
                                std::string_view random16) {
  const auto encrypted = encrypt(plain, random16);
  std::string out;
  out.reserve(encrypted.size() + 256);
  // Base64 and hex need no care; the nonce is whatever the push had.
  out.append("<xml><Encrypt><![CDATA[").append(encrypted).append("]]></Encrypt><MsgSignature><![CDATA[");
  out.append(sign(timestamp, nonce, encrypted)).append("]]></MsgSignature><TimeStamp>").append(timestamp);
  out.append("</TimeStamp>");
  append_text_element(out, "Nonce", nonce);
  out.append("</xml>");
  return out;
}

Error not_authentic() {
  return Error{Errc::forbidden, "the request is not authentic"};
}

}  // namespace linli::platform
