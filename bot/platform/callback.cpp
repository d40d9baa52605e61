#include "bot/platform/callback.hpp"

#include <fmt/format.h>

#include "bot/platform/reply.hpp"
#include "bot/platform/xml.hpp"

namespace linli::platform {
namespace {

std::string_view value(const QueryValues& query, const std::string& key) {
  const auto found = query.find(key);
  return found == query.end() ? std::string_view() : std::string_view(found->second);
}

/// The platform sends digits. Whatever else could be signed by somebody who knows the token is not echoed
/// into a page.
bool is_echo(std::string_view text) {
  constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=_-";
  return !text.empty() && text.size() <= 256 && text.find_first_not_of(allowed) == std::string_view::npos;
}

/// The ciphertext of a secure body, which holds nothing but it and the address; nullopt for a compat body,
/// where unsigned plain fields stand beside it, and for everything else.
std::optional<std::string> encrypted_part(std::string_view body) {
  const auto xml = Xml::read(body);
  if (!xml) return std::nullopt;
  for (const auto field : xml->fields()) {
    if (field != "ToUserName" && field != "Encrypt") return std::nullopt;
  }
  return std::string(trim_xml_space(xml->text("Encrypt")));
}

}  // namespace

Callback::Callback(AccountSettings settings, Random& random)
    : settings_(std::move(settings)), random_(random), signer_(settings_.token) {
  check_callback_settings(settings_).value();
  if (settings_.plain_mode) return;
  current_.emplace(settings_.token, settings_.aes_key, settings_.app_id);
  if (settings_.previous_aes_key.reveal().empty()) return;
  previous_.emplace(settings_.token, settings_.previous_aes_key, settings_.app_id);
}

Result<std::string> Callback::verify_get(const QueryValues& query) {
  const auto echo = value(query, "echostr");
  if (!is_echo(echo)) return not_authentic();
  if (!signer_.verify(value(query, "signature"), value(query, "timestamp"), value(query, "nonce"))) {
    return not_authentic();
  }
  return std::string(echo);
}

Result<Callback::Opened> Callback::open_post(const QueryValues& query, std::string_view body) {
  return settings_.plain_mode ? open_plain(query, body) : open_secure(query, body);
}

Result<Callback::Opened> Callback::open_plain(const QueryValues& query, std::string_view body) {
  const auto type = value(query, "encrypt_type");
  if (!type.empty() && type != "raw") return not_authentic();
  const auto nonce = value(query, "nonce");
  if (!signer_.verify(value(query, "signature"), value(query, "timestamp"), nonce)) return not_authentic();
  return Opened{std::string(body), std::string(nonce), 0};
}

Result<Callback::Opened> Callback::open_secure(const QueryValues& query, std::string_view body) {
  const auto type = value(query, "encrypt_type");
  if (!type.empty() && type != "aes") return not_authentic();
  const auto encrypt = encrypted_part(body);
  if (!encrypt) return not_authentic();
  const auto nonce = value(query, "nonce");
  // The token is the same for both keys, so the signature is too.
  if (!current_->verify(value(query, "msg_signature"), value(query, "timestamp"), nonce, *encrypt)) {
    return not_authentic();
  }
  if (auto xml = current_->decrypt(*encrypt)) return Opened{std::move(*xml), std::string(nonce), 0};
  if (!previous_) return not_authentic();
  auto xml = previous_->decrypt(*encrypt);
  if (!xml) return not_authentic();
  return Opened{std::move(*xml), std::string(nonce), 1};
}

std::string Callback::seal_reply(const Opened& opened, std::string_view reply_xml, Time at) {
  if (settings_.plain_mode || reply_xml.empty() || reply_xml == plain_success) return std::string(reply_xml);
  return seal_reply(opened, reply_xml, at, random_.bytes(16));
}

std::string Callback::seal_reply(const Opened& opened, std::string_view reply_xml, Time at,
                                 std::string_view random16) {
  if (settings_.plain_mode || reply_xml.empty() || reply_xml == plain_success) return std::string(reply_xml);
  auto& cipher = opened.key_index == 1 && previous_ ? *previous_ : *current_;
  const auto timestamp = fmt::format("{}", at.time_since_epoch().count());
  return cipher.seal(reply_xml, timestamp, opened.nonce, random16);
}

}  // namespace linli::platform
