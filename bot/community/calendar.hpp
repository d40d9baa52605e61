// Public holidays and make-up working days (调休) by date: config/calendar.toml. A day that the file does not
// name is a working day from Monday to Friday and a rest day otherwise.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "bot/base/clock.hpp"
#include "bot/base/result.hpp"

namespace linli::community {

enum class DayKind { workday, rest_day, holiday };

class Calendar {
 public:
  /// Errc::bad_config names file, line, key and what is wrong: a date that is none, one that stands twice.
  static Result<Calendar> read(const std::filesystem::path& file);

  DayKind kind(Day day) const;
  /// "清明节"; empty for a day like any other.
  std::string_view name(Day day) const;

  void add_holiday(Day day, std::string name) { days_[day] = {DayKind::holiday, std::move(name)}; }
  void add_workday(Day day, std::string name) { days_[day] = {DayKind::workday, std::move(name)}; }

 private:
  struct Named {
    DayKind kind{};
    std::string name;
  };
  std::map<Day, Named> days_;
};

}  // namespace linli::community
