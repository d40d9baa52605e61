// The account's side of the platform: what its server may call, and with which errcode it is refused.
#include <algorithm>
#include <fmt/format.h>

#include "bot/base/digest.hpp"
#include "bot/sandbox/platform.hpp"
#include "bot/sandbox/push_xml.hpp"

namespace linli::sandbox {

namespace {

constexpr std::size_t largest_text = 2048;
constexpr Seconds key_kept = std::chrono::minutes(10);
constexpr std::size_t largest_template_id = 64;

}  // namespace

int Platform::credentials(std::string_view app_id, std::string_view secret) const {
  if (app_id.empty()) return 41002;
  if (secret.empty()) return 41004;
  if (app_id != options_.app_id) return 40013;
  return equal_constant_time(secret, options_.app_secret) ? 0 : 40125;
}

Answered<Tokens::Issued> Platform::stable_token(std::string_view app_id, std::string_view secret,
                                                bool force) {
  if (int errcode = credentials(app_id, secret)) return Refusal{errcode, {}};
  return tokens_.stable(force, clock_.now());
}

Answered<Tokens::Issued> Platform::ordinary_token(std::string_view app_id, std::string_view secret) {
  if (int errcode = credentials(app_id, secret)) return Refusal{errcode, {}};
  return tokens_.ordinary(clock_.now());
}

Answered<void> Platform::custom_send(const CustomMessage& message) {
  Follower* person = find_person(message.openid);
  if (person == nullptr) return Refusal{40003, {}};
  Line line = line_of(*person, From::account, message.kind);
  line.text = message.text;
  line.media_id = message.media_id;
  line.articles = message.articles;

  if (message.kind == "text") {
    if (message.text.empty()) return Refusal{44004, {}};
    if (message.text.size() > largest_text) return Refusal{45002, {}};
  } else if (message.kind == "image" || message.kind == "voice") {
    if (media_.find(message.media_id, clock_.now()) == nullptr) return Refusal{40007, {}};
  } else if (message.kind == "news") {
    if (message.articles.size() != 1) return Refusal{45008, {}};
  } else {
    return Refusal{40008, {}};
  }
  if (!person->following) return Refusal{45015, {}};
  if (int errcode = person->window.spend(clock_.now())) return Refusal{errcode, {}};
  feed_.add_line(std::move(line));
  return {};
}

const TemplateInfo* Platform::find_template(std::string_view id) const {
  auto found = std::find_if(options_.templates.begin(), options_.templates.end(),
                            [id](const TemplateInfo& info) { return info.id == id; });
  return found == options_.templates.end() ? nullptr : &*found;
}

Answered<TemplateSent> Platform::template_send(const TemplateSend& message) {
  const Follower* person = find(message.openid);
  if (person == nullptr) return Refusal{40003, {}};
  if (message.template_id.empty() || message.template_id.size() > largest_template_id)
    return Refusal{40036, {}};
  const TemplateInfo* info = find_template(message.template_id);
  if (info == nullptr && !options_.templates.empty()) return Refusal{40037, {}};
  if (message.fields.empty()) return Refusal{47001, {}};
  for (const auto& [key, value] : message.fields) {
    if (template_value_allowed(key, value)) continue;
    return Refusal{47003, fmt::format("argument invalid! data.{}.value invalid", key)};
  }
  if (!person->following) return Refusal{43004, {}};

  std::erase_if(sent_keys_, [this](const auto& kept) { return clock_.now() >= kept.second.at + key_kept; });
  auto key = std::pair(message.openid, message.client_msg_id);
  if (!message.client_msg_id.empty()) {
    if (auto known = sent_keys_.find(key); known != sent_keys_.end())
      return TemplateSent{known->second.msg_id, true};
  }
  std::uint64_t msg_id = next_msg_id();
  if (!message.client_msg_id.empty()) sent_keys_[key] = {msg_id, clock_.now()};

  Line line = line_of(*person, From::account, "template");
  line.title = info == nullptr ? "服务通知" : info->title;
  line.url = message.url;
  std::string last_label;
  for (const auto& [field, value] : message.fields) {
    std::string label = template_field_label(info, field);
    line.fields.emplace_back(label == last_label ? std::string() : label, value);
    last_label = std::move(label);
  }
  feed_.add_line(std::move(line));
  return TemplateSent{msg_id, false};
}

Push Platform::template_result(std::string_view openid, std::uint64_t msg_id) const {
  const Follower* person = find(openid);
  bool reached = person != nullptr && person->following;
  PushHead head{options_.account, std::string(openid), clock_.now()};
  std::string xml = template_result_push(head, msg_id, reached ? "success" : "failed:user block");
  return {std::string(openid), std::move(xml), 0, false};
}

void Platform::set_menu(Menu menu) {
  menu_ = std::move(menu);
  feed_.add(What::phones);
}

Ticket Platform::create_ticket(std::string_view scene, Seconds expires) {
  constexpr std::size_t ticket_length = 96;
  std::string text = "gQ" + random_.letters(ticket_length - 2);
  Time until = expires.count() == 0 ? Time::max() : clock_.now() + expires;
  tickets_.push_back({text, std::string(scene), "http://weixin.qq.com/q/" + text.substr(2, 24), until});
  return tickets_.back();
}

const Ticket* Platform::find_ticket(std::string_view ticket) const {
  auto found =
      std::find_if(tickets_.begin(), tickets_.end(), [&](const Ticket& t) { return t.ticket == ticket; });
  return found == tickets_.end() || clock_.now() >= found->until ? nullptr : &*found;
}

}  // namespace linli::sandbox
