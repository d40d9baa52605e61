#include "bot/app/simulation_errands.hpp"

#include <array>
#include <fmt/format.h>

#include "bot/app/simulation_lapses.hpp"

namespace linli::app::simulation {

namespace {

using community::Role;

constexpr std::array entries = {"登记 晋A12345 送货 1号楼", "登记 访客 张三 1号楼1单元101",
                                "登记 晋AD54321 维修 2号楼", "登记 返回 1号楼1单元201 从太原",
                                "劝返 快递 没带口罩"};
constexpr std::array contacts = {"都好", "都好", "都好", "都好", "要买药", "没人应"};

/// The digits behind a word: "请联系 12 号" gives "12"; the first of the text without a word.
std::string digits_behind(const std::string& text, std::string_view word) {
  auto at = word.empty() ? 0 : text.find(word);
  if (at == text.npos) return {};
  auto from = text.find_first_of("0123456789", at + word.size());
  if (from == text.npos) return {};
  return text.substr(from, text.find_first_not_of("0123456789", from) - from);
}

}  // namespace

void Errands::sometime(int from_hour, int until_hour, Person& person, std::string text) {
  scene_.after(scene_.chance.minutes(from_hour * 60, until_hour * 60),
               [this, &person, text = std::move(text)] {
                 if (!person.onlooker) scene_.say(person, text);
               });
}

void Errands::soon(Person& person, std::string text) {
  scene_.after(scene_.chance.seconds(6, 70),
               [this, &person, text = std::move(text)] { scene_.say(person, text); });
}

/// Somebody's address below an area.
std::string Errands::home_in(AreaId area) {
  auto homes = scene_.house().ledgers().areas.below(area, community::AreaKind::household);
  if (homes.empty()) return {};
  std::string address = scene_.house().ledgers().areas.address_text(scene_.chance.of(homes).id);
  std::erase(address, ' ');
  return address;
}

void Errands::plan_day(int number) {
  auto& chance = scene_.chance;
  for (auto& person : scene_.people()) {
    if (person->onlooker) continue;
    if (person->staff()) officers(*person, number);
    if (person->staff()) look_at_the_week(scene_, *person);
    if (person->holds(Role::volunteer) && chance.in(3)) sometime(8, 21, *person, "换班");
    if (person->holds(Role::volunteer) && chance.in(3)) sometime(8, 21, *person, "报名");
    if (person->holds(Role::volunteer) && chance.in(6)) sometime(9, 20, *person, "申诉 我到了，手机没电");
    if (person->home && chance.in(0.2)) sometime(8, 21, *person, "我妈一个人住，能不能每天问一声");
  }
  gates();
  rounds_.plan_day();
  campaigns_.plan_day(number);
  questions_.plan_day();
}

void Errands::officers(Person& person, int number) {
  auto& chance = scene_.chance;
  for (const auto& [role, area] : person.roles) {
    if (role == Role::grid_leader && chance.in(60)) care(person);
    if (role == Role::grid_leader && chance.in(number % 7 == 5 ? 60 : 1.5)) leave(person);
    if (role == Role::on_call && chance.in(20)) sometime(8, 20, person, "覆盖");
    auto held = scene_.house().ledgers().areas.find(area);
    bool of_community = role == Role::on_call && held && held->kind == community::AreaKind::community;
    bool once_a_week = number % 7 == static_cast<int>(person.index % 7);
    if (of_community && (chance.in(2) || once_a_week)) sometime(8, 20, person, "我病了");
    if (of_community && number % 6 == 1 && chance.in(70)) {
      sometime(8, 12, person, "应急级别 戒备 " + held->name);
      sometime(14, 21, person, "应急级别 紧急 " + held->name);
    }
  }
  if (person.holds(Role::grid_leader) && chance.in(35)) sometime(9, 19, person, "关爱名单");
}

/// An officer leaves the account, by mistake or for days: what is theirs must find somebody else.
void Errands::leave(Person& person) {
  scene_.after(scene_.chance.minutes(8 * 60, 20 * 60), [this, &person] {
    if (person.onlooker) return;
    scene_.unfollow(person);
    scene_.counts().add("chance.officers_left");
    scene_.after(scene_.chance.minutes(120, 1600), [this, &person] { scene_.follow(person); });
  });
}

void Errands::care(Person& person) {
  for (const auto& [role, area] : person.roles) {
    if (role != Role::grid_leader) continue;
    std::string home = home_in(area);
    if (!home.empty())
      return sometime(8, 20, person,
                      "关爱 加 " + home + " 独居 每1天 由 " + (scene_.chance.in(50) ? "我" : "楼长"));
  }
}

/// Whoever stands at the gate writes down who comes.
void Errands::gates() {
  Time from = scene_.now(), until = scene_.zone().at(scene_.zone().next_day(scene_.zone().day(from)), 12);
  for (const auto& duty : scene_.house().ledgers().shifts.starting(from, until)) {
    auto contact = scene_.house().ledgers().people.contact_of(duty.shift.person);
    Person* person = contact ? scene_.find(contact->openid) : nullptr;
    if (!person || person->onlooker || !scene_.chance.in(50)) continue;
    scene_.at(duty.shift.starts_at + scene_.chance.minutes(10, 100), [this, person] {
      if (person->onlooker || !scene_.bot().up()) return;
      if (scene_.house().ledgers().shifts.on_post(person->id, scene_.now()))
        scene_.say(*person, scene_.chance.of(entries));
    });
  }
}

void Errands::hears(Person& person, const Heard& heard) {
  questions_.hears(person, heard);
  if (person.onlooker) return;
  rounds_.hears(person, heard);
  campaigns_.hears(person, heard);
  const std::string& id = heard.id;
  auto& chance = scene_.chance;
  if (hears_of_assessment(scene_, person, heard)) return;
  if (id.starts_with("care.")) return looked_after(person, heard);
  if (id.starts_with("rota.")) return asked_to_stand(person, heard);
  if (id == "gate.ask_place" || id == "gate.ask_building") return soon(person, "1号楼");
  if (id == "gate.ask_household") return soon(person, "1号楼1单元101");
  if (id.starts_with("gate.ask_")) return soon(person, "取消");
  if (id == "emergency_level.ask_confirm") return soon(person, "1");
  if (id == "appointment.ask_shift_or_days") return soon(person, "2");
  if (id == "appointment.ask_dates") return soon(person, chance.in(50) ? "今天" : "2天");
  if (id == "appointment.away_now") {
    person.away_until = scene_.now() + chance.minutes(300, 1500);
    scene_.after(person.away_until - scene_.now() + Seconds{60},
                 [this, &person] { scene_.say(person, "销假"); });
    return;
  }
  bool took = id == "my_tasks.accepted" && person.holds(Role::grid_leader);
  std::string number = took ? digits_behind(heard.text, {}) : std::string();
  if (number.empty()) return;
  if (chance.in(4)) return soon(person, fmt::format("协办 {} {}", number, chance.in(60) ? "超市" : "卫生所"));
  if (chance.in(2)) return soon(person, fmt::format("移交 {} 派出所", number));
  if (chance.in(2)) return soon(person, fmt::format("设岗 {} 临时岗{} 14:00-18:00", number, number));
}

void Errands::looked_after(Person& person, const Heard& heard) {
  auto& chance = scene_.chance;
  const std::string& id = heard.id;
  if (id == "care.your_consent") return soon(person, chance.in(90) ? "1" : "2");
  if (id == "care.ask_consent") return soon(person, chance.in(70) ? "1" : "3");
  if (id == "care.ask_category" || id == "care.proposal") return soon(person, "1");
  if (id == "care.ask_carer") return soon(person, "我");
  if (id == "care.ask_whose") return soon(person, "我家");
  if (id == "care.need") return soon(person, "要买降压药");
  if (!id.starts_with("care.remind") || chance.in(18)) return;
  std::string number = digits_behind(heard.text, "联系");
  if (number.empty()) return;
  scene_.after(chance.minutes(5, 400), [this, &person, number] {
    scene_.say(person, fmt::format("联系了 {} {}", number, scene_.chance.of(contacts)));
  });
}

void Errands::asked_to_stand(Person& person, const Heard& heard) {
  auto& chance = scene_.chance;
  const std::string& id = heard.id;
  bool asked = id == "rota.ask_cover" || id == "rota.ask_swap" || id == "rota.ask_open";
  if (asked && chance.in(45)) {
    auto line = heard.text.rfind('\n');
    std::string digit = digits_behind(line == heard.text.npos ? heard.text : heard.text.substr(line), {});
    return soon(person, digit.empty() ? "1" : digit);
  }
  if (id == "rota.swap_which" || id == "rota.open") return soon(person, "1");
  if (id == "rota.post_opened") return soon(person, "1");
}

}  // namespace linli::app::simulation
