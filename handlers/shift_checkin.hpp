// Shifts at a post: the next ones, confirm or decline, reminders, check-in (by place, by the post's code
// word, by the word of whoever is relieved), being late, handing over, and what happens when nobody comes. In
// three files: shift_checkin.cpp (check-in), shift_roster.cpp (before the shift) and shift_handover.cpp (with
// the one before and the one after).
#pragma once

#include "bot/community/level_rules.hpp"
#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/person_ledger.hpp"
#include "bot/store/shift_ledger.hpp"
#include "handlers/duty_desk.hpp"

namespace linli::handlers {

class ShiftCheckinHandler final : public dialog::Handler {
 public:
  ShiftCheckinHandler(const DutyDesk& duties, const community::LevelRules& levels)
      : duties_(duties),
        shifts_(duties_.ledgers().shifts),
        areas_(duties_.ledgers().areas),
        people_(duties_.ledgers().people),
        levels_(levels),
        rules_(duties_.shift_rules()) {}

  std::string_view topic() const override { return "shift_checkin"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  /// "checkin" too: this topic stands before health_checkin in the table and takes 打卡 only while a shift is
  /// due.
  std::vector<std::string_view> commands() const override {
    return {"shift", "shift_confirm", "shift_decline", "arrived", "late", "leave", "rota", "checkin"};
  }
  bool fits(dialog::Turn& turn) override;
  void start(dialog::Turn& turn) override;
  std::vector<std::string_view> intents() const override { return {"shift_checkin"}; }
  bool wish(dialog::Turn& turn, std::string_view intent) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  void answer_ask(dialog::Turn& turn, std::int64_t ref, std::string_view digit) override;
  void due(dialog::Turn& turn, const store::Due& due) override;

 private:
  using Duty = store::Duty;

  // --- check-in
  bool checkin(dialog::Turn& turn);
  bool arrived(dialog::Turn& turn);
  void by_place(dialog::Turn& turn);
  void by_code_word(dialog::Turn& turn, const Duty& mine, std::string_view word);
  void by_scene(dialog::Turn& turn);
  void check_in(dialog::Turn& turn, Duty mine, std::string_view by);
  void ask_evidence(dialog::Turn& turn, const Duty& mine);
  void explain_early(dialog::Turn& turn, const Duty& next);
  /// The one that starts soon, although it is too early to check in.
  static constexpr Seconds late_ahead{24 * 3600};  // "晚20分钟" is about a shift that begins within this
  std::optional<Duty> early_with(dialog::Turn& turn, std::string_view word);
  std::optional<Duty> next_soon(dialog::Turn& turn, Seconds within);

  // --- before the shift
  void list(dialog::Turn& turn);
  std::optional<Duty> asked_about(dialog::Turn& turn);
  bool confirm_next(dialog::Turn& turn);
  bool decline_next(dialog::Turn& turn);
  void confirm(dialog::Turn& turn, Duty duty);
  /// `reason`: in their own words; empty: none given.
  void decline(dialog::Turn& turn, Duty duty, std::string_view reason);
  void remind(dialog::Turn& turn, const Duty& duty, std::string_view what);
  void missing(dialog::Turn& turn, const Duty& duty);

  // --- with the one before and the one after
  bool late(dialog::Turn& turn);
  void relieve(dialog::Turn& turn, const Duty& mine);
  void relieved_by(dialog::Turn& turn, const Duty& next);
  bool leave(dialog::Turn& turn);
  void finish(dialog::Turn& turn, Duty mine, std::string_view note);
  std::optional<Duty> successor(const Duty& duty);

  dialog::Answered answer_which(dialog::Turn& turn);
  dialog::Answered answer_alone(dialog::Turn& turn);
  dialog::Values values(dialog::Turn& turn, const Duty& duty);
  std::string span(dialog::Turn& turn, const Duty& duty);
  std::string name_of(dialog::Turn& turn, PersonId person);

  DutyDesk duties_;
  store::ShiftLedger& shifts_;
  store::AreaLedger& areas_;
  store::PersonLedger& people_;
  const community::LevelRules levels_;
  const community::ShiftRules rules_;
};

}  // namespace linli::handlers
