// Sending to one person: the seam between the outbox, which decides, and a platform, which does.
// OfficialAccount is the real one; the outbox's tests have a fake.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "bot/platform/errcodes.hpp"

namespace linli::platform {

/// A customer-service message: only inside the person's window.
struct CustomText {
  std::string openid, text;
};

/// Outside the window. `client_msg_id` is the idempotency key: for 10 minutes the platform sends one message
/// for it.
struct TemplateMessage {
  std::string openid, template_id, client_msg_id;
  std::vector<std::pair<std::string, std::string>> fields;
  std::string url;
};

struct Outgoing {
  std::variant<CustomText, TemplateMessage> what;
};

/// Facts for the outbox. `refresh_token` does not come out of a Sender: a token is refreshed once, and if
/// that was not enough, it is a `retry_later`.
struct SendOutcome {
  SendClass send_class{};
  int errcode{};        // 0 also when there was no answer to read
  std::string msgid;    // of an accepted template message; a template result names it later
  std::string address;  // of 40164: the address that has to go into the allow list
};

class Sender {
 public:
  virtual ~Sender() = default;
  virtual boost::asio::awaitable<SendOutcome> send(Outgoing message) = 0;
};

}  // namespace linli::platform
