#include "bot/community/quiet_hours.hpp"

#include <string>

namespace linli::community {

QuietHours::QuietHours(Zone zone, int from, int until) : zone_(zone), from_(from), until_(until) {}

Result<QuietHours> QuietHours::read(const Zone& zone, std::string_view text) {
  if (text.empty()) return QuietHours();
  auto dash = text.find('-');
  auto from = parse_clock(text.substr(0, dash));
  auto until = dash == text.npos ? from : parse_clock(text.substr(dash + 1));
  bool good = dash != text.npos && from && until && *from != *until && *from < 24 * 60;
  if (!good)
    return Error{Errc::bad_input,
                 "must be two times of day such as \"22:00-07:00\", or \"\" for no quiet hours"};
  return QuietHours(zone, *from, *until);
}

bool QuietHours::at(Time moment) const {
  if (!zone_ || from_ == until_) return false;
  int minute = zone_->minute_of_day(moment);
  return from_ < until_ ? minute >= from_ && minute < until_ : minute >= from_ || minute < until_;
}

Time QuietHours::end(Time moment) const {
  if (!at(moment)) return moment;
  Day day = zone_->day(moment);
  bool tomorrow = zone_->minute_of_day(moment) >= until_;
  return zone_->at(tomorrow ? zone_->next_day(day) : day, until_);
}

}  // namespace linli::community
