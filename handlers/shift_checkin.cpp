#include "handlers/shift_checkin.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

#include "handlers/rota_words.hpp"
#include "handlers/shift_checkin_texts.hpp"

namespace linli::handlers {

using community::ShiftState;
using dialog::Answered;
using dialog::MessageKind;
using dialog::Turn;

namespace {

constexpr std::string_view the_post = "上岗打卡", the_household = "家庭健康打卡";
constexpr Seconds reason_within{36 * 3600};  // "今天发烧去不了" means a shift that begins so soon
constexpr std::string_view wait = "我再等等", go = "我得先走";

bool is_scene(const dialog::Message& message) {
  bool scanned = message.kind == MessageKind::scan || message.kind == MessageKind::follow;
  return scanned && community::post_of_scene(message.key);
}

/// Nothing but the post's four digits.
std::optional<std::string_view> bare_code_word(const dialog::Message& message) {
  auto word = community::code_word_in(message.normal);
  return word && word->size() == message.normal.size() ? word : std::nullopt;
}

/// "我的班", or its menu key, in the middle of a question: the list is shown, then the question again.
bool asks_for_the_list(const Turn& turn) {
  const auto& message = turn.message();
  if (message.kind == MessageKind::click) return message.key == "shift";
  return message.kind == MessageKind::text && turn.words().is_command("shift", message.normal);
}

}  // namespace

std::vector<dialog::Step> ShiftCheckinHandler::steps() const {
  return {{"which", shift::which_help}, {"alone", shift::alone_help}};
}

std::vector<dialog::TextId> ShiftCheckinHandler::texts() const {
  return {std::begin(shift::all), std::end(shift::all)};
}

bool ShiftCheckinHandler::fits(Turn& turn) {
  const auto& message = turn.message();
  if (is_scene(message)) {  // a newcomer who followed through the board is greeted instead
    return message.kind == MessageKind::scan || shifts_.due(turn.sender(), turn.now(), rules_);
  }
  if (message.kind == MessageKind::location) return next_soon(turn, rules_.look_ahead).has_value();
  if (message.kind != MessageKind::text) return false;
  if (auto word = bare_code_word(message))
    return shifts_.due(turn.sender(), turn.now(), rules_).has_value() || early_with(turn, *word);
  if (says_cannot_come(message.normal)) return next_soon(turn, reason_within).has_value();
  return community::late_minutes(message.normal) && next_soon(turn, late_ahead);
}

void ShiftCheckinHandler::start(Turn& turn) {
  const auto& message = turn.message();
  if (is_scene(message)) return by_scene(turn);
  if (message.kind == MessageKind::location) return by_place(turn);
  if (auto word = bare_code_word(message)) {
    if (auto mine = shifts_.due(turn.sender(), turn.now(), rules_)) return by_code_word(turn, *mine, *word);
    if (auto next = early_with(turn, *word)) return explain_early(turn, *next);
  }
  if (says_cannot_come(message.normal)) {
    if (auto next = next_soon(turn, reason_within)) return decline(turn, *next, message.text);
  }
  if (!late(turn)) turn.say(shift::none);
}

/// Of somebody who has a shift, or stands one; what is not clear is answered by the list of their shifts.
bool ShiftCheckinHandler::wish(Turn& turn, std::string_view) {
  const std::string& normal = turn.message().normal;
  bool on_post = shifts_.on_post(turn.sender(), turn.now()).has_value();
  if (!on_post && shifts_.upcoming(turn.sender(), turn.now(), 1).empty()) return false;
  if (fits(turn)) return start(turn), true;
  auto says = [&](std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words,
                               [&](std::string_view word) { return normal.find(word) != normal.npos; });
  };
  if (on_post && says({"下岗", "下班", "交班", "撤岗", "换下来", "站完"})) return leave(turn);
  if (says({"到了", "到岗", "到位", "就位", "上岗", "报到", "站上", "站到", "来到", "我到"}) && arrived(turn))
    return true;
  list(turn);
  return true;
}

bool ShiftCheckinHandler::command(Turn& turn, const dialog::Command& command) {
  if (command.id == "shift" || command.id == "rota") {  // "排班" of somebody who makes no rotas
    list(turn);
    return true;
  }
  if (command.id == "shift_confirm") return confirm_next(turn);
  if (command.id == "shift_decline") return decline_next(turn);
  if (command.id == "arrived") return arrived(turn);
  if (command.id == "late") return late(turn);
  if (command.id == "leave") return leave(turn);
  if (command.id == "checkin") return checkin(turn);
  return false;
}

Answered ShiftCheckinHandler::answer(Turn& turn) {
  return turn.dialog().step == "alone" ? answer_alone(turn) : answer_which(turn);
}

void ShiftCheckinHandler::answer_ask(Turn& turn, std::int64_t ref, std::string_view digit) {
  auto duty = shifts_.find(ShiftId{ref});
  turn.around().asks.drop(turn.sender(), topic(), ref);
  if (!duty) return turn.say(shift::none);
  if (duty->shift.person != turn.sender()) return relieved_by(turn, *duty);
  if (digit == "1") return confirm(turn, *duty);
  decline(turn, *duty, {});
}

void ShiftCheckinHandler::due(Turn& turn, const store::Due& due) {
  if (due.data == "schedule") {
    shifts_.openings().drop_past(turn.now());
    return schedule_shifts(shifts_, turn.around().dues, turn.zone(), turn.now(),
                           turn.now() + store::shift_horizon, rules_);
  }
  auto duty = shifts_.find(ShiftId{due.ref});
  if (duty && due.data == "over")
    return duties_.close_cover(turn, *duty, community::CloseHow::silent, shift::cover_past);
  if (!duty || !levels_.exists(community::LevelDuty::shift_checkin, areas_.level(duty->post.area)))
    return;  // posts are not stood at every level
  bool expected = duty->shift.state == ShiftState::planned || duty->shift.state == ShiftState::confirmed;
  if (!expected || turn.now() >= duty->shift.ends_at) return;
  if (due.data == "missing") return missing(turn, *duty);
  remind(turn, *duty, due.data);
}

/// The board's digits before the check-in is open: somebody stands there already.
std::optional<store::Duty> ShiftCheckinHandler::early_with(Turn& turn, std::string_view word) {
  auto next = next_soon(turn, rules_.look_ahead);
  if (!next || next->post.code_word != word) return std::nullopt;
  return next;
}

/// "打卡" while a shift is due: the post or the household?
bool ShiftCheckinHandler::checkin(Turn& turn) {
  const auto& message = turn.message();
  // Sent on from our own question ("2 家庭健康打卡"): not ours.
  auto typed = message.kind == MessageKind::text ? turn.words().command(message.normal) : std::nullopt;
  if (message.kind == MessageKind::text && (!typed || typed->id != "checkin")) return false;
  auto mine = shifts_.due(turn.sender(), turn.now(), rules_);
  if (!mine) return false;
  if (!turn.me().home) {
    ask_evidence(turn, *mine);
    return true;
  }
  turn.ask(topic(), "which", shift::which, values(turn, *mine),
           {std::string(the_post), std::string(the_household)});
  return true;
}

Answered ShiftCheckinHandler::answer_which(Turn& turn) {
  const auto& message = turn.message();
  auto choice = turn.choice();
  if (choice == the_household) {
    turn.leave();
    turn.redirect("checkin");
    return Answered::taken;
  }
  auto mine = shifts_.due(turn.sender(), turn.now(), rules_);
  if (!mine) {  // the shift ended meanwhile
    turn.leave();
    turn.redirect("checkin");
    return Answered::taken;
  }
  if (message.kind == MessageKind::location) {
    turn.leave();
    by_place(turn);
    return Answered::taken;
  }
  if (auto word = bare_code_word(message)) {
    turn.leave();
    by_code_word(turn, *mine, *word);
    return Answered::taken;
  }
  if (asks_for_the_list(turn)) return Answered::not_mine;
  bool arrived_typed = turn.words().is_command("arrived", message.normal);
  if (choice != the_post && !arrived_typed) return Answered::not_understood;
  turn.leave();
  ask_evidence(turn, *mine);
  return Answered::taken;
}

Answered ShiftCheckinHandler::answer_alone(Turn& turn) {
  auto choice = turn.choice();
  const auto& normal = turn.message().normal;
  if (turn.words().is_command("arrived", normal)) {  // the next one came while the question was open
    turn.leave();
    return arrived(turn) ? Answered::taken : Answered::not_mine;
  }
  bool insists = choice == go || turn.words().is_command("leave", normal);
  if (!insists && asks_for_the_list(turn)) return Answered::not_mine;
  if (!insists && choice != wait) return Answered::not_understood;
  std::string note = turn.answer("note");
  turn.leave();
  auto mine = shifts_.on_post(turn.sender(), turn.now());
  if (!mine) {
    turn.say(shift::not_on_post);
  } else if (!insists) {
    turn.say(shift::staying, values(turn, *mine));
  } else {
    finish(turn, *mine, note);
  }
  return Answered::taken;
}

/// "到了": from whoever is on post it means the next one, from whoever has a shift due it means themselves.
bool ShiftCheckinHandler::arrived(Turn& turn) {
  auto mine = shifts_.due(turn.sender(), turn.now(), rules_);
  auto word = community::code_word_in(turn.message().normal);
  if (mine && word) {
    by_code_word(turn, *mine, *word);
    return true;
  }
  if (auto on_post = shifts_.on_post(turn.sender(), turn.now())) {
    relieve(turn, *on_post);
    return true;
  }
  if (mine) {
    ask_evidence(turn, *mine);
    return true;
  }
  auto next = shifts_.upcoming(turn.sender(), turn.now(), 1);
  if (next.empty()) return false;
  explain_early(turn, next.front());
  return true;
}

void ShiftCheckinHandler::by_place(Turn& turn) {
  auto mine = shifts_.due(turn.sender(), turn.now(), rules_);
  if (!mine) {
    auto next = next_soon(turn, rules_.look_ahead);
    return next ? explain_early(turn, *next) : turn.say(shift::none);
  }
  community::Place here{turn.message().lat, turn.message().lon};
  if (community::inside(mine->post.place, mine->post.radius_m, here))
    return check_in(turn, *mine, "location");
  auto said = values(turn, *mine);
  said.emplace_back("metres",
                    fmt::format("{:.0f}", std::ceil(community::distance_m(mine->post.place, here))));
  said.emplace_back("radius", std::to_string(mine->post.radius_m));
  turn.say(shift::far, said);
}

void ShiftCheckinHandler::by_code_word(Turn& turn, const Duty& mine, std::string_view word) {
  if (mine.post.code_word == word) return check_in(turn, mine, "code");
  turn.say(shift::wrong_word, values(turn, mine));
}

void ShiftCheckinHandler::by_scene(Turn& turn) {
  auto post = shifts_.find_post_by_code(*community::post_of_scene(turn.message().key));
  if (!post) post = shifts_.find_post_by_code(turn.message().key);
  auto mine = shifts_.due(turn.sender(), turn.now(), rules_);
  if (mine && post && mine->shift.post == post->id) return check_in(turn, *mine, "code");
  if (mine) return turn.say(shift::wrong_post, values(turn, *mine));
  auto next = next_soon(turn, rules_.look_ahead);
  if (next && post && next->shift.post == post->id) return explain_early(turn, *next);
  turn.say(shift::no_shift_here);
}

void ShiftCheckinHandler::check_in(Turn& turn, Duty mine, std::string_view by) {
  mine.shift.state = ShiftState::on_post;
  mine.shift.in_at = turn.now();
  mine.shift.in_by = by;
  shifts_.save(mine.shift);
  turn.around().asks.drop_all(topic(), mine.shift.id.value);
  duties_.close_cover(turn, mine, community::CloseHow::answered, shift::cover_over);
  auto said = values(turn, mine);
  duties_.stop_asking(turn, mine.shift.id.value, said, {});
  auto before = shifts_.before(mine);
  bool relieves =
      before && before->shift.state == ShiftState::on_post && before->shift.person != mine.shift.person;
  bool told_already =
      turn.has_sender() && before && before->shift.person == turn.sender();  // it was their word
  if (relieves && !told_already)
    turn.tell(before->shift.person, shift::next_came, said, {.urgency = dialog::Urgency::high});
  auto noted = shifts_.note_before(mine);
  if (noted) said.emplace_back("note", noted->shift.note);
  if (mine.shift.person == turn.sender()) {
    turn.say(shift::checked_in, said);
    if (noted) turn.say(shift::note_left, said);
    return;
  }
  turn.tell(mine.shift.person, shift::checked_in_by, said, {.urgency = dialog::Urgency::high});
  if (noted) turn.tell(mine.shift.person, shift::note_left, said);
}

void ShiftCheckinHandler::ask_evidence(Turn& turn, const Duty& mine) {
  auto said = values(turn, mine);
  auto before = shifts_.before(mine);
  if (!before || before->shift.state != ShiftState::on_post || before->shift.person == turn.sender()) {
    return turn.say(shift::evidence, said);
  }
  dialog::Tell how{.urgency = dialog::Urgency::high, .keep = Seconds{2 * 3600}};
  how.dedupe = fmt::format("shift:{}:here_is_next", mine.shift.id.value);
  how.accepts = "1";
  how.topic = topic();
  how.ref = mine.shift.id.value;
  how.hint = "到了";
  turn.tell(before->shift.person, shift::here_is_next, said, how);
  said.emplace_back("before", name_of(turn, before->shift.person));
  turn.say(shift::evidence_or_word, said);
}

void ShiftCheckinHandler::explain_early(Turn& turn, const Duty& next) {
  auto said = values(turn, next);
  Time opens = next.shift.starts_at - rules_.checkin_before;
  said.emplace_back("opens", turn.when(opens));
  said.emplace_back("left", dialog::duration_text(std::chrono::duration_cast<Seconds>(opens - turn.now())));
  turn.say(shift::early, said);
}

std::optional<store::Duty> ShiftCheckinHandler::next_soon(Turn& turn, Seconds within) {
  auto next = shifts_.upcoming(turn.sender(), turn.now(), 2);
  std::erase_if(next, [&](const Duty& duty) {
    return duty.shift.state == ShiftState::on_post || duty.shift.starts_at > turn.now() + within;
  });
  if (next.empty()) return std::nullopt;
  return next.front();
}

dialog::Values ShiftCheckinHandler::values(Turn& turn, const Duty& duty) {
  return {{"post", areas_.building_text(duty.post.area) + duty.post.name},
          {"span", span(turn, duty)},
          {"what", duty.post.what},
          {"name", name_of(turn, duty.shift.person)}};
}

std::string ShiftCheckinHandler::span(Turn& turn, const Duty& duty) {
  return turn.when(duty.shift.starts_at) + "到" + turn.zone().clock_text(duty.shift.ends_at);
}

std::string ShiftCheckinHandler::name_of(Turn& turn, PersonId person) {
  if (turn.has_sender() && person == turn.sender() && !turn.me().name.empty()) return turn.me().name;
  auto found = people_.find(person);
  return found && !found->name.empty() ? found->name : std::string("一位值守的同志");
}

}  // namespace linli::handlers
