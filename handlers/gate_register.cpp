// What happens to the register after writing: corrections, undoing the last one, today's list, forgetting.
#include <fmt/format.h>

#include "handlers/command_rest.hpp"
#include "handlers/gate.hpp"
#include "handlers/gate_texts.hpp"

namespace linli::handlers {

using dialog::Turn;

namespace {

constexpr Seconds undo_within{10 * 60};
constexpr int listed = 5;

}  // namespace

std::optional<store::GateRow> GateHandler::row_of_today(Turn& turn, const std::vector<Station>& mine,
                                                        std::int64_t number) {
  std::string day = turn.zone().iso_day(turn.zone().day(turn.now()));
  for (const Station& station : mine) {
    if (!station.site || number < 1 || number > 1'000'000) continue;
    if (auto row = l_.gate.find(station.site, day, static_cast<int>(number))) return row;
  }
  turn.say(gate::no_such, {{"number", std::to_string(number)}});
  return std::nullopt;
}

/// "改 3 4号楼"
bool GateHandler::fix(Turn& turn, const dialog::Command& command) {
  auto mine = stations(turn);
  if (mine.empty() || !command.number) return false;
  auto row = row_of_today(turn, mine, *command.number);
  if (!row) return true;
  if (command.rest.empty()) {
    ask_field(turn, row->entry, "fix", gate::ask_fix, "4号楼");
    turn.remember("number", std::to_string(*command.number));
    return true;
  }
  correct(turn, mine, *row, command.rest);
  return true;
}

void GateHandler::correct(Turn& turn, const std::vector<Station>& mine, Row row, std::string_view words) {
  Row before = row;
  if (!community::correct(row.entry, words))
    return turn.say(gate::no_such, {{"number", std::to_string(row.number)}});
  bool moved = row.entry.place != before.entry.place;
  if (moved) {
    auto found = find_place(mine.front(), row.entry.place);
    bool mine_too = found.area && found.area->path.starts_with(mine.front().scope.path);
    bool door = row.entry.kind == community::GateKind::returnee || row.entry.kind == community::GateKind::out;
    if (!found.missing.empty() || (door && (!mine_too || found.area->kind != community::AreaKind::household)))
      return turn.say(gate::elsewhere, {{"site", mine.front().name}, {"place", row.entry.place}});
    row.place = mine_too ? found.area->id : AreaId{};
    if (row.place) row.entry.place = door_text(row.place);
  }
  l_.gate.save(row);
  turn.say(gate::fixed, {{"number", std::to_string(row.number)}, {"line", community::line_of(row.entry)}});
  move_observation(turn, before, row);
}

/// The last entry of the sender, unless they have done something to a ticket since.
bool GateHandler::undo(Turn& turn) {
  auto row = l_.gate.last_of(turn.sender(), turn.now() - undo_within);
  if (!row) return false;
  auto acts = l_.tasks.last_act(turn.sender(), turn.now() - undo_within);
  if (!acts.empty() && acts.front().at > row->at) return false;
  if (auto part = l_.tasks.last_part_asked(turn.sender(), row->at); part && part->at > row->at) return false;
  l_.gate.drop(*row);
  turn.say(gate::undone, {{"number", std::to_string(row->number)}, {"line", community::line_of(row->entry)}});
  cancel_observation(turn, *row);
  return true;
}

bool GateHandler::today(Turn& turn) {
  std::vector<Station> mine;
  if (refuse_unless_allowed(turn, mine)) return true;
  const Station& station = mine.front();
  std::string day = turn.zone().iso_day(turn.zone().day(turn.now()));
  store::GateScope scope{station.scope.path, station.post};
  std::string kinds;
  int count = 0;
  for (const auto& [kind, times] : l_.gate.counts(scope, day)) {
    kinds += fmt::format("{}{} {}", kinds.empty() ? "" : "，", community::title(kind), times);
    count += times;
  }
  if (count == 0) {
    turn.say(gate::today_none, {{"post", station.name}});
    return true;
  }
  std::string lines;
  for (const Row& row : l_.gate.newest(scope, day, listed))
    lines += fmt::format("\n{} 号 {} {}", row.number, turn.zone().clock_text(row.at),
                         community::line_of(row.entry));
  turn.say(gate::today,
           {{"post", station.name}, {"count", std::to_string(count)}, {"kinds", kinds}, {"lines", lines}});
  return true;
}

void GateHandler::sweep(Turn& turn) {
  if (!l_.gate.sweep(turn.now() - settings_.keep)) return;
  Time night = turn.zone().at(turn.zone().next_day(turn.zone().day(turn.now())), 3 * 60);
  turn.around().dues.set({"gate:sweep", night, std::string(topic()), 0, "sweep"});
}

}  // namespace linli::handlers
