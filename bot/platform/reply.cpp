#include "bot/platform/reply.hpp"

#include "bot/base/log.hpp"
#include "bot/base/utf8.hpp"
#include "bot/platform/xml.hpp"

namespace linli::platform {
namespace {

constexpr std::size_t max_articles = 8;

bool is_empty(const Reply& reply) {
  switch (reply.kind) {
    case Reply::Kind::none:
      return true;
    case Reply::Kind::text:
      return reply.text.empty();
    case Reply::Kind::image:
    case Reply::Kind::voice:
      return reply.media_id.empty();
    case Reply::Kind::news:
      return reply.articles.empty();
  }
  return true;
}

void append_text(std::string& out, const Reply& reply) {
  std::string_view text = reply.text;
  if (text.size() > max_reply_bytes) {
    log::error("reply_too_long", {{"bytes", text.size()}});  // the caller's fault; a cut text beats none
    text = utf8_prefix(text, max_reply_bytes);
  }
  append_text_element(out, "MsgType", "text");
  append_text_element(out, "Content", text);
}

void append_media(std::string& out, std::string_view type, std::string_view element, const Reply& reply) {
  append_text_element(out, "MsgType", type);
  out.append("<").append(element).append(">");
  append_text_element(out, "MediaId", reply.media_id);
  out.append("</").append(element).append(">");
}

void append_news(std::string& out, const Reply& reply) {
  const auto count = std::min(reply.articles.size(), max_articles);
  append_text_element(out, "MsgType", "news");
  append_number_element(out, "ArticleCount", static_cast<std::int64_t>(count));
  out.append("<Articles>");
  for (std::size_t i = 0; i < count; ++i) {
    const auto& article = reply.articles[i];
    out.append("<item>");
    append_text_element(out, "Title", article.title);
    append_text_element(out, "Description", article.description);
    append_text_element(out, "PicUrl", article.pic_url);
    append_text_element(out, "Url", article.url);
    out.append("</item>");
  }
  out.append("</Articles>");
}

}  // namespace

std::string encode_reply(const Reply& reply, std::string_view to_openid, std::string_view from_account,
                         Time at) {
  if (is_empty(reply)) return std::string(plain_success);
  std::string out;
  out.reserve(320 + reply.text.size());
  out.append("<xml>");
  append_text_element(out, "ToUserName", to_openid);
  append_text_element(out, "FromUserName", from_account);
  append_number_element(out, "CreateTime", at.time_since_epoch().count());
  switch (reply.kind) {
    case Reply::Kind::none:
      break;
    case Reply::Kind::text:
      append_text(out, reply);
      break;
    case Reply::Kind::image:
      append_media(out, "image", "Image", reply);
      break;
    case Reply::Kind::voice:
      append_media(out, "voice", "Voice", reply);
      break;
    case Reply::Kind::news:
      append_news(out, reply);
      break;
  }
  out.append("</xml>");
  return out;
}

}  // namespace linli::platform
