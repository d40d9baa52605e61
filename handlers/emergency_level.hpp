// 应急级别: what holds where and since when; officers on call change it for an area of theirs. A change is
// recorded, switches duties on and off (config/levels.toml) with nothing left dangling, and is announced.
//
//   emergency_level.cpp          the question, the change and its confirmation
//   emergency_level_effects.cpp  what starts and stops, and who hears of it
#pragma once

#include "bot/community/level_rules.hpp"
#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/level_ledger.hpp"
#include "bot/store/shift_ledger.hpp"

namespace linli::handlers {

class EmergencyLevelHandler final : public dialog::Handler {
 public:
  struct Ledgers {
    store::LevelLedger& levels;
    store::AreaLedger& areas;
    store::AppointmentLedger& appointments;
    store::ShiftLedger& shifts;
  };
  EmergencyLevelHandler(Ledgers ledgers, dialog::TaskDesk& desk, const community::LevelRules& rules)
      : l_(ledgers), desk_(desk), rules_(rules) {}

  std::string_view topic() const override { return "emergency_level"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  std::vector<std::string_view> commands() const override { return {"emergency_level"}; }
  bool fits(dialog::Turn& turn) override;
  void start(dialog::Turn& turn) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  /// "staff <level> <person>", "residents <level> <person>": the next of those who hear of a change, and the
  /// level that residents heard of before.
  void due(dialog::Turn& turn, const store::Due& due) override;

 private:
  using Level = community::EmergencyLevel;

  void show(dialog::Turn& turn, std::string_view place);
  void ask_to_change(dialog::Turn& turn, Level level, std::string_view place);
  void carry_out(dialog::Turn& turn);
  bool may_change(PersonId person, AreaId area, Time now);
  void refuse(dialog::Turn& turn, AreaId area);
  std::string effects_text(Level before, Level after);

  // --- effects
  void change(dialog::Turn& turn, AreaId area, Level level);
  /// Shifts of the area that begin within the horizon or are being stood, and whether they were to be stood.
  struct Affected {
    store::Duty duty;
    bool was_stood{};
  };
  std::vector<Affected> shifts_of(AreaId area, Time now);
  void tell_shifts(dialog::Turn& turn, const std::vector<Affected>& affected, bool stood, Level level);
  void stop_searches(dialog::Turn& turn, AreaId area, Level level);
  void close_covers(dialog::Turn& turn, AreaId area, Level level);
  void end_dialogs(dialog::Turn& turn, AreaId area, Level level);
  bool within(AreaId area, AreaId above);
  std::string heard_before(dialog::Turn& turn, const store::LevelChange& change);
  void announce(dialog::Turn& turn, const store::LevelChange& change, std::string_view who, PersonId after,
                std::string_view heard);

  Ledgers l_;
  dialog::TaskDesk& desk_;
  community::LevelRules rules_;
};

}  // namespace linli::handlers
