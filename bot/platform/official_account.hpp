// The APIs of an official account: sending (for the outbox), the menu and parametric QR codes (for the
// command line and the console). Every errcode is classified; an invalid token is fetched anew once and the
// call repeated once, which is safe because these refusals mean that nothing was done. It holds a token in
// memory and nothing durable: what was sent is the outbox's to remember. Belongs to the network thread.
#pragma once

#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>

#include "bot/base/clock.hpp"
#include "bot/http/client.hpp"
#include "bot/platform/access_token.hpp"
#include "bot/platform/account_settings.hpp"
#include "bot/platform/api_answer.hpp"
#include "bot/platform/sender.hpp"

namespace linli::platform {

/// A parametric QR code: whoever scans it sends `scene` with the follow or SCAN event.
struct QrCode {
  std::string ticket;
  std::string url;  // what the picture holds
};

class OfficialAccount final : public Sender {
 public:
  /// `client` and `clock` outlive this.
  OfficialAccount(http::Client& client, const AccountSettings& settings, const Clock& clock);
  /// With requests leaving by `transport`: for tests.
  OfficialAccount(Transport transport, const AccountSettings& settings, const Clock& clock);

  boost::asio::awaitable<SendOutcome> send(Outgoing message) override;

  /// `json` is the menu as /cgi-bin/menu/create takes it. Errc::bad_input if it is not JSON; otherwise as
  /// `call`.
  boost::asio::awaitable<Result<void>> create_menu(std::string json);

  /// `scene` has 1 to 64 characters; without `lifetime` (at most 30 days) the code is permanent, of which an
  /// account has 100,000. Errc::bad_input if they are not; otherwise as `call`.
  boost::asio::awaitable<Result<QrCode>> create_qr(std::string scene, std::optional<Seconds> lifetime);

  /// The bytes of a picture that somebody sent; the platform keeps it three days. Errc::unavailable: worth
  /// another try; Errc::platform: it will not be had; Errc::timed_out: no whole answer, or more than
  /// `most_bytes`.
  boost::asio::awaitable<Result<std::string>> get_picture(std::string media_id, std::size_t most_bytes);

 private:
  /// Posts with a token and repeats once with a fresh one. Never throws what the transport does not.
  boost::asio::awaitable<ApiAnswer> post(std::string path, std::string body);
  /// What is asked, but for the token, which stands last in its URL. `picture`: bytes instead of JSON.
  boost::asio::awaitable<ApiAnswer> call(http::ClientRequest request, std::string* picture);

  Transport transport_;
  std::string api_base_;
  AccessToken token_;
};

}  // namespace linli::platform
