// What is answered at the steps consent, state and guess.
#include <charconv>

#include "handlers/health_checkin.hpp"
#include "handlers/health_checkin_texts.hpp"

namespace linli::handlers {

namespace text = health_checkin;
using dialog::MessageKind;
using store::ConsentLedger;

namespace {

constexpr std::string_view everyone_fine = "全家都好", somebody_ill = "有人不舒服";
constexpr std::string_view agree = "同意", disagree = "不同意", right = "是", wrong = "不是";

}  // namespace

Answered HealthCheckinHandler::answer(Turn& turn) {
  const auto& message = turn.message();
  auto command = message.kind == MessageKind::text ? turn.words().command(message.normal) : std::nullopt;
  if (message.kind == MessageKind::click || (command && command->id == "checkin" && command->exact)) {
    turn.ask_again();
    return Answered::taken;
  }
  if (message.kind != MessageKind::text) return Answered::not_understood;
  if (command && (command->id == "roster" || command->id == "proxy")) return Answered::not_mine;
  const std::string step = turn.dialog().step;
  if (step == "consent") return answer_consent(turn);
  if (step == "guess") return answer_guess(turn);
  if (step == "details") return answer_details(turn);
  if (step == "contact") return answer_contact(turn);
  return answer_state(turn);
}

Answered HealthCheckinHandler::answer_consent(Turn& turn) {
  const auto& normal = turn.message().normal;
  auto choice = turn.choice();
  if (choice == agree || turn.words().is_command("consent", normal) ||
      turn.words().is_command("yes", normal)) {
    l_.consents.grant(turn.sender(), {std::string(ConsentLedger::health),
                                      std::string(ConsentLedger::health_version),
                                      {},
                                      turn.now(),
                                      std::nullopt});
    proceed(turn, turn.answer("said"));
    return Answered::taken;
  }
  if (choice == disagree || turn.words().is_command("refuse_consent", normal) ||
      turn.words().is_command("no", normal)) {
    turn.leave();
    turn.say(text::refused);
    return Answered::taken;
  }
  return Answered::not_understood;
}

Answered HealthCheckinHandler::answer_state(Turn& turn) {
  auto choice = turn.choice();
  HealthSaid said = choice ? HealthSaid{} : read_health(turn.words(), turn.message().normal);
  if (choice == everyone_fine) said.all_fine = true;
  if (choice == somebody_ill) said.symptoms.emplace_back("不舒服");
  if (said.temperature && said.temperature->guessed)
    return proceed(turn, turn.message().normal), Answered::taken;
  if (!said.anything()) {
    return turn.words().help_category(turn.message().normal) ? Answered::not_mine : Answered::not_understood;
  }
  AreaId household = household_for(turn, {});
  if (!household) return proceed(turn, turn.message().normal), Answered::taken;
  if (!choice) turn.remember("said", turn.message().normal);
  record(turn, household, said);
  return Answered::taken;
}

/// "365" was taken for 36.5; the person says whether that is right, or writes it anew.
Answered HealthCheckinHandler::answer_guess(Turn& turn) {
  const auto& normal = turn.message().normal;
  auto again = community::read_temperature(normal);
  bool yes = turn.choice() == right || turn.words().is_command("yes", normal);
  bool no = turn.choice() == wrong || turn.words().is_command("no", normal);
  if (!yes && !no && (!again || again->guessed)) return Answered::not_understood;
  HealthSaid said = read_health(turn.words(), turn.answer("said"));
  if (no) {
    turn.remember("said", "");
    ask_state(turn);
    return Answered::taken;
  }
  int tenths = 0;
  std::string guess = turn.answer("guess");
  std::from_chars(guess.data(), guess.data() + guess.size(), tenths);
  said.temperature = {yes ? tenths : again->tenths, false};
  if (!turn.answer("task").empty()) {  // asked in the middle of the details
    turn.remember("temperature", std::to_string(said.temperature->tenths));
    take_details(turn, degrees(said.temperature->tenths));
    return Answered::taken;
  }
  turn.remember("said", said.words + " " + degrees(said.temperature->tenths));
  proceed(turn, turn.answer("said"));
  return Answered::taken;
}

}  // namespace linli::handlers
