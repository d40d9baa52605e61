#include "bot/community/inspection_rules.hpp"

#include <algorithm>

#include "bot/base/toml_file.hpp"

namespace linli::community {

namespace {

Result<InspectionArea> read_area(const TomlTable& table, const std::string& id) {
  InspectionArea area;
  area.id = id;
  auto name = table.text("name");
  if (!name) return name.error();
  area.name = *name;
  auto within = table.duration("within");
  if (!within) return within.error();
  if (within->count() < 3600) return table.wrong("within", "is less than an hour, which nobody can keep");
  area.within = *within;
  auto items = table.table("item");
  if (!items) return items.error();
  for (const std::string& key : items->keys()) {
    auto what = items->text(key);
    if (!what) return what.error();
    area.items.push_back({id + "." + key, *what});
  }
  if (area.items.empty()) return table.wrong("item", "names nothing to look at");
  return area;
}

}  // namespace

Result<InspectionRules> InspectionRules::read(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  InspectionRules rules;
  auto carry_on = file->duration("carry_on_within", Seconds{3 * 3600});
  if (!carry_on) return carry_on.error();
  if (carry_on->count() < 1800) return file->wrong("carry_on_within", "must be 30m at least");
  rules.carry_on_within = *carry_on;
  auto shown = file->integer("shown", 3, {1, 10});
  if (!shown) return shown.error();
  rules.shown = static_cast<int>(*shown);
  auto areas = file->table("area");
  if (!areas) return areas.error();
  for (const std::string& id : areas->keys()) {
    auto table = areas->table(id);
    if (!table) return table.error();
    auto area = read_area(*table, id);
    if (!area) return area.error();
    rules.areas_.push_back(std::move(*area));
  }
  if (rules.areas_.empty()) return file->wrong("area", "has no area; give at least one");
  if (auto others = file->no_others(); !others) return others.error();
  return rules;
}

std::size_t InspectionRules::items() const {
  std::size_t all = 0;
  for (const InspectionArea& area : areas_) all += area.items.size();
  return all;
}

const InspectionArea* InspectionRules::area_of(std::string_view item) const {
  auto found = std::ranges::find_if(areas_, [&](const InspectionArea& area) {
    return std::ranges::find(area.items, item, &InspectionPoint::id) != area.items.end();
  });
  return found == areas_.end() ? nullptr : &*found;
}

const InspectionPoint* InspectionRules::item(std::string_view id) const {
  const InspectionArea* area = area_of(id);
  return area ? &*std::ranges::find(area->items, id, &InspectionPoint::id) : nullptr;
}

}  // namespace linli::community
