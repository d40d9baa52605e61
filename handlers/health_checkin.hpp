// The daily health check-in of a household, and what a grid leader does about those not heard from. One
// check-in a household and day, in one statement once consent is known; a second one of the day corrects the
// first. A fever or symptom is recorded and handed on at once; who, temperature and contact are asked after
// that, so that nothing is lost if the person stops answering.
//
//   health_checkin.cpp         what residents say and are asked
//   health_checkin_answers.cpp what is answered
//   health_checkin_words.cpp   what a message says about health
//   health_checkin_sick.cpp    a fever or symptom: the task, and what is missing
//   health_checkin_roster.cpp  名单
//   health_checkin_proxy.cpp   代报, and objections to what was entered
//   health_checkin_rounds.cpp  the digests of missing check-ins
#pragma once

#include <span>

#include "bot/community/level_rules.hpp"
#include "bot/community/temperature.hpp"
#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/checkin_ledger.hpp"
#include "bot/store/consent_ledger.hpp"
#include "bot/store/member_ledger.hpp"

namespace linli::handlers {

using dialog::Answered;
using dialog::Command;
using dialog::Step;
using dialog::TextId;
using dialog::Turn;

/// What a message says about how a household is.
struct HealthSaid {
  std::string words;
  std::optional<community::TemperatureReading> temperature;
  std::vector<std::string> symptoms;
  std::vector<std::string> who;  // relations: 母亲 ...
  bool all_fine{};
  bool contact{};     // speaks of travel or contact with a case
  bool no_contact{};  // denies it

  bool sick() const { return !symptoms.empty() || (temperature && community::is_fever(temperature->tenths)); }
  bool anything() const { return all_fine || temperature || sick(); }
};
HealthSaid read_health(const dialog::Words& words, std::string_view normal);
/// "全家都好，没有发烧": the only trouble it names is one that nobody has. A check-in, not a request.
bool denies_illness(const dialog::Words& words, std::string_view normal);
/// "母亲 37.8℃ 咳嗽", "全家都好，36.5℃"
std::string summary_of(const HealthSaid& said);
std::string degrees(int tenths);
/// "母亲、父亲"
std::string joined(const std::vector<std::string>& words);

/// The next digest slot gets its row in the list of what falls due, if it has none: called at start, and by
/// each slot for the one after it. `digest_at`: minutes after local midnight, rising.
void schedule_rounds(store::DueLedger& dues, const Zone& zone, Time now, std::span<const int> digest_at);

class HealthCheckinHandler final : public dialog::Handler {
 public:
  struct Ledgers {
    store::CheckinLedger& checkins;
    store::ConsentLedger& consents;
    store::MemberLedger& members;
    store::AreaLedger& areas;
    store::AppointmentLedger& appointments;
    store::PersonLedger& people;
  };
  /// `digest_at`: when grid leaders hear who is missing, minutes after local midnight.
  HealthCheckinHandler(Ledgers ledgers, dialog::TaskDesk& desk, std::vector<int> digest_at,
                       const community::LevelRules& levels);

  std::string_view topic() const override { return "health_checkin"; }
  std::vector<Step> steps() const override;
  std::vector<TextId> texts() const override;
  std::vector<std::string_view> commands() const override { return {"checkin", "roster", "proxy", "object"}; }

  bool fits(Turn& turn) override;
  double gives_way_above(Turn& turn) override;
  void start(Turn& turn) override;
  bool may_be_taken_apart() const override { return true; }
  std::vector<std::string_view> intents() const override { return {"health_checkin"}; }
  bool wish(Turn& turn, std::string_view intent) override;
  bool command(Turn& turn, const Command& command) override;
  Answered answer(Turn& turn) override;
  void answer_ask(Turn& turn, std::int64_t ref, std::string_view digit) override;
  void due(Turn& turn, const store::Due& due) override;

 private:
  // what residents say
  void proceed(Turn& turn, const std::string& normal);
  void ask_state(Turn& turn);
  void ask_consent(Turn& turn);
  void send_to_registration(Turn& turn, const HealthSaid& said);
  AreaId household_for(Turn& turn, std::string_view normal);
  void record(Turn& turn, AreaId household, const HealthSaid& said);
  Answered answer_consent(Turn& turn);
  Answered answer_state(Turn& turn);
  Answered answer_guess(Turn& turn);

  // a fever or symptom
  dialog::Task hand_on(Turn& turn, AreaId household, const HealthSaid& said);
  std::string member_named(AreaId household, std::string_view words);
  void ask_missing(Turn& turn);
  Answered answer_details(Turn& turn);
  Answered answer_contact(Turn& turn);
  void take_details(Turn& turn, const std::string& added);

  // staff
  // The building that was listed last, so that 代报 need not name it: kept beside what asks for digits, but
  // accepting none.
  static constexpr std::string_view listed = "health_checkin.listed";
  bool may_see(PersonId person, AreaId area, Time now);
  bool refuse(Turn& turn, AreaId area);
  void roster(Turn& turn);
  void roster_counts(Turn& turn, const std::vector<community::Area>& areas);
  std::string rooms_text(const std::vector<store::Unheard>& rows);
  void proxy(Turn& turn);
  struct Room {
    AreaId household;  // none: `why` says what is in the way
    std::string why;
  };
  Room find_room(AreaId place, std::string_view unit, std::string_view room, std::string_view day);
  bool enter(Turn& turn, AreaId household, community::HouseholdState state, const HealthSaid& said);
  std::optional<store::Ask> objectable(Turn& turn);
  void object(Turn& turn, CheckinId checkin);

  // rounds
  void plan_digests(Turn& turn, const store::Due& due);
  void digest(Turn& turn, const store::Due& due);
  std::string count_text(AreaId under, const std::vector<store::Unheard>& rows, std::string* first_building);

  std::string today(const Turn& turn) const { return turn.zone().iso_day(turn.zone().day(turn.now())); }

  Ledgers l_;
  dialog::TaskDesk& desk_;
  std::vector<int> digest_at_;
  community::LevelRules levels_;
};

}  // namespace linli::handlers
