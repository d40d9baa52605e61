// Time: wall-clock seconds everywhere, taken from one Clock, constant within a turn. Local calendar questions
// ("today", "12:00 slot") are answered in the district's zone, never by adding 24 hours.
#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <string_view>

#include "bot/base/result.hpp"

namespace linli {

using Time = std::chrono::sys_seconds;
using Seconds = std::chrono::seconds;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Time now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Time now() const override;
};

/// Stands still until told: transcripts, simulation, and the sandbox's clock control (which also lets it run
/// on from where it was set). Safe to read from any thread.
class SettableClock final : public Clock {
 public:
  explicit SettableClock(Time at) : at_(at.time_since_epoch().count()) {}
  Time now() const override { return Time{Seconds{at_.load()}}; }
  void set(Time at) { at_.store(at.time_since_epoch().count()); }
  void advance(Seconds by) { at_.fetch_add(by.count()); }

 private:
  std::atomic<std::int64_t> at_;
};

/// The system clock moved by an offset that the sandbox's clock control sets; 0 outside the demo.
class ShiftedClock final : public Clock {
 public:
  Time now() const override;
  void shift(Seconds by) { offset_.fetch_add(by.count()); }

 private:
  std::atomic<std::int64_t> offset_{0};
};

/// A calendar day in the district's zone.
struct Day {
  std::int32_t year{};
  std::uint32_t month{};
  std::uint32_t day{};
  auto operator<=>(const Day&) const = default;
};

/// The district's time zone (settings key `time_zone`, an IANA name). Copies are cheap.
class Zone {
 public:
  /// Errc::bad_config if the system's zone database has no such zone.
  static Result<Zone> find(const std::string& iana_name);

  Day day(Time at) const;
  /// Minutes since local midnight, 0..1439.
  int minute_of_day(Time at) const;
  /// The moment of a local time on a local day; in a gap or fold of a clock change, the earlier reading.
  Time at(Day day, int minute_of_day) const;
  Day next_day(Day day, int days = 1) const;

  /// "3月2日 23:40", "23:40", "2026-03-02"
  std::string date_time_text(Time at) const;
  std::string clock_text(Time at) const;
  std::string iso_day(Day day) const;

 private:
  explicit Zone(const void* zone) : zone_(zone) {}
  const void* zone_;
};

/// "2026-03-02" and "2026-03-02 23:40" in `zone`; Errc::bad_input otherwise.
Result<Day> parse_day(std::string_view text);
Result<Time> parse_time(const Zone& zone, std::string_view text);
/// "23:40" as minutes since midnight; 24:00 is 1440. Errc::bad_input otherwise.
Result<int> parse_clock(std::string_view text);

}  // namespace linli
