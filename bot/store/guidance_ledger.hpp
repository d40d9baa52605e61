// Who has read which version of a guidance card, so that somebody who knows an older one hears what changed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/store/statement.hpp"

namespace linli::store {

struct GuidanceRead {
  std::string card;
  int version{};
  Time at{};
};

class GuidanceLedger {
 public:
  explicit GuidanceLedger(Database& db);

  void note(PersonId person, const GuidanceRead& read);
  std::optional<GuidanceRead> last(PersonId person, std::string_view card);
  std::vector<GuidanceRead> of_person(PersonId person);

 private:
  Statement note_, last_, of_person_;
};

}  // namespace linli::store
