// How many households each area holds, kept up to date by AreaLedger, the one place through which households
// are added and moved (import, newly found ones, merging and its undoing): in the same transaction, so that
// the base of every total is exact at every moment. The counts of running campaigns move with an area.
#pragma once

#include "bot/store/statement.hpp"

namespace linli::store {

class RegisterCounts {
 public:
  explicit RegisterCounts(Database& db);

  /// A household stands in the tree now.
  void added(AreaId household);
  /// Around a change of an area's parent: what it holds leaves all that is above it, and joins what is above
  /// it afterwards.
  void leaves(AreaId area) { shift(area, -1); }
  void joins(AreaId area) { shift(area, 1); }

  std::int64_t households(AreaId area);

 private:
  void shift(AreaId area, int sign);

  Statement add_, households_, shift_register_, shift_campaigns_, shift_bases_;
};

}  // namespace linli::store
