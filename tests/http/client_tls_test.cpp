// The client trusts the certificates it is told to, for the name it asked for, and nothing else; whatever it
// refuses, it has sent nothing.
#include <atomic>
#include <chrono>
#include <gtest/gtest.h>
#include <string>

#include "tests/http/certificates.hpp"
#include "tests/http/peers.hpp"

namespace linli::http {
namespace {

using test::ask;
using test::Authority;
using test::CertificateWish;
using test::RawServer;
using test::RawSocket;
using test::TlsConnection;
using namespace std::chrono_literals;

const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

class ClientTls : public testing::Test {
 protected:
  Result<ClientResponse> send(Client& client, const std::string& host, unsigned short port) {
    ClientRequest request;
    request.method = "POST";
    request.url = "https://" + host + ":" + std::to_string(port) + "/path?access_token=SECRET";
    request.body = "x";
    auto result = ask(io_, client, std::move(request));
    EXPECT_TRUE(result || result.error().text.find("SECRET") == std::string::npos);
    return result;
  }

  ClientOptions trusting() const {
    ClientOptions options;
    options.ca_file = authority_.ca_file();
    return options;
  }

  /// Asks a server with that certificate; requests_ counts what reached it.
  Result<ClientResponse> ask_server_with(const std::shared_ptr<SSL_CTX>& context, const std::string& host,
                                         ClientOptions options) {
    requests_ = 0;
    RawServer server([&](RawSocket socket) {
      TlsConnection connection(context.get(), socket.release());
      if (!connection.accept()) return;
      requests_ += !connection.request().empty();
      connection.send(ok);
      connection.announce_end();
    });
    Client client(io_, std::move(options));
    return send(client, host, server.port());
  }

  void expect_refused(const std::shared_ptr<SSL_CTX>& context, const std::string& host,
                      const std::string& reason) {
    const auto answer = ask_server_with(context, host, trusting());
    ASSERT_FALSE(answer) << reason;
    EXPECT_EQ(answer.error().code, Errc::unavailable);
    EXPECT_NE(answer.error().text.find(reason), std::string::npos) << answer.error().text;
    EXPECT_EQ(requests_, 0);
  }

  boost::asio::io_context io_{1};
  Authority authority_;
  std::atomic<int> requests_{0};
};

TEST_F(ClientTls, AGoodCertificateForNameOrAddressIsAccepted) {
  for (const char* host : {"localhost", "127.0.0.1"}) {
    const auto answer = ask_server_with(authority_.server_context({}), host, trusting());
    ASSERT_TRUE(answer) << answer.error().text;
    EXPECT_EQ(answer->body, "ok");
    EXPECT_EQ(requests_, 1);
  }
}

TEST_F(ClientTls, OthersAreRefused) {
  expect_refused(authority_.server_context({.valid_from = -7200, .valid_until = -3600}), "localhost",
                 "expired");
  expect_refused(authority_.server_context({.valid_from = 3600, .valid_until = 7200}), "localhost",
                 "not yet valid");
  expect_refused(authority_.server_context({.names = "DNS:other.example"}), "localhost", "hostname mismatch");
  expect_refused(authority_.server_context({.names = "DNS:localhost"}), "127.0.0.1", "IP address mismatch");
  expect_refused(authority_.server_context({.names = "DNS:127.0.0.1"}), "127.0.0.1", "IP address mismatch");
  expect_refused(authority_.server_context({.self_signed = true}), "localhost", "self-signed");
  expect_refused(Authority().server_context({}), "localhost", "certificate");
}

TEST_F(ClientTls, TheSystemsCertificatesDoNotIncludeOurs) {
  const auto answer = ask_server_with(authority_.server_context({}), "localhost", {});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::unavailable);
}

TEST_F(ClientTls, VerificationCanBeSwitchedOff) {
  const auto answer =
      ask_server_with(authority_.server_context({.self_signed = true}), "localhost", {.verify_tls = false});
  ASSERT_TRUE(answer) << answer.error().text;
}

TEST_F(ClientTls, OldProtocolsAreRefused) {
  const auto context = authority_.server_context({});
  SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(context.get(), TLS1_1_VERSION);
  SSL_CTX_set_security_level(context.get(), 0);
  expect_refused(context, "localhost", "TLS failed");
  const auto newer = authority_.server_context({});
  SSL_CTX_set_max_proto_version(newer.get(), TLS1_2_VERSION);
  EXPECT_TRUE(ask_server_with(newer, "localhost", trusting()));
}

TEST_F(ClientTls, AServerWithoutTlsIsRefused) {
  RawServer server([](RawSocket socket) {
    socket.send("HTTP/1.1 400 Bad Request\r\n\r\n");
    socket.rest();
  });
  Client client(io_, trusting());
  const auto answer = send(client, "localhost", server.port());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::unavailable) << answer.error().text;
}

TEST_F(ClientTls, AServerThatNeverShakesHandsGotNothing) {
  RawServer server([](RawSocket socket) { socket.rest(); });
  ClientOptions options = trusting();
  options.timeout = 200ms;
  Client client(io_, options);
  const auto answer = send(client, "127.0.0.1", server.port());
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, Errc::unavailable) << answer.error().text;
}

TEST_F(ClientTls, AConnectionIsKeptAndReplacedWhenClosed) {
  const auto context = authority_.server_context({});
  RawServer server([&](RawSocket socket) {
    TlsConnection connection(context.get(), socket.release());
    if (!connection.accept()) return;
    for (int i = 0; i < 3 && !connection.request().empty(); ++i) connection.send(ok);
    connection.announce_end();
  });
  Client client(io_, trusting());
  for (int i = 1; i <= 9; ++i) {
    const auto answer = send(client, "localhost", server.port());
    ASSERT_TRUE(answer) << answer.error().text;
    while (server.served() < i / 3) std::this_thread::yield();  // it has closed
  }
  EXPECT_EQ(server.accepted(), 3);
}

TEST_F(ClientTls, EveryCutOfAnAnswerIsInDoubt) {
  const auto context = authority_.server_context({});
  std::atomic<std::size_t> cut{0};
  RawServer server([&](RawSocket socket) {
    TlsConnection connection(context.get(), socket.release());
    if (!connection.accept()) return;
    connection.request();
    connection.send(ok.substr(0, cut));
    if (cut % 2 == 0) connection.announce_end();
  });
  Client client(io_, trusting());
  for (; cut < ok.size(); ++cut) {
    const auto answer = send(client, "localhost", server.port());
    ASSERT_FALSE(answer) << "cut at " << cut;
    EXPECT_EQ(answer.error().code, Errc::timed_out) << "cut at " << cut;
  }
  EXPECT_TRUE(send(client, "localhost", server.port()));
}

TEST_F(ClientTls, AnAnswerWithoutALengthMustBeAnnouncedToEnd) {
  const auto context = authority_.server_context({});
  std::atomic<bool> announce{false};
  RawServer server([&](RawSocket socket) {
    TlsConnection connection(context.get(), socket.release());
    if (!connection.accept()) return;
    connection.request();
    connection.send("HTTP/1.0 200 OK\r\n\r\nall of it?");
    if (announce) connection.announce_end();
  });
  Client client(io_, trusting());
  const auto cut = send(client, "localhost", server.port());
  ASSERT_FALSE(cut);
  EXPECT_EQ(cut.error().code, Errc::timed_out);
  announce = true;
  const auto whole = send(client, "localhost", server.port());
  ASSERT_TRUE(whole) << whole.error().text;
  EXPECT_EQ(whole->body, "all of it?");
}

TEST_F(ClientTls, AMissingCertificateFileIsSaidAtStart) {
  try {
    Client client(io_, {.ca_file = "/nowhere/ca.pem"});
    FAIL() << "no certificates, no error";
  } catch (const std::runtime_error& failed) {
    EXPECT_NE(std::string(failed.what()).find("/nowhere/ca.pem"), std::string::npos);
  }
}

}  // namespace
}  // namespace linli::http
