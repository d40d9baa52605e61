// The points of patrol rounds and who was there when. A visit moves the point's due time in the same row, so
// that what is overdue is one look at an index. Import adds points; the patrol topic visits them; the weekly
// bulletin counts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/community/distance.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

struct PatrolPoint {
  std::int64_t id{};
  std::string code;
  std::string name;
  AreaId area;
  community::Place place = {};
  int radius_m{};
  Seconds every{};
  std::string code_word = {};  // four digits on a board at the point; may be empty
  Time created_at{}, due_at{};
  std::optional<Time> last_at = {};
  PersonId last_by = {};
  bool closed{};
};

/// What was walked in a span.
struct PatrolVisits {
  std::int64_t points{};   // that exist and are not closed
  std::int64_t visited{};  // of these, at least once
  std::int64_t visits{};
  std::int64_t by_location{}, by_code{}, by_word{};
};

class PatrolLedger {
 public:
  explicit PatrolLedger(Database& db);

  /// Fills the id; due for the first time `every` after it was made.
  void add(PatrolPoint& point);
  /// Writes everything but code and visits; a new interval counts from the last visit.
  void change(const PatrolPoint& point);
  std::optional<PatrolPoint> find(std::int64_t id);
  std::optional<PatrolPoint> find_by_code(std::string_view code);
  /// At an area or below it, not closed: whatever nobody has visited for longest first.
  std::vector<PatrolPoint> below(std::string_view path);
  /// Not closed and due, everywhere, the longest overdue first.
  std::vector<PatrolPoint> overdue(Time now);
  /// `how`: location, code or word.
  void visit(PatrolPoint& point, PersonId person, Time at, std::string_view how);
  /// Where the person was last, not before `since`.
  std::optional<PatrolPoint> last_of(PersonId person, Time since);
  /// At `area` and below, from `from` up to but not including `until`.
  PatrolVisits visits(AreaId area, Time from, Time until);

 private:
  Statement add_, change_, find_, code_, below_, overdue_, move_, visit_, last_of_, path_, points_, visits_;
};

}  // namespace linli::store
