// 调整: an officer on call puts somebody else into an office of their own area. Role, place and successor may
// come in one sentence or are asked one at a time; nothing happens before 确定.
#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "bot/community/invitation.hpp"
#include "handlers/appointment.hpp"
#include "handlers/appointment_texts.hpp"
#include "handlers/command_rest.hpp"
#include "handlers/place.hpp"

namespace linli::handlers {

namespace text = appointment;
using community::AreaKind;
using community::Role;
using dialog::Answered;
using dialog::Turn;

namespace {

constexpr std::size_t most_listed = 8;
constexpr std::string_view vacant = "vacant";
constexpr std::string_view sure = "确定", not_now = "取消";
constexpr Role often[] = {Role::grid_leader, Role::building_leader, Role::unit_leader, Role::patroller,
                          Role::joint_defender};

template <class Id>
Id id_in(const std::string& stored) {
  Id id;
  std::from_chars(stored.data(), stored.data() + stored.size(), id.value);
  return id;
}

template <class Id>
std::string stored(Id id) {
  return std::to_string(id.value);
}

std::string numbered(std::size_t index, std::string_view line) {
  return fmt::format("\n{} {}", index + 1, line);
}

}  // namespace

std::string AppointmentHandler::name_of(PersonId person) {
  auto found = l_.people.find(person);
  return found && !found->name.empty() ? found->name : std::string("一位同志");
}

std::string AppointmentHandler::office_text(Role role, AreaId area) {
  return l_.areas.building_text(area) + std::string(community::title(role));
}

/// An officer on call, in their own area; offices on call only from the level above.
bool AppointmentHandler::may_adjust(PersonId officer, Role role, AreaId area, Time now) {
  for (const auto& held : l_.appointments.of_person(officer, now)) {
    if (held.role != Role::on_call) continue;
    if (held.area == area) {
      if (role != Role::on_call) return true;
      continue;
    }
    auto chain = l_.areas.chain(area);
    if (std::ranges::find(chain, held.area, &store::Area::id) != chain.end()) return true;
  }
  return false;
}

void AppointmentHandler::refuse(Turn& turn, AreaId area) {
  std::string who = "那一片的值班干部";
  auto above = l_.areas.find(area);
  auto from = turn.answer("role") == community::name(Role::on_call) && above ? above->parent : area;
  auto officers = from ? l_.appointments.holders({Role::on_call, std::nullopt}, from, turn.now())
                       : std::vector<Appointment>{};
  if (!officers.empty()) who = office_text(officers.front());
  turn.leave();
  turn.say(text::refused, {{"who", who}});
}

bool AppointmentHandler::adjust(Turn& turn, std::string_view words) {
  auto held = l_.appointments.of_person(turn.sender(), turn.now());
  if (held.empty()) return false;  // of somebody who holds no office it is an ordinary text
  auto mine = std::ranges::find(held, Role::on_call, &Appointment::role);
  if (mine == held.end()) {
    refuse(turn, held.front().area);
    return true;
  }
  auto read = community::read_adjustment(words);
  turn.remember("own", stored(mine->area));
  turn.remember("role", read.role ? community::name(*read.role) : std::string_view{});
  turn.remember("to", "");
  turn.remember("term", "");
  turn.remember("area", "");
  turn.remember("name", read.successor);
  if (!read.place.empty() && !take_place(turn, read.place)) {
    if (turn.said().empty()) turn.ask(topic(), "where", text::help_where);  // refused, or not found
    return true;
  }
  adjust_next(turn);
  return true;
}

/// Asks for the first thing that is missing; with everything there, whether it is right.
void AppointmentHandler::adjust_next(Turn& turn) {
  auto role = community::role(turn.answer("role"));
  if (!role) {
    std::vector<std::string> choices;
    std::string lines;
    for (Role one : often) {
      lines += numbered(choices.size(), community::title(one));
      choices.emplace_back(community::title(one));
    }
    return turn.ask(topic(), "role", text::ask_role, {{"lines", lines}}, choices);
  }
  AreaId area = id_in<AreaId>(turn.answer("area"));
  auto where = area ? l_.areas.find(area) : std::nullopt;
  if (!where || !community::may_be_held_at(*role, where->kind))
    return turn.ask(topic(), "where", text::ask_where, {{"role", std::string(community::title(*role))}});
  if (!may_adjust(turn.sender(), *role, area, turn.now())) return refuse(turn, area);
  if (turn.answer("term").empty() && !find_term(turn)) return;
  if (turn.answer("to").empty()) {
    std::string name = turn.answer("name");
    if (name.empty() || !take_successor(turn, name)) return ask_who(turn);
    if (turn.answer("to").empty()) return;  // several of that name: asked which
  }
  ask_confirm(turn);
}

bool AppointmentHandler::take_role(Turn& turn, std::string_view words) {
  auto role = community::role_by_title(words);
  if (auto said = community::role_in(words); !role && said) role = said->role;
  if (!role) return false;
  turn.remember("role", community::name(*role));
  return true;
}

bool AppointmentHandler::take_place(Turn& turn, std::string_view words) {
  auto found = find_any_area(l_.areas, words, id_in<AreaId>(turn.answer("own")));
  bool certain = found.area && !found.ambiguous && !found.several && found.missing.empty();
  if (!certain || found.area->kind == AreaKind::household) return false;
  turn.remember("area", stored(found.area->id));
  return true;
}

/// Who holds the office now. With several it is asked whom it is about: false then.
bool AppointmentHandler::find_term(Turn& turn) {
  auto role = community::role(turn.answer("role"));
  auto here = l_.appointments.at(*role, id_in<AreaId>(turn.answer("area")), turn.now());
  if (here.size() < 2) {
    turn.remember("term", here.empty() ? std::string(vacant) : stored(here.front().id));
    return true;
  }
  std::string lines, ids;
  std::vector<std::string> choices;
  for (std::size_t i = 0; i < here.size() && i < most_listed; ++i) {
    choices.push_back(name_of(here[i].person));
    lines += numbered(i, choices.back());
    ids += stored(here[i].id) + " ";
  }
  turn.remember("terms", ids);
  turn.ask(topic(), "which", text::ask_which, {{"office", office_text(here.front())}, {"lines", lines}},
           choices);
  return false;
}

/// Staff and volunteers within the officer's reach, those of the place itself first, each person once.
std::vector<store::Appointment> AppointmentHandler::candidates(Turn& turn) {
  AreaId area = id_in<AreaId>(turn.answer("area"));
  auto all = l_.appointments.below(id_in<AreaId>(turn.answer("own")), turn.now());
  auto term = l_.appointments.find(id_in<AppointmentId>(turn.answer("term")));
  std::ranges::stable_sort(all, {}, [&](const Appointment& one) {
    return std::pair{one.area == area ? 0 : 1, one.role};
  });
  std::vector<Appointment> found;
  for (const auto& one : all) {
    bool leaves = term && one.person == term->appointment.person;
    bool there = std::ranges::find(found, one.person, &Appointment::person) != found.end();
    bool can = l_.people.contact_of(one.person) && !l_.appointments.absent(one.person, turn.now());
    if (!leaves && !there && can && one.person != turn.sender()) found.push_back(one);
  }
  return found;
}

/// By name: somebody of the area, or somebody new who will get a code. False if it is no name.
bool AppointmentHandler::take_successor(Turn& turn, std::string_view typed) {
  std::string name = community::name_in(typed);
  if (name.empty()) return false;
  std::vector<Appointment> same;
  for (const auto& one : candidates(turn)) {
    if (normalise(name_of(one.person)) == normalise(name)) same.push_back(one);
  }
  turn.remember("name", name);
  if (same.size() > 1) {
    ask_who(turn);
    return true;
  }
  auto term = l_.appointments.find(id_in<AppointmentId>(turn.answer("term")));
  if (same.empty() && term && normalise(name_of(term->appointment.person)) == normalise(name)) {
    turn.say(text::same_person, {{"office", office_text(term->appointment)}, {"name", name}});
    turn.remember("name", "");
    ask_who(turn);
    return true;
  }
  turn.remember("to", same.empty() ? std::string("new") : stored(same.front().person));
  return true;
}

void AppointmentHandler::ask_who(Turn& turn) {
  auto role = community::role(turn.answer("role"));
  std::string wanted = normalise(turn.answer("name"));
  auto all = candidates(turn);
  if (!wanted.empty())
    std::erase_if(all, [&](const Appointment& one) { return normalise(name_of(one.person)) != wanted; });
  std::string lines, ids;
  std::vector<std::string> choices;
  for (std::size_t i = 0; i < all.size() && i < most_listed; ++i) {
    choices.push_back(office_text(all[i]) + " " + name_of(all[i].person));
    lines += numbered(i, choices.back());
    ids += stored(all[i].person) + " ";
  }
  turn.remember("people", ids);
  turn.ask(topic(), "who", text::ask_who,
           {{"office", office_text(*role, id_in<AreaId>(turn.answer("area")))}, {"lines", lines}}, choices);
}

void AppointmentHandler::ask_confirm(Turn& turn) {
  auto term = l_.appointments.find(id_in<AppointmentId>(turn.answer("term")));
  AreaId area = id_in<AreaId>(turn.answer("area"));
  bool is_new = turn.answer("to") == "new";
  std::string before = term ? name_of(term->appointment.person) : "现在没有人";
  std::size_t count = term ? desk_.in_hand(term->appointment.person, area).size() : 0;
  std::string after = is_new ? turn.answer("name") : name_of(id_in<PersonId>(turn.answer("to")));
  turn.ask(topic(), "confirm", is_new ? text::ask_confirm_code : text::ask_confirm,
           {{"office", office_text(*community::role(turn.answer("role")), area)},
            {"before", before},
            {"after", after},
            {"count", std::to_string(count)}},
           {std::string(sure), std::string(not_now)});
}

Answered AppointmentHandler::answer_adjust(Turn& turn) {
  const std::string step = turn.dialog().step;
  const std::string& normal = turn.message().normal;
  if (step == "confirm") return answer_confirm(turn);
  auto choice = turn.choice();
  auto chosen = [&](std::string_view list) {
    const auto& choices = turn.dialog().choices;
    auto index = std::ranges::find(choices, *choice) - choices.begin();
    std::string ids = turn.answer(list);
    for (; index > 0; --index) ids = ids.substr(ids.find(' ') + 1);
    return ids.substr(0, ids.find(' '));
  };
  if (step == "role") {
    if (!take_role(turn, choice ? *choice : normal)) return Answered::not_understood;
  } else if (step == "where") {
    auto command = turn.words().command(normal);
    std::string_view words = command && command->id == "adjust" ? behind_command(normal) : normal;
    auto read = community::read_adjustment(words);
    if (read.role) turn.remember("role", community::name(*read.role));
    if (!take_place(turn, read.place)) return Answered::not_understood;
  } else if (step == "which") {
    if (!choice) return Answered::not_understood;
    turn.remember("term", chosen("terms"));
  } else if (choice) {
    turn.remember("to", chosen("people"));
  } else {
    bool digits = normal.find_first_not_of("0123456789") == normal.npos;
    if (digits || !take_successor(turn, normal)) return Answered::not_understood;
    if (turn.answer("to").empty()) return Answered::taken;  // several of that name: asked which
  }
  adjust_next(turn);
  return Answered::taken;
}

Answered AppointmentHandler::answer_confirm(Turn& turn) {
  auto choice = turn.choice();
  bool yes = choice == sure || turn.words().is_command("yes", turn.message().normal);
  bool no = choice == not_now || turn.words().is_command("no", turn.message().normal);
  if (!yes && !no) return Answered::not_understood;
  if (yes) {
    carry_out(turn);
  } else {
    turn.leave();
    turn.say(text::not_adjusted);
  }
  return Answered::taken;
}

/// Checked once more: a question may be old when it is answered.
void AppointmentHandler::carry_out(Turn& turn) {
  Role role = *community::role(turn.answer("role"));
  AreaId area = id_in<AreaId>(turn.answer("area"));
  if (!may_adjust(turn.sender(), role, area, turn.now())) return refuse(turn, area);
  auto term = l_.appointments.find(id_in<AppointmentId>(turn.answer("term")));
  auto here = l_.appointments.at(role, area, turn.now());
  bool still =
      term ? std::ranges::find(here, term->appointment.id, &Appointment::id) != here.end() : here.empty();
  if (!still) {
    turn.leave();
    return turn.say(text::changed_meanwhile, {{"office", office_text(role, area)}});
  }
  std::string to = turn.answer("to"), name = turn.answer("name");
  if (to != "new") {
    PersonId person = id_in<PersonId>(to);
    turn.leave();
    return appoint(turn, term, person, role, area);
  }
  turn.leave();
  PersonId person = l_.people.create("", name, "", turn.now());
  std::string code = l_.codes.create_bind(person, community::name(role), area, turn.sender(), turn.now());
  auto tasks = end_office(turn, term, {});
  turn.say(text::adjusted_code, {{"office", office_text(role, area)},
                                 {"after", name},
                                 {"count", std::to_string(tasks)},
                                 {"code", code.substr(0, 4) + " " + code.substr(4)}});
}

/// The office of whoever had it ends; how many tasks went on.
std::size_t AppointmentHandler::end_office(Turn& turn, const std::optional<store::Term>& term, PersonId to) {
  if (!term) return 0;
  const auto& one = term->appointment;
  l_.appointments.end(one.id, turn.now());
  std::string office = office_text(one);
  auto tasks = desk_.hand_over(turn, one.person, to, one.area, office + "换人了");
  std::string numbers;
  for (const auto& task : tasks) numbers += (numbers.empty() ? "" : "、") + std::to_string(task.number);
  std::string in_hand = tasks.empty() ? "" : fmt::format("手上的 {} 号已经转给别人。", numbers);
  turn.tell(one.person, text::your_office_ended, {{"office", office}, {"tasks", in_hand}});
  return tasks.size();
}

/// The badge, the organisation and the substitute stay with the office.
void AppointmentHandler::appoint(Turn& turn, const std::optional<store::Term>& term, PersonId to, Role role,
                                 AreaId area) {
  PersonId substitute =
      term && term->appointment.substitute != to ? term->appointment.substitute : PersonId{};
  OrganisationId serves = term ? term->appointment.organisation : OrganisationId{};
  l_.appointments.add(to, role, area, turn.now(), std::nullopt, substitute, serves,
                      term ? std::string_view(term->badge) : std::string_view{});
  std::string office = office_text(role, area);
  turn.tell(to, text::your_office_began, {{"office", office}, {"officer", name_of(turn.sender())}});
  std::size_t count = end_office(turn, term, to);
  turn.say(text::adjusted, {{"office", office}, {"after", name_of(to)}, {"count", std::to_string(count)}});
}

}  // namespace linli::handlers
