// Leave, illness, leaving the account, coming back; offices that end by their date. Whoever stands in is
// asked from then on (AppointmentLedger), and what the person has in hand goes to them at once; with nobody
// to stand in, it goes to whoever answers now, and the officer on call above hears so.
#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "bot/community/leave.hpp"
#include "bot/community/temperature.hpp"
#include "handlers/appointment.hpp"
#include "handlers/appointment_texts.hpp"
#include "handlers/command_rest.hpp"

namespace linli::handlers {

namespace text = appointment;
using community::Role;
using dialog::Turn;
using dialog::Values;
using store::AbsenceLedger;

namespace {

std::string day_text(const Day& day) {
  return fmt::format("{}月{}日", day.month, day.day);
}

/// "3月2日到3月5日", "3月2日一天".
std::string span_text(const Day& from, const Day& until) {
  return from == until ? day_text(from) + "一天" : day_text(from) + "到" + day_text(until);
}

std::string until_text(const Zone& zone, const store::Absence& absence) {
  if (!absence.until) return "到回来为止";
  return "到" + day_text(zone.day(*absence.until - Seconds{1})) + "为止";
}

std::string numbers_text(const std::vector<dialog::Task>& tasks) {
  std::string numbers;
  for (const auto& task : tasks) numbers += (numbers.empty() ? "" : "、") + std::to_string(task.number);
  return numbers;
}

void append_line(std::string& lines, std::string_view line) {
  lines += "\n";
  lines += line;
}

std::string row_key(const store::Absence& absence, std::string_view what) {
  return fmt::format("absence:{}:{}", absence.id, what);
}

}  // namespace

/// What the person is appointed to themselves, not what they stand in for.
std::vector<store::Appointment> AppointmentHandler::running(PersonId person, Time now) {
  auto held = l_.appointments.of_person(person, now);
  std::erase_if(held, [&](const Appointment& one) {
    auto term = l_.appointments.find(one.id);
    return !term || term->appointment.person != person;
  });
  return held;
}

std::optional<store::Absence> AppointmentHandler::gone_before(Turn& turn) {
  auto absence = l_.absences.next(turn.sender(), turn.now());
  if (absence && absence->why == AbsenceLedger::gone) return absence;
  return std::nullopt;
}

/// "请假", "病了". 来不了 is about a shift; so is 请假 of a volunteer with one. Somebody with an office and a
/// shift is asked.
bool AppointmentHandler::away(Turn& turn, const dialog::Command& command) {
  const std::string& normal = turn.message().normal;
  bool leave =
      command.id == "away" || normal.find("请假") != normal.npos || normal.find("請假") != normal.npos;
  auto mine = running(turn.sender(), turn.now());
  if (!leave || mine.empty()) return false;
  community::Leave days;
  bool dated = community::read_leave(normal, turn.zone().day(turn.now()), turn.zone(), days) !=
               community::LeaveRead::none;
  bool ill = command.id == "away" && normal.find("病") != normal.npos;
  // "病了,发烧38.5" is a report of health: neither its fever nor a date that it cannot be makes it a leave.
  bool health = community::read_temperature(normal) || !turn.words().symptoms(normal).empty();
  if (ill && !command.exact && normal.find("假") == normal.npos && (!dated || health)) return false;
  auto shifts = l_.shifts.upcoming(turn.sender(), turn.now(), 1);
  bool office = std::ranges::any_of(mine, [](const auto& one) { return one.role != Role::volunteer; });
  if (!shifts.empty() && !office && !dated && command.id == "shift_decline") return false;
  turn.remember("why", ill ? AbsenceLedger::ill : AbsenceLedger::leave);
  if (dated) {
    if (take_dates(turn, normal)) return true;
    turn.ask(topic(), "dates", text::help_dates);
    return true;
  }
  if (!shifts.empty() && command.id == "shift_decline") {
    const auto& shift = shifts.front();
    std::string span = turn.when(shift.shift.starts_at) + " " + shift.post.name;
    turn.ask(topic(), "shift_or_days", text::ask_shift_or_days, {{"span", span}},
             {"这一班来不了", "这几天都请假"});
    return true;
  }
  turn.ask(topic(), "dates", text::ask_dates);
  return true;
}

bool AppointmentHandler::take_dates(Turn& turn, std::string_view normal) {
  community::Leave days;
  auto read = community::read_leave(normal, turn.zone().day(turn.now()), turn.zone(), days);
  if (read != community::LeaveRead::read) return false;
  set_away(turn, days.from, days.until);
  return true;
}

void AppointmentHandler::set_away(Turn& turn, Day from, Day until) {
  store::Absence absence{.person = turn.sender(), .why = turn.answer("why")};
  if (absence.why.empty()) absence.why = AbsenceLedger::leave;
  turn.leave();
  bool at_once = from == turn.zone().day(turn.now());
  absence.from = at_once ? turn.now() : turn.zone().at(from, 0);
  absence.until = turn.zone().at(turn.zone().next_day(until), 0);
  auto mine = running(turn.sender(), turn.now());
  l_.absences.end(turn.sender(), turn.now());  // what was said before is replaced
  absence.id = l_.absences.add(absence, turn.sender(), turn.now());
  turn.around().dues.set({row_key(absence, "end"), *absence.until, std::string(topic()), absence.id, "end"});
  std::string lines;
  for (const auto& one : mine) {
    PersonId instead = l_.appointments.stand_in(one, turn.now());
    append_line(lines, instead ? fmt::format("{}：{}代班", office_text(one), name_of(instead))
                               : fmt::format("{}：没有代班人，由上一级接着管", office_text(one)));
  }
  turn.say(at_once ? text::away_now : text::away_later, {{"span", span_text(from, until)}, {"lines", lines}});
  auto shifts = l_.shifts.upcoming(turn.sender(), turn.now(), 20);
  std::erase_if(shifts, [&](const store::Duty& duty) {
    return duty.shift.starts_at >= *absence.until || duty.shift.ends_at <= absence.from;
  });
  if (at_once) {
    begin(turn, absence, true);
  } else {
    turn.around().dues.set(
        {row_key(absence, "begin"), absence.from, std::string(topic()), absence.id, "begin"});
  }
  if (!shifts.empty()) turn.say(text::shifts_left, {{"count", std::to_string(shifts.size())}});
}

/// The absence runs from now: stand-ins hear it and get what is in hand; where there is none, what is in hand
/// goes back to whoever answers now, and the officer on call above hears so.
void AppointmentHandler::begin(Turn& turn, const store::Absence& absence, bool speaking) {
  PersonId person = absence.person;
  bool is_gone = absence.why == AbsenceLedger::gone;
  std::string name = name_of(person), why = is_gone ? "取消了关注，这里联系不上" : "请假";
  std::string until = until_text(turn.zone(), absence);
  std::map<PersonId, std::string> instead, above;
  std::vector<dialog::Task> all;
  auto take = [&](std::vector<dialog::Task> tasks) { all.insert(all.end(), tasks.begin(), tasks.end()); };
  std::string reason = name + (is_gone ? "离开了" : "请假");
  for (const auto& one : running(person, turn.now())) {
    PersonId next = l_.appointments.stand_in(one, turn.now());
    if (next && l_.people.contact_of(next)) {
      append_line(instead[next], office_text(one));
      take(desk_.hand_over(turn, person, next, one.area, reason));
      continue;
    }
    if (one.role == Role::volunteer) continue;  // others of the same kind are asked; nothing is unseen to
    for (const auto& officer : l_.appointments.holders({Role::on_call, std::nullopt}, one.area, turn.now())) {
      if (officer.person != person) append_line(above[officer.person], office_text(one));
    }
  }
  take(desk_.hand_over(turn, person, {}, {}, reason));
  Values said{{"name", name}, {"why", why}, {"until", until}};
  auto tell_all = [&](const std::map<PersonId, std::string>& people, dialog::TextId id) {
    for (const auto& [to, lines] : people) {
      Values own = said;
      own.emplace_back("lines", lines);
      turn.tell(to, id, own);
    }
  };
  tell_all(instead, text::you_stand_in);
  tell_all(above, text::nobody_stands_in);
  if (is_gone) return;
  if (!speaking) turn.tell(person, text::away_begins, {{"until", until}});
  if (all.empty()) return;
  Values values{{"count", std::to_string(all.size())}, {"numbers", numbers_text(all)}};
  speaking ? turn.say(text::handed, values) : (void)turn.tell(person, text::handed, values);
}

/// Whoever stood in hears that the holder is back.
void AppointmentHandler::tell_over(Turn& turn, PersonId person) {
  std::map<PersonId, std::string> instead;
  for (const auto& one : running(person, turn.now())) {
    PersonId next = l_.appointments.stand_in(one, turn.now());
    if (next) append_line(instead[next], office_text(one));
  }
  for (const auto& [to, lines] : instead)
    turn.tell(to, text::stand_in_over, {{"name", name_of(person)}, {"lines", lines}});
}

/// "销假", also before the leave has begun.
bool AppointmentHandler::back(Turn& turn) {
  auto absence = l_.absences.next(turn.sender(), turn.now());
  if (!absence) {
    if (running(turn.sender(), turn.now()).empty()) return false;
    turn.say(text::not_away);
    return true;
  }
  bool ran = absence->from <= turn.now();
  l_.absences.end(turn.sender(), turn.now());
  turn.around().dues.drop(row_key(*absence, "begin"));
  turn.around().dues.drop(row_key(*absence, "end"));
  if (ran) tell_over(turn, turn.sender());
  turn.say(text::back);
  return true;
}

void AppointmentHandler::due(Turn& turn, const store::Due& due) {
  if (due.data == "gone") return gone(turn, PersonId{due.ref});
  if (due.data == "ended") return office_ended(turn, AppointmentId{due.ref});
  auto absence = l_.absences.find(due.ref);
  if (!absence) return;
  if (due.data == "begin") return begin(turn, *absence, false);
  if (l_.appointments.absent(absence->person, turn.now())) return;  // a longer one runs on
  tell_over(turn, absence->person);
  turn.tell(absence->person, text::leave_over);
}

/// Left the account: nothing reaches them here any more.
void AppointmentHandler::gone(Turn& turn, PersonId person) {
  if (l_.people.contact_of(person) || !l_.appointments.involved(person)) return;
  auto before = l_.absences.next(person, turn.now());
  if (before && before->why == AbsenceLedger::gone) return;
  store::Absence absence{.person = person, .from = turn.now(), .why = std::string(AbsenceLedger::gone)};
  absence.id = l_.absences.add(absence, {}, turn.now());
  begin(turn, absence, false);
}

/// An office ended by its date, or by an import: what the person had in hand goes to whoever answers now.
void AppointmentHandler::office_ended(Turn& turn, AppointmentId id) {
  auto term = l_.appointments.find(id);
  if (!term || !term->until || *term->until > turn.now()) return;
  PersonId person = term->appointment.person;
  if (l_.appointments.responsible(person, term->appointment.role, term->appointment.area, turn.now())) return;
  std::string office = office_text(term->appointment);
  auto held = l_.appointments.of_person(person, turn.now());
  bool stays =
      std::ranges::any_of(held, [&](const Appointment& one) { return one.area == term->appointment.area; });
  if (stays) {  // in another office of the same place: what is in hand stays too
    turn.tell(person, text::your_office_ended, {{"office", office}, {"tasks", ""}});
    return;
  }
  auto next =
      l_.appointments.holders({term->appointment.role, std::nullopt}, term->appointment.area, turn.now());
  PersonId to = next.empty() ? PersonId{} : next.front().person;
  auto tasks = desk_.hand_over(turn, person, to, term->appointment.area, office + "换人了");
  std::string in_hand = tasks.empty() ? "" : fmt::format("手上的 {} 号已经转给别人。", numbers_text(tasks));
  turn.tell(person, text::your_office_ended, {{"office", office}, {"tasks", in_hand}});
}

}  // namespace linli::handlers
