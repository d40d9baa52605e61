#include "bot/app/simulation_lapses.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace linli::app::simulation {

namespace {

using community::Role;

constexpr std::array looks = {"周通报", "周通报 上周", "考核", "考核 本年"};

void soon(Scene& scene, Person& person, std::string text) {
  scene.after(scene.chance.seconds(10, 600), [&scene, &person, text = std::move(text)] {
    if (person.away_until <= scene.now() && !person.onlooker) scene.say(person, text);
  });
}

/// The mark's number: "不服 3" gives 3.
std::string number_behind(const std::string& text, std::string_view word) {
  auto at = text.find(word);
  if (at == text.npos) return {};
  auto from = text.find_first_of("0123456789", at);
  if (from == text.npos) return {};
  return text.substr(from, text.find_first_not_of("0123456789", from) - from);
}

}  // namespace

void look_at_the_week(Scene& scene, Person& person) {
  auto& chance = scene.chance;
  auto sometime = [&](std::string text) {
    scene.after(chance.minutes(8 * 60, 21 * 60), [&scene, &person, text = std::move(text)] {
      if (!person.onlooker && person.away_until <= scene.now()) scene.say(person, text);
    });
  };
  if (person.holds(Role::on_call) && chance.in(15)) sometime(chance.of(looks));
  if (chance.in(6)) sometime("我的考核");
}

bool hears_of_assessment(Scene& scene, Person& person, const Heard& heard) {
  if (!heard.id.starts_with("assessment.")) return false;
  auto& chance = scene.chance;
  if (heard.id == "assessment.told" && chance.in(40)) {
    std::string number = number_behind(heard.text, "不服");
    if (!number.empty()) soon(scene, person, fmt::format("不服 {} 那天我去了，手机没电", number));
  }
  if (heard.id == "assessment.staff_offer" && heard.number > 0 && chance.in(80))
    soon(scene, person, fmt::format("{} {}", chance.in(60) ? "属实" : "驳回", heard.number));
  return true;
}

void Witness::reported(const std::string& msgid, PersonId person, TaskId task, Time at) {
  if (seen_.insert(msgid).second) proofs_.push_back({person, task, at});
}

bool Witness::proved(PersonId person, TaskId task, Time until) const {
  return std::ranges::any_of(proofs_, [&](const Proof& proof) {
    return proof.person == person && proof.task == task && proof.at <= until;
  });
}

}  // namespace linli::app::simulation
