#include "bot/app/simulation_volunteers.hpp"

#include <array>
#include <fmt/format.h>

namespace linli::app::simulation {

namespace {

using community::ShiftState;

constexpr std::array notes = {"", " 登记本写到第40页", " 钥匙在桌上", " 测温枪没电了"};

}  // namespace

void Volunteers::soon(Person& person, int from, int to, std::string text) {
  scene_.after(scene_.chance.seconds(from, to),
               [this, &person, text = std::move(text)] { scene_.say(person, text); });
}

Person* Volunteers::of(PersonId person) {
  auto contact = scene_.house().ledgers().people.contact_of(person);
  return contact ? scene_.find(contact->openid) : nullptr;
}

bool Volunteers::on_duty(const Person& person) {
  if (person.holds(community::Role::on_call)) return true;
  if (person.roles.empty() || !scene_.bot().up()) return false;
  auto next = scene_.house().ledgers().shifts.upcoming(person.id, scene_.now() - Seconds{1800}, 1);
  return !next.empty() && next.front().shift.starts_at < scene_.now() + Seconds{5400};
}

/// The rota hangs on the wall: who stands today knows it.
void Volunteers::plan_day() {
  auto from = scene_.now();
  auto until = scene_.zone().at(scene_.zone().next_day(scene_.zone().day(from)), 12);
  for (const auto& duty : scene_.house().ledgers().shifts.starting(from, until)) {
    Person* person = of(duty.shift.person);
    if (person && !person->onlooker) attend(*person, duty.shift.id);
  }
}

void Volunteers::attend(Person& person, ShiftId shift) {
  auto& chance = scene_.chance;
  auto duty = scene_.house().ledgers().shifts.find(shift);
  Time starts = duty->shift.starts_at, ends = duty->shift.ends_at;
  if (chance.in(6)) return;  // is not there, and says nothing
  Time comes = starts - chance.minutes(0, 14);
  if (chance.in(9)) {
    int minutes = chance.between(10, 40);
    comes = starts + Seconds{60 * minutes};
    scene_.at(std::max(scene_.now(), starts - chance.minutes(5, 40)),
              [this, &person, minutes] { scene_.say(person, fmt::format("晚{}分钟", minutes)); });
  }
  scene_.at(std::max(scene_.now(), comes), [this, &person, shift] { come(person, shift); });
  scene_.at(ends + chance.minutes(0, 6), [this, &person, shift] { go(person, shift, 0); });
}

void Volunteers::come(Person& person, ShiftId shift) {
  if (!scene_.bot().up()) return scene_.after(Seconds{120}, [this, &person, shift] { come(person, shift); });
  if (person.onlooker) return;
  auto duty = scene_.house().ledgers().shifts.find(shift);
  auto state = duty->shift.state;
  if (duty->shift.person != person.id || scene_.now() >= duty->shift.ends_at) return;
  if (state != ShiftState::planned && state != ShiftState::confirmed) return;
  auto& chance = scene_.chance;
  if (chance.in(45)) {
    auto place = duty->post.place;
    if (chance.in(10)) {  // not quite there
      scene_.place(person, place.lat + 0.004, place.lon);
      return scene_.after(Seconds{180},
                          [this, &person, place] { scene_.place(person, place.lat, place.lon); });
    }
    return scene_.place(person, place.lat + 0.0002, place.lon);
  }
  if (chance.in(55)) return scene_.say(person, chance.in(4) ? "0000" : duty->post.code_word);
  if (chance.in(30)) return scene_.scan(person, "post-" + duty->post.code);
  scene_.say(person, "到了");
}

void Volunteers::go(Person& person, ShiftId shift, int tries) {
  if (!scene_.bot().up())
    return scene_.after(Seconds{120}, [this, &person, shift, tries] { go(person, shift, tries); });
  auto duty = scene_.house().ledgers().shifts.find(shift);
  if (duty->shift.person != person.id || duty->shift.state != ShiftState::on_post || tries > 3) return;
  if (tries == 0 && scene_.chance.in(3)) return;  // forgets to say so
  scene_.say(person, std::string("交班") + scene_.chance.of(notes));
  scene_.after(Seconds{600}, [this, &person, shift, tries] { go(person, shift, tries + 1); });
}

void Volunteers::hears(Person& person, const Heard& heard) {
  if (person.onlooker) return;
  auto& chance = scene_.chance;
  const std::string& id = heard.id;
  if (id == "shift_checkin.evening") {
    if (chance.in(72)) return soon(person, 5, 60, chance.in(60) ? "1" : "能到");
    if (chance.in(30)) return soon(person, 5, 60, chance.in(60) ? "2" : "来不了");
  }
  if (id == "shift_checkin.soon_ask" && chance.in(80)) return soon(person, 5, 60, chance.in(90) ? "1" : "2");
  if (id == "shift_checkin.here_is_next" && chance.in(90))
    return soon(person, 10, 90, chance.in(50) ? "1" : "到了");
  if (id == "shift_checkin.which") return soon(person, 5, 30, chance.in(50) ? "1" : "2");
  if (id == "shift_checkin.alone") return soon(person, 5, 40, chance.in(60) ? "1" : "2");
  bool look_for = id == "shift_checkin.missing" || id == "shift_checkin.evidence" ||
                  id == "shift_checkin.evidence_or_word" || id == "shift_checkin.wrong_word" ||
                  id == "shift_checkin.wrong_post";
  if (!look_for || (id == "shift_checkin.missing" && chance.in(45)) || !scene_.bot().up()) return;
  bool word = id == "shift_checkin.evidence_or_word";  // the relieved one may say it first
  auto next = scene_.house().ledgers().shifts.due(person.id, scene_.now());
  if (!next) return;
  ShiftId shift = next->shift.id;
  scene_.after(word ? Seconds{420} : chance.minutes(1, 6), [this, &person, shift] { come(person, shift); });
}

}  // namespace linli::app::simulation
