// posts.csv and shifts.csv: where somebody stands, and who stands there when.
#include <algorithm>
#include <fmt/format.h>
#include <tuple>

#include "bot/app/import_rows.hpp"

namespace linli::app {

using community::day_minutes;

namespace {

constexpr int planned_days = 14;

bool is_code_word(std::string_view cell) {
  return cell.size() == 4 && cell.find_first_not_of("0123456789") == cell.npos;
}

}  // namespace

void Import::posts() {
  for (const CsvRow& row : rows("posts.csv", {"code", "area", "name", "lat", "lon", "radius_m"},
                                {"code_word", "what", "hours"})) {
    store::Post post;
    std::vector<community::Hours> hours;
    std::optional<store::Area> where;
    bool good = sound([&] {
      post.code = own_code(row, "code", post_codes_);
      for (const char* column : {"area", "lat", "lon", "radius_m"}) required(row, column);
      post.name = required(row, "name");
      where = area(row, "area");
      post.place = {real(row, "lat", -90, 90).value_or(0), real(row, "lon", -180, 180).value_or(0)};
      post.radius_m = integer(row, "radius_m", 10, 5000).value_or(0);
      post.code_word = row["code_word"];
      post.what = row["what"];
      if (!post.code_word.empty() && !is_code_word(post.code_word))
        fault(row, "code_word", "must be four digits, or empty");
      if (row["hours"].empty()) return;
      auto read = community::parse_hours(row["hours"]);
      if (read)
        hours = *read;
      else
        fault(row, "hours", "names no hours; write 00:00-24:00 or Mon-Fri 07:00-19:00;Sat,Sun 08:00-18:00");
    });
    if (!good || !where) continue;
    post.area = where->id;
    auto before = shifts_.find_post_by_code(post.code);
    post_codes_[post.code] = before ? before->id : PostId{};
    if (before) {
      change_post(row, *before, post, std::move(hours));
      continue;
    }
    shifts_.add_post(post);
    shifts_.set_hours(post.id, hours);
    post_codes_[post.code] = post.id;
    ++summary_.posts;
    added("post " + post.code);
  }
}

void Import::change_post(const CsvRow& row, const store::Post& before, const store::Post& now,
                         std::vector<community::Hours> hours) {
  std::vector<std::string_view> columns;
  store::Post changed = before;
  if (before.area != now.area) columns.push_back("area");
  changed.area = now.area;
  if (before.name != now.name) columns.push_back("name");
  changed.name = now.name;
  if (before.place.lat != now.place.lat || before.place.lon != now.place.lon) columns.push_back("lat, lon");
  changed.place = now.place;
  if (before.radius_m != now.radius_m) columns.push_back("radius_m");
  changed.radius_m = now.radius_m;
  if (!row["code_word"].empty() && before.code_word != now.code_word) columns.push_back("code_word");
  if (!row["code_word"].empty()) changed.code_word = now.code_word;
  if (!row["what"].empty() && before.what != now.what) columns.push_back("what");
  if (!row["what"].empty()) changed.what = now.what;
  if (!columns.empty()) shifts_.change_post(changed);
  auto known = shifts_.hours(before.id);
  auto order = [](const community::Hours& one) {
    return std::tuple(one.weekdays, one.start_minute, one.end_minute);
  };
  std::ranges::sort(known, {}, order);
  std::ranges::sort(hours, {}, order);
  if (!row["hours"].empty() && hours != known) {
    columns.push_back("hours");
    shifts_.set_hours(before.id, hours);
  }
  compared("post " + now.code, columns);
}

void Import::shifts() {
  bool daily = false;
  for (const CsvRow& row : rows("shifts.csv", {"post", "person", "date", "start", "end"}, {})) {
    PostId where;
    PersonId who;
    std::optional<Day> date;
    std::optional<int> start, end;
    bool good = sound([&] {
      for (const char* column : {"post", "person", "date"}) required(row, column);
      if (!row["post"].empty()) where = post(row, "post");
      who = person(row, "person");
      if (row["date"] != "*") date = day(row, "date");
      start = clock(row, "start");
      end = clock(row, "end");
      if (start && end && *start == *end)
        fault(row, "end", "is the same as start; a whole day is 00:00 to 24:00");
      if (start == day_minutes)
        fault(row, "start", "24:00 is the end of a day; the next one begins at 00:00");
    });
    if (!good || !where || !who) continue;
    daily = daily || !date;
    add_shift(row, where, who, date, *start, *end > *start ? *end : *end + day_minutes);
  }
  if (!daily) return;
  Day first = options_.zone.next_day(options_.zone.day(options_.now), -1);
  shifts_.plan_daily(options_.zone, options_.zone.at(first, 0),
                     options_.zone.at(options_.zone.next_day(first, planned_days), 0));
}

/// Nobody stands at two posts at a time; a shift into the night reaches into the next day.
void Import::add_shift(const CsvRow& row, PostId post, PersonId person, std::optional<Day> day, int start,
                       int end) {
  auto& spans = duties_[person];
  for (const Span& other : spans) {
    for (int shift : {-day_minutes, 0, day_minutes}) {
      bool same_day = !day || !other.day || options_.zone.next_day(*day, shift / day_minutes) == *other.day;
      if (same_day && start < other.end + shift && other.start + shift < end) {
        return fault(row, "start", "overlaps with another shift of this person");
      }
    }
  }
  spans.push_back({day, start, end});
  if (!day) {
    bool is_new = shifts_.add_daily(post, person, start, end);
    ++(is_new ? summary_.shifts : summary_.unchanged);
    if (is_new) added(fmt::format("shift {} {} every day", row["post"], row["person"]));
    return;
  }
  auto moment = [&](int minute) {
    return options_.zone.at(options_.zone.next_day(*day, minute / day_minutes), minute % day_minutes);
  };
  bool is_new = static_cast<bool>(shifts_.add(post, person, moment(start), moment(end)));
  ++(is_new ? summary_.shifts : summary_.unchanged);
  if (is_new) added(fmt::format("shift {} {} {}", row["post"], row["person"], row["date"]));
}

}  // namespace linli::app
