// The phones' side of the platform: people, what they do, what they see.
#include "bot/sandbox/platform.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "bot/sandbox/push_xml.hpp"

namespace linli::sandbox {

namespace {

constexpr std::string_view fault_text = "该公众号提供的服务出现故障，请稍后再试";
constexpr std::array<std::string_view, 10> stems{"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"};

/// 19 digits, as real ones: above 2^53, so that whoever reads them as a double is found out. Begins with the
/// time, because the account's database outlives this process and must not take a new message for an old one.
std::uint64_t first_msg_id(Time now) {
  constexpr std::uint64_t a_second = 1'000'000'000;
  return static_cast<std::uint64_t>(std::max<std::int64_t>(now.time_since_epoch().count(), a_second)) *
         a_second;
}

bool on_earth(const Action& action) {
  return action.latitude >= -90 && action.latitude <= 90 && action.longitude >= -180 &&
         action.longitude <= 180;
}

}  // namespace

Platform::Platform(PlatformOptions options, const Clock& clock, Random& random)
    : options_(std::move(options)),
      clock_(clock),
      random_(random),
      media_(random),
      tokens_(random),
      next_msg_id_(first_msg_id(clock.now()) + random.below(100'000'000)) {
  for (const Person& person : options_.people) {
    people_.push_back({person.name, person.openid, true, clock.now(), {}, {}, person.cast});
  }
}

const Follower* Platform::find(std::string_view openid) const {
  auto found =
      std::find_if(people_.begin(), people_.end(), [&](const Follower& f) { return f.openid == openid; });
  return found == people_.end() ? nullptr : &*found;
}

Follower* Platform::find_person(std::string_view openid) {
  return const_cast<Follower*>(find(openid));
}

const Follower& Platform::add_stranger() {
  std::string name;
  do {
    std::size_t n = strangers_++;
    name = fmt::format("陌生人{}", stems[n % stems.size()]);
    if (n >= stems.size()) name += std::to_string(n / stems.size() + 1);
  } while (std::any_of(people_.begin(), people_.end(), [&](const Follower& f) { return f.name == name; }));
  people_.push_back({name, "o" + random_.letters(27), false, {}, {}, {}});
  feed_.add(What::phones);
  return people_.back();
}

Line Platform::line_of(const Follower& person, From from, std::string_view kind) const {
  Line line;
  line.openid = person.openid;
  line.at = clock_.now();
  line.from = from;
  line.kind = kind;
  return line;
}

void Platform::note(const Follower& person, std::string_view text) {
  Line line = line_of(person, From::platform, "notice");
  line.text = text;
  feed_.add_line(std::move(line));
}

void Platform::show_reply(Line line) {
  line.at = clock_.now();
  line.from = From::account;
  feed_.add_line(std::move(line));
}

void Platform::show_fault(std::string_view openid) {
  if (const Follower* person = find(openid)) note(*person, fault_text);
}

Result<Push> Platform::act(std::string_view openid, const Action& action) {
  Follower* person = find_person(openid);
  if (person == nullptr) return Error{Errc::not_found, "没有这部手机，请刷新页面"};
  if (action.kind == "follow") return follow(*person, {});
  if (action.kind == "scan") {
    if (action.key.empty() || action.key.size() > 64) return Error{Errc::bad_input, "请填写二维码的场景值"};
    return person->following ? Result<Push>(scan(*person, action.key)) : follow(*person, action.key);
  }
  if (!person->following) return Error{Errc::conflict, "还没有关注公众号，请先点“关注”"};
  if (action.kind == "unfollow") return unfollow(*person);
  if (action.kind == "click") {
    person->window.open(Trigger::menu_click, clock_.now());
    return event(*person, "CLICK", action.key);
  }
  if (action.kind == "view") return event(*person, "VIEW", action.url);
  if (action.kind == "location_report" && on_earth(action)) {
    PushHead head{options_.account, person->openid, clock_.now()};
    Place place{action.latitude, action.longitude, {}};
    return Push{person->openid, location_report_push(head, place), 0, false};
  }
  return message(*person, action);
}

Result<Push> Platform::message(Follower& person, const Action& action) {
  PushHead head{options_.account, person.openid, clock_.now()};
  std::uint64_t id = next_msg_id();
  Push push{person.openid, {}, 0, true};
  Line line = line_of(person, From::person, action.kind);
  line.text = action.text;
  Trigger trigger = Trigger::message;

  if (action.kind == "text" || action.kind == "menu_entry") {
    if (action.text.empty()) return Error{Errc::bad_input, "没有写任何内容"};
    line.kind = "text";
    if (action.kind == "menu_entry") trigger = Trigger::menu_click;  // tapping an entry counts as a click
    push.xml = text_push(head, action.text, action.kind == "menu_entry" ? action.key : "", id);
  } else if (action.kind == "image") {
    line.media_id = action.media_id.empty() ? media_.add_sample_picture(clock_.now()) : action.media_id;
    if (media_.find(line.media_id, clock_.now()) == nullptr)
      return Error{Errc::bad_input, "照片已过期，请重新选"};
    Picture picture{base_url_ + "/media/" + line.media_id, line.media_id};
    push.xml = image_push(head, picture, id);
  } else if (action.kind == "voice") {
    line.media_id = media_.add_voice(action.text, clock_.now());
    push.xml = voice_push(head, line.media_id, id);
  } else if (action.kind == "location") {
    if (!on_earth(action)) return Error{Errc::bad_input, "纬度在 -90 到 90 之间，经度在 -180 到 180 之间"};
    Place place{action.latitude, action.longitude, action.label};
    line.text = action.label.empty() ? "位置" : action.label;
    line.latitude = action.latitude;
    line.longitude = action.longitude;
    push.xml = location_push(head, place, id);
  } else if (action.kind == "link") {
    if (action.title.empty() || action.url.empty()) return Error{Errc::bad_input, "链接要有标题和网址"};
    line.title = action.title;
    line.text = action.description;
    line.url = action.url;
    push.xml = link_push(head, Article{action.title, action.description, action.url}, id);
  } else {
    return Error{Errc::bad_input, "手机做不了这件事"};
  }
  person.window.open(trigger, clock_.now());
  push.line = feed_.add_line(std::move(line));
  return push;
}

std::string Platform::ticket_for(std::string_view scene) {
  for (const Ticket& ticket : tickets_) {
    if (ticket.scene == scene && clock_.now() < ticket.until) return ticket.ticket;
  }
  return create_ticket(scene, {}).ticket;
}

Result<Push> Platform::follow(Follower& person, std::string_view scene) {
  if (person.following) return Error{Errc::conflict, "已经关注了"};
  person.following = true;
  person.followed_at = clock_.now();
  person.scene = scene;
  person.window.open(Trigger::follow, clock_.now());
  feed_.add(What::phones);
  note(person, scene.empty() ? "你已关注该公众号" : "你扫描二维码，关注了该公众号");
  PushHead head{options_.account, person.openid, clock_.now()};
  std::string key = scene.empty() ? std::string() : fmt::format("qrscene_{}", scene);
  std::string ticket = scene.empty() ? std::string() : ticket_for(scene);
  return Push{person.openid, event_push(head, "subscribe", key, ticket), feed_.last(), true};
}

Push Platform::unfollow(Follower& person) {
  person.following = false;
  person.window.close();
  feed_.add(What::phones);
  note(person, "你已取消关注，不再收到该公众号的消息");
  return event(person, "unsubscribe", {});
}

Push Platform::scan(Follower& person, std::string_view scene) {
  person.window.open(Trigger::scan, clock_.now());
  note(person, fmt::format("你扫描了二维码（{}）", scene));
  PushHead head{options_.account, person.openid, clock_.now()};
  return {person.openid, event_push(head, "SCAN", scene, ticket_for(scene)), feed_.last(), true};
}

Push Platform::event(Follower& person, std::string_view name, std::string_view key) {
  PushHead head{options_.account, person.openid, clock_.now()};
  return {person.openid, event_push(head, name, key, {}), 0, name == "CLICK"};
}

}  // namespace linli::sandbox
