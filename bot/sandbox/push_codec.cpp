#include "bot/sandbox/push_codec.hpp"

#include <fmt/format.h>

#include "bot/platform/xml.hpp"
#include "bot/sandbox/reply_document.hpp"

namespace linli::sandbox {

namespace {

constexpr std::size_t largest_reply_text = 2047;
constexpr std::size_t most_articles = 8;

Error unusable(std::string_view why) {
  return {Errc::bad_input, fmt::format("unusable reply: {}", why)};
}

Result<std::optional<Line>> read_news(const ReplyDocument& reply, Line line) {
  auto titles = reply.all("Articles/item/Title");
  auto descriptions = reply.all("Articles/item/Description");
  auto pictures = reply.all("Articles/item/PicUrl");
  auto urls = reply.all("Articles/item/Url");
  if (titles.empty() || titles.size() > most_articles) return unusable("1 to 8 articles");
  if (reply.text("ArticleCount") != std::to_string(titles.size()))
    return unusable("ArticleCount is not their number");
  for (std::size_t i = 0; i < titles.size(); ++i) {
    auto at = [i](const std::vector<std::string>& texts) {
      return i < texts.size() ? texts[i] : std::string();
    };
    line.articles.push_back({titles[i], at(descriptions), at(pictures), at(urls)});
  }
  return std::optional(std::move(line));
}

}  // namespace

PushCodec::PushCodec(const platform::AccountSettings& settings, std::string callback_url, std::string account)
    : callback_url_(std::move(callback_url)), account_(std::move(account)), signer_(settings.token) {
  if (!settings.plain_mode) cipher_.emplace(settings.token, settings.aes_key, settings.app_id);
}

SealedPush PushCodec::seal(const Push& push, Time now, Random& random) {
  std::string timestamp = std::to_string(now.time_since_epoch().count());
  std::string nonce = std::to_string(100'000'000 + random.below(1'900'000'000));
  std::string signature = signer_.sign(timestamp, nonce);
  std::string url = fmt::format("{}?signature={}&timestamp={}&nonce={}&openid={}", callback_url_, signature,
                                timestamp, nonce, push.openid);
  if (!cipher_) return {std::move(url), push.xml};

  std::string encrypted = cipher_->encrypt(push.xml, random.letters(16));
  url += fmt::format("&encrypt_type=aes&msg_signature={}", cipher_->sign(timestamp, nonce, encrypted));
  std::string body = "<xml>";
  platform::append_text_element(body, "ToUserName", account_);
  platform::append_text_element(body, "Encrypt", encrypted);
  body += "</xml>";
  return {std::move(url), std::move(body)};
}

Result<std::string> PushCodec::open(std::string_view body) {
  if (!cipher_) return std::string(body);
  auto envelope = ReplyDocument::read(body);
  if (!envelope) return envelope.error();
  std::string encrypted = envelope->text("Encrypt");
  if (encrypted.empty()) return unusable("secure mode wants it encrypted");
  return cipher_->open(envelope->text("MsgSignature"), envelope->text("TimeStamp"), envelope->text("Nonce"),
                       encrypted);
}

Result<std::optional<Line>> PushCodec::read_reply(std::string_view openid, std::string_view body) {
  if (body.empty() || body == "success") return std::optional<Line>();
  auto xml = open(body);
  if (!xml) return xml.error();
  auto reply = ReplyDocument::read(*xml);
  if (!reply) return reply.error();
  if (reply->text("ToUserName") != openid) return unusable("ToUserName is another person");
  if (reply->text("FromUserName") != account_) return unusable("FromUserName is another account");
  if (reply->text("CreateTime").empty()) return unusable("no CreateTime");

  Line line;
  line.openid = openid;
  line.kind = reply->text("MsgType");
  if (line.kind == "transfer_customer_service") return std::optional<Line>();
  if (line.kind == "news") return read_news(*reply, std::move(line));
  if (line.kind == "text") {
    line.text = reply->text("Content");
    if (line.text.empty()) return unusable("empty Content");
    if (line.text.size() > largest_reply_text) return unusable("Content of more than 2047 bytes");
    return std::optional(std::move(line));
  }
  if (line.kind != "image" && line.kind != "voice") return unusable("unknown MsgType");
  line.media_id = reply->text(line.kind == "image" ? "Image/MediaId" : "Voice/MediaId");
  if (line.media_id.empty()) return unusable("no MediaId");
  return std::optional(std::move(line));
}

}  // namespace linli::sandbox
