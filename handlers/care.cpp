#include "handlers/care.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <sstream>

#include "bot/base/text.hpp"
#include "bot/community/care_words.hpp"
#include "handlers/care_texts.hpp"
#include "handlers/command_rest.hpp"

namespace linli::handlers {

using community::AreaKind;
using community::Role;
using dialog::Answered;
using dialog::TextId;
using dialog::Turn;
using store::Care;

namespace {

constexpr std::size_t longest_list = 20;
constexpr std::string_view yes_said = "问过了，同意", no_said = "问过了，不同意",
                           not_asked = "还没问，第一次联系时问";

/// "加 3号楼 ..." gives "3号楼 ..."; nothing if it does not begin with one of these.
std::optional<std::string> behind(std::string_view words, std::initializer_list<std::string_view> first) {
  for (std::string_view word : first) {
    if (!words.starts_with(word)) continue;
    words.remove_prefix(word.size());
    while (!words.empty() && (words.front() == ' ' || words.front() == ',' || words.front() == ':'))
      words.remove_prefix(1);
    return std::string(words);
  }
  return std::nullopt;
}

std::optional<std::int64_t> number_of(std::string_view words) {
  std::int64_t number = 0;
  auto [end, ec] = std::from_chars(words.data(), words.data() + words.size(), number);
  if (ec != std::errc{} || end != words.data() + words.size()) return std::nullopt;
  return number;
}

bool looks_after(Role role) {
  return role == Role::grid_leader || role == Role::building_leader || role == Role::on_call;
}

}  // namespace

std::vector<dialog::Step> CareHandler::steps() const {
  return {{"detail", care::detail_help},
          {"consent", care::consent_help},
          {"proposal", care::proposal_help},
          {"how", care::how_help},
          {"need", care::need_help}};
}

std::vector<TextId> CareHandler::texts() const {
  return {std::begin(care::all), std::end(care::all)};
}

bool CareHandler::is_officer_of(Turn& turn, AreaId area) {
  return std::ranges::any_of(
      std::initializer_list<Role>{Role::grid_leader, Role::building_leader, Role::on_call},
      [&](Role role) { return l_.appointments.responsible(turn.sender(), role, area, turn.now()); });
}

bool CareHandler::is_officer(Turn& turn) {
  return scope(turn).has_value();
}

/// The area of the sender's first appointment that looks after people.
std::optional<community::Area> CareHandler::scope(Turn& turn) {
  for (const auto& held : l_.appointments.of_person(turn.sender(), turn.now())) {
    if (looks_after(held.role)) return l_.areas.find(held.area);
  }
  return std::nullopt;
}

bool CareHandler::fits(Turn& turn) {
  return turn.message().kind == dialog::MessageKind::text && rules_.asks(turn.message().normal);
}

void CareHandler::start(Turn& turn) {
  asked(turn);
}

bool CareHandler::command(Turn& turn, const dialog::Command& command) {
  if (command.id == "contacted") return contacted_command(turn, command);
  if (command.id == "done") return done_command(turn, command);
  if (command.id == "care_list") {
    list(turn);
    return true;
  }
  return care_command(turn, command);
}

bool CareHandler::care_command(Turn& turn, const dialog::Command& command) {
  const std::string& normal = turn.message().normal;
  std::string_view rest = command.exact ? std::string_view{} : behind_command(normal);
  if (auto words = behind(rest, {"停止", "停", "结束", "移除"})) {
    stop(turn, *words);
    return true;
  }
  if (!is_officer(turn)) {
    if (rules_.asks(normal)) return false;
    turn.say(care::refused);
    return true;
  }
  if (auto words = behind(rest, {"添加", "加上", "加"})) {
    add(turn, *words);
  } else if (auto agreed = behind(rest, {"同意"})) {
    decide(turn, *agreed, true);
  } else if (auto declined = behind(rest, {"不同意", "不加"})) {
    decide(turn, *declined, false);
  } else if (rest.starts_with("名单")) {
    list(turn);
  } else {
    turn.say(care::how_to);
  }
  return true;
}

// --- adding

/// A household of the officer's own area; none if the words name no door there.
AreaId CareHandler::household_in(Turn& turn, const std::string& words) {
  for (const auto& held : l_.appointments.of_person(turn.sender(), turn.now())) {
    if (!looks_after(held.role)) continue;
    auto found = l_.areas.find_in_text(words, held.area);
    if (!found.area || found.ambiguous || found.area->kind != AreaKind::household) continue;
    if (is_officer_of(turn, found.area->id)) return found.area->id;
  }
  return {};
}

void CareHandler::remember(Turn& turn, const Wanted& wanted) {
  turn.remember("household", std::to_string(wanted.household.value));
  std::string ids;
  for (const auto& id : wanted.categories) ids += (ids.empty() ? "" : " ") + id;
  turn.remember("categories", ids);
  turn.remember("every", std::to_string(wanted.every));
  turn.remember("carer", wanted.carer);
}

CareHandler::Wanted CareHandler::wanted(Turn& turn) {
  Wanted found;
  std::string household = turn.answer("household"), every = turn.answer("every");
  if (!household.empty()) found.household = AreaId{std::stoll(household)};
  if (!every.empty()) found.every = std::stoi(every);
  std::istringstream ids(turn.answer("categories"));
  for (std::string id; ids >> id;) found.categories.push_back(id);
  found.carer = turn.answer("carer");
  return found;
}

void CareHandler::add(Turn& turn, std::string words) {
  Wanted asked;
  asked.carer = community::take_carer(words);
  asked.every = community::take_interval(words).value_or(0);
  asked.categories = rules_.named(words);
  asked.household = household_in(turn, words);
  go_on(turn, asked);
}

/// Asks for the first thing that is missing: the door, what kind, a carer who exists, consent.
void CareHandler::go_on(Turn& turn, const Wanted& asked) {
  auto ask = [&](std::string_view field, TextId question, const dialog::Values& values,
                 std::vector<std::string> choices) {
    turn.ask(topic(), "detail", question, values, std::move(choices));
    remember(turn, asked);
    turn.remember("field", field);
  };
  if (!asked.household) return ask("place", care::ask_place, {{"example", "3号楼2单元501"}}, {});
  std::string place = l_.areas.address_text(asked.household);
  if (asked.categories.empty()) {
    std::vector<std::string> names;
    std::string choices;
    for (const auto& category : rules_.categories()) {
      if (category.id == community::CareRules::observed) continue;
      names.push_back(category.name);
      choices += fmt::format("{}{} {}", choices.empty() ? "" : "\n", names.size(), category.name);
    }
    return ask("category", care::ask_category, {{"place", place}, {"choices", choices}, {"example", "独居"}},
               names);
  }
  if (!asked.carer.empty()) {
    Care probe{.household = asked.household, .role = "?" + asked.carer};
    if (carers(turn, probe).empty())
      return ask("carer", care::ask_carer, {{"carer", asked.carer}, {"example", "楼长"}}, {});
  }
  auto people = l_.people.find_by_home(asked.household);
  bool reachable =
      std::ranges::any_of(people, [&](PersonId person) { return l_.people.contact_of(person).has_value(); });
  if (reachable) return put_on(turn, asked, "");
  turn.ask(topic(), "consent", care::ask_consent, {{"place", place}},
           {std::string(yes_said), std::string(no_said), std::string(not_asked)});
  remember(turn, asked);
}

void CareHandler::put_on(Turn& turn, const Wanted& asked, std::string_view consent) {
  if (turn.dialog().topic == topic()) turn.leave();
  auto known = l_.care.of_household(asked.household);
  Care care = known.value_or(
      Care{.household = asked.household, .created_by = turn.sender(), .created_at = turn.now()});
  for (const auto& id : asked.categories) {
    if (std::ranges::find(care.categories, id) == care.categories.end()) care.categories.push_back(id);
  }
  care.state = "running";
  care.every_days = asked.every > 0 ? asked.every : rules_.every_days(care.categories);
  care.role = asked.carer.empty() ? std::string(community::name(rules_.carer)) : "?" + asked.carer;
  if (!consent.empty()) care.consent = consent;
  auto who = carers(turn, care);
  // A carer typed by name or title is kept as who it is: a title by role, a name as the person.
  if (!asked.carer.empty()) {
    auto role = community::role_by_title(asked.carer);
    care.role = role ? std::string(community::name(*role)) : std::string(community::name(rules_.carer));
    care.carer = role || who.empty() ? PersonId{} : who.front();
  }
  // Said twice: the contacts go on as they were, and nobody is asked again.
  bool as_before = known && known->state == "running" && known->categories == care.categories &&
                   known->every_days == care.every_days && known->role == care.role &&
                   known->carer == care.carer && known->consent == care.consent;
  if (as_before) return turn.say(care::on_already, values(turn, care));
  plan_.begin(turn, care);
  if (known)
    l_.care.save(care);
  else
    l_.care.add(care);
  turn.say(care::added, values(turn, care));
  if (care.consent.empty() && ask_consent_of_household(turn, care)) turn.say(care::asked_household);
  if (care.asked_by) turn.tell(care.asked_by, care::your_added, values(turn, care));
}

Answered CareHandler::answer(Turn& turn) {
  const std::string& step = turn.dialog().step;
  if (turn.message().kind != dialog::MessageKind::text) return Answered::not_understood;
  auto command = turn.words().command(turn.message().normal);
  bool own = command && (command->id == "care" || command->id == "contacted" || command->id == "care_list");
  if (own && step != "how") return Answered::not_mine;
  if (step == "how" || step == "need") return answer_how(turn);
  if (step == "proposal") return answer_proposal(turn);
  if (step == "detail") return answer_place(turn);
  auto choice = turn.choice();
  if (!choice) return Answered::not_understood;
  Wanted asked = wanted(turn);
  if (*choice == no_said) {
    turn.leave();
    turn.say(care::not_added, {{"place", l_.areas.address_text(asked.household)}});
  } else {
    put_on(turn, asked, *choice == yes_said ? "said" : "");
  }
  return Answered::taken;
}

Answered CareHandler::answer_place(Turn& turn) {
  const std::string& normal = turn.message().normal;
  std::string field = turn.answer("field");
  if (field == "whose") {
    auto found = l_.areas.find_in_text(normal, turn.me().home);
    AreaId household;
    if (found.area && found.area->kind == AreaKind::household && !found.ambiguous) household = found.area->id;
    bool own = normal.find("我家") != normal.npos || normal.find("一起") != normal.npos;
    if (!household && own) household = turn.me().home;
    if (!household) return Answered::not_understood;
    std::string words = turn.answer("words");
    turn.leave();
    ask_for(turn, household, words);
    return Answered::taken;
  }
  Wanted asked = wanted(turn);
  if (field == "place") {
    asked.household = household_in(turn, normal);
    if (!asked.household) return Answered::not_understood;
  } else if (field == "category") {
    auto choice = turn.choice();
    auto ids = rules_.named(choice ? *choice : normal);
    if (ids.empty()) {
      for (const auto& category : rules_.categories()) {
        if (choice && category.name == *choice) ids.push_back(category.id);
      }
    }
    if (ids.empty()) return Answered::not_understood;
    asked.categories = ids;
  } else {
    Care probe{.household = asked.household, .role = "?" + normal};
    if (carers(turn, probe).empty()) return Answered::not_understood;
    asked.carer = normal;
  }
  go_on(turn, asked);
  return Answered::taken;
}

// --- stopping, showing

void CareHandler::stop(Turn& turn, const std::string& words) {
  AreaId home = turn.me().home;
  std::optional<Care> care;
  if (words.empty()) {
    care = home ? l_.care.of_household(home) : std::nullopt;
    if (!care) return turn.say(is_officer(turn) ? care::stop_how : care::refused);
  } else if (!is_officer(turn)) {
    return turn.say(care::refused);
  } else if (auto number = number_of(words)) {
    care = l_.care.find(*number);
  } else if (AreaId household = household_in(turn, words)) {
    care = l_.care.of_household(household);
  }
  bool own = care && care->household == home && words.empty();
  if (!care || (!own && !is_officer_of(turn, care->household))) return turn.say(care::stop_how);
  dialog::Values said = values(turn, *care);
  settle(turn, *care);
  auto who = carers(turn, *care);
  bool observed = plan_.stop(turn, *care);
  turn.say(own ? care::your_stopped : care::stopped, said);
  if (observed) turn.say(care::still_observed);
  if (!own) return;
  if (!who.empty()) turn.tell(who.front(), care::staff_stopped, said);
}

std::string CareHandler::line(Turn& turn, const Care& care, bool last) {
  dialog::Values v = values(turn, care);
  auto value = [&](std::string_view key) {
    return std::ranges::find(v, key, &dialog::Values::value_type::first)->second;
  };
  std::string text = fmt::format("\n{} 号 {} {} {}由{}", value("number"), value("place"), value("category"),
                                 value("every"), value("carer"));
  if (care.state == "asked") return text + "（等您定：回“关爱 同意 " + value("number") + "”）";
  auto contact = last ? l_.care.last(care.id) : std::nullopt;
  if (contact) {
    constexpr std::pair<std::string_view, std::string_view> hows[] = {{"ok", "都好"},
                                                                      {"need", "要帮忙"},
                                                                      {"no_answer", "没人应"},
                                                                      {"self", "自己报了平安"},
                                                                      {"missed", "没联系"}};
    auto how = std::ranges::find(hows, std::string_view(contact->how),
                                 &std::pair<std::string_view, std::string_view>::first);
    text += fmt::format("（{} {}）", turn.when(contact->at), how == std::end(hows) ? "" : how->second);
  }
  return text;
}

void CareHandler::list(Turn& turn) {
  auto area = scope(turn);
  std::vector<Care> rows = area ? l_.care.below(area->path) : l_.care.of_carer(turn.sender());
  if (!area && rows.empty()) {
    auto own = turn.me().home ? l_.care.of_household(turn.me().home) : std::nullopt;
    return own ? turn.say(care::yours, values(turn, *own)) : turn.say(care::refused);
  }
  std::string where = area ? l_.areas.building_text(area->id) : "您的";
  std::string lines;
  for (std::size_t i = 0; i < rows.size() && i < longest_list; ++i) lines += line(turn, rows[i], true);
  if (rows.size() > longest_list) lines += fmt::format("\n……还有 {} 户", rows.size() - longest_list);
  turn.say(rows.empty() ? care::list_none : care::list,
           {{"where", where}, {"count", std::to_string(rows.size())}, {"lines", lines}});
  if (area) propose(turn, *area);
}

}  // namespace linli::handlers
