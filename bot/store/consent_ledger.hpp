// Who agreed to what, in which version of its wording, until when: health data ("health"), and helping
// another household ("help_household", `about` that household). A row is never changed but for its
// withdrawal, so that it can be shown later what was agreed when.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/store/statement.hpp"

namespace linli::store {

struct Consent {
  std::string purpose;
  std::string version;
  AreaId about;  // the household it is about; none: the person's own
  Time granted_at{};
  std::optional<Time> expires_at;
};

class ConsentLedger {
 public:
  /// What check-ins need, and the version of the words that ask for it (templates/health_checkin.toml,
  /// consent). A new version of those words needs a new consent.
  static constexpr std::string_view health = "health";
  static constexpr std::string_view health_version = "1";
  static constexpr std::string_view help_household = "help_household";

  explicit ConsentLedger(Database& db);

  void grant(PersonId person, const Consent& consent);
  /// Given in this version, not withdrawn, not expired.
  bool holds(PersonId person, std::string_view purpose, std::string_view version, Time now);
  /// What holds now, the newest first.
  std::vector<Consent> of(PersonId person, Time now);
  /// The number withdrawn; `about` none: whatever it is about.
  int withdraw(PersonId person, std::string_view purpose, AreaId about, Time now);

 private:
  Statement grant_, holds_, of_, withdraw_, withdraw_about_;
};

}  // namespace linli::store
