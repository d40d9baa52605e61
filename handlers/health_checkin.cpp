#include "handlers/health_checkin.hpp"

#include <algorithm>
#include <charconv>

#include "bot/base/utf8.hpp"
#include "handlers/health_checkin_texts.hpp"

namespace linli::handlers {

namespace text = health_checkin;
using community::HouseholdState;
using dialog::MessageKind;
using store::ConsentLedger;

namespace {

constexpr double sure = 0.85;               // of another topic, to give way to it
constexpr std::size_t longest_report = 60;  // a longer text that holds a temperature is a story

bool says(std::string_view normal, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return normal.find(word) != normal.npos; });
}

}  // namespace

HealthCheckinHandler::HealthCheckinHandler(Ledgers ledgers, dialog::TaskDesk& desk,
                                           std::vector<int> digest_at, const community::LevelRules& levels)
    : l_(ledgers), desk_(desk), digest_at_(std::move(digest_at)), levels_(levels) {}

std::vector<Step> HealthCheckinHandler::steps() const {
  return {{"consent", text::help_consent},
          {"state", text::help_state},
          {"guess", text::help_guess},
          {"details", text::help_details},
          {"contact", text::help_contact}};
}

std::vector<TextId> HealthCheckinHandler::texts() const {
  using namespace health_checkin;
  return {text::ask_consent,
          help_consent,
          refused,
          need_home,
          no_permit,
          text::ask_state,
          help_state,
          ask_guess,
          help_guess,
          taken,
          corrected,
          sick,
          ask_who,
          ask_temperature,
          help_details,
          ask_contact,
          help_contact,
          details_taken,
          glad,
          reopened,
          accepted,
          returned,
          escalated,
          done,
          roster_list,
          roster_counts_text,
          all_in,
          roster_how,
          not_responsible,
          proxied,
          proxy_unclear,
          proxy_self,
          proxy_sick,
          proxy_how,
          entered,
          objected,
          nothing_entered,
          digest_text};
}

bool HealthCheckinHandler::fits(Turn& turn) {
  const auto& message = turn.message();
  if (message.kind != MessageKind::text || utf8_length(message.normal) > longest_report) return false;
  const auto& words = turn.words();
  if (words.is_command("no", message.normal)) return objectable(turn).has_value();
  if (words.is("all_fine", message.normal)) return true;
  if (words.mentions("asking", message.normal) || words.mentions("cue", message.normal)) return false;
  if (words.mentions("start", message.normal)) return true;
  auto temperature = community::read_temperature(message.normal);
  if (temperature && !temperature->guessed) return true;
  if (denies_illness(words, message.normal)) return true;
  bool about_all = words.mentions("everyone", message.normal) || says(message.normal, {"体温"});
  return about_all && words.mentions("all_fine", message.normal) && !words.help_category(message.normal);
}

/// "签到" and "没事" are said of many things; a temperature, or that all are well, is a check-in.
double HealthCheckinHandler::gives_way_above(Turn& turn) {
  const std::string& normal = turn.message().normal;
  const auto& words = turn.words();
  bool whole = words.is_command("no", normal) || words.is("all_fine", normal) || words.is("start", normal) ||
               community::read_temperature(normal) || denies_illness(words, normal);
  return whole ? never : sure;
}

void HealthCheckinHandler::start(Turn& turn) {
  if (turn.words().is_command("no", turn.message().normal)) {
    if (auto ask = objectable(turn)) return object(turn, CheckinId{-ask->ref});
  }
  proceed(turn, turn.message().kind == MessageKind::text ? turn.message().normal : std::string());
}

/// Recorded only if the words say how they are; otherwise that is asked.
bool HealthCheckinHandler::wish(Turn& turn, std::string_view) {
  proceed(turn, turn.message().normal);
  return true;
}

bool HealthCheckinHandler::command(Turn& turn, const Command& command) {
  if (command.id == "roster") return roster(turn), true;
  if (command.id == "proxy") return proxy(turn), true;
  if (command.id == "object") {
    if (auto ask = objectable(turn)) return object(turn, CheckinId{-ask->ref}), true;
    turn.say(text::nothing_entered);
    return true;
  }
  // Sent here by another topic, the message is not about health; what was said before is in "said".
  auto own =
      turn.message().kind == MessageKind::text ? turn.words().command(turn.message().normal) : std::nullopt;
  bool with_report = own && own->id == "checkin" && !own->exact;
  proceed(turn, with_report ? turn.message().normal : turn.answer("said"));
  return true;
}

/// Everything a resident says about health comes through here: consent, then the household, then the report.
void HealthCheckinHandler::proceed(Turn& turn, const std::string& normal) {
  HealthSaid said = read_health(turn.words(), normal);
  turn.remember("said", said.anything() ? normal : "");
  AreaId household = household_for(turn, normal);
  if (household.value < 0) {
    turn.say(text::no_permit);
    return turn.leave();
  }
  bool guessed = said.temperature && said.temperature->guessed;
  bool agreed =
      (household && said.anything() && !guessed) ||  // the statement that records looks for itself
      l_.consents.holds(turn.sender(), ConsentLedger::health, ConsentLedger::health_version, turn.now());
  if (!agreed) return ask_consent(turn);
  if (guessed) {
    turn.remember("guess", std::to_string(said.temperature->tenths));
    return turn.ask(topic(), "guess", text::ask_guess, {{"temperature", degrees(said.temperature->tenths)}},
                    {"是", "不是"});
  }
  if (!household) return send_to_registration(turn, said);
  if (!said.anything()) return ask_state(turn);
  record(turn, household, said);
}

void HealthCheckinHandler::ask_state(Turn& turn) {
  turn.ask(topic(), "state", text::ask_state, {}, {"全家都好", "有人不舒服"});
}

void HealthCheckinHandler::ask_consent(Turn& turn) {
  turn.ask(topic(), "consent", text::ask_consent, {}, {"同意", "不同意"});
}

/// The confirmed home, the one the person has said to live in, or the one that they may help; none if there
/// is none. Negative: "帮…打卡" of somebody who may help nobody.
AreaId HealthCheckinHandler::household_for(Turn& turn, std::string_view normal) {
  if (std::string known = turn.answer("household"); !known.empty()) {
    AreaId household;
    std::from_chars(known.data(), known.data() + known.size(), household.value);
    return household;
  }
  bool helping = says(normal, {"帮", "替"});
  AreaId household = helping ? AreaId{} : turn.me().home;
  if (!household && !helping) household = l_.members.claimed_home(turn.sender());
  if (!household) {
    for (const auto& consent : l_.consents.of(turn.sender(), turn.now())) {
      if (consent.purpose == ConsentLedger::help_household) household = consent.about;
    }
    if (helping && !household) return AreaId{-1};
  }
  if (household) turn.remember("household", std::to_string(household.value));
  return household;
}

/// Somebody nobody knows yet: a sick report is handed on at once, the place is asked, and the check-in goes
/// on from there with what was said.
void HealthCheckinHandler::send_to_registration(Turn& turn, const HealthSaid& said) {
  if (said.sick()) {
    auto task = hand_on(turn, {}, said);
    turn.say(text::sick, {{"summary", summary_of(said)}, {"number", std::to_string(task.number)}});
  }
  std::string kept = turn.answer("said");
  turn.leave();
  turn.say(text::need_home);
  turn.remember("then", "checkin");
  turn.remember("said", kept);
  turn.redirect("register");
}

void HealthCheckinHandler::record(Turn& turn, AreaId household, const HealthSaid& said) {
  store::Checkin checkin{.household = household,
                         .day = today(turn),
                         .person = turn.sender(),
                         .at = turn.now(),
                         .state = said.sick() ? HouseholdState::symptom : HouseholdState::fine};
  if (said.temperature) checkin.temperature = said.temperature->tenths;
  if (said.sick() || turn.words().mentions("elsewhere", said.words)) checkin.details = said.words;
  auto reported = l_.checkins.report(checkin);
  if (!reported) return ask_consent(turn);
  // Whether the household had reported before is told to its own people only.
  bool correction = reported->corrections > 0 && turn.me().home == household;
  if (!said.sick()) {
    if (reported->corrections > 0) {
      for (auto& task : desk_.tasks().open_of_reporter(turn.sender())) {
        bool about_it = task.kind == community::TaskKind::health && task.household == household;
        if (about_it) desk_.add(turn, task, "住户更正：" + summary_of(said));
      }
    }
    turn.leave();
    return turn.say(correction ? text::corrected : text::taken, {{"summary", summary_of(said)}});
  }
  auto task = hand_on(turn, household, said);
  turn.say(text::sick, {{"summary", summary_of(said)}, {"number", std::to_string(task.number)}});
  turn.remember("task", std::to_string(task.id.value));
  turn.remember("checkin", std::to_string(reported->id.value));
  turn.remember("who", said.who.empty() ? member_named(household, said.words) : joined(said.who));
  if (said.temperature) turn.remember("temperature", std::to_string(said.temperature->tenths));
  if (said.contact || said.no_contact) turn.remember("contact", said.no_contact ? "没有" : "有");
  turn.remember("details", said.words);
  ask_missing(turn);
}

}  // namespace linli::handlers
