#include "bot/community/calendar.hpp"

#include <fmt/format.h>

#include "bot/base/toml_file.hpp"
#include "bot/community/duty_hours.hpp"

namespace linli::community {

Result<Calendar> Calendar::read(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  Calendar calendar;
  for (auto [key, kind] : {std::pair{"holiday", DayKind::holiday}, std::pair{"workday", DayKind::workday}}) {
    auto table = file->table_or_empty(key);
    if (!table) return table.error();
    for (const std::string& date : table->keys()) {
      auto day = parse_day(date);
      if (!day) return table->wrong(date, day.error().text);
      auto name = table->text(date);
      if (!name) return name.error();
      if (name->empty()) return table->wrong(date, "has no name; write what people call the day");
      if (!calendar.days_.try_emplace(*day, Named{kind, *name}).second)
        return table->wrong(date, "stands in the file as a holiday and as a working day; keep one of them");
    }
  }
  auto others = file->no_others();
  if (!others) return others.error();
  return calendar;
}

DayKind Calendar::kind(Day day) const {
  auto found = days_.find(day);
  if (found != days_.end()) return found->second.kind;
  constexpr int saturday = 5;
  return weekday(day) < saturday ? DayKind::workday : DayKind::rest_day;
}

std::string_view Calendar::name(Day day) const {
  auto found = days_.find(day);
  return found == days_.end() ? std::string_view{} : std::string_view(found->second.name);
}

}  // namespace linli::community
