// The facts of a week, gathered by a few questions that each look at a whole table, and the bulletins as they
// were issued. Facts only read, also over a connection that cannot write. An issued bulletin is never
// changed; what later data show to be otherwise is an erratum beside it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bot/community/bulletin.hpp"
#include "bot/community/level_rules.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

struct KeptBulletin {
  std::string week;
  Time until{};                   // counted until then
  std::optional<Time> issued_at;  // none: a draft
  std::string body;               // canonical JSON
  std::string sha256;
};

class BulletinLedger {
 public:
  explicit BulletinLedger(Database& db);

  /// Everything that happened in [week.from, until). Three seconds for 700,000 check-ins.
  community::BulletinFacts facts(const Zone& zone, const community::LevelRules& levels,
                                 const community::Week& week, Time until);

  /// Errc::storage if what is kept does not have the digest that it was kept with.
  Result<std::optional<KeptBulletin>> find(std::string_view week);
  /// Replaces a draft; an issued one stays as it is, and false is answered.
  bool keep(const KeptBulletin& bulletin);
  /// The weeks issued, the newest first.
  std::vector<std::string> issued(int limit);

  /// Only what differs from the newest erratum of the same figure is written; what was written.
  std::vector<community::Erratum> add_errata(const std::vector<community::Erratum>& errata, Time now);
  /// The newest of each figure, in the order of finding.
  std::vector<community::Erratum> errata(std::string_view week);

 private:
  struct Reading;
  void read_areas(Reading& reading);
  void read_levels(Reading& reading);
  void read_households(Reading& reading);
  void read_checkins(Reading& reading);
  void read_task_events(Reading& reading);
  void read_open_tasks(Reading& reading);
  void read_shifts(Reading& reading);
  void read_care(Reading& reading);
  void read_thanks(Reading& reading);
  void read_campaigns(Reading& reading);
  void read_burden(Reading& reading);
  AreaId line_of(Reading& reading, AreaId area);

  Statement areas_, path_, changes_, households_, checkins_, events_, spans_, open_, shifts_, care_, stood_,
      helped_, campaigns_, bases_, campaign_states_, burden_, find_, keep_, issued_, add_erratum_, errata_;
};

}  // namespace linli::store
