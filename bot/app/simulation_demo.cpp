// The days behind the demo: the sample's people lived them, and they end so that somebody who has just
// started it sees within five minutes a reminder, a ticket that nobody took and a post where nobody stands.
#include <fmt/format.h>

#include "bot/app/simulation.hpp"

namespace linli::app::simulation {

namespace {

constexpr Seconds cast_rests{125 * 60};   // before the end: from then on only whoever plays them acts
constexpr Seconds asked_early{121 * 60};  // accepted soon, and reminded of two hours later
constexpr Seconds accepted_at{118 * 60};
constexpr Seconds asked_late{27 * 60};   // not accepted within half an hour
constexpr Seconds shift_began{12 * 60};  // nobody there a quarter of an hour later
constexpr Seconds shift_lasts{2 * 3600};

}  // namespace

void Simulation::behind_the_demo() {
  auto& l = bot_->house().ledgers();
  auto played = [&](const std::string& name) -> Person* {
    auto openid = openid_of(l.people, *sample_, name);
    return openid ? scene_->find(*openid) : nullptr;
  };
  std::vector<Person*> cast;
  for (const auto& [name, code] : sample_->cast) {
    if (Person* person = played(name)) cast.push_back(person);
  }
  Person* leader = played("网格长");
  std::vector<Person*> neighbours;  // of the grid leader's compound, none of the cast
  for (auto& person : scene_->people()) {
    bool near = person->home && leader && !leader->roles.empty() &&
                l.appointments.responsible(leader->id, community::Role::grid_leader, person->home, begins_);
    if (near && person->roles.empty() && std::ranges::find(cast, person.get()) == cast.end())
      neighbours.push_back(person.get());
  }
  if (!leader || neighbours.size() < 2) return;
  scene_->at(ends_ - cast_rests, [cast, neighbours] {
    for (Person* person : cast) person->onlooker = true;
    for (Person* person : {neighbours[0], neighbours[1]}) person->onlooker = true;
  });
  scene_->at(ends_ - asked_early,
             [this, who = neighbours[0]] { scene_->say(*who, "我爸明天要透析，没车去医院"); });
  scene_->at(ends_ - accepted_at, [this, who = neighbours[0], leader] {
    auto open = scene_->house().ledgers().tasks.open_of_reporter(who->id);
    if (!open.empty()) scene_->say(*leader, fmt::format("接 {}", open.front().number));
  });
  scene_->at(ends_ - asked_late, [this, who = neighbours[1]] { scene_->say(*who, "楼上漏水，厨房都淹了"); });
  auto post = l.shifts.find_post_by_code("hp-east");
  for (const char* name : {"志愿者甲", "志愿者乙", "北门在岗"}) {
    Person* volunteer = played(name);
    if (!post || !volunteer) continue;
    Time starts = ends_ - shift_began;
    bool free = true;
    store::Statement near(
        bot_->house().database(),
        "select s.start_minute, s.end_minute from rota_slot s join rota_person p on p.rota = s.rota "
        "and p.position = s.position where p.person = :person");
    near.each<int, int>(
        [&](int from, int until) {
          int minute = zone_->minute_of_day(starts);
          free = free && (minute + 180 < from || minute > until + 60);
        },
        volunteer->id);
    if (!free) continue;
    scene_->at(ends_ - cast_rests, [this, post = post->id, person = volunteer->id, starts] {
      scene_->house().pipeline().in_transaction([&] {
        auto& ledgers = scene_->house().ledgers();
        ledgers.shifts.add(post, person, starts, starts + shift_lasts);
        store::schedule_shifts(ledgers.shifts, ledgers.dues, *zone_, scene_->now(),
                               scene_->now() + store::shift_horizon);
      });
    });
    return;
  }
}

/// What the sandbox's platform cannot know: the windows of the days before, and what people were in the
/// middle of.
void Simulation::leave_for_the_demo() {
  auto& db = bot_->house().database();
  for (const char* sql : {"update contact set window_until = 0, window_left = 0, dialog_sealed = ''",
                          "delete from due where topic = 'dialog'",
                          "update outbox set state = 'expired' where state = 'waiting'"})
    db.execute(sql);
  bot_->end();
}

}  // namespace linli::app::simulation
