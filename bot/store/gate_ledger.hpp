// The gate's register and who is under home observation. What people wrote (plates, names, where from) is
// sealed; entries go after some weeks, counts by kind do not name anybody.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/field_cipher.hpp"
#include "bot/community/gate_entry.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

struct GateRow {
  std::int64_t id{};
  AreaId site = {};
  PostId post = {};      // none: written by an officer
  std::string day = {};  // "2026-03-02", local
  int number{};          // of the site and day
  Time at{};
  PersonId entered_by = {};
  AreaId place = {};  // the deepest area that its words name
  community::GateEntry entry = {};
};

/// Where a register is read: everything below an area, or one post of it.
struct GateScope {
  std::string path;
  PostId post;
};

class GateLedger {
 public:
  GateLedger(Database& db, FieldCipher& cipher);

  /// Fills id and number.
  void add(GateRow& row);
  void save(const GateRow& row);
  /// Undone: it does not count and its words go.
  void drop(const GateRow& row);
  std::optional<GateRow> find(AreaId site, std::string_view day, int number);
  std::optional<GateRow> last_of(PersonId person, Time since);

  std::map<community::GateKind, int> counts(const GateScope& scope, std::string_view day);
  /// The newest first.
  std::vector<GateRow> newest(const GateScope& scope, std::string_view day, int limit);
  /// Entries older than this go; true if younger ones are left.
  bool sweep(Time before);

 private:
  FieldCipher& cipher_;
  Statement add_, save_, drop_, find_, last_, counts_, newest_, sweep_, any_;
};

struct Observation {
  std::int64_t id{};
  AreaId household;
  std::string from_day;  // its first day
  int days{};
  std::string from_place;
  std::int64_t entry{};  // the register's row that began it, if one did
  PersonId started_by;
  // Somebody else came back and made it longer: by that row of the register, and how long it was before.
  std::int64_t longer_by{};
  int days_before{};
};

class ObservationLedger {
 public:
  ObservationLedger(Database& db, FieldCipher& cipher);

  /// Fills the id.
  void start(Observation& observation);
  void save(const Observation& observation);
  void end(std::int64_t id, Time now);
  /// If it has not ended.
  std::optional<Observation> find(std::int64_t id);
  std::optional<Observation> of_household(AreaId household);
  /// Running at or below an area, in the order of addresses. `path` is the area's.
  std::vector<Observation> below(std::string_view path);

 private:
  FieldCipher& cipher_;
  Statement start_, save_, end_, find_, household_, below_;
};

}  // namespace linli::store
