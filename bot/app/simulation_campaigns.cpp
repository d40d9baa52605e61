#include "bot/app/simulation_campaigns.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace linli::app::simulation {

namespace {

using community::AreaKind;
using community::Role;

constexpr std::array outcomes = {"完成",   "完成",   "完成",     "完成 3口人",
                                 "拒访",   "空户",   "联系不上", "搬走了",
                                 "没完成", "差不多", "没人接",   "完成 没有外地回来的"};
constexpr std::array names = {"张三", "王晓燕", "王小燕", "李建国", "赵敏"};

}  // namespace

void Campaigns::sometime(int from_hour, int until_hour, Person& person, std::string text) {
  scene_.after(scene_.chance.minutes(from_hour * 60, until_hour * 60),
               [this, &person, text = std::move(text)] {
                 if (!person.onlooker) scene_.say(person, text);
               });
}

void Campaigns::soon(Person& person, std::string text) {
  scene_.after(scene_.chance.seconds(8, 90),
               [this, &person, text = std::move(text)] { scene_.say(person, text); });
}

std::string Campaigns::address(const community::Area& area) const {
  std::string text = scene_.house().ledgers().areas.address_text(area.id);
  std::erase(text, ' ');
  return text;
}

void Campaigns::plan_day(int number) {
  bool demo = std::ranges::any_of(scene_.people(), [](const auto& person) { return person->onlooker; });
  if (demo) return;
  for (auto& person : scene_.people()) {
    for (const auto& [role, held] : person->roles) {
      auto area = scene_.house().ledgers().areas.find(held);
      if (!area) continue;
      if (role == Role::on_call) officer(*person, *area, number);
      if (role == Role::patroller || role == Role::grid_leader) round(*person, held);
    }
  }
}

void Campaigns::officer(Person& person, const community::Area& area, int number) {
  auto& chance = scene_.chance;
  if (area.kind == AreaKind::community && number % 4 == 0)
    sometime(7, 9, person, "开展 排查 3天内 组长 巡访员");
  if (area.kind == AreaKind::street && number % 5 == 0) sometime(7, 10, person, "开展 发放 2天内");
  if (area.kind == AreaKind::district && number % 6 == 1) sometime(8, 10, person, "开展 走访 独居 3天内");
  if (area.kind != AreaKind::community) return;
  if (chance.in(60)) sometime(10, 20, person, "排查进度");
  if (chance.in(10)) sometime(10, 20, person, "延长 排查 2天内");
  if (number % 4 == 3) sometime(12, 17, person, "结束排查");
  if (number % 5 == 4 && chance.in(50)) sometime(12, 17, person, "确认");
}

/// A few lines a day, now and then a door that no list knew.
void Campaigns::round(Person& person, AreaId area) {
  auto& chance = scene_.chance;
  for (int i = chance.between(1, 4); i > 0; --i) {
    scene_.after(chance.minutes(10 * 60, 20 * 60), [this, &person, area] {
      if (scene_.bot().up() && !person.onlooker && person.away_until <= scene_.now()) line(person, area);
    });
  }
  if (chance.in(35)) {
    scene_.after(chance.minutes(10 * 60, 19 * 60), [this, &person, area] {
      if (scene_.bot().up() && person.away_until <= scene_.now()) register_changes(person, area);
    });
  }
}

/// "排查 和平苑3号楼 1单元101完成 102拒访 ...", with slips of the finger; some are put right later.
void Campaigns::line(Person& person, AreaId area) {
  auto& chance = scene_.chance;
  auto& areas = scene_.house().ledgers().areas;
  auto units = areas.below(area, AreaKind::unit);
  if (units.empty()) return;
  const auto& unit = chance.of(units);
  std::string text = (chance.in(75) ? "排查 " : "发放 ") + address(unit);
  std::string again;
  int count = 0;
  for (const auto& door : areas.below(unit.id, AreaKind::household)) {
    if (!chance.in(45) || ++count > 6) continue;
    std::string name = chance.in(4) ? "99" + door.name.substr(door.name.size() - 1) : door.name;
    text += ' ' + name + chance.of(outcomes);
    if (chance.in(12)) again = fmt::format("排查 {} {}{}", address(unit), door.name, chance.of(outcomes));
  }
  if (count == 0) return;
  scene_.say(person, text);
  if (!again.empty()) soon(person, again);
}

void Campaigns::register_changes(Person& person, AreaId area) {
  auto& chance = scene_.chance;
  auto& areas = scene_.house().ledgers().areas;
  auto units = areas.below(area, AreaKind::unit);
  if (units.empty()) return;
  const auto& unit = chance.of(units);
  std::string room = fmt::format("9{:02}", chance.between(1, 40));
  scene_.say(person, fmt::format("新增 {} {} {}", address(unit), room, chance.of(names)));
  auto doors = areas.below(unit.id, AreaKind::household);
  if (doors.empty() || !chance.in(50)) return;
  std::string merge = fmt::format("并户 {}{} 到 {}", address(unit), room, address(chance.of(doors)));
  scene_.after(chance.minutes(10, 200), [this, &person, merge] { scene_.say(person, merge); });
}

void Campaigns::hears(Person& person, const Heard& heard) {
  if (person.onlooker) return;
  const std::string& id = heard.id;
  auto& chance = scene_.chance;
  auto tally = [&](std::string_view kind) { scene_.counts().add(kind); };
  if (id == "campaign.opened") return tally("campaigns.opened");
  if (id == "campaign.closed" || id == "campaign.ended_by_itself") return tally("campaigns.ended");
  if (id == "campaign.taken") return tally("campaigns.lines");
  if (id == "campaign.unclear") return tally("campaigns.unclear");
  if (id == "campaign.own_word") return tally("campaigns.own_word");
  if (id == "campaign.found_added") return tally("campaigns.found");
  if (id == "campaign.thanks") return tally("campaigns.answered");
  if (id == "campaign.objected") return tally("campaigns.objected");
  if (id == "campaign.split_done") return tally("campaigns.split");
  if (id == "campaign.confirmed") return tally("campaigns.days_confirmed");
  if (id == "campaign.preview") return soon(person, chance.in(95) ? "1" : "2");
  if (id == "campaign.found_alike") return tally("campaigns.alike"), soon(person, chance.in(70) ? "2" : "1");
  if (id == "campaign.overdue") return soon(person, chance.in(60) ? "延长 排查 1天内" : "结束排查");
  if (id == "campaign.merged") {
    tally("campaigns.merged");
    auto at = heard.text.find("分户 ");
    if (at == heard.text.npos || !chance.in(60)) return;
    auto from = heard.text.find_first_of("0123456789", at);
    std::string number = heard.text.substr(from, heard.text.find_first_not_of("0123456789", from) - from);
    return scene_.after(chance.minutes(5, 600),
                        [this, &person, number] { scene_.say(person, "分户 " + number); });
  }
  if (id.starts_with("roll_up.staff_") && chance.in(80))
    return scene_.after(chance.minutes(2, 90), [this, &person] { scene_.say(person, "确认"); });
  resident(person, heard);
}

void Campaigns::resident(Person& person, const Heard& heard) {
  auto& chance = scene_.chance;
  if (heard.id == "campaign.invite") {
    if (!chance.in(65)) return;
    bool screening = heard.text.find("排查") != heard.text.npos;
    std::string words = (screening ? "排查" : "走访") + std::string(chance.in(85) ? " 我家" : " 不答");
    return scene_.after(chance.minutes(1, 240), [this, &person, words] { scene_.say(person, words); });
  }
  if (heard.id == "campaign.question") {
    bool number = heard.text.find("回个数") != heard.text.npos;
    return soon(person, number ? "3" : chance.in(92) ? "1" : chance.in(50) ? "2" : "不知道");
  }
  if (heard.id == "campaign.entered" && chance.in(12)) soon(person, "不属实");
}

}  // namespace linli::app::simulation
