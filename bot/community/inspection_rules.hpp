// What an inspection looks at: config/inspection.toml, areas of attention with their items, in the order of
// the file, and how soon a shortcoming of each must be put right. Read once at start.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/result.hpp"

namespace linli::community {

struct InspectionPoint {
  std::string id;    // "duty.on_post"
  std::string name;  // what is looked at, as it is asked
};

struct InspectionArea {
  std::string id;    // publicity, control, cleaning, duty, reporting
  std::string name;  // 宣传
  Seconds within{};  // until a shortcoming must be put right
  std::vector<InspectionPoint> items;
};

class InspectionRules {
 public:
  /// Errc::bad_config names file, key, what was found and what is allowed.
  static Result<InspectionRules> read(const std::filesystem::path& file);

  const std::vector<InspectionArea>& areas() const { return areas_; }
  std::size_t items() const;
  /// The area and item of an id; null if the configuration does not know it (any more).
  const InspectionArea* area_of(std::string_view item) const;
  const InspectionPoint* item(std::string_view id) const;

  Seconds carry_on_within{3 * 3600};
  int shown = 3;

 private:
  std::vector<InspectionArea> areas_;
};

}  // namespace linli::community
