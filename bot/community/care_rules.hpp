// The care list's rules, config/care.toml: kinds of people, how often each is contacted, what is asked, and
// the words by which people name them. Read once at start.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/result.hpp"
#include "bot/community/role.hpp"

namespace linli::community {

struct CareCategory {
  std::string id;    // alone, dialysis ...
  std::string name;  // 独居
  std::vector<std::string> words;
  int every_days = 2;
  std::string questions;
};

class CareRules {
 public:
  static constexpr std::string_view observed = "observed";

  /// Errc::bad_config names file, key, what was found and what is allowed.
  static Result<CareRules> read(const std::filesystem::path& file);

  const std::vector<CareCategory>& categories() const { return categories_; }
  const CareCategory* of(std::string_view id) const;
  /// Ids of the categories that the words name, in the order of the file.
  std::vector<std::string> named(std::string_view normal) const;
  /// Does somebody ask for a person to be looked after?
  bool asks(std::string_view normal) const;
  /// "独居、透析"
  std::string names(const std::vector<std::string>& ids) const;
  std::string questions(const std::vector<std::string>& ids) const;
  /// The shortest interval of these.
  int every_days(const std::vector<std::string>& ids) const;

  int contact_minute = 9 * 60, missed_minute = 20 * 60;  // of the local day
  bool checkin_counts = true;
  Role carer = Role::building_leader;

 private:
  std::vector<CareCategory> categories_;
  std::vector<std::string> asking_;
};

}  // namespace linli::community
