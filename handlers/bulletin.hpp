// 周通报: on Monday at the hour of config/bulletin.toml the week before is counted, frozen and told to the
// officers on call, each of their own area; on demand officers see their area and those below, also of the
// week that runs. Issued bulletins are compared with later data, and what differs is told as an erratum.
#pragma once

#include "bot/community/bulletin.hpp"
#include "bot/community/bulletin_rules.hpp"
#include "bot/community/level_rules.hpp"
#include "bot/dialog/handler.hpp"
#include "bot/store/appointment_ledger.hpp"
#include "bot/store/area_ledger.hpp"
#include "bot/store/bulletin_ledger.hpp"

namespace linli::handlers {

class BulletinHandler final : public dialog::Handler {
 public:
  struct Ledgers {
    store::BulletinLedger& bulletins;
    store::AppointmentLedger& appointments;
    store::AreaLedger& areas;
  };
  /// `rules` outlive it.
  BulletinHandler(Ledgers ledgers, const community::BulletinRules& rules, community::LevelRules levels)
      : l_(ledgers), rules_(rules), levels_(levels) {}

  std::string_view topic() const override { return "bulletin"; }
  std::vector<dialog::TextId> texts() const override;
  std::vector<std::string_view> commands() const override { return {"bulletin"}; }
  void start(dialog::Turn& turn) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  void due(dialog::Turn& turn, const store::Due& due) override;

 private:
  using Bulletin = community::Bulletin;
  struct Reader {
    PersonId person;
    community::Area area;
  };

  std::vector<community::Area> own_areas(dialog::Turn& turn);
  void refuse(dialog::Turn& turn);
  void show(dialog::Turn& turn, const std::vector<community::Area>& own, std::string_view asked);
  void show_running(dialog::Turn& turn, const community::Week& week, const community::Area& area);
  void show_past(dialog::Turn& turn, const community::Week& week, const community::Area& area);
  std::optional<community::Area> find_area(std::string_view name);
  Bulletin count(dialog::Turn& turn, const community::Week& week, Time until);
  std::optional<Bulletin> kept(std::string_view week, bool& is_issued, Time& until);
  dialog::Values values(dialog::Turn& turn, const Bulletin& bulletin, const community::Area& area);
  std::vector<Reader> readers(Time now);
  void issue(dialog::Turn& turn, const community::Week& week);
  void look_for_errata(dialog::Turn& turn, const community::Week& week);
  std::string errata_lines(const Bulletin& bulletin, const std::vector<community::Erratum>& errata,
                           const community::Area& area, std::size_t most);

  Ledgers l_;
  const community::BulletinRules& rules_;
  community::LevelRules levels_;
};

/// Makes the due row of the next Monday, unless it is there.
void schedule_bulletin(store::DueLedger& dues, const Zone& zone, Time now,
                       const community::BulletinRules& rules);

}  // namespace linli::handlers
