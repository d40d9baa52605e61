// Rumours 传言: somebody forwards or pastes a story, a link or a picture and asks whether it is true. Either
// the verdict of a known claim with its source, or who is checking and by when; many reports of one unknown
// story are one claim and one task with a count. A story in other words is recognised by what was heard in
// the message (dialog::Message::heard): answered if it is surely the same and about the same place, offered
// if it may be. Whoever has the task gives the verdict in chat (核实 12 假 澄清的话), which closes it and
// tells everybody who asked, once, and again when the verdict changes. The publicist keeps the list of
// stories: rumour_curate.cpp.
//
// Four files: rumour_report.cpp asking, rumour_known.cpp which story it is, rumour_verdict.cpp deciding and
// telling, rumour_curate.cpp and rumour_draft.cpp the publicist's commands and questions.
#pragma once

#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/claim_ledger.hpp"
#include "bot/store/picture_ledger.hpp"

namespace linli::handlers {

class RumourReportHandler final : public dialog::Handler {
 public:
  /// `confirm_above`: what more people than these will hear is shown before it goes out. `read_within`: what
  /// is not read in a picture by then is asked.
  RumourReportHandler(store::ClaimLedger& claims, store::AreaLedger& areas,
                      store::AppointmentLedger& appointments, dialog::TaskDesk& desk, int confirm_above,
                      store::PictureLedger& pictures, Seconds read_within)
      : claims_(claims),
        areas_(areas),
        appointments_(appointments),
        desk_(desk),
        confirm_above_(confirm_above),
        pictures_(pictures),
        read_within_(read_within) {}

  std::string_view topic() const override { return "rumour_report"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  /// "done" too, because a story is done only with a verdict: this topic stands before my_tasks in the table.
  /// "gate_fix" is 更正: behind the gate's own, with a verdict it is about a story.
  std::vector<std::string_view> commands() const override {
    return {"rumour",        "verdict",     "done",          "claim_list",     "claim_add",
            "claim_wording", "claim_merge", "claim_correct", "claim_withdraw", "gate_fix"};
  }
  bool fits(dialog::Turn& turn) override;
  void start(dialog::Turn& turn) override;
  std::vector<std::string_view> intents() const override { return {"rumour_report"}; }
  bool wish(dialog::Turn& turn, std::string_view intent) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  /// A list of claims was imported: `ref` is one of them that is new or has another verdict.
  void due(dialog::Turn& turn, const store::Due& due) override;
  void cancelled(dialog::Turn& turn) override { stop_reading(turn); }
  void given_up(dialog::Turn& turn) override { stop_reading(turn); }
  void read(dialog::Turn& turn) override;

 private:
  /// A story as it came in.
  struct Report {
    std::string text;
    std::string url;  // its identity
    std::string media;
  };
  /// Where a story is about.
  struct Where {
    AreaId area;   // whose people verify it
    AreaId scope;  // what its words leave open, see ClaimLedger::add
    bool local{};
  };
  /// What is known about a story that came in.
  struct Known {
    std::optional<store::Claim> sure;
    std::vector<store::Claim> maybe;  // to be asked about, the likeliest first
  };

  // --- whoever asks
  /// Enough words to know what is meant.
  static bool is_told(const community::Story& story);
  void take_message(dialog::Turn& turn);
  void take(dialog::Turn& turn, const Report& report);
  void ask_content(dialog::Turn& turn, const Report& report);
  dialog::Answered answer_story(dialog::Turn& turn);
  dialog::Answered answer_content(dialog::Turn& turn);
  void answer_known(dialog::Turn& turn, const store::Claim& claim);
  void join(dialog::Turn& turn, store::Claim claim, const Where& where);
  void open_new(dialog::Turn& turn, const Report& report, const Where& where);
  community::Task open_review(dialog::Turn& turn, store::Claim& claim, const Report& report,
                              const Where& where);
  void tell_reviewers(dialog::Turn& turn, const store::Claim& claim, const community::Task& task,
                      std::int64_t count);
  std::string who_checks(dialog::Turn& turn, const community::Task& task);
  Time checked_by(const community::Task& task) const;

  // --- which story it is
  Where locate(dialog::Turn& turn, std::string_view text);
  AreaId district();
  bool concerns(dialog::Turn& turn, const store::Claim& claim, const Where& where);
  bool is_known_story(dialog::Turn& turn);
  Known known(dialog::Turn& turn, const Report& report, const Where& where);
  void ask_which(dialog::Turn& turn, const Report& report, const std::vector<store::Claim>& maybe);
  dialog::Answered answer_same(dialog::Turn& turn);
  void take_as(dialog::Turn& turn, store::Claim claim, const Report& report);
  // --- a picture whose words are read (rumour_picture.cpp)
  void give_to_read(dialog::Turn& turn);
  dialog::Answered answer_while_reading(dialog::Turn& turn);
  void stop_reading(dialog::Turn& turn);

  // --- whoever decides
  bool decide(dialog::Turn& turn, const community::VerdictOrder& order);
  bool decide_on(dialog::Turn& turn, const store::Claim& claim, const community::VerdictOrder& order);
  void settle(dialog::Turn& turn, store::Claim& claim, const community::VerdictOrder& order,
              std::optional<Time> valid_until);
  void give_words_to_paste(dialog::Turn& turn, const store::Claim& claim, dialog::TextId text);
  int tell_askers(dialog::Turn& turn, const store::Claim& claim);
  std::int64_t hearers(dialog::Turn& turn, const store::Claim& claim, community::Verdict verdict);
  bool may_decide(dialog::Turn& turn, const store::Claim& claim);
  bool is_staff(dialog::Turn& turn);
  std::vector<community::Task> reviews_of(PersonId person);
  std::optional<community::Task> review(std::int64_t number);
  std::optional<store::Claim> claim_of(const community::Task& task);
  /// By the number of its task or, of one that nobody had to verify, by its code.
  std::optional<store::Claim> claim_called(std::string_view name);
  std::string label(const store::Claim& claim);
  std::string source_of(dialog::Turn& turn, AreaId area);
  dialog::Values values(dialog::Turn& turn, const store::Claim& claim);

  // --- whoever keeps the list of stories
  bool curates(dialog::Turn& turn);
  bool may_curate(dialog::Turn& turn, AreaId place);
  bool curate(dialog::Turn& turn, const dialog::Command& command);
  void list(dialog::Turn& turn);
  void show(dialog::Turn& turn, const store::Claim& claim);
  std::string state_text(dialog::Turn& turn, const store::Claim& claim);
  void add_wordings(dialog::Turn& turn, const store::Claim& claim, std::string_view words);
  void add_wording(dialog::Turn& turn, const store::Claim& claim, const std::string& words);
  void propose_merge(dialog::Turn& turn, const store::Claim& kept, std::string_view other);
  void merge(dialog::Turn& turn, store::Claim kept, store::Claim gone);
  void propose_withdrawal(dialog::Turn& turn, const store::Claim& claim);
  void withdraw(dialog::Turn& turn, store::Claim claim);

  // --- a verdict or a new story, asked for part by part
  void begin_draft(dialog::Turn& turn, std::string_view kind);
  void draft_verdict(dialog::Turn& turn, const store::Claim& claim, const community::VerdictOrder& order);
  void begin_new(dialog::Turn& turn, std::string_view typed);
  void take_parts(dialog::Turn& turn, const community::VerdictOrder& order);
  bool take_new_story(dialog::Turn& turn, std::string_view story);
  void ask_next(dialog::Turn& turn);
  void preview(dialog::Turn& turn);
  dialog::Answered answer_draft(dialog::Turn& turn);
  dialog::Answered answer_verdict(dialog::Turn& turn);
  dialog::Answered answer_part(dialog::Turn& turn);
  dialog::Answered answer_confirm(dialog::Turn& turn);
  void carry_out(dialog::Turn& turn);
  void add_claim(dialog::Turn& turn, const store::Claim& made);
  store::Claim drafted(dialog::Turn& turn);
  AreaId own_area(dialog::Turn& turn);

  store::ClaimLedger& claims_;
  store::AreaLedger& areas_;
  store::AppointmentLedger& appointments_;
  dialog::TaskDesk& desk_;
  int confirm_above_;
  store::PictureLedger& pictures_;
  Seconds read_within_;
};

}  // namespace linli::handlers
