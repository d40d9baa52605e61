#include "handlers/appointment.hpp"

#include <algorithm>

#include "handlers/appointment_texts.hpp"
#include "handlers/command_rest.hpp"

namespace linli::handlers {

namespace text = appointment;
using community::Role;
using dialog::Answered;
using dialog::MessageKind;
using dialog::Turn;

std::vector<dialog::Step> AppointmentHandler::steps() const {
  return {{"role", text::help_role},
          {"where", text::help_where},
          {"which", text::help_which},
          {"who", text::help_who},
          {"confirm", text::help_confirm},
          {"dates", text::help_dates},
          {"shift_or_days", text::help_shift_or_days},
          {"door", text::help_door}};
}

/// "把和平苑3号楼的楼长换成张三", of an officer on call.
bool AppointmentHandler::says_adjustment(Turn& turn) {
  const std::string& normal = turn.message().normal;
  if (turn.message().kind != MessageKind::text || !community::says_adjustment(normal)) return false;
  return l_.appointments.holds(turn.sender(), Role::on_call, turn.now());
}

std::vector<dialog::TextId> AppointmentHandler::texts() const {
  return {std::begin(text::all), std::end(text::all)};
}

/// Somebody at the door, and a doubt; and staff who follow the account again.
bool AppointmentHandler::fits(Turn& turn) {
  const auto& message = turn.message();
  if (message.kind == MessageKind::follow) return gone_before(turn).has_value();
  if (message.kind != MessageKind::text) return false;
  if (says_adjustment(turn)) return true;
  const auto& words = turn.words();
  if (words.mentions("at_door_badge", message.normal) && words.mentions("at_door_doubt", message.normal))
    return true;
  return words.mentions("at_door", message.normal) && words.mentions("at_door_staff", message.normal) &&
         words.mentions("at_door_doubt", message.normal);
}

void AppointmentHandler::start(Turn& turn) {
  if (says_adjustment(turn)) {
    adjust(turn, turn.message().normal);
    return;
  }
  if (turn.message().kind != MessageKind::follow) return at_door(turn, turn.message().normal);
  l_.absences.end(turn.sender(), turn.now(), store::AbsenceLedger::gone);
  tell_over(turn, turn.sender());
  turn.say(text::follows_again);
}

bool AppointmentHandler::command(Turn& turn, const dialog::Command& command) {
  if (command.id == "adjust") return adjust(turn, behind_command(turn.message().normal));
  if (command.id == "away" || command.id == "shift_decline") return away(turn, command);
  if (command.id == "back_from_leave") return back(turn);
  bool typed = turn.message().kind == MessageKind::text;
  at_door(turn, typed ? std::string_view(turn.message().normal) : std::string_view{});
  return true;
}

Answered AppointmentHandler::answer(Turn& turn) {
  const auto& message = turn.message();
  if (message.kind != MessageKind::text && message.kind != MessageKind::click)
    return Answered::not_understood;
  auto command = turn.words().command(message.normal);
  auto own = commands();
  if (command && command->id == "adjust" && !command->exact && turn.dialog().step != "where") {
    turn.leave();  // about another office
    adjust(turn, behind_command(message.normal));
    return Answered::taken;
  }
  if (command && command->exact && std::ranges::find(own, command->id) != own.end())
    return Answered::not_mine;  // another of this topic's own commands
  const std::string step = turn.dialog().step;
  if (step == "dates") return take_dates(turn, message.normal) ? Answered::taken : Answered::not_understood;
  if (step == "door") {
    AreaId where = door_in(turn, message.normal);
    if (!where) return Answered::not_understood;
    std::string badge = turn.answer("badge");
    turn.leave();
    say_door(turn, where, badge);
    return Answered::taken;
  }
  if (step != "shift_or_days") return answer_adjust(turn);
  auto choice = turn.choice();
  if (!choice) return Answered::not_understood;
  bool one_shift = choice == turn.dialog().choices.front();
  turn.leave();
  if (one_shift) {
    turn.redirect("shift_decline");  // with this answer it is no 请假 any more
  } else {
    turn.ask(topic(), "dates", text::ask_dates);
  }
  return Answered::taken;
}

}  // namespace linli::handlers
