#include "bot/app/simulation_rounds.hpp"

#include <array>
#include <fmt/format.h>

namespace linli::app::simulation {

namespace {

using community::Role;

constexpr std::array findings = {"1 垃圾没清",         "1 路灯坏了",     "1 门口有人没戴口罩",
                                 "1 车堵住了消防通道", "1 一堆人在打牌", "1 有陌生人翻墙"};
constexpr std::array alone = {"发现 1号楼后面垃圾堆了一地", "发现 2号楼门口乱停车", "发现 1号楼路灯坏了"};
constexpr std::array shortcomings = {"东门垃圾堆了一地", "公告还是上个月的", "登记本少了两页", "岗上没有人",
                                     "消毒没有记录"};
constexpr std::array how_to = {"怎么消毒", "门岗怎么值守", "入户排查怎么做", "指导", "口罩怎么戴"};
constexpr std::array rules = {"小区什么时候解封", "亲戚能来看我吗，能不能进小区", "从外地回来要报备吗",
                              "问 快递能不能送到楼下"};
constexpr std::array answers = {"按社区公告，登记就可以", "每天两次，上午下午各一次", "先打社区电话报备",
                                "可以，戴好口罩"};

/// The line that begins with "1 " in a list, up to its colon: the first point's name.
std::string first_name(const std::string& text) {
  auto line = text.find("\n1 ");
  if (line == text.npos) return {};
  auto end = text.find("：", line);
  return end == text.npos ? std::string() : text.substr(line + 3, end - line - 3);
}

}  // namespace

void Rounds::sometime(int from_hour, int until_hour, Person& person, std::string text) {
  later(person, chance_.minutes(from_hour * 60, until_hour * 60), std::move(text));
}

void Rounds::later(Person& person, Seconds after, std::string text) {
  scene_.after(after, [this, &person, text = std::move(text)] {
    if (!person.onlooker && person.away_until <= scene_.now()) scene_.say(person, text);
  });
}

void Rounds::plan_day() {
  auto& chance = chance_;
  for (auto& person : scene_.people()) {
    if (person->onlooker) continue;
    if (person->holds(Role::patroller)) {
      for (int hour : {7, 11, 15, 18}) {
        if (chance.in(85)) sometime(hour, hour + 3, *person, "巡访");
      }
      if (chance.in(80)) sometime(9, 19, *person, chance.of(alone));
    }
    if (person->holds(Role::grid_leader) && chance.in(15)) sometime(8, 19, *person, "巡访");
    bool inspector = person->holds(Role::instructor) || person->holds(Role::publicist);
    if (inspector && chance.in(80)) sometime(9, 17, *person, "督查");
    if (inspector && chance.in(30)) sometime(10, 19, *person, "复查");
    if (person->home && chance.in(0.8)) sometime(8, 20, *person, chance.of(how_to));
    if (person->home && chance.in(0.5)) sometime(8, 20, *person, chance.of(rules));
  }
}

void Rounds::hears(Person& person, const Heard& heard) {
  if (person.onlooker) return;
  const std::string& id = heard.id;
  if (id.starts_with("patrol") || id.starts_with("finding.")) return walk(person, heard);
  if (id.starts_with("inspection.") || id.starts_with("rectification.")) return inspect(person, heard);
  if (id.starts_with("guidance.") || id.starts_with("question.")) return ask(person, heard);
}

void Rounds::walk(Person& person, const Heard& heard) {
  auto& chance = chance_;
  const std::string& id = heard.id;
  if (id == "patrol.ask_site") return later(person, chance.seconds(5, 60), "1");
  if (id == "patrol.ask_where") return later(person, chance.seconds(5, 60), "1号楼后面");
  if (id == "patrol.at_point") return later(person, chance.seconds(5, 60), "1");
  if (id == "finding.your_done" || id == "finding.your_done_again") {
    if (chance.in(85)) later(person, chance.minutes(5, 300), chance.in(65) ? "1" : "2");
    return;
  }
  bool on_round = id == "patrol.round" || id == "patrol.round_on";
  if (!on_round || !scene_.bot().up()) return;
  if (chance.in(5)) return;                                                  // called away
  if (chance.in(4)) return later(person, chance.seconds(20, 90), "走完了");  // the rest is missed
  if (chance.in(8)) return later(person, chance.minutes(2, 9), chance.of(findings));
  std::string name = first_name(heard.text);
  for (auto& point : scene_.house().ledgers().patrol.below("/")) {
    if (point.name != name) continue;
    bool placed = chance.in(60), named = chance.in(50);
    Seconds walking = chance.minutes(2, 9);
    if (placed) {
      auto place = point.place;
      return scene_.after(walking, [this, &person, place] { scene_.place(person, place.lat, place.lon); });
    }
    return later(person, walking, named || point.code_word.empty() ? "1正常" : point.code_word);
  }
}

void Rounds::inspect(Person& person, const Heard& heard) {
  auto& chance = chance_;
  const std::string& id = heard.id;
  if (id == "inspection.ask_site") return later(person, chance.seconds(5, 60), "1");
  if (id == "inspection.what") return later(person, chance.seconds(10, 90), chance.of(shortcomings));
  if (id == "inspection.item") {
    if (chance.in(2)) return;  // called away: ends with what was looked at
    const char* said = chance.in(18)  ? chance.of(shortcomings)
                       : chance.in(4) ? "2"
                       : chance.in(4) ? "都好"
                       : chance.in(2) ? "全好"
                                      : "1";
    return later(person, chance.seconds(20, 240), said);
  }
  if (id == "rectification.your_done" || id == "rectification.your_done_again") {
    if (chance.in(75)) later(person, chance.minutes(5, 400), chance.in(70) ? "1" : "2");
    return;
  }
  if (id != "inspection.recheck_list") return;
  auto digit = heard.text.find_first_of("0123456789");
  if (digit == heard.text.npos) return;
  auto number = heard.text.substr(digit, heard.text.find_first_not_of("0123456789", digit) - digit);
  later(person, chance.minutes(5, 60),
        fmt::format("复查 {} {}", number, chance.in(80) ? "合格" : "还没改好"));
}

void Rounds::ask(Person& person, const Heard& heard) {
  auto& chance = chance_;
  const std::string& id = heard.id;
  if (id == "guidance.menu")
    return later(person, chance.seconds(5, 60), fmt::format("{}", chance.between(1, 4)));
  if (id == "guidance.step") {
    if (chance.in(85)) later(person, chance.seconds(10, 90), chance.in(80) ? "下一步" : "全部");
    return;
  }
  if (id == "question.your_done" || id == "question.your_done_again") {
    if (chance.in(70)) later(person, chance.minutes(2, 300), chance.in(85) ? "1" : "2");
    return;
  }
  bool to_answer = id == "question.staff_offer" || id == "question.staff_reopened" ||
                   id == "question.staff_escalated" || id == "question.staff_reminder";
  if (!to_answer || !heard.task || !scene_.bot().up() || !chance.in(50)) return;
  auto task = scene_.house().ledgers().tasks.find(heard.task);
  if (task) later(person, chance.minutes(2, 60), fmt::format("答 {} {}", task->number, chance.of(answers)));
}

}  // namespace linli::app::simulation
