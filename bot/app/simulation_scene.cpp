#include "bot/app/simulation_scene.hpp"

#include <fmt/format.h>

namespace linli::app::simulation {

using platform::Inbound;
using platform::InboundKind;

bool Person::holds(community::Role role) const {
  return std::ranges::any_of(roles, [role](const auto& held) { return held.first == role; });
}

Scene::Scene(SettableClock& clock, Zone zone, Bot& bot, Platform& platform, Counts& counts,
             std::uint64_t seed)
    : chance(seed), clock_(clock), zone_(zone), bot_(bot), platform_(platform), counts_(counts) {}

void Scene::at(Time when, std::function<void()> what) {
  queue_.push({when, ++order_, std::move(what)});
}

std::optional<Time> Scene::next() const {
  if (queue_.empty()) return std::nullopt;
  return queue_.top().at;
}

void Scene::run_due() {
  while (!queue_.empty() && queue_.top().at <= now()) {
    auto what = queue_.top().what;
    queue_.pop();
    what();
  }
}

Person& Scene::add(std::unique_ptr<Person> person) {
  person->index = people_.size();
  by_openid_[person->openid] = person.get();
  people_.push_back(std::move(person));
  return *people_.back();
}

Person* Scene::find(const std::string& openid) {
  auto found = by_openid_.find(openid);
  return found == by_openid_.end() ? nullptr : found->second;
}

void Scene::send(Person& person, Inbound in) {
  in.account = platform_.account();
  in.openid = person.openid;
  in.to_user = "gh_simulated";
  in.created = now();
  in.dedupe_key = fmt::format("m:{}", ++messages_);
  counts_.add(fmt::format("messages.{}", platform::name(in.kind)));
  person.last_wrote = now();
  platform_.acted(person.openid, in.kind, now());
  auto push = std::make_shared<Push>();
  push->in = std::move(in);
  push->who = person.index;
  push->faulty = faults && chance.in(0.03);
  arriving_.push_back(std::move(push));
}

void Scene::say(Person& person, std::string text) {
  if (!person.follows) return;
  Inbound in;
  in.kind = InboundKind::text;
  in.text = std::move(text);
  send(person, std::move(in));
}

void Scene::click(Person& person, std::string key) {
  if (!person.follows) return;
  Inbound in;
  in.kind = InboundKind::click;
  in.event_key = std::move(key);
  send(person, std::move(in));
}

void Scene::scan(Person& person, std::string scene) {
  if (!person.follows) return;
  Inbound in;
  in.kind = InboundKind::scan;
  in.event_key = std::move(scene);
  send(person, std::move(in));
}

void Scene::place(Person& person, double lat, double lon) {
  if (!person.follows) return;
  Inbound in;
  in.kind = InboundKind::location;
  in.latitude = lat;
  in.longitude = lon;
  send(person, std::move(in));
}

void Scene::show(Person& person, InboundKind kind, std::string title) {
  if (!person.follows) return;
  Inbound in;
  in.kind = kind;
  in.media_id = kind == InboundKind::link ? "" : "media";
  in.title = std::move(title);
  if (kind == InboundKind::link) in.url = "https://example.com/story/" + std::to_string(messages_);
  send(person, std::move(in));
}

void Scene::follow(Person& person) {
  if (person.follows) return;
  person.follows = true;
  Inbound in;
  in.kind = InboundKind::subscribe;
  send(person, std::move(in));
}

void Scene::unfollow(Person& person) {
  if (!person.follows) return;
  person.follows = false;
  Inbound in;
  in.kind = InboundKind::unsubscribe;
  send(person, std::move(in));
}

void Scene::report(const std::string& msgid, const std::string& status, std::size_t who) {
  auto push = std::make_shared<Push>();
  push->in.account = platform_.account();
  push->in.openid = people_[who]->openid;
  push->in.kind = InboundKind::template_result;
  push->in.created = now();
  push->in.msg_id = msgid;
  push->in.status = status;
  push->in.dedupe_key = "r:" + msgid;
  push->who = who;
  push->by_system = true;
  counts_.add("messages.template_result");
  arriving_.push_back(std::move(push));
}

Time Scene::read_at(const Person& person, bool on_duty, bool rings) {
  int minute = zone_.minute_of_day(now());
  bool night = minute >= 22 * 60 + 30 || minute < 6 * 60 + 45;
  if (now() - person.last_wrote < Seconds{300})
    return now() + chance.seconds(4, 50);  // the phone is in the hand
  if (!night) return now() + (person.staff() ? chance.minutes(1, 12) : chance.minutes(1, 35));
  if (on_duty) return now() + chance.minutes(1, 4);
  if (rings && chance.in(60)) return now() + chance.minutes(1, 6);
  Day day = zone_.day(now());
  if (minute >= 12 * 60) day = zone_.next_day(day);
  return zone_.at(day, 6 * 60 + 50) + chance.minutes(0, 70);
}

}  // namespace linli::app::simulation
