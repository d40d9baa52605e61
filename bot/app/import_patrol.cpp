// patrol_points.csv: the places that somebody looks at on their rounds. A point that is given up is marked
// closed; its visits stay.
#include <fmt/format.h>

#include "bot/app/import_rows.hpp"
#include "bot/community/patrol_rules.hpp"

namespace linli::app {

namespace {

bool is_code_word(std::string_view cell) {
  return cell.size() == 4 && cell.find_first_not_of("0123456789") == cell.npos;
}

}  // namespace

void Import::patrol_points() {
  ByCode<bool> codes;
  std::set<std::string> names;  // of one place
  for (const CsvRow& row :
       rows("patrol_points.csv", {"code", "name", "area", "lat", "lon", "radius_m", "every"},
            {"code_word", "closed"})) {
    store::PatrolPoint point;
    std::optional<store::Area> where;
    bool good = sound([&] {
      point.code = own_code(row, "code", codes);
      for (const char* column : {"area", "lat", "lon", "radius_m", "every"}) required(row, column);
      point.name = required(row, "name");
      where = area(row, "area");
      point.place = {real(row, "lat", -90, 90).value_or(0), real(row, "lon", -180, 180).value_or(0)};
      point.radius_m = integer(row, "radius_m", 10, 1000).value_or(0);
      point.code_word = row["code_word"];
      if (!point.code_word.empty() && !is_code_word(point.code_word))
        fault(row, "code_word", "must be four digits, or empty");
      auto every = community::read_every(row["every"]);
      if (!every && !row["every"].empty())
        fault(row, "every", "must be a number with its unit between 10m and 31d, such as 4h or 1d");
      point.every = every.value_or(Seconds{});
      if (row.has("closed") && !row["closed"].empty()) point.closed = yes(row, "closed");
      if (where && where->kind < community::AreaKind::community)
        fault(row, "area",
              "is too large; name a community, village, compound, courtyard or what stands below");
      if (where && !point.closed && !names.insert(fmt::format("{} {}", where->id.value, point.name)).second)
        fault(row, "name",
              "another point of this place has the same name, and the chat could not tell them apart");
    });
    if (!good || !where) continue;
    point.area = where->id;
    point.created_at = options_.now;
    if (auto before = patrol_.find_by_code(point.code)) {
      change_patrol_point(row, *before, point);
      continue;
    }
    patrol_.add(point);
    ++summary_.patrol_points;
    added("patrol point " + point.code);
  }
}

void Import::change_patrol_point(const CsvRow& row, const store::PatrolPoint& before,
                                 const store::PatrolPoint& now) {
  std::vector<std::string_view> columns;
  store::PatrolPoint changed = before;
  if (before.name != now.name) columns.push_back("name");
  changed.name = now.name;
  if (before.area != now.area) columns.push_back("area");
  changed.area = now.area;
  if (before.place.lat != now.place.lat || before.place.lon != now.place.lon) columns.push_back("lat, lon");
  changed.place = now.place;
  if (before.radius_m != now.radius_m) columns.push_back("radius_m");
  changed.radius_m = now.radius_m;
  if (before.every != now.every) columns.push_back("every");
  changed.every = now.every;
  if (!row["code_word"].empty() && before.code_word != now.code_word) columns.push_back("code_word");
  if (!row["code_word"].empty()) changed.code_word = now.code_word;
  if (row.has("closed") && !row["closed"].empty() && before.closed != now.closed) columns.push_back("closed");
  if (row.has("closed") && !row["closed"].empty()) changed.closed = now.closed;
  if (!columns.empty()) patrol_.change(changed);
  compared("patrol point " + now.code, columns);
}

}  // namespace linli::app
