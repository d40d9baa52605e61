// Inspections 督查 of compounds: which item was good, what was wrong, and which task puts it right. Written
// by the inspection topic only; one under way survives everything, because each answer is a row of its own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/field_cipher.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

struct Inspection {
  std::int64_t id{};
  AreaId site;
  PersonId inspector;
  Time begun_at{};
  std::optional<Time> ended_at = {};
};

struct InspectionItem {
  std::string item;  // "duty.on_post": of config/inspection.toml
  bool good{};
  std::string words;  // what is wrong
  TaskId task;        // the rectification, once the inspection has ended
};

/// What was inspected in a span.
struct InspectionTotals {
  std::int64_t inspections{}, good{}, bad{};
};

class InspectionLedger {
 public:
  InspectionLedger(Database& db, FieldCipher& cipher);

  /// Fills the id.
  void begin(Inspection& inspection);
  void end(std::int64_t id, Time at);
  /// One in which nothing was looked at.
  void drop(std::int64_t id);
  std::optional<Inspection> find(std::int64_t id);
  std::optional<Inspection> under_way(PersonId inspector, AreaId site);
  /// Ended ones of a site, the newest first.
  std::vector<Inspection> last(AreaId site, int most);
  /// A second answer about an item replaces the first.
  void answer(std::int64_t inspection, const InspectionItem& item);
  void set_task(std::int64_t inspection, std::string_view item, TaskId task);
  std::vector<InspectionItem> items(std::int64_t inspection);
  /// At `area` and below, ended from `from` up to but not including `until`.
  InspectionTotals totals(AreaId area, Time from, Time until);

 private:
  FieldCipher& cipher_;
  Statement begin_, end_, drop_items_, drop_, find_, under_way_, last_, answer_, set_task_, items_, path_,
      totals_, item_totals_;
};

}  // namespace linli::store
