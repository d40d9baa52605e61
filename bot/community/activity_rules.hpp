// The activities that people enlist for, as config/activities.toml says them: names, who may enlist, what
// counts. Pure values; the topic pairing acts on them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/result.hpp"

namespace linli::community {

struct Activity {
  std::string id;
  std::string name;
  std::vector<std::string> words;
  enum class Enlist { code, staff, anybody } enlist = Enlist::code;
  bool shifts{}, tickets{}, visits{};  // counted
};

class ActivityRules {
 public:
  /// Errc::bad_config names file, key, what was found and what is allowed.
  static Result<ActivityRules> read(const std::filesystem::path& file);

  const std::vector<Activity>& all() const { return activities_; }
  const Activity* of(std::string_view id) const;
  /// The activity that normalised words name; none if they name none, or two.
  const Activity* named(std::string_view normal) const;

 private:
  std::vector<Activity> activities_;
};

}  // namespace linli::community
