// Rumours 传言: somebody forwards or pastes a story, a link or a picture and asks whether it is true. Either
// the verdict of a known claim with its source, or who is checking and by when; many reports of one unknown
// story are one claim and one task with a count. Whoever has the task gives the verdict in chat (核实 12 假
// 澄清的话), which closes it and tells everybody who asked, once, and again when the verdict changes.
#pragma once

#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/claim_ledger.hpp"
#include "bot/store/picture_ledger.hpp"

namespace linli::handlers {

class RumourReportHandler final : public dialog::Handler {
 public:
  /// `read_within`: what is not read in a picture by then is asked.
  RumourReportHandler(store::ClaimLedger& claims, store::AreaLedger& areas,
                      store::AppointmentLedger& appointments, dialog::TaskDesk& desk,
                      store::PictureLedger& pictures, Seconds read_within)
      : claims_(claims),
        areas_(areas),
        appointments_(appointments),
        desk_(desk),
        pictures_(pictures),
        read_within_(read_within) {}

  std::string_view topic() const override { return "rumour_report"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  /// "done" too, because a story is done only with a verdict: this topic stands before my_tasks in the table.
  std::vector<std::string_view> commands() const override { return {"rumour", "verdict", "done"}; }
  bool fits(dialog::Turn& turn) override;
  void start(dialog::Turn& turn) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
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

  // --- whoever asks
  void take_message(dialog::Turn& turn);
  void take(dialog::Turn& turn, const Report& report);
  void ask_content(dialog::Turn& turn, const Report& report);
  dialog::Answered answer_story(dialog::Turn& turn);
  dialog::Answered answer_content(dialog::Turn& turn);
  dialog::Answered answer_same(dialog::Turn& turn);
  void answer_known(dialog::Turn& turn, const store::Claim& claim);
  void join(dialog::Turn& turn, store::Claim claim, const Where& where);
  void open_new(dialog::Turn& turn, const Report& report, const Where& where);
  community::Task open_review(dialog::Turn& turn, store::Claim& claim, const Report& report,
                              const Where& where);
  void tell_reviewers(dialog::Turn& turn, const store::Claim& claim, const community::Task& task,
                      std::int64_t count);
  Where locate(dialog::Turn& turn, std::string_view text);
  std::optional<store::Claim> known(const Report& report, const Where& where);
  std::string who_checks(dialog::Turn& turn, const community::Task& task);
  Time checked_by(const community::Task& task) const;

  // --- a picture whose words are read (rumour_picture.cpp)
  void give_to_read(dialog::Turn& turn);
  dialog::Answered answer_while_reading(dialog::Turn& turn);
  void stop_reading(dialog::Turn& turn);

  // --- whoever decides
  bool decide(dialog::Turn& turn, const community::VerdictOrder& order);
  void settle(dialog::Turn& turn, store::Claim& claim, community::Task& task,
              const community::VerdictOrder& order);
  void give_words_to_paste(dialog::Turn& turn, const store::Claim& claim, const dialog::Task& task);
  int tell_askers(dialog::Turn& turn, const store::Claim& claim, community::Verdict before);
  bool may_decide(const community::Task& task, PersonId person, Time now);
  bool is_staff(dialog::Turn& turn);
  std::vector<community::Task> reviews_of(PersonId person);
  std::optional<community::Task> review(std::int64_t number);
  std::string source_of(dialog::Turn& turn, const community::Task& task);

  store::ClaimLedger& claims_;
  store::AreaLedger& areas_;
  store::AppointmentLedger& appointments_;
  dialog::TaskDesk& desk_;
  store::PictureLedger& pictures_;
  Seconds read_within_;
};

}  // namespace linli::handlers
