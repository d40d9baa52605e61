// Certificates made on the spot, and a TLS server that uses them: for what the client must refuse.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <openssl/ssl.h>
#include <string>
#include <string_view>

#include "tests/http/peers.hpp"

namespace linli::http::test {

struct CertificateWish {
  std::string names = "DNS:localhost,IP:127.0.0.1";  // subjectAltName
  long valid_from = -3600;                           // seconds from now
  long valid_until = 3600;
  bool self_signed = false;
};

/// An authority of its own whose certificate is in ca_file().
class Authority {
 public:
  Authority();
  ~Authority();
  std::string ca_file() const { return folder_ / "ca.pem"; }
  /// For a server: key and certificate.
  std::shared_ptr<SSL_CTX> server_context(const CertificateWish& wish) const;

 private:
  std::filesystem::path folder_;
  std::shared_ptr<EVP_PKEY> key_;
  std::shared_ptr<X509> certificate_;
};

class TlsConnection {
 public:
  TlsConnection(SSL_CTX* context, int descriptor);
  ~TlsConnection();
  /// False if the client refused.
  bool accept();
  /// Header and body (by Content-Length); empty if the client closed.
  std::string request();
  void send(std::string_view bytes);
  /// Says that nothing more comes; without it the connection looks cut.
  void announce_end();

 private:
  SSL* ssl_;
  int descriptor_;
};

}  // namespace linli::http::test
