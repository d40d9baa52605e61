#include "tests/http/certificates.hpp"

#include <cstdio>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace linli::http::test {
namespace {

std::shared_ptr<EVP_PKEY> make_key() {
  return {EVP_EC_gen("P-256"), EVP_PKEY_free};
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
  if (!extension) throw std::runtime_error("bad extension " + value);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

std::shared_ptr<X509> make_certificate(const char* name, long serial, const CertificateWish& wish,
                                       EVP_PKEY* key) {
  std::shared_ptr<X509> certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), wish.valid_from);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), wish.valid_until);
  X509_set_pubkey(certificate.get(), key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
  return certificate;
}

}  // namespace

Authority::Authority() : key_(make_key()) {
  std::string pattern = std::filesystem::temp_directory_path() / "linli-http-XXXXXX";
  if (!mkdtemp(pattern.data())) throw std::runtime_error("the test cannot make a folder");
  folder_ = pattern;
  certificate_ = make_certificate("linli test authority", 1, {}, key_.get());
  X509_set_issuer_name(certificate_.get(), X509_get_subject_name(certificate_.get()));
  add_extension(certificate_.get(), NID_basic_constraints, "critical,CA:TRUE");
  X509_sign(certificate_.get(), key_.get(), EVP_sha256());
  std::FILE* const file = std::fopen(ca_file().c_str(), "w");
  if (!file) throw std::runtime_error("the test cannot write a file");
  PEM_write_X509(file, certificate_.get());
  std::fclose(file);
}

Authority::~Authority() {
  std::filesystem::remove_all(folder_);
}

std::shared_ptr<SSL_CTX> Authority::server_context(const CertificateWish& wish) const {
  const auto key = make_key();
  const auto certificate = make_certificate("linli test server", 2, wish, key.get());
  X509* const issuer = wish.self_signed ? certificate.get() : certificate_.get();
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer));
  add_extension(certificate.get(), NID_subject_alt_name, wish.names);
  X509_sign(certificate.get(), wish.self_signed ? key.get() : key_.get(), EVP_sha256());
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  SSL_CTX_use_certificate(context.get(), certificate.get());
  SSL_CTX_use_PrivateKey(context.get(), key.get());
  return context;
}

TlsConnection::TlsConnection(SSL_CTX* context, int descriptor)
    : ssl_(SSL_new(context)), descriptor_(descriptor) {
  const timeval limit{10, 0};
  ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  SSL_set_fd(ssl_, descriptor_);
}

TlsConnection::~TlsConnection() {
  SSL_free(ssl_);
  ::close(descriptor_);
}

bool TlsConnection::accept() {
  return SSL_accept(ssl_) == 1;
}

std::string TlsConnection::request() {
  std::string text;
  char room[4096];
  for (;;) {
    const std::size_t end = text.find("\r\n\r\n");
    const std::size_t at = text.find("Content-Length: ");
    const std::size_t length = at < end ? std::stoul(text.substr(at + 16)) : 0;
    if (end != std::string::npos && text.size() >= end + 4 + length) return text;
    const int bytes = SSL_read(ssl_, room, sizeof room);
    if (bytes <= 0) return {};
    text.append(room, static_cast<std::size_t>(bytes));
  }
}

void TlsConnection::send(std::string_view bytes) {
  if (!bytes.empty()) SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size()));
}

void TlsConnection::announce_end() {
  SSL_shutdown(ssl_);
}

}  // namespace linli::http::test
