// Who is away when: on leave, ill, or gone from the account. Appointments stay; AppointmentLedger asks the
// substitutes. The appointment topic writes here; my_data does when somebody leaves the account.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/store/statement.hpp"

namespace linli::store {

struct Absence {
  std::int64_t id{};
  PersonId person = {};
  Time from{};
  std::optional<Time> until = {};  // none: until they are back
  std::string why = {};            // leave, ill, gone
};

class AbsenceLedger {
 public:
  static constexpr std::string_view leave = "leave";
  static constexpr std::string_view ill = "ill";
  static constexpr std::string_view gone = "gone";  // left the account; ends when they follow again

  explicit AbsenceLedger(Database& db);

  /// The new row's id.
  std::int64_t add(const Absence& absence, PersonId by, Time now);
  std::optional<Absence> find(std::int64_t id);
  /// The one that runs now, else the next to come.
  std::optional<Absence> next(PersonId person, Time now);
  /// What runs ends now; what was to come is struck off. `why`: only of that kind, empty for all but gone.
  /// The number of rows.
  int end(PersonId person, Time now, std::string_view why = {});

 private:
  Statement add_, find_, next_, end_, drop_;
};

}  // namespace linli::store
