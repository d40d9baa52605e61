#include "handlers/bulletin.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "bot/store/due_ledger.hpp"
#include "handlers/bulletin_texts.hpp"
#include "handlers/command_rest.hpp"

namespace linli::handlers {

using community::Area;
using community::AreaKind;
using community::Erratum;
using community::Week;
using dialog::Turn;

namespace {

constexpr std::string_view round_key = "round:bulletin:";
constexpr Seconds errata_apart{600};  // counting a week again takes its time: one week at once
constexpr Seconds keep_told{3 * 24 * 3600};
constexpr std::size_t most_errata = 5;
constexpr std::string_view nothing_yet = "\n还没有可数的记录。";

/// "上周", "本周", "2026-W10", "第10周" (of this year), taken out of the words; this week if nothing is said.
std::optional<Week> take_week(std::string& words, const Zone& zone, Time now) {
  Week running = community::week_of(zone, now);
  auto take = [&](std::string_view word) {
    auto at = words.find(word);
    if (at == words.npos) return false;
    words.erase(at, word.size());
    return true;
  };
  if (take("上上周")) return community::week_before(zone, community::week_before(zone, running));
  if (take("上周")) return community::week_before(zone, running);
  if (take("本周") || take("这周")) return running;
  if (auto at = words.find("-w");
      at != words.npos && at >= 4 && words.size() >= at + 4) {  // normalised: lower case
    std::string name = words.substr(at - 4, 4) + "-W" + words.substr(at + 2, 2);
    words.erase(at - 4, 8);
    auto week = community::parse_week(zone, name);
    return week && week->from <= now ? std::optional<Week>(*week) : std::nullopt;
  }
  auto from = words.find("第"), until = words.find("周", from == words.npos ? 0 : from);
  if (from == words.npos || until == words.npos) return running;
  std::string number =
      words.substr(from + std::string_view("第").size(), until - from - std::string_view("第").size());
  words.erase(from, until + std::string_view("周").size() - from);
  std::erase(number, ' ');
  if (number.empty() || number.size() > 2 || number.find_first_not_of("0123456789") != number.npos)
    return std::nullopt;
  auto week = community::parse_week(zone, fmt::format("{}-W{:0>2}", running.name.substr(0, 4), number));
  return week && week->from <= now ? std::optional<Week>(*week) : std::nullopt;
}

std::string days_text(const Zone& zone, Time from, Time until) {
  auto day = [&](Time at) {
    std::string text = zone.date_time_text(at);
    return text.substr(0, text.find(' '));
  };
  return day(from) + "到" + day(until - Seconds{1});
}

}  // namespace

void schedule_bulletin(store::DueLedger& dues, const Zone& zone, Time now,
                       const community::BulletinRules& rules) {
  Week week = community::week_of(zone, now);
  Time at = zone.at(zone.day(week.from), rules.issue_minute);
  if (at <= now) at = zone.at(zone.next_day(zone.day(week.from), 7), rules.issue_minute);
  dues.set_once({std::string(round_key) + zone.iso_day(zone.day(at)), at, "bulletin", 0, "issue"});
}

std::vector<dialog::TextId> BulletinHandler::texts() const {
  return {std::begin(bulletin::all), std::end(bulletin::all)};
}

/// Areas with a line of their own in which the sender holds an office that may ask; the larger ones first.
std::vector<Area> BulletinHandler::own_areas(Turn& turn) {
  std::vector<Area> own;
  for (const auto& held : l_.appointments.of_person(turn.sender(), turn.now())) {
    if (std::ranges::find(rules_.may_ask, held.role) == rules_.may_ask.end()) continue;
    auto area = l_.areas.find(held.area);
    if (!area || area->kind > AreaKind::village) continue;
    if (std::ranges::find(own, area->id, &Area::id) == own.end()) own.push_back(*area);
  }
  std::ranges::stable_sort(own, {}, [](const Area& area) { return area.path.size(); });
  return own;
}

void BulletinHandler::refuse(Turn& turn) {
  turn.say(bulletin::refused);
}

void BulletinHandler::start(Turn& turn) {
  auto own = own_areas(turn);
  if (own.empty()) return refuse(turn);
  show(turn, own, {});
}

/// "周通报", "周通报 上周", "周通报 青槐街道 上周", "周通报 2026-W10".
bool BulletinHandler::command(Turn& turn, const dialog::Command& command) {
  auto own = own_areas(turn);
  const std::string& normal = turn.message().normal;
  if (own.empty()) return refuse(turn), true;
  std::string asked = normal.starts_with("上周") ? "上周" : "";
  if (!command.exact) {
    auto rest = normal.find_first_of(" ,:");
    asked += rest == normal.npos ? std::string(behind_command(normal)) : normal.substr(rest + 1);
  }
  show(turn, own, asked);
  return true;
}

std::optional<Area> BulletinHandler::find_area(std::string_view name) {
  std::string wanted = normalise(name);
  for (AreaKind kind :
       {AreaKind::district, AreaKind::street, AreaKind::township, AreaKind::community, AreaKind::village}) {
    for (const Area& area : l_.areas.below({}, kind)) {
      if (normalise(area.name) == wanted || normalise(area.code) == wanted) return area;
    }
  }
  return std::nullopt;
}

void BulletinHandler::show(Turn& turn, const std::vector<Area>& own, std::string_view asked) {
  std::string words(asked);
  auto week = take_week(words, turn.zone(), turn.now());
  if (!week) return turn.say(bulletin::no_week);
  std::string place = normalise(words);
  Area area = own.front();
  if (!place.empty()) {
    auto found = find_area(place);
    if (!found) return turn.say(bulletin::where_how, {{"place", area.name}});
    bool may =
        std::ranges::any_of(own, [&](const Area& above) { return found->path.starts_with(above.path); });
    if (!may) return turn.say(bulletin::refused_there, {{"where", found->name}});
    area = *found;
  }
  if (week->until > turn.now()) return show_running(turn, *week, area);
  show_past(turn, *week, area);
}

std::optional<community::Bulletin> BulletinHandler::kept(std::string_view week, bool& is_issued,
                                                         Time& until) {
  auto kept = l_.bulletins.find(week);
  if (!kept) throw store::StorageError(11, kept.error().text);
  if (!*kept) return std::nullopt;
  auto read = community::read_bulletin((*kept)->body);
  if (!read) throw store::StorageError(11, read.error().text);
  is_issued = (*kept)->issued_at.has_value();
  until = (*kept)->until;
  return std::move(*read);
}

community::Bulletin BulletinHandler::count(Turn& turn, const Week& week, Time until) {
  return community::make_bulletin(l_.bulletins.facts(turn.zone(), levels_, week, until), turn.zone());
}

dialog::Values BulletinHandler::values(Turn& turn, const Bulletin& bulletin, const Area& area) {
  auto words = community::words_of(bulletin, area.code);
  auto week = community::parse_week(turn.zone(), bulletin.week);
  std::string number = bulletin.week.substr(bulletin.week.size() - 2);
  if (number.front() == '0') number.erase(0, 1);
  return {{"where", area.name},
          {"number", number},
          {"days", week ? days_text(turn.zone(), week->from, week->until) : std::string()},
          {"lines", words.lines.empty() ? std::string(nothing_yet) : words.lines},
          {"children", words.children}};
}

/// What was counted a moment ago is shown again: counting looks at every check-in of the week.
void BulletinHandler::show_running(Turn& turn, const Week& week, const Area& area) {
  bool is_issued = false;
  Time until{};
  auto draft = kept(week.name, is_issued, until);
  if (!draft || until + rules_.draft_for <= turn.now()) {
    draft = count(turn, week, turn.now());
    until = turn.now();
    l_.bulletins.keep({week.name, until, std::nullopt, community::canonical_json(*draft), {}});
  }
  auto said = values(turn, *draft, area);
  said.emplace_back("until", turn.zone().date_time_text(until));
  turn.say(bulletin::so_far, said);
}

void BulletinHandler::show_past(Turn& turn, const Week& week, const Area& area) {
  bool is_issued = false;
  Time until{};
  auto past = kept(week.name, is_issued, until);
  if (!past || !is_issued)
    return turn.say(bulletin::not_issued, values(turn, count(turn, week, week.until), area));
  turn.say(bulletin::past, values(turn, *past, area));
  std::string errata = errata_lines(*past, l_.bulletins.errata(week.name), area, most_errata);
  if (!errata.empty()) turn.say(bulletin::corrected, {{"lines", errata}});
}

std::vector<BulletinHandler::Reader> BulletinHandler::readers(Time now) {
  std::vector<Reader> found;
  for (community::Role role : rules_.told) {
    for (const auto& held : l_.appointments.all(role, now)) {
      auto area = l_.areas.find(held.area);
      bool wanted = area && std::ranges::find(rules_.told_in, area->kind) != rules_.told_in.end();
      if (wanted) found.push_back({held.person, *area});
    }
  }
  return found;
}

void BulletinHandler::due(Turn& turn, const store::Due& due) {
  const Zone& zone = turn.zone();
  if (due.data == "issue") {
    // By when it was due, not by now: after days without the house no week is left out.
    schedule_bulletin(turn.around().dues, zone, due.at, rules_);
    return issue(turn, community::week_before(zone, community::week_of(zone, due.at)));
  }
  auto week = community::parse_week(zone, due.data);
  if (week) look_for_errata(turn, *week);
}

void BulletinHandler::issue(Turn& turn, const Week& week) {
  auto bulletin = count(turn, week, week.until);
  if (auto wrong = community::wrong_sum(bulletin); !wrong.empty())
    throw store::StorageError(11, "the bulletin does not add up: " + wrong);
  if (!l_.bulletins.keep({week.name, week.until, turn.now(), community::canonical_json(bulletin), {}}))
    return;
  for (const Reader& reader : readers(turn.now())) {
    turn.tell(
        reader.person, bulletin::issued, values(turn, bulletin, reader.area),
        {.dedupe = fmt::format("bulletin:{}:{}:{}", week.name, reader.person.value, reader.area.id.value),
         .keep = keep_told});
  }
  Time at = turn.now();
  for (const auto& earlier : l_.bulletins.issued(rules_.errata_weeks + 1)) {
    if (earlier == week.name) continue;
    at += errata_apart;
    turn.around().dues.set({"bulletin:errata:" + earlier, at, topic().data(), 0, earlier});
  }
}

/// "青槐街道 值守 缺岗：签发时 2，现在 1（...）", a line each.
std::string BulletinHandler::errata_lines(const Bulletin& bulletin, const std::vector<Erratum>& errata,
                                          const Area& area, std::size_t most) {
  auto part = community::part_of(bulletin, area.code);
  std::string lines;
  std::size_t count = 0;
  for (const Erratum& erratum : errata) {
    const auto* line = part.line(erratum.area);
    auto figure = community::figure_index(erratum.figure);
    if (!line || !figure || erratum.was == erratum.is || ++count > most) continue;
    const auto& of = community::figures()[*figure];
    bool span = of.shape != community::Shape::count;
    auto text = [&](std::int64_t n) { return span ? community::span_text(n) : std::to_string(n); };
    lines += fmt::format("\n{} {}{}：签发时 {}，现在 {}（{}）", line->name, of.section, of.title,
                         text(erratum.was), text(erratum.is), erratum.why);
  }
  if (count > most) lines += fmt::format("\n还有 {} 处，见通报文件的“更正”", count - most);
  return lines;
}

void BulletinHandler::look_for_errata(Turn& turn, const Week& week) {
  bool is_issued = false;
  Time until{};
  auto was = kept(week.name, is_issued, until);
  if (!was || !is_issued) return;
  auto found = community::compare(*was, count(turn, week, week.until));
  // A figure that was corrected and is as issued again is an erratum too.
  for (const Erratum& old : l_.bulletins.errata(week.name)) {
    bool still = std::ranges::any_of(
        found, [&](const Erratum& one) { return one.area == old.area && one.figure == old.figure; });
    if (!still) found.push_back({old.week, old.area, old.figure, old.was, old.was, old.why});
  }
  auto fresh = l_.bulletins.add_errata(found, turn.now());
  if (fresh.empty()) return;
  for (const Reader& reader : readers(turn.now())) {
    std::string lines = errata_lines(*was, fresh, reader.area, most_errata);
    if (lines.empty()) continue;
    auto said = values(turn, *was, reader.area);
    said.emplace_back("errata", lines);
    turn.tell(reader.person, bulletin::errata, said, {.keep = keep_told, .optional = true});
  }
}

}  // namespace linli::handlers
