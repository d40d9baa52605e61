#include "bot/app/simulation_staff.hpp"

#include <array>
#include <charconv>
#include <fmt/format.h>

namespace linli::app::simulation {

namespace {

using community::Role;
using community::Task;
using community::TaskKind;
using community::TaskState;

constexpr std::array done_words = {"送到了", "办好了", "已联系，没事了", "修好了", "电话说清楚了"};
constexpr std::array reasons = {"不在我辖区", "人不在家", "没有车", "今天人手不够"};
constexpr std::array replies = {"您好，请说", "通行证找社区开，带身份证", "可以的，我帮您问一下",
                                "好的，已经登记"};
constexpr std::size_t phoned_at_once = 5;

bool is_offer(const std::string& id) {
  return id == "my_tasks.offer" || id == "my_tasks.escalated" || id == "my_tasks.handed_over" ||
         id == "my_tasks.late" || id.ends_with(".staff_offer") || id.ends_with(".staff_escalated") ||
         id.ends_with(".staff_handed_over");
}

/// "12 号登记…": the number that a text begins with.
std::int64_t number_in(const std::string& text) {
  auto digit = text.find_first_of("0123456789");
  std::int64_t number = 0;
  if (digit != text.npos) std::from_chars(text.data() + digit, text.data() + text.size(), number);
  return number;
}

}  // namespace

void Staff::later(Person& person, Seconds delay, std::string text) {
  scene_.after(delay, [this, &person, text = std::move(text)] {
    if (person.away_until <= scene_.now() && !person.onlooker) scene_.say(person, text);
  });
}

std::optional<Task> Staff::task_of(const Heard& heard) {
  if (!heard.task || !scene_.bot().up()) return std::nullopt;
  return scene_.house().ledgers().tasks.find(heard.task);
}

void Staff::plan_day() {
  for (auto& person : scene_.people()) {
    bool top = person->holds(Role::on_call);  // somebody must be there; whose substitutes the others are
    if (person->onlooker || !person->staff() || top || !scene_.chance.in(2.5)) continue;
    person->away_until = scene_.now() + scene_.chance.minutes(600, 3000);
    scene_.counts().add("chance.absent_staff");
  }
}

void Staff::hears(Person& person, const Heard& heard) {
  if (person.away_until > scene_.now()) return;
  const std::string& id = heard.id;
  auto& chance = scene_.chance;
  if (is_offer(id)) return offered(person, heard);
  if (id == "outbox.digest") return later(person, chance.seconds(5, 60), "待办");
  if (id == "my_tasks.todo") return later(person, chance.seconds(10, 60), chance.in(60) ? "都接" : "待办");
  if (id == "my_tasks.reminder" || id == "my_tasks.reopened" || id.ends_with(".staff_reminder"))
    return reminded(person, heard);
  if (id == "human.from_resident") {
    auto task = task_of(heard);
    if (task && chance.in(85)) talk(person, task->number);
    return;
  }
  if (id == "registration.to_confirm" || id == "registration.help_to_confirm")
    return claims_to_live_there(person, heard.text);
  if (id == "health_checkin.digest" && chance.in(75)) {
    return scene_.after(chance.minutes(1, 40), [this, &person] { phone_round(person); });
  }
}

/// Takes it, or lets it lie: then it climbs.
void Staff::offered(Person& person, const Heard& heard) {
  auto task = task_of(heard);
  auto& chance = scene_.chance;
  bool officer = person.holds(Role::on_call);
  double takes = task && task->kind == TaskKind::life_safety ? 85 : officer ? 82 : 66;
  if (!task || task->state == TaskState::closed || !chance.in(takes)) return;
  if (task->kind == TaskKind::score_review) return;  // decided on, not taken (simulation_lapses)
  if (task->kind == TaskKind::appeal)
    return later(person, chance.minutes(1, 90),
                 fmt::format("{} {}", chance.in(70) ? "属实" : "驳回", task->number));
  if (task->kind == TaskKind::rumour_review && chance.in(65)) return decide(person, task->number);
  if (chance.in(3))
    return later(person, chance.seconds(10, 90), fmt::format("退单 {} {}", task->number, chance.of(reasons)));
  later(person, chance.seconds(8, 120), fmt::format("接 {}", task->number));
}

void Staff::noted(const pipeline::Outcome& outcome) {
  Person* person = nullptr;
  for (const auto& said : outcome.said) {
    for (const auto& paragraph : said.paragraphs) {
      bool took = paragraph.id == "my_tasks.accepted" || paragraph.id == "my_tasks.accepted_human" ||
                  paragraph.id == "my_tasks.accepted_all";
      if (paragraph.id == "health_checkin.proxied") {
        int households = static_cast<int>(number_in(said.text.substr(paragraph.from)));
        scene_.counts().add("checkins.by_phone", households);
        watch_.entered_by_phone(households);
      }
      if (!took) continue;
      auto contact = scene_.house().ledgers().people.contact(outcome.contact);
      if (contact) person = scene_.find(contact->openid);
    }
  }
  if (!person || person->onlooker) return;
  for (const Task& task : scene_.house().ledgers().tasks.owned(outcome.person)) {
    if (task.accepted_at == scene_.now()) accepted(*person, task);
  }
}

void Staff::accepted(Person& person, const Task& task) {
  auto& chance = scene_.chance;
  if (task.kind == TaskKind::human) {
    talk(person, task.number);
    if (chance.in(88)) later(person, chance.minutes(3, 25), fmt::format("完成 {}", task.number));
    return;
  }
  if (chance.in(4)) return later(person, chance.seconds(10, 200), "撤销");
  if (chance.in(7))
    return later(person, chance.minutes(2, 25), fmt::format("退单 {} {}", task.number, chance.of(reasons)));
  if (chance.in(4))
    return later(person, chance.minutes(1, 20),
                 fmt::format("转 {} {}", task.number, chance.in(60) ? "楼长" : "值班"));
  if (chance.in(14)) return;  // forgets it
  work_on(person, task);
}

void Staff::work_on(Person& person, const Task& task) {
  auto& chance = scene_.chance;
  Seconds takes = chance.minutes(8, 170);
  if (task.kind == TaskKind::rumour_review) {
    std::int64_t number = task.number;
    return scene_.after(takes, [this, &person, number] { decide(person, number); });
  }
  later(person, takes, fmt::format("完成 {} {}", task.number, chance.of(done_words)));
  if (chance.in(2)) later(person, takes + Seconds{60}, "撤销");
}

void Staff::reminded(Person& person, const Heard& heard) {
  auto task = task_of(heard);
  if (!task || task->owner != person.id || task->state != TaskState::accepted || scene_.chance.in(25)) return;
  if (scene_.chance.in(12))
    return later(person, scene_.chance.minutes(1, 15),
                 fmt::format("退单 {} {}", task->number, scene_.chance.of(reasons)));
  work_on(person, *task);
}

void Staff::decide(Person& person, std::int64_t number) {
  auto& chance = scene_.chance;
  const char* verdict = chance.in(60) ? "假 没有这回事，以通知为准" : chance.in(50) ? "真" : "无法核实";
  later(person, chance.minutes(1, 60), fmt::format("核实 {} {}", number, verdict));
  if (chance.in(4)) later(person, chance.minutes(90, 400), fmt::format("核实 {} 误导 只是临时调整", number));
}

void Staff::talk(Person& person, std::int64_t number) {
  later(person, scene_.chance.seconds(15, 150), fmt::format("{} {}", number, scene_.chance.of(replies)));
}

/// Households that were not heard from are phoned and entered.
void Staff::phone_round(Person& person) {
  if (!scene_.bot().up()) return;
  auto& chance = scene_.chance;
  auto& l = scene_.house().ledgers();
  std::string day = scene_.zone().iso_day(scene_.zone().day(scene_.now()));
  for (const auto& [role, area] : person.roles) {
    if (role != Role::grid_leader) continue;
    auto whole = l.areas.find(area);
    auto buildings = l.areas.below(area, community::AreaKind::building);
    if (!whole || buildings.empty()) continue;
    const auto& building = chance.of(buildings);
    std::string entries;
    std::size_t count = 0;
    for (const auto& household : l.checkins.unheard_below(building.path, day)) {
      if (++count > phoned_at_once) break;
      auto ids = community::ids_of_path(household.path);
      auto unit = ids.size() > 1 ? l.areas.find(ids[ids.size() - 2]) : std::nullopt;
      entries += ' ';
      if (unit && unit->kind == community::AreaKind::unit) entries += unit->name;
      entries += household.name;
      entries += chance.in(80) ? "正常" : chance.in(50) ? "没人接" : "发烧38";
    }
    if (entries.empty()) continue;
    scene_.say(person, "名单 " + building.name);
    return later(person, chance.minutes(2, 25), "代报 " + building.name + entries);
  }
}

void Staff::claims_to_live_there(Person& person, const std::string& text) {
  std::int64_t number = number_in(text);
  bool known = scene_.chance.in(88);
  later(person, scene_.chance.minutes(1, 30), fmt::format("{} {}", known ? "确认" : "驳回", number));
}

}  // namespace linli::app::simulation
