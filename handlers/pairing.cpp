#include "handlers/pairing.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "handlers/place.hpp"

namespace linli::handlers {

using community::Activity;
using community::Role;
using dialog::TextId;
using dialog::Turn;
using dialog::Values;
using store::CodeLedger;
using store::PairingLedger;

namespace {

constexpr TextId pairs{"pairing.pairs"};
constexpr TextId pairs_none{"pairing.pairs_none"};
constexpr TextId pair_how{"pairing.pair_how"};
constexpr TextId pair_refused{"pairing.pair_refused"};
constexpr TextId paired{"pairing.paired"};
constexpr TextId paired_already{"pairing.paired_already"};
constexpr TextId parted{"pairing.parted"};
constexpr TextId not_paired{"pairing.not_paired"};
constexpr TextId contact_told{"pairing.contact_told"};
constexpr TextId code_how{"pairing.code_how"};
constexpr TextId code_refused{"pairing.code_refused"};
constexpr TextId code_made{"pairing.code_made"};
constexpr TextId enlist_how{"pairing.enlist_how"};
constexpr TextId code_wrong{"pairing.code_wrong"};
constexpr TextId code_locked{"pairing.code_locked"};
constexpr TextId needs_code{"pairing.needs_code"};
constexpr TextId enlisted{"pairing.enlisted"};
constexpr TextId enlisted_already{"pairing.enlisted_already"};
constexpr TextId left{"pairing.left"};
constexpr TextId left_none{"pairing.left_none"};
constexpr TextId board_text{"pairing.board"};
constexpr TextId board_none{"pairing.board_none"};
constexpr TextId thanks_text{"pairing.thanks"};
constexpr TextId thanks_none{"pairing.thanks_none"};
constexpr TextId your_thanks{"pairing.your_thanks"};
constexpr TextId your_thanks_ask{"pairing.your_thanks_ask"};
constexpr TextId named{"pairing.named"};
constexpr TextId unnamed{"pairing.unnamed"};

constexpr TextId all_texts[] = {
    pairs,       pairs_none,      pair_how,     pair_refused, paired,       paired_already,
    parted,      not_paired,      contact_told, code_how,     code_refused, code_made,
    enlist_how,  code_wrong,      code_locked,  needs_code,   enlisted,     enlisted_already,
    left,        left_none,       board_text,   board_none,   thanks_text,  thanks_none,
    your_thanks, your_thanks_ask, named,        unnamed,
};

constexpr int thanks_minute = 8 * 60 + 30;  // of Monday
constexpr std::size_t thank_at_once = 100;  // people told in one turn
constexpr std::size_t longest_list = 12;

/// The Monday of the day's week, `weeks` later.
Day monday(const Zone& zone, Day day, int weeks = 0) {
  using namespace std::chrono;
  weekday today{sys_days{year{day.year} / static_cast<int>(day.month) / static_cast<int>(day.day)}};
  int since = static_cast<int>(today.iso_encoding()) - 1;
  return zone.next_day(day, 7 * weeks - since);
}

/// "站了 3 个班、办成 2 件事、走访 1 户"
std::string outcome_text(const store::Outcomes& done) {
  std::string text;
  auto add = [&](int count, std::string_view before, std::string_view behind) {
    if (count > 0) text += fmt::format("{}{} {} {}", text.empty() ? "" : "、", before, count, behind);
  };
  add(done.shifts, "站了", "个班");
  add(done.tickets, "办成", "件事");
  add(done.visits, "走访", "户");
  return text;
}

/// The digits that stand in the text, blanks between them left out.
std::string digits_in(std::string_view normal) {
  std::string digits;
  for (char c : normal) {
    if (c >= '0' && c <= '9') digits += c;
  }
  return digits;
}

}  // namespace

std::vector<TextId> PairingHandler::texts() const {
  return {std::begin(all_texts), std::end(all_texts)};
}

void PairingHandler::start(Turn& turn) {
  board(turn);
}

bool PairingHandler::command(Turn& turn, const dialog::Command& command) {
  if (command.id == "pair" && command.exact)
    show_pairs(turn);
  else if (command.id == "pair" || command.id == "unpair")
    pair(turn, command.id == "pair");
  else if (command.id == "enlist_code")
    make_code(turn);
  else if (command.id == "enlist")
    enlist(turn);
  else if (command.id == "leave_activity")
    leave(turn);
  else if (command.id == "board")
    board(turn);
  else if (command.id == "thanks")
    thanks(turn);
  else
    name(turn, command.id == "name_me");
  return true;
}

std::string PairingHandler::organisation_name(OrganisationId id) {
  auto found = id ? l_.organisations.find(id) : std::nullopt;
  return found ? found->name : "以个人参加的";
}

std::string PairingHandler::activity_names(bool open_only) {
  std::string names;
  for (const auto& one : rules_.all()) {
    if (open_only && one.enlist == Activity::Enlist::code) continue;
    names += (names.empty() ? "" : "、") + one.name;
  }
  return names;
}

// --- pairs

void PairingHandler::show_pairs(Turn& turn) {
  auto held = l_.appointments.of_person(turn.sender(), turn.now());
  AreaId area = held.empty() ? turn.me().home : held.front().area;
  std::string lines;
  for (const auto& one : area ? l_.pairings.of_area(area) : std::vector<store::Pairing>{})
    lines += fmt::format("\n{} — {}", organisation_name(one.organisation), l_.areas.building_text(one.area));
  turn.say(lines.empty() ? pairs_none : pairs, {{"lines", lines}});
}

/// One that the words name: of those near the area, otherwise of any community's.
std::optional<store::Organisation> PairingHandler::organisation_in(AreaId area, const std::string& normal) {
  auto pick = [&](AreaId near) -> std::optional<store::Organisation> {
    for (auto& one : l_.organisations.by_words(near, normal)) {
      if (normal.find(normalise(one.name)) != normal.npos) return std::move(one);
    }
    return std::nullopt;
  };
  if (auto found = pick(area)) return found;
  for (auto kind : {community::AreaKind::community, community::AreaKind::village}) {
    for (const auto& other : l_.areas.below({}, kind)) {
      if (auto found = pick(other.id)) return found;
    }
  }
  return std::nullopt;
}

/// "结对 惠民超市 和平社区", by the officer on call there.
void PairingHandler::pair(Turn& turn, bool together) {
  const std::string& normal = turn.message().normal;
  auto held = l_.appointments.of_person(turn.sender(), turn.now());
  auto officer = std::ranges::find(held, Role::on_call, &store::Appointment::role);
  if (officer == held.end()) return turn.say(pair_refused);
  auto found = find_any_area(l_.areas, normal, officer->area);
  auto organisation = organisation_in(officer->area, normal);
  bool place = found.area && !found.ambiguous && found.missing.empty();
  if (!organisation || !place) return turn.say(pair_how);
  if (!l_.appointments.responsible(turn.sender(), Role::on_call, found.area->id, turn.now()))
    return turn.say(pair_refused);
  Values said{{"organisation", organisation->name}, {"area", l_.areas.building_text(found.area->id)}};
  if (!together)
    return turn.say(l_.pairings.part(organisation->id, found.area->id, turn.now()) ? parted : not_paired,
                    said);
  if (!l_.pairings.pair(organisation->id, found.area->id, turn.sender(), turn.now()))
    return turn.say(paired_already, said);
  turn.say(paired, said);
  for (const auto& contact : l_.appointments.of_organisation(organisation->id, turn.now())) {
    if (contact.person != turn.sender()) turn.tell(contact.person, contact_told, said);
  }
}

// --- enlisting

/// "入列码 急先锋" by an organisation's contact, "入列码 惠民超市 急先锋" by the officer on call over it.
void PairingHandler::make_code(Turn& turn) {
  const std::string& normal = turn.message().normal;
  const Activity* activity = rules_.named(normal);
  auto held = l_.appointments.of_person(turn.sender(), turn.now());
  OrganisationId own;
  AreaId office;
  for (const auto& one : held) {
    if (one.organisation) own = one.organisation;
    if (one.role == Role::on_call) office = one.area;
  }
  if (!own && !office) return turn.say(code_refused);
  auto organisation = own ? l_.organisations.find(own) : organisation_in(office, normal);
  if (!activity || !organisation) return turn.say(code_how, {{"activities", activity_names(false)}});
  bool may = own || l_.appointments.responsible(turn.sender(), Role::on_call, organisation->area, turn.now());
  if (!may) return turn.say(code_refused);
  std::string code =
      l_.codes.create_enlist(organisation->area, fmt::format("{}:{}", activity->id, organisation->id.value),
                             turn.sender(), turn.now());
  turn.say(code_made, {{"organisation", organisation->name},
                       {"activity", activity->name},
                       {"code", code.substr(0, 4) + " " + code.substr(4)}});
}

void PairingHandler::enlist(Turn& turn) {
  const std::string& normal = turn.message().normal;
  std::string digits = digits_in(normal);
  if (!digits.empty()) return enlist_by_code(turn, digits);
  const Activity* activity = rules_.named(normal);
  if (!activity) return turn.say(enlist_how, {{"activities", activity_names(true)}});
  auto held = l_.appointments.of_person(turn.sender(), turn.now());
  bool staff = std::ranges::any_of(held, [](const auto& one) { return one.role != Role::volunteer; });
  bool may =
      activity->enlist == Activity::Enlist::anybody || (activity->enlist == Activity::Enlist::staff && staff);
  if (!may) return turn.say(needs_code, {{"activity", activity->name}});
  OrganisationId own;
  for (const auto& one : held) {
    if (one.organisation) own = one.organisation;
  }
  enlist_for(turn, *activity, own);
}

/// The same five tries in a day as for any other code.
void PairingHandler::enlist_by_code(Turn& turn, const std::string& digits) {
  int tries = l_.codes.wrong_tries(turn.sender(), turn.now());
  if (tries >= CodeLedger::most_tries) return turn.say(code_locked);
  auto code = l_.codes.find(digits, turn.now());
  auto colon = code ? code->role.find(':') : std::string::npos;
  bool good = code && code->purpose == CodeLedger::enlist && colon != std::string::npos;
  const Activity* activity = good ? rules_.of(std::string_view(code->role).substr(0, colon)) : nullptr;
  if (!activity) {
    l_.codes.record_wrong_try(turn.sender(), turn.now());
    return turn.say(code_wrong, {{"left", std::to_string(CodeLedger::most_tries - tries - 1)}});
  }
  l_.codes.use(*code, turn.sender(), turn.now());
  OrganisationId organisation;
  std::from_chars(code->role.data() + colon + 1, code->role.data() + code->role.size(), organisation.value);
  enlist_for(turn, *activity, organisation);
}

void PairingHandler::enlist_for(Turn& turn, const Activity& activity, OrganisationId organisation) {
  Values said{{"activity", activity.name},
              {"organisation", organisation ? "，算" + organisation_name(organisation) + "的" : ""}};
  bool added = l_.pairings.enlist({0, turn.sender(), organisation, activity.id, turn.now()});
  turn.say(added ? enlisted : enlisted_already, said);
}

void PairingHandler::leave(Turn& turn) {
  auto mine = l_.pairings.of_person(turn.sender());
  const Activity* activity = rules_.named(turn.message().normal);
  if (!activity && mine.size() == 1) activity = rules_.of(mine.front().activity);
  if (!activity || !l_.pairings.leave(turn.sender(), activity->id, turn.now())) return turn.say(left_none);
  turn.say(left, {{"activity", activity->name}});
}

// --- boards

std::string PairingHandler::board_lines(const Activity& activity, Time from, Time until, std::size_t most) {
  std::string lines;
  std::size_t rank = 0;
  for (auto row : l_.pairings.board(activity.id, from, until)) {
    if (rank == most) break;
    if (!activity.shifts) row.done.shifts = 0;
    if (!activity.tickets) row.done.tickets = 0;
    if (!activity.visits) row.done.visits = 0;
    std::string done = outcome_text(row.done);
    lines += fmt::format("\n{}. {} {} 人{}{}", ++rank, organisation_name(row.organisation), row.members,
                         done.empty() ? "，还没有" : "，" + done,
                         row.paired > 0 ? fmt::format("（结对的地方 {} 件）", row.paired) : "");
  }
  return lines;
}

/// This month, or "上周", "本周", "上月"; one activity, or the first few of each.
void PairingHandler::board(Turn& turn) {
  const std::string& normal = turn.message().normal;
  auto has = [&](std::string_view word) { return normal.find(word) != normal.npos; };
  Day today = turn.zone().day(turn.now());
  Day from = today, until = turn.zone().next_day(today);
  from.day = 1;
  std::string span = "本月";
  if (has("本周") || has("这周")) from = monday(turn.zone(), today), span = "本周";
  if (has("上周")) from = monday(turn.zone(), today, -1), until = monday(turn.zone(), today), span = "上周";
  if (has("上月") || has("上个月")) {
    until = from;
    from = turn.zone().next_day(from, -1);
    from.day = 1;
    span = "上月";
  }
  Time since = turn.zone().at(from, 0), to = turn.zone().at(until, 0);
  const Activity* only = rules_.named(normal);
  std::string lines;
  for (const auto& activity : rules_.all()) {
    if (only && &activity != only) continue;
    std::string rows = board_lines(activity, since, to, only ? longest_list : 3);
    if (!rows.empty()) lines += "\n【" + activity.name + "】" + rows;
  }
  turn.say(lines.empty() ? board_none : board_text, {{"span", span}, {"lines", lines}});
}

// --- thanks

void PairingHandler::thanks(Turn& turn) {
  auto held = l_.appointments.of_person(turn.sender(), turn.now());
  AreaId near = held.empty() ? turn.me().home : held.front().area;
  auto whole = l_.areas.above(near, community::AreaKind::community);
  AreaId area = whole ? whole->id : near;
  Day today = turn.zone().day(turn.now());
  Time from = turn.zone().at(monday(turn.zone(), today, -1), 0),
       until = turn.zone().at(monday(turn.zone(), today), 0);
  std::string lines;
  std::size_t shown = 0, more = 0;
  for (const auto& one : area ? l_.pairings.thanks(area, from, until) : std::vector<store::Thanks>{}) {
    if (++shown > longest_list) {
      ++more;
      continue;
    }
    std::string who = one.name.empty() ? "一位志愿者" : one.name;
    if (one.organisation) who += "（" + organisation_name(one.organisation) + "）";
    lines += fmt::format("\n{}：{}", who, outcome_text(one.done));
  }
  if (more > 0) lines += fmt::format("\n……还有 {} 位", more);
  turn.say(lines.empty() ? thanks_none : thanks_text,
           {{"area", area ? l_.areas.building_text(area) : ""}, {"lines", lines}});
}

void PairingHandler::name(Turn& turn, bool agreed) {
  bool holds = l_.consents.holds(turn.sender(), PairingLedger::named, PairingLedger::version, turn.now());
  if (agreed && !holds)
    l_.consents.grant(
        turn.sender(),
        {std::string(PairingLedger::named), std::string(PairingLedger::version), {}, turn.now(), {}});
  if (!agreed) l_.consents.withdraw(turn.sender(), PairingLedger::named, {}, turn.now());
  turn.say(agreed ? named : unnamed);
}

void PairingHandler::answer_ask(Turn& turn, std::int64_t ref, std::string_view digit) {
  turn.around().asks.drop(turn.sender(), topic(), ref);
  name(turn, digit == "1");
}

/// Whether they want to be named is asked once in a life, with the first thanks.
void PairingHandler::thank(Turn& turn, const store::Thanks& one) {
  Values said{{"done", outcome_text(one.done)}};
  bool asked = l_.consents.holds(one.person, PairingLedger::asked, PairingLedger::version, turn.now()) ||
               l_.consents.holds(one.person, PairingLedger::named, PairingLedger::version, turn.now());
  dialog::Tell how{.keep = Seconds{3 * 86400}, .prompt = true};
  how.dedupe =
      fmt::format("thanks:{}:{}", turn.zone().iso_day(turn.zone().day(turn.now())), one.person.value);
  if (!asked) {
    how.accepts = "1 2";
    how.topic = topic();
    how.ref = one.person.value;
    how.hint = "署名 / 不署名";
  }
  auto told = turn.try_tell(one.person, asked ? your_thanks : your_thanks_ask, said, how);
  if (!asked && told == dialog::Told::said)
    l_.consents.grant(
        one.person,
        {std::string(PairingLedger::asked), std::string(PairingLedger::version), {}, turn.now(), {}});
}

void PairingHandler::due(Turn& turn, const store::Due& due) {
  Day today = turn.zone().day(turn.now());
  auto roots = l_.areas.below({}, community::AreaKind::district);
  Time from = turn.zone().at(monday(turn.zone(), today, -1), 0),
       until = turn.zone().at(monday(turn.zone(), today), 0);
  auto people =
      roots.empty() ? std::vector<store::Thanks>{} : l_.pairings.thanks(roots.front().id, from, until);
  std::erase_if(people, [&](const store::Thanks& one) { return one.person.value <= due.ref; });
  std::size_t told = 0;
  for (const auto& one : people) {
    if (told++ == thank_at_once) break;
    thank(turn, one);
  }
  if (people.size() > thank_at_once) {
    turn.around().dues.set(
        {due.key, turn.now() + Seconds{2}, due.topic, people[thank_at_once - 1].person.value, {}});
  } else {
    schedule_thanks(turn.around().dues, turn.zone(), turn.now());
  }
}

void schedule_thanks(store::DueLedger& dues, const Zone& zone, Time now) {
  Day day = monday(zone, zone.day(now));
  if (zone.at(day, thanks_minute) <= now) day = zone.next_day(day, 7);
  dues.set_once({"thanks:" + zone.iso_day(day), zone.at(day, thanks_minute), "pairing", 0, {}});
}

}  // namespace linli::handlers
