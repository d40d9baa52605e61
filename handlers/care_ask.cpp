// A resident asks that somebody be looked after, the members' list proposes some, and the person agrees or
// not.
#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <map>

#include "bot/community/care_words.hpp"
#include "handlers/care.hpp"
#include "handlers/care_texts.hpp"

namespace linli::handlers {

using community::TaskKind;
using dialog::Answered;
using dialog::Turn;
using store::Care;

namespace {

constexpr std::string_view all_of_them = "都加上", none_of_them = "先不加", show_them = "看看是哪些户";
constexpr std::size_t longest_list = 20;
constexpr std::string_view purpose = "care", version = "1";

}  // namespace

/// "我妈一个人住，能不能每天问一声": where she lives, unless it is said.
void CareHandler::asked(Turn& turn) {
  const std::string& normal = turn.message().normal;
  auto found = l_.areas.find_in_text(normal, turn.me().home);
  bool door = found.area && !found.ambiguous && found.area->kind == community::AreaKind::household;
  if (door) return ask_for(turn, found.area->id, turn.message().text);
  turn.ask(topic(), "detail", care::ask_whose, {{"example", "3号楼2单元501"}});
  turn.remember("field", "whose");
  turn.remember("words", turn.message().text);
}

/// The grid leader decides; until then it is a ticket that climbs like any other.
void CareHandler::ask_for(Turn& turn, AreaId household, const std::string& words) {
  auto known = l_.care.of_household(household);
  bool own = known && (household == turn.me().home || known->asked_by == turn.sender());
  if (own) return turn.say(care::asked_already, values(turn, *known));
  if (!known) {
    Care added{.household = household,
               .state = "asked",
               .categories = rules_.named(words),
               .role = std::string(community::name(rules_.carer)),
               .created_by = turn.sender(),
               .created_at = turn.now(),
               .asked_by = turn.sender()};
    if (added.categories.empty()) added.categories.push_back("alone");
    std::string said = words;
    added.every_days = community::take_interval(said).value_or(rules_.every_days(added.categories));
    l_.care.add(added);
    known = added;
  }
  auto task = desk_.open(
      turn,
      {.kind = TaskKind::care,
       .area = household,
       .household = household,
       .reporter = turn.sender(),
       .text = fmt::format("想请人常问候：{}（安排回“关爱 同意 编号”，不安排回“关爱 不加 编号”）", words),
       .data = {{"care", std::to_string(known->id)}, {"want", "add"}},
       .at_once = true});
  turn.say(care::asked_for,
           {{"number", std::to_string(task.number)}, {"place", l_.areas.building_text(household)}});
}

/// "关爱 同意 5": the number of the ticket or of the row.
void CareHandler::decide(Turn& turn, std::string_view words, bool yes) {
  std::int64_t number = 0;
  std::from_chars(words.data(), words.data() + words.size(), number);
  auto task = number > 0 ? desk_.tasks().find_by_number(number) : std::nullopt;
  std::optional<Care> care;
  if (task && task->kind == TaskKind::care && task->data.contains("want"))
    care = l_.care.find(std::stoll(task->data.at("care")));
  if (!care) care = l_.care.find(number);
  if (!care || care->state != "asked" || !is_officer_of(turn, care->household))
    return turn.say(care::no_request, {{"number", std::to_string(number)}});
  settle(turn, *care);
  if (yes) {
    Wanted asked{care->household, care->categories, care->every_days, {}};
    return put_on(turn, asked, "");
  }
  l_.care.end(care->id, turn.now());
  std::string place = l_.areas.address_text(care->household);
  turn.say(care::not_added, {{"place", place}});
  if (care->asked_by) turn.tell(care->asked_by, care::your_not_added, {{"place", place}});
}

// --- the members' list

/// Households that the members' list knows to need it, as rows not yet added.
std::vector<Care> CareHandler::proposals(Turn& turn, const community::Area& area) {
  std::map<AreaId, Care> found;
  for (const auto& candidate : l_.care.candidates(area.path)) {
    auto ids = rules_.named(candidate.conditions);
    if (candidate.lives_alone && std::ranges::find(ids, "alone") == ids.end())
      ids.insert(ids.begin(), "alone");
    if (ids.empty()) continue;
    Care& care = found[candidate.household];
    care.household = candidate.household;
    for (auto& id : ids) {
      if (std::ranges::find(care.categories, id) == care.categories.end()) care.categories.push_back(id);
    }
  }
  std::vector<Care> rows;
  for (auto& [household, care] : found) {
    care.every_days = rules_.every_days(care.categories);
    care.role = community::name(rules_.carer);
    care.created_by = turn.sender();
    care.created_at = turn.now();
    rows.push_back(care);
  }
  return rows;
}

bool CareHandler::propose(Turn& turn, const community::Area& area) {
  auto rows = proposals(turn, area);
  if (rows.empty()) return false;
  std::string counts;
  for (const auto& category : rules_.categories()) {
    auto count =
        std::ranges::count_if(rows, [&](const Care& care) { return care.categories.front() == category.id; });
    if (count > 0) counts += fmt::format("{}{} 户{}", counts.empty() ? "" : "、", count, category.name);
  }
  turn.ask(topic(), "proposal", care::proposal, {{"counts", counts}},
           {std::string(all_of_them), std::string(none_of_them), std::string(show_them)});
  turn.remember("area", std::to_string(area.id.value));
  return true;
}

Answered CareHandler::answer_proposal(Turn& turn) {
  auto choice = turn.choice();
  if (!choice) return Answered::not_understood;
  auto area = l_.areas.find(AreaId{std::stoll(turn.answer("area"))});
  bool mine = area && is_officer_of(turn, area->id);
  if (!mine || *choice == none_of_them) {
    turn.leave();
    turn.say(care::proposal_left);
    return Answered::taken;
  }
  auto rows = proposals(turn, *area);
  if (*choice == show_them) {
    std::string lines;
    for (std::size_t i = 0; i < rows.size() && i < longest_list; ++i)
      lines +=
          fmt::format("\n{} {}", l_.areas.address_text(rows[i].household), rules_.names(rows[i].categories));
    if (rows.size() > longest_list) lines += fmt::format("\n……还有 {} 户", rows.size() - longest_list);
    turn.say(care::proposal_lines, {{"lines", lines}});
    turn.ask_again();
    return Answered::taken;
  }
  turn.leave();
  for (Care& care : rows) {
    plan_.begin(turn, care);
    l_.care.add(care);
    ask_consent_of_household(turn, care);
  }
  turn.say(care::proposal_added, {{"count", std::to_string(rows.size())}});
  return Answered::taken;
}

// --- consent

/// Asks whoever of the household can be reached; false if nobody can.
bool CareHandler::ask_consent_of_household(Turn& turn, const Care& care) {
  bool asked = false;
  for (PersonId person : l_.people.find_by_home(care.household)) {
    if (person == turn.sender()) continue;
    auto open = turn.around().asks.open(person, turn.now());
    bool waits = std::ranges::any_of(
        open, [&](const store::Ask& ask) { return ask.topic == topic() && ask.ref == -care.id; });
    if (waits) continue;
    asked = turn.tell(person, care::your_consent, values(turn, care),
                      {.keep = Seconds{7 * 86400},
                       .accepts = "1 2",
                       .topic = std::string(topic()),
                       .ref = -care.id,
                       .hint = "愿意 / 不用"}) ||
            asked;
  }
  return asked;
}

void CareHandler::consent_answered(Turn& turn, Care& care, bool yes) {
  turn.around().asks.drop_all(topic(), -care.id);
  if (!yes) {
    turn.say(care::your_refusal);
    return refused(turn, care);
  }
  l_.consents.grant(turn.sender(),
                    {std::string(purpose), std::string(version), care.household, turn.now(), std::nullopt});
  care.consent = "given";
  l_.care.save(care);
  turn.say(care::your_thanks, values(turn, care));
}

/// The person does not want it: what was written goes, and whoever put them on the list hears.
void CareHandler::refused(Turn& turn, const Care& care) {
  if (plan_.stop(turn, care)) turn.say(care::still_observed);
  settle(turn, care);
  turn.tell(care.created_by, care::staff_refused, values(turn, care));
}

}  // namespace linli::handlers
