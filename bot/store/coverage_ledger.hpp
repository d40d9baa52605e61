// The facts that coverage is judged by: areas, households standing in them, who holds which role, and whether
// those people can be reached and have acted. A few queries for all of them, so that a district of a million
// takes seconds. Only reads; also over a connection that cannot write.
#pragma once

#include "bot/community/coverage.hpp"
#include "bot/store/appointment_ledger.hpp"
#include "bot/store/area_ledger.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

using community::CoverageFacts;
using community::CoverageRules;

class CoverageLedger {
 public:
  CoverageLedger(Database& db, AreaLedger& areas, AppointmentLedger& appointments);

  /// Of everything at or below `area`; none: of the whole tree. Whoever serves an area is appointed in its
  /// community or village, so for anything smaller the facts are those of the community or village around it.
  /// Posts are looked at where they are stood, by the emergency level, for `rules.posts_ahead`.
  CoverageFacts facts(const CoverageRules& rules, const Zone& zone, Time now, AreaId area = {});

 private:
  void read_areas(CoverageFacts& facts, AreaId area);
  void read_people(CoverageFacts& facts, const CoverageRules& rules);
  void read_posts(CoverageFacts& facts, const CoverageRules& rules, const Zone& zone);

  AreaLedger& areas_;
  AppointmentLedger& appointments_;
  Statement below_, households_, person_, posts_, hours_, standing_;
};

}  // namespace linli::store
