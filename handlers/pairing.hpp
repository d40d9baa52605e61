// Organisations paired with areas 结对子, the activities that people enlist for (入列), their boards
// (创城榜), and the week's thanks. What is counted is what came of it (PairingLedger); whoever is thanked is
// named only if they agreed, which they are asked once.
#pragma once

#include "bot/community/activity_rules.hpp"
#include "bot/dialog/handler.hpp"
#include "bot/store/appointment_ledger.hpp"
#include "bot/store/code_ledger.hpp"
#include "bot/store/organisation_ledger.hpp"
#include "bot/store/pairing_ledger.hpp"

namespace linli::handlers {

class PairingHandler final : public dialog::Handler {
 public:
  struct Ledgers {
    store::PairingLedger& pairings;
    store::OrganisationLedger& organisations;
    store::CodeLedger& codes;
    store::ConsentLedger& consents;
    store::AppointmentLedger& appointments;
    store::AreaLedger& areas;
  };
  PairingHandler(Ledgers ledgers, const community::ActivityRules& rules) : l_(ledgers), rules_(rules) {}

  std::string_view topic() const override { return "pairing"; }
  std::vector<dialog::TextId> texts() const override;
  std::vector<std::string_view> commands() const override {
    return {"pair",  "unpair", "enlist",  "enlist_code", "leave_activity",
            "board", "thanks", "name_me", "name_me_not"};
  }
  void start(dialog::Turn& turn) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  void answer_ask(dialog::Turn& turn, std::int64_t ref, std::string_view digit) override;
  /// The week's thanks, a slice a turn.
  void due(dialog::Turn& turn, const store::Due& due) override;

 private:
  void show_pairs(dialog::Turn& turn);
  void pair(dialog::Turn& turn, bool together);
  std::optional<store::Organisation> organisation_in(AreaId area, const std::string& normal);
  void make_code(dialog::Turn& turn);
  void enlist(dialog::Turn& turn);
  void enlist_by_code(dialog::Turn& turn, const std::string& digits);
  void enlist_for(dialog::Turn& turn, const community::Activity& activity, OrganisationId organisation);
  void leave(dialog::Turn& turn);
  void board(dialog::Turn& turn);
  std::string board_lines(const community::Activity& activity, Time from, Time until, std::size_t most);
  void thanks(dialog::Turn& turn);
  void name(dialog::Turn& turn, bool agreed);
  void thank(dialog::Turn& turn, const store::Thanks& one);
  std::string organisation_name(OrganisationId id);
  std::string activity_names(bool open_only);

  Ledgers l_;
  const community::ActivityRules& rules_;
};

/// The next Monday morning's thanks, if they are not there yet.
void schedule_thanks(store::DueLedger& dues, const Zone& zone, Time now);

}  // namespace linli::handlers
