// 代报: what was learnt by phone is entered. Every household entered hears of it and can object, which
// reopens the entry; what was not understood is named, and nothing else is lost by it.
#include <algorithm>

#include "bot/community/household_report.hpp"
#include "handlers/command_rest.hpp"
#include "handlers/health_checkin.hpp"
#include "handlers/health_checkin_texts.hpp"

namespace linli::handlers {

namespace text = health_checkin;
using community::HouseholdState;
using dialog::Values;

namespace {

constexpr Seconds objection_for{24 * 3600};

void append(std::string& text, std::string_view part) {
  if (!text.empty()) text += "、";
  text += part;
}

}  // namespace

/// The household that "2单元501" or "501" means in a place. Where several units have a 501, the one not heard
/// from; if that leaves several, `why` names their units.
HealthCheckinHandler::Room HealthCheckinHandler::find_room(AreaId place, std::string_view unit,
                                                           std::string_view room, std::string_view day) {
  std::vector<std::pair<community::Area, std::string>> fits;  // with the name of the unit
  for (auto& household : l_.areas.below(place, community::AreaKind::household)) {
    if (community::number_in(household.name) != room) continue;
    auto above = l_.areas.find(household.parent);
    std::string name = above ? above->name : std::string();
    if (unit.empty() || community::number_in(name) == unit)
      fits.emplace_back(std::move(household), std::move(name));
  }
  if (fits.empty()) return {{}, "没有这一户"};
  if (fits.size() > 1) {
    auto open = fits;
    std::erase_if(open,
                  [&](const auto& fit) { return l_.checkins.unheard_below(fit.first.path, day).empty(); });
    if (open.size() == 1) fits = std::move(open);
  }
  if (fits.size() == 1) return {fits.front().first.id, {}};
  std::string units;
  for (const auto& fit : fits) {
    if (units.find(fit.second) == units.npos) append(units, fit.second);
  }
  return {{}, units + "都有"};
}

/// "代报 501正常 502空户 601没人接", for the building listed last or the one named.
void HealthCheckinHandler::proxy(Turn& turn) {
  auto report = community::read_household_report(behind_command(turn.message().normal));
  auto mine = l_.appointments.of_person(turn.sender(), turn.now());
  AreaId place;
  if (!report.place.empty()) {
    auto found = l_.areas.find_in_text(report.place, mine.empty() ? turn.me().home : mine.front().area);
    if (found.area) place = found.area->id;
  } else {
    for (const auto& ask : turn.around().asks.open(turn.sender(), turn.now())) {
      if (ask.topic == listed && !place) place = AreaId{ask.ref};
    }
    if (!place && !mine.empty()) place = mine.front().area;  // nothing listed: the rooms must say which
  }
  if (mine.empty()) return (void)refuse(turn, place);
  if (!place || report.rooms.empty()) return turn.say(text::proxy_how);
  if (refuse(turn, place)) return;
  std::string entered, unclear, own_word;
  std::vector<std::pair<AreaId, HealthSaid>> sick;
  int count = 0;
  for (const auto& entry : report.rooms) {
    std::string shown = (entry.unit.empty() ? "" : entry.unit + "单元") + entry.room;
    HealthSaid said = read_health(turn.words(), entry.words);
    auto state = said.sick() ? HouseholdState::symptom : community::state_in_words(entry.words);
    if (!state && said.all_fine) state = HouseholdState::fine;
    auto room = find_room(place, entry.unit, entry.room, today(turn));
    if (!room.household || !state) {
      append(unclear, shown + entry.words + "（" + (room.household ? "没说清怎么样" : room.why) + "）");
    } else if (enter(turn, room.household, *state, said)) {
      append(entered, shown + std::string(community::title(*state)));
      ++count;
      if (state == HouseholdState::symptom) sick.emplace_back(room.household, said);
    } else {
      append(own_word, shown);
    }
  }
  auto left = l_.areas.find(place);
  std::size_t missing = left ? l_.checkins.unheard_below(left->path, today(turn)).size() : 0;
  if (count > 0) {
    turn.say(text::proxied, {{"count", std::to_string(count)},
                             {"list", entered},
                             {"where", l_.areas.building_text(place)},
                             {"left", std::to_string(missing)}});
  }
  if (!own_word.empty()) turn.say(text::proxy_self, {{"list", own_word}});
  if (!unclear.empty()) turn.say(text::proxy_unclear, {{"list", unclear}});
  for (const auto& [household, said] : sick) {
    auto people = l_.people.find_by_home(household);
    auto task = desk_.open(turn, {.kind = community::TaskKind::health,
                                  .area = household,
                                  .household = household,
                                  .reporter = people.empty() ? PersonId{} : people.front(),
                                  .text = "代报：" + summary_of(said)});
    turn.say(text::proxy_sick, desk_.values(turn, task, false));
  }
}

/// False if the household has reported itself today.
bool HealthCheckinHandler::enter(Turn& turn, AreaId household, HouseholdState state, const HealthSaid& said) {
  store::Checkin checkin{.household = household,
                         .day = today(turn),
                         .person = turn.sender(),
                         .at = turn.now(),
                         .state = state,
                         .details = said.words,
                         .via = "proxy",
                         .entered_by = turn.sender()};
  if (said.temperature) checkin.temperature = said.temperature->tenths;
  auto id = l_.checkins.enter(checkin);
  if (!id) return false;
  auto people = l_.people.find_by_home(household);
  auto held = l_.appointments.of_person(turn.sender(), turn.now());
  std::string who = held.empty() ? "工作人员" : std::string(community::title(held.front().role));
  if (turn.me().name != who) who += turn.me().name;
  Values values{
      {"who", who}, {"when", turn.when(turn.now())}, {"state", std::string(community::title(state))}};
  for (PersonId person : people) {
    turn.tell(person, text::entered, values,
              {.keep = objection_for,
               .accepts = "0",
               .topic = std::string(topic()),
               .ref = -id->value,
               .hint = "代报错了"});
  }
  return true;
}

/// What was entered for the sender's household and may be objected to, the newest.
std::optional<store::Ask> HealthCheckinHandler::objectable(Turn& turn) {
  for (auto& ask : turn.around().asks.open(turn.sender(), turn.now())) {
    if (ask.topic == topic() && ask.ref < 0) return ask;
  }
  return std::nullopt;
}

void HealthCheckinHandler::object(Turn& turn, CheckinId id) {
  auto checkin = l_.checkins.find(id);
  turn.around().asks.drop_all(topic(), -id.value);
  if (!checkin || checkin->via != "proxy" || checkin->household != turn.me().home)
    return turn.say(text::nothing_entered);
  l_.checkins.object(id, turn.now());
  auto task =
      desk_.open(turn, {.kind = community::TaskKind::objection,
                        .area = checkin->household,
                        .household = checkin->household,
                        .reporter = turn.sender(),
                        .text = "住户说代报的“" + std::string(community::title(checkin->state)) + "”不对"});
  turn.say(text::objected, {{"state", std::string(community::title(checkin->state))},
                            {"number", std::to_string(task.number)}});
  proceed(turn, {});
}

}  // namespace linli::handlers
