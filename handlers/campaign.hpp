// Campaigns over households: screening 排查, leaflets 发放, care rounds 走访, vaccination 接种 and whatever
// else config/campaigns defines. Residents answer for themselves first; whoever goes round enters the rest in
// lines.
//
//   campaign.cpp          opening, extending, ending
//   campaign_answers.cpp  what residents are asked and say, and their objections
//   campaign_entries.cpp  lines of staff, progress
//   campaign_register.cpp newly found households, look-alikes, merging and its undoing
//   campaign_rounds.cpp   what falls due: teams, asking, the day's roll-up, the deadline
#pragma once

#include "bot/community/campaign_rules.hpp"
#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/campaign_ledger.hpp"
#include "bot/store/consent_ledger.hpp"
#include "bot/store/household_answers.hpp"
#include "bot/store/household_register.hpp"
#include "bot/store/member_ledger.hpp"

namespace linli::handlers {

/// The next roll-up gets its row in the list of what falls due, if it has none.
void schedule_roll_up(store::DueLedger& dues, const Zone& zone, Time now, int minute_of_day);

class CampaignHandler final : public dialog::Handler {
 public:
  struct Ledgers {
    store::CampaignLedger& campaigns;
    store::HouseholdAnswers& answers;
    store::HouseholdRegister& households;
    store::ConsentLedger& consents;
    store::MemberLedger& members;
    store::AppointmentLedger& appointments;
    store::AreaLedger& areas;
    store::PersonLedger& people;
  };
  CampaignHandler(Ledgers ledgers, dialog::TaskDesk& desk, const community::CampaignRules& rules)
      : l_(ledgers), desk_(desk), rules_(rules) {}

  std::string_view topic() const override { return "campaign"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  /// "done", "confirm", "merge" and "object" too: of what is not a campaign's they are left to others.
  std::vector<std::string_view> commands() const override {
    return {"campaign",
            "campaign_open",
            "campaign_progress",
            "campaign_close",
            "campaign_extend",
            "household_found",
            "household_merge",
            "household_split",
            "roll_up_again",
            "confirm",
            "done",
            "merge",
            "object"};
  }
  void start(dialog::Turn& turn) override { speak(turn); }
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  void answer_ask(dialog::Turn& turn, std::int64_t ref, std::string_view digit) override;
  void due(dialog::Turn& turn, const store::Due& due) override;

 private:
  using Turn = dialog::Turn;
  using Campaign = store::Campaign;
  using Entry = store::CampaignEntry;
  using Kind = community::CampaignKind;
  using Question = community::CampaignQuestion;

  // --- opening (campaign.cpp)
  struct Wanted {
    const Kind* kind = nullptr;
    std::string audience;
    AreaId area;
    Time deadline{};
    PersonId leader;
  };
  bool is_officer(Turn& turn, AreaId area);
  /// Goes round there: enters lines, sees how far it is.
  bool goes_round(Turn& turn, AreaId area);
  AreaId own_area(Turn& turn);
  void open(Turn& turn);
  void go_on(Turn& turn, const Wanted& wanted);
  void begin(Turn& turn, const Wanted& wanted);
  void remember(Turn& turn, const Wanted& wanted);
  Wanted wanted(Turn& turn);
  PersonId leader_named(Turn& turn, std::string_view words, AreaId area);
  std::string audience_text(const std::string& id) const;
  std::string person_text(PersonId person);
  std::string name_of(const Campaign& campaign) const;
  dialog::Values values(Turn& turn, const Campaign& campaign, AreaId area);
  void close(Turn& turn, Campaign campaign, PersonId by);
  void end_command(Turn& turn);
  void extend(Turn& turn);
  std::optional<Campaign> meant(Turn& turn, std::string_view words, bool officer);
  dialog::Answered answer_detail(Turn& turn);

  // --- residents (campaign_answers.cpp)
  void speak(Turn& turn);
  AreaId home_of(Turn& turn);
  void ask_household(Turn& turn, const Campaign& campaign, AreaId household, bool again);
  void ask_next(Turn& turn);
  dialog::Answered answer_question(Turn& turn);
  dialog::Answered answer_consent(Turn& turn);
  void refuse(Turn& turn, const Campaign& campaign, AreaId household);
  void finished(Turn& turn, const Campaign& campaign, AreaId household);
  /// What is known of the household from elsewhere becomes its answer.
  void fill_in(Turn& turn, const Campaign& campaign, const Kind& kind, AreaId household);
  std::optional<std::string> known_from(Turn& turn, const Question& question, AreaId household);
  /// Questions of the campaign that nobody has answered validly for the household.
  std::vector<const Question*> missing(Turn& turn, const Kind& kind, AreaId household);
  void take_answer(Turn& turn, const Campaign& campaign, const Question& question, AreaId household,
                   const std::string& value, PersonId said_by);
  std::optional<Campaign> objectable(Turn& turn);
  void object(Turn& turn, const Campaign& campaign);

  // --- staff (campaign_entries.cpp)
  bool campaign_command(Turn& turn, const dialog::Command& command);
  void enter_line(Turn& turn, const Kind& kind, const std::string& line);
  // The building whose doors were shown last, so that a line need not name it: kept beside what asks for
  // digits, but accepting none.
  static constexpr std::string_view listed = "campaign.listed";
  store::AreaLedger::Found place_in(Turn& turn, const std::string& words);
  struct Door {
    AreaId household;  // none: `why` says what is in the way
    std::string why;
  };
  Door find_door(AreaId place, std::string_view unit, std::string_view room);
  bool enter(Turn& turn, const Campaign& campaign, AreaId household, community::CampaignState state,
             const std::string& words);
  void settle(Turn& turn, const Campaign& campaign, AreaId household);
  void progress(Turn& turn);
  void show(Turn& turn, const Campaign& campaign, const community::Area& area);
  void show_door(Turn& turn, const Campaign& campaign, AreaId household);

  // --- the register (campaign_register.cpp)
  void found(Turn& turn);
  struct Found {
    AreaId parent;
    std::string room, name, phone;
  };
  void add_found(Turn& turn, const Found& found);
  dialog::Answered answer_alike(Turn& turn);
  bool merge(Turn& turn, bool only_if_doors);
  void split(Turn& turn, const dialog::Command& command);

  // --- rounds (campaign_rounds.cpp)
  void teams_due(Turn& turn, const Campaign& campaign);
  void open_team(Turn& turn, const Campaign& campaign, store::CampaignTeam team);
  void list_due(Turn& turn, Campaign campaign);
  void ask_due(Turn& turn, Campaign campaign);
  void ask_at_home(Turn& turn, const Campaign& campaign, const Kind& kind, AreaId household);
  void end_due(Turn& turn, const Campaign& campaign);
  void roll_up_due(Turn& turn);
  bool confirm(Turn& turn, const dialog::Command& command);
  bool done(Turn& turn, const dialog::Command& command);
  bool roll_up_again(Turn& turn, const dialog::Command& command);
  std::vector<dialog::Task> roll_ups(Turn& turn, const dialog::Command& command);
  void schedule_asking(Turn& turn, const Campaign& campaign, Time from);
  std::string roll_up_text(const store::CampaignDay& day);

  Ledgers l_;
  dialog::TaskDesk& desk_;
  const community::CampaignRules& rules_;
};

}  // namespace linli::handlers
