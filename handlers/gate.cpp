#include "handlers/gate.hpp"

#include <algorithm>

#include "handlers/command_rest.hpp"
#include "handlers/gate_texts.hpp"

namespace linli::handlers {

using community::Area;
using community::AreaKind;
using community::GateField;
using community::GateKind;
using community::Role;
using dialog::Answered;
using dialog::TextId;
using dialog::Turn;

namespace {

constexpr std::string_view the_site = "site", the_fix = "fix";

bool has_number(std::string_view words) {
  return words.find_first_of("0123456789") != words.npos;
}

bool writes_register(Role role) {
  return role == Role::grid_leader || role == Role::building_leader || role == Role::on_call;
}

bool whole_household(GateKind kind) {
  return kind == GateKind::returnee || kind == GateKind::out;
}

/// What the dialog remembers as the field that was asked for.
constexpr std::string_view field_name(GateField field) {
  switch (field) {
    case GateField::plate:
      return "plate";
    case GateField::purpose:
      return "purpose";
    case GateField::who:
      return "who";
    case GateField::place:
      return "place";
    case GateField::from:
      return "from";
    case GateField::reason:
      return "reason";
  }
  return {};
}

std::optional<GateField> field_of(std::string_view name) {
  for (GateField field : {GateField::plate, GateField::purpose, GateField::who, GateField::place,
                          GateField::from, GateField::reason}) {
    if (field_name(field) == name) return field;
  }
  return std::nullopt;
}

/// What stands behind 登记: "登记访客李四去3号楼" too, where nothing separates the word from the entry.
std::string_view behind_register(std::string_view normal) {
  for (std::string_view word : {"登记", "登記"}) {
    if (!normal.starts_with(word)) continue;
    auto first = normal.find_first_not_of(" ,:.#;", word.size());
    return first == normal.npos ? std::string_view{} : normal.substr(first);
  }
  return behind_command(normal);
}

bool runs_on(std::string_view normal) {
  return normal.starts_with("登记") || normal.starts_with("登記");
}

/// Words that are an entry even without 登记 before them.
bool looks_like_entry(const community::GateEntry& entry, std::string_view normal) {
  if (!entry.kind) return false;
  if (*entry.kind == GateKind::vehicle) return !entry.plate.empty() && !normal.starts_with("车");
  bool bare = normal.starts_with("访客") || normal.starts_with("返回人员") || normal.starts_with("劝返");
  return bare && !missing(entry);
}

}  // namespace

std::vector<dialog::Step> GateHandler::steps() const {
  return {{"what", gate::what_help}, {"detail", gate::detail_help}};
}

std::vector<TextId> GateHandler::texts() const {
  return {std::begin(gate::all), std::end(gate::all)};
}

AreaId GateHandler::site_of(AreaId area) {
  AreaId building;
  for (const Area& above : l_.areas.chain(area)) {
    if (above.kind == AreaKind::village || above.kind == AreaKind::compound ||
        above.kind == AreaKind::courtyard)
      return above.id;
    if (above.kind == AreaKind::building) building = above.id;
  }
  return building;
}

/// The post that somebody stands at now comes first.
std::vector<GateHandler::Station> GateHandler::stations(Turn& turn) {
  std::vector<Station> found;
  if (auto duty = l_.shifts.on_post(turn.sender(), turn.now())) {
    AreaId site = site_of(duty->post.area);
    auto scope = l_.areas.find(site ? site : duty->post.area);
    if (scope)
      found.push_back(
          {*scope, scope->id, duty->post.id, l_.areas.building_text(duty->post.area) + duty->post.name});
  }
  for (const auto& held : l_.appointments.of_person(turn.sender(), turn.now())) {
    if (!writes_register(held.role)) continue;
    if (auto scope = l_.areas.find(held.area))
      found.push_back({*scope, site_of(held.area), {}, l_.areas.building_text(held.area)});
  }
  return found;
}

void GateHandler::refuse(Turn& turn) {
  if (auto due = l_.shifts.due(turn.sender(), turn.now())) {
    const auto& shift = due->shift;
    std::string span = turn.when(shift.starts_at) + "到" + turn.zone().clock_text(shift.ends_at);
    return turn.say(gate::not_on_post,
                    {{"span", span}, {"post", l_.areas.building_text(due->post.area) + due->post.name}});
  }
  AreaId site = turn.me().home ? site_of(turn.me().home) : AreaId{};
  turn.say(gate::refused, {{"site", site ? l_.areas.building_text(site) : "小区"}});
}

bool GateHandler::refuse_unless_allowed(Turn& turn, std::vector<Station>& mine) {
  mine = stations(turn);
  if (mine.empty()) refuse(turn);
  return mine.empty();
}

bool GateHandler::fits(Turn& turn) {
  if (turn.message().kind != dialog::MessageKind::text) return false;
  const std::string& normal = turn.message().normal;
  if (auto place = community::asks_to_go_out(normal)) {
    if (place->empty()) return static_cast<bool>(turn.me().home);
    return has_number(*place);
  }
  if (runs_on(normal) && l_.shifts.on_post(turn.sender(), turn.now())) return true;
  auto entry = community::read_gate_entry(normal);
  return looks_like_entry(entry, normal) && !stations(turn).empty();
}

void GateHandler::start(Turn& turn) {
  const std::string& normal = turn.message().normal;
  if (auto place = community::asks_to_go_out(normal)) return may_go_out(turn, *place);
  auto entry =
      community::read_gate_entry(runs_on(normal) ? behind_register(normal) : std::string_view(normal));
  if (!entry.kind) return turn.ask(topic(), "what", gate::what);
  enter(turn, stations(turn), std::move(entry));
}

bool GateHandler::command(Turn& turn, const dialog::Command& command) {
  if (command.id == "gate_today") return today(turn);
  if (command.id == "gate_fix") return fix(turn, command);
  if (command.id == "undo") return command.exact && undo(turn);
  if (command.id == "observed") return observed(turn, command);
  std::vector<Station> mine;
  if (command.id == "register" && command.exact) {
    if (turn.message().kind != dialog::MessageKind::text || !l_.shifts.on_post(turn.sender(), turn.now()))
      return false;  // their own household
    if (turn.message().normal != "登记") return false;
    turn.ask(topic(), "what", gate::what);
    return true;
  }
  const std::string& normal = turn.message().normal;
  bool registers = command.id == "register";
  auto entry = community::read_gate_entry(registers ? behind_register(normal) : std::string_view(normal));
  if (!registers && (command.exact || !entry.kind)) {
    if (command.id != "gate_turned_away") return false;
  }
  if (registers && !entry.kind) {
    if (!l_.shifts.on_post(turn.sender(), turn.now())) return false;
    if (entry.who.empty() || entry.place.empty()) {  // never read as where whoever stands there lives
      turn.ask(topic(), "what", gate::what);
      return true;
    }
    entry.kind = GateKind::visitor;
  }
  if (command.id == "refuse_consent" && stations(turn).empty()) return false;
  if (!refuse_unless_allowed(turn, mine)) enter(turn, mine, std::move(entry));
  return true;
}

void GateHandler::ask_field(Turn& turn, const Entry& entry, std::string_view field, TextId question,
                            std::string_view example, std::string_view missing) {
  turn.ask(topic(), "detail", question,
           {{"line", community::line_of(entry)},
            {"example", std::string(example)},
            {"missing", std::string(missing)}});
  turn.remember("entry", to_json(entry));
  turn.remember("field", field);
}

void GateHandler::ask_missing(Turn& turn, const Entry& entry, GateField field) {
  std::string_view name = field_name(field);
  bool refusal = entry.kind == GateKind::refused;
  switch (field) {
    case GateField::plate:
      return ask_field(turn, entry, name, entry.plate_in_doubt ? gate::ask_plate_again : gate::ask_plate,
                       "晋A12345");
    case GateField::purpose:
      return ask_field(turn, entry, name, gate::ask_purpose, "送货");
    case GateField::who:
      return ask_field(turn, entry, name, refusal ? gate::ask_refused : gate::ask_visitor,
                       refusal ? "快递" : "张三");
    case GateField::place: {
      bool door = whole_household(*entry.kind);
      return ask_field(turn, entry, name, door ? gate::ask_household : gate::ask_place,
                       door ? "5号楼2单元301" : "3号楼");
    }
    case GateField::from:
      return ask_field(turn, entry, name, gate::ask_from, "太原");
    case GateField::reason:
      return ask_field(turn, entry, name, gate::ask_reason, "没带口罩");
  }
}

/// Asks for the first thing that is missing, or writes.
void GateHandler::enter(Turn& turn, const std::vector<Station>& mine, Entry entry) {
  if (entry.plate_in_doubt) return ask_missing(turn, entry, GateField::plate);
  if (auto field = missing(entry)) return ask_missing(turn, entry, *field);
  const Station* station = &mine.front();
  AreaId place;
  if (!entry.place.empty() && !place_entry(turn, mine, station, entry, place)) return;
  Station chosen = *station;
  if (!chosen.site && place) chosen.site = site_of(place);
  if (!chosen.site) {
    auto named = l_.areas.find_in_text(turn.answer("site_words"), chosen.scope.id);
    if (named.area && named.area->path.starts_with(chosen.scope.path)) chosen.site = site_of(named.area->id);
  }
  if (!chosen.site) return ask_field(turn, entry, the_site, gate::ask_site, "和平苑");
  if (turn.dialog().topic == topic()) turn.leave();
  write(turn, chosen, entry, place);
}

GateHandler::Place GateHandler::find_place(const Station& station, const std::string& words) {
  auto found = l_.areas.find_in_text(words, station.site ? station.site : station.scope.id);
  if (found.ambiguous) return {};
  if (!found.missing.empty()) return {std::nullopt, found.missing};
  bool door = found.area && found.area->kind >= AreaKind::courtyard;
  bool village = found.area && found.area->kind == AreaKind::village;
  return {door || village ? found.area : std::nullopt, {}};
}

bool GateHandler::place_entry(Turn& turn, const std::vector<Station>& mine, const Station*& station,
                              Entry& entry, AreaId& place) {
  bool door_needed = whole_household(*entry.kind);
  Place found;
  for (const Station& one : mine) {
    found = find_place(one, entry.place);
    station = &one;
    if (found.area && found.area->path.starts_with(one.scope.path)) break;
  }
  bool mine_too = found.area && found.area->path.starts_with(station->scope.path);
  if (found.area && !mine_too) {
    if (turn.dialog().topic == topic()) turn.leave();
    turn.say(gate::elsewhere, {{"site", station->name}, {"place", l_.areas.building_text(found.area->id)}});
    return false;
  }
  if (!found.missing.empty()) {
    ask_field(turn, entry, field_name(GateField::place), gate::no_such_place,
              door_needed ? "5号楼2单元301" : "3号楼", found.missing);
    return false;
  }
  if (!found.area && (door_needed || has_number(entry.place))) {
    bool part = has_number(entry.place) && !door_needed;
    ask_field(turn, entry, field_name(GateField::place), part ? gate::ask_building : gate::ask_household,
              part ? "3号楼" : "5号楼2单元301");
    return false;
  }
  if (!found.area) return true;  // "物业": words only
  if (door_needed && found.area->kind != AreaKind::household) {
    ask_field(turn, entry, field_name(GateField::place), gate::ask_household, "5号楼2单元301");
    return false;
  }
  place = found.area->id;
  entry.place = door_text(place);
  return true;
}

/// "5号楼2单元301": without the compound.
std::string GateHandler::door_text(AreaId area) {
  AreaId site = site_of(area);
  std::string text;
  bool below = false;
  for (const Area& one : l_.areas.chain(area)) {
    if (below || one.id == area) text += one.name;
    below = below || one.id == site;
  }
  return text;
}

Answered GateHandler::answer(Turn& turn) {
  if (turn.message().kind != dialog::MessageKind::text) return Answered::not_understood;
  const std::string& normal = turn.message().normal;
  auto command = turn.words().command(normal);
  if (command && command->number && command->id == "gate_fix") return Answered::not_mine;
  if (command && command->exact &&
      (command->id == "gate_today" || command->id == "observed" || command->id == "undo"))
    return Answered::not_mine;
  bool again = runs_on(normal) && !(command && command->exact);
  auto entry = community::read_gate_entry(again ? behind_register(normal) : std::string_view(normal));
  // The next car does not wait until the question about this one is answered.
  bool fresh = again || (looks_like_entry(entry, normal) && !missing(entry));
  if (!fresh && turn.dialog().step != "what") return answer_detail(turn);
  if (!entry.kind) return Answered::not_understood;
  auto mine = stations(turn);
  turn.leave();
  if (mine.empty())
    refuse(turn);
  else
    enter(turn, mine, std::move(entry));
  return Answered::taken;
}

/// "3号楼" answered to "几号楼" for "2单元501" means both; so does "501" for "3号楼2单元".
std::string GateHandler::join_place(const Station& station, const std::string& before,
                                    const std::string& now) {
  auto alone = find_place(station, now);
  if (before.empty() || !has_number(now) || (alone.area && alone.area->kind == AreaKind::household))
    return now;
  for (std::string both : {now + before, before + now}) {
    auto found = find_place(station, both);
    bool nearer = found.area && found.missing.empty() && (!alone.area || found.area->kind > alone.area->kind);
    if (nearer) return both;
  }
  return now;
}

Answered GateHandler::answer_detail(Turn& turn) {
  const std::string& normal = turn.message().normal;
  std::string field = turn.answer("field");
  auto mine = stations(turn);
  if (mine.empty()) {  // the shift ended meanwhile
    turn.leave();
    refuse(turn);
    return Answered::taken;
  }
  if (field == the_fix) {
    Entry probe = community::gate_entry_from_json(turn.answer("entry"));
    if (!community::correct(probe, normal)) return Answered::not_understood;
    auto row = row_of_today(turn, mine, std::stoll(turn.answer("number")));
    turn.leave();
    if (row) correct(turn, mine, *row, normal);
    return Answered::taken;
  }
  Entry entry = community::gate_entry_from_json(turn.answer("entry"));
  if (field == the_site) {
    auto named = l_.areas.find_in_text(normal, mine.front().scope.id);
    if (!named.area || !named.area->path.starts_with(mine.front().scope.path) || !site_of(named.area->id))
      return Answered::not_understood;
    turn.remember("site_words", normal);
  } else if (auto wanted = field_of(field)) {
    std::string before = entry.place;
    fill(entry, *wanted, normal);
    if (entry.plate_in_doubt) return Answered::not_understood;
    if (*wanted == GateField::place) {
      entry.place = join_place(mine.front(), before, entry.place);
      bool nowhere = has_number(entry.place) && !find_place(mine.front(), entry.place).area &&
                     find_place(mine.front(), entry.place).missing.empty();
      bool door = whole_household(*entry.kind) && !has_number(entry.place);
      if (nowhere || door || entry.place.empty()) return Answered::not_understood;
    }
    if (missing(entry) == *wanted) return Answered::not_understood;
  }
  enter(turn, mine, std::move(entry));
  return Answered::taken;
}

void GateHandler::write(Turn& turn, const Station& station, const Entry& entry, AreaId place) {
  Row row{.site = station.site,
          .post = station.post,
          .day = turn.zone().iso_day(turn.zone().day(turn.now())),
          .at = turn.now(),
          .entered_by = turn.sender(),
          .place = place,
          .entry = entry};
  l_.gate.add(row);
  Time night = turn.zone().at(turn.zone().next_day(turn.zone().day(turn.now())), 3 * 60);
  turn.around().dues.set_once({"gate:sweep", night, std::string(topic()), 0, "sweep"});
  turn.say(gate::written, {{"number", std::to_string(row.number)},
                           {"line", community::line_of(entry)},
                           {"when", turn.when(row.at)},
                           {"post", station.name}});
  after_writing(turn, row);
}

}  // namespace linli::handlers
