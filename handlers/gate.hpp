// The gate's register: who and what came in, whom for, who was refused; who is under home observation and on
// which day. Written by whoever is on post now, the building or grid leader or the officer on call. In three
// files: gate.cpp (writing an entry), gate_register.cpp (correcting, undoing, listing) and
// gate_observation.cpp.
#pragma once

#include "bot/community/gate_entry.hpp"
#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/gate_ledger.hpp"
#include "bot/store/shift_ledger.hpp"
#include "handlers/care_plan.hpp"

namespace linli::handlers {

struct GateSettings {
  Seconds keep{30 * 86400};  // entries go after this long
  int observation_days = 14;
};

class GateHandler final : public dialog::Handler {
 public:
  struct Ledgers {
    store::GateLedger& gate;
    store::ObservationLedger& observations;
    store::ShiftLedger& shifts;
    store::AppointmentLedger& appointments;
    store::AreaLedger& areas;
    store::PersonLedger& people;
    store::TaskLedger& tasks;
  };
  /// Observed households are contacted every day by the care list.
  GateHandler(Ledgers ledgers, const GateSettings& settings, CarePlan care)
      : l_(ledgers), settings_(settings), care_(care) {}

  std::string_view topic() const override { return "gate"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  std::vector<std::string_view> commands() const override {
    return {"register", "gate_turned_away", "refuse_consent", "gate_fix", "gate_today", "undo", "observed"};
  }
  bool fits(dialog::Turn& turn) override;
  void start(dialog::Turn& turn) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  void due(dialog::Turn& turn, const store::Due& due) override;

 private:
  using Entry = community::GateEntry;
  using Row = store::GateRow;

  /// Where somebody may write, and about which part of the area tree.
  struct Station {
    community::Area scope;
    AreaId site;       // none: an officer of more than one compound
    PostId post;       // none: an officer
    std::string name;  // "和平苑北门", "和平苑"
  };
  std::vector<Station> stations(dialog::Turn& turn);
  AreaId site_of(AreaId area);
  void refuse(dialog::Turn& turn);
  bool refuse_unless_allowed(dialog::Turn& turn, std::vector<Station>& mine);

  // --- writing
  void enter(dialog::Turn& turn, const std::vector<Station>& mine, Entry entry);
  void ask_field(dialog::Turn& turn, const Entry& entry, std::string_view field, dialog::TextId question,
                 std::string_view example, std::string_view missing = {});
  void ask_missing(dialog::Turn& turn, const Entry& entry, community::GateField field);
  dialog::Answered answer_detail(dialog::Turn& turn);
  struct Place {
    std::optional<community::Area> area;
    std::string missing;
  };
  Place find_place(const Station& station, const std::string& words);
  /// False if the place was asked for, or is none of theirs.
  bool place_entry(dialog::Turn& turn, const std::vector<Station>& mine, const Station*& station,
                   Entry& entry, AreaId& place);
  std::string join_place(const Station& station, const std::string& before, const std::string& now);
  void write(dialog::Turn& turn, const Station& station, const Entry& entry, AreaId place);
  std::string door_text(AreaId area);

  // --- correcting, undoing, listing
  bool fix(dialog::Turn& turn, const dialog::Command& command);
  void correct(dialog::Turn& turn, const std::vector<Station>& mine, Row row, std::string_view words);
  bool undo(dialog::Turn& turn);
  bool today(dialog::Turn& turn);
  std::optional<Row> row_of_today(dialog::Turn& turn, const std::vector<Station>& mine, std::int64_t number);
  void sweep(dialog::Turn& turn);

  // --- home observation
  void after_writing(dialog::Turn& turn, const Row& row);
  void begin_observation(dialog::Turn& turn, const Row& row);
  void observe_longer(dialog::Turn& turn, store::Observation running, const Row& row);
  void observe_as_before(dialog::Turn& turn, store::Observation running);
  void came_out(dialog::Turn& turn, const Row& row);
  void move_observation(dialog::Turn& turn, const Row& before, const Row& now);
  void cancel_observation(dialog::Turn& turn, const Row& row);
  void end_observation(dialog::Turn& turn, const store::Due& due);
  void schedule_end(dialog::Turn& turn, const store::Observation& observation);
  bool observed(dialog::Turn& turn, const dialog::Command& command);
  bool may_stop(dialog::Turn& turn, AreaId household);
  bool stop_observation(dialog::Turn& turn, const std::vector<Station>& mine, std::string_view words);
  void may_go_out(dialog::Turn& turn, const std::string& place);
  dialog::Values values(dialog::Turn& turn, const store::Observation& observation);
  void tell_household(dialog::Turn& turn, AreaId household, dialog::TextId text,
                      const dialog::Values& values);
  void tell_leader(dialog::Turn& turn, AreaId household, dialog::TextId text, const dialog::Values& values,
                   dialog::Urgency urgency);

  Ledgers l_;
  GateSettings settings_;
  CarePlan care_;
};

}  // namespace linli::handlers
