// Looking: one's own, and for officers on call whoever serves below them.
#include "handlers/assessment.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "bot/community/bulletin.hpp"
#include "handlers/assessment_texts.hpp"
#include "handlers/command_rest.hpp"

namespace linli::handlers {

using community::Area;
using community::AreaKind;
using community::Role;
using community::Standing;
using dialog::Turn;

namespace {

constexpr std::size_t longest = 12;  // numbers in one line, faults in one message
constexpr Seconds four_weeks{28 * 24 * 3600};

std::string title_of(const std::string& kind) {
  auto known = community::task_kind(kind);
  return known ? std::string(community::title(*known)) : std::string();
}

/// "12、15、18 号"; the first dozen.
std::string numbers_text(const std::vector<std::int64_t>& numbers) {
  std::string text;
  for (std::size_t i = 0; i < numbers.size() && i < longest; ++i)
    text += fmt::format("{}{}", i ? "、" : "", numbers[i]);
  return text.empty() ? text : text + (numbers.size() > longest ? " 等" : " 号");
}

std::string_view what_text(const std::string& what) {
  if (what == "late") return "迟到";
  if (what == "missing") return "缺岗";
  if (what == "unanswered") return "送到了没回应";
  if (what == "reopened") return "报办好后居民说没解决";
  return "接了没按时办完";
}

}  // namespace

void schedule_assessment(store::DueLedger& dues, const Zone& zone, Time now,
                         const community::AssessmentRules& rules) {
  auto week = community::week_of(zone, now);
  Time at = zone.at(zone.day(week.from), rules.tell_minute);
  if (at <= now) at = zone.at(zone.next_day(zone.day(week.from), 7), rules.tell_minute);
  dues.set_once({"round:assessment:" + zone.iso_day(zone.day(at)), at, "assessment", 0, "look_through"});
}

std::vector<dialog::TextId> AssessmentHandler::texts() const {
  return {std::begin(assessment::all), std::end(assessment::all)};
}

bool AssessmentHandler::command(Turn& turn, const dialog::Command& command) {
  const std::string& normal = turn.message().normal;
  auto words = [&] { return command.exact ? std::string() : std::string(behind_command(normal)); };
  if (command.id == "my_assessment") return mine(turn, words()), true;
  if (command.id == "assessment") return look(turn, words());
  if (command.id == "object_to_assessment") return object(turn, command), true;
  if (command.id == "confirm" || command.id == "reject") return judge(turn, command);
  return decide(turn, command);
}

/// "本年", "上周", taken out of the words; the last four weeks if nothing is said.
AssessmentHandler::Span AssessmentHandler::take_span(Turn& turn, std::string& words) {
  auto take = [&](std::string_view word) {
    auto at = words.find(word);
    if (at == words.npos) return false;
    words.erase(at, word.size());
    return true;
  };
  auto running = community::week_of(turn.zone(), turn.now());
  if (take("上周")) {
    auto week = community::week_before(turn.zone(), running);
    return {week.from, week.until, "上周"};
  }
  if (take("本年") || take("今年") || take("全年")) {
    Day first{turn.zone().day(turn.now()).year, 1, 1};
    return {turn.zone().at(first, 0), turn.now(), "本年"};
  }
  return {running.from - four_weeks, turn.now(), "最近四周"};
}

void AssessmentHandler::mine(Turn& turn, std::string words) {
  Span span = take_span(turn, words);
  auto items = l_.assessments.of_person(turn.sender(), span.from, span.until);
  if (items.empty()) return turn.say(assessment::mine_none, {{"span", span.words}});
  turn.say(assessment::mine, {{"span", span.words},
                              {"score", score_text(items, turn.now() + rules_.seen_first)},
                              {"lines", explained(turn, items, false)},
                              {"decisions", decisions_text(turn, turn.sender())}});
}

/// Areas in which the sender is on call, the larger ones first.
std::vector<Area> AssessmentHandler::offices(Turn& turn) {
  std::vector<Area> own;
  for (const auto& held : l_.appointments.of_person(turn.sender(), turn.now())) {
    if (held.role != Role::on_call) continue;
    if (auto area = l_.areas.find(held.area)) own.push_back(*area);
  }
  std::ranges::stable_sort(own, {}, [](const Area& area) { return area.path.size(); });
  return own;
}

/// Whoever serves in or below these areas and is called so; not the sender, and not who is on call at the
/// same place.
std::vector<AssessmentHandler::Somebody> AssessmentHandler::find_people(Turn& turn,
                                                                        const std::vector<Area>& own,
                                                                        std::string_view name) {
  std::vector<Somebody> found;
  for (const Area& area : own) {
    for (const auto& held : l_.appointments.below(area.id, turn.now())) {
      if (held.person == turn.sender() || (held.area == area.id && held.role == Role::on_call)) continue;
      auto person = l_.people.find(held.person);
      if (!person || person->name.empty() || !name.starts_with(normalise(person->name))) continue;
      bool there = std::ranges::any_of(found, [&](const Somebody& one) { return one.person == held.person; });
      if (there) continue;
      std::string office = l_.areas.building_text(held.area) + std::string(community::title(held.role));
      std::string rest(name.substr(normalise(person->name).size()));
      std::erase(rest, ' ');
      std::string plain = normalise(office);
      std::erase(plain, ' ');
      if (rest.empty() || plain.find(rest) != plain.npos)
        found.push_back({held.person, person->name, office});
    }
  }
  return found;
}

/// "考核", "考核 青槐街道 本年", "考核 张三", "考核 张三 上周".
bool AssessmentHandler::look(Turn& turn, std::string words) {
  auto own = offices(turn);
  if (own.empty()) return turn.say(assessment::refused), true;
  Span span = take_span(turn, words);
  std::string wanted = normalise(words);
  if (wanted.empty()) return show_area(turn, own.front(), span), true;
  for (AreaKind kind :
       {AreaKind::district, AreaKind::street, AreaKind::township, AreaKind::community, AreaKind::village}) {
    for (const Area& area : l_.areas.below({}, kind)) {
      if (normalise(area.name) != wanted) continue;
      bool may =
          std::ranges::any_of(own, [&](const Area& above) { return area.path.starts_with(above.path); });
      if (may) return show_area(turn, area, span), true;
      return turn.say(assessment::refused_there, {{"where", area.name}}), true;
    }
  }
  auto people = find_people(turn, own, wanted);
  if (people.empty()) return turn.say(assessment::who_how), true;
  if (people.size() == 1) return show_person(turn, people.front(), span), true;
  std::string lines;
  for (const Somebody& one : people) lines += fmt::format("\n考核 {} {}", one.name, one.office);
  turn.say(assessment::several, {{"lines", lines}});
  return true;
}

/// "北门 3月4日 06:00 的班", "求助 12 号".
std::string AssessmentHandler::owed(Turn& turn, const store::KeptItem& item) {
  if (item.item.shift) return fmt::format("{} {} 的班", item.post, turn.zone().date_time_text(item.item.at));
  return fmt::format("{} {} 号", title_of(item.kind), item.task_number);
}

std::string AssessmentHandler::fault_line(Turn& turn, const store::KeptItem& item, bool to_superior) {
  std::string line = fmt::format("{}{}", owed(turn, item), what_text(item.item.what));
  if (item.item.proof == "report")
    line += fmt::format("（{} 平台回报已送到）", turn.zone().date_time_text(*item.item.proved_at));
  if (item.item.standing == Standing::removed) return line + "：异议成立，已去掉";
  if (item.objection && !item.decided_at) line += "（有异议，正在核）";
  if (item.decided_at) line += "（异议核过，维持）";
  bool waits = !item.visible_at || *item.visible_at > turn.now();
  if (!to_superior && waits) line += "（现在只有您看得到）";
  return line;
}

/// What superiors do not see yet does not count either.
std::string AssessmentHandler::score_text(const Items& items, Time visible_at) {
  community::Tally tally{};
  for (const auto& kept : items) {
    bool hidden =
        kept.item.standing == Standing::fault && (!kept.visible_at || *kept.visible_at > visible_at);
    if (!hidden)
      ++tally[static_cast<std::size_t>(kept.item.outcome)][static_cast<std::size_t>(kept.item.standing)];
  }
  auto points = community::score(tally, rules_);
  return points ? fmt::format("{} 分", *points) : "没有可评的事项";
}

std::string AssessmentHandler::explained(Turn& turn, const Items& items, bool to_superior) {
  std::string text;
  for (std::size_t i = 0; i < community::outcomes; ++i) {
    auto outcome = static_cast<community::Outcome>(i);
    std::vector<std::int64_t> numbers;
    int good = 0;
    for (const auto& kept : items) {
      if (kept.item.outcome != outcome || kept.item.standing != Standing::good) continue;
      ++good;
      if (kept.task_number) numbers.push_back(kept.task_number);
    }
    if (good == 0) continue;
    std::string which = numbers_text(numbers);
    text += fmt::format("\n{} {} 次{}", community::title(outcome), good,
                        which.empty() ? "" : "（" + which + "）");
  }
  std::size_t shown = 0;
  for (const auto& kept : items) {
    bool fault = kept.item.standing == Standing::fault || kept.item.standing == Standing::removed;
    if (!fault) continue;
    bool hidden =
        kept.item.standing == Standing::fault && (!kept.visible_at || *kept.visible_at > turn.now());
    if ((to_superior && hidden) || ++shown > longest) continue;
    text += fmt::format("\n{}. {}", kept.number, fault_line(turn, kept, to_superior));
  }
  constexpr std::pair<Standing, std::string_view> not_counted[] = {
      {Standing::excused, "有因，不算"},
      {Standing::undelivered, "没能证实送到，不算"},
      {Standing::handed_over, "退回或转交，不算"}};
  for (const auto& [standing, words] : not_counted) {
    std::string some;
    std::size_t count = 0;
    for (const auto& kept : items) {
      if (kept.item.standing != standing || ++count > longest) continue;
      some += (some.empty() ? "" : "、") + owed(turn, kept);
    }
    if (count > 0)
      text += fmt::format("\n{}：{}{}", words, some, count > longest ? fmt::format("等 {} 件", count) : "");
  }
  return text;
}

std::string AssessmentHandler::decisions_text(Turn& turn, PersonId person) {
  std::string text;
  Day first{turn.zone().day(turn.now()).year, 1, 1};
  for (const auto& decision : l_.assessments.decisions(person, turn.zone().at(first, 0))) {
    std::string_view kind = decision.kind == "praise"      ? "表扬"
                            : decision.kind == "criticism" ? "批评"
                                                           : "调整";
    auto by = l_.people.find(decision.by);
    text += fmt::format("\n{} {}：{}（{}）", turn.zone().date_time_text(decision.at), kind, decision.reason,
                        by ? by->name : "");
  }
  return text;
}

void AssessmentHandler::show_person(Turn& turn, const Somebody& whom, const Span& span) {
  auto items = l_.assessments.of_person(whom.person, span.from, span.until);
  dialog::Values said{{"name", whom.name}, {"office", whom.office}, {"span", span.words}};
  if (items.empty()) return turn.say(assessment::person_none, said);
  said.emplace_back("score", score_text(items, turn.now()));
  said.emplace_back("lines", explained(turn, items, true));
  said.emplace_back("decisions", decisions_text(turn, whom.person));
  turn.say(assessment::person, said);
}

/// The area's score, and those of the areas right below it; people only by how many items stand behind it.
void AssessmentHandler::show_area(Turn& turn, const Area& area, const Span& span) {
  auto items = l_.assessments.below(area.path, span.from, span.until);
  if (items.empty()) return turn.say(assessment::area_none, {{"where", area.name}, {"span", span.words}});
  auto counted = [&](const Items& some) {
    return std::ranges::count_if(some, [&](const store::KeptItem& kept) {
      bool seen = kept.visible_at && *kept.visible_at <= turn.now();
      return kept.item.standing == Standing::good || (kept.item.standing == Standing::fault && seen);
    });
  };
  std::string lines;
  for (const Area& child : l_.areas.children(area.id)) {
    if (child.kind > AreaKind::village) continue;
    auto some = l_.assessments.below(child.path, span.from, span.until);
    lines += fmt::format("\n{} {}（{} 件）", child.name, score_text(some, turn.now()), counted(some));
  }
  turn.say(assessment::area, {{"where", area.name},
                              {"span", span.words},
                              {"score", score_text(items, turn.now())},
                              {"count", std::to_string(counted(items))},
                              {"lines", lines}});
}

}  // namespace linli::handlers
