// How much one person stands, and how soon after another shift: asked before anybody is put on a shift by
// sign-up, exchange or in somebody's place. Pure.
#pragma once

#include <optional>
#include <vector>

#include "bot/community/distance.hpp"
#include "bot/community/duty_hours.hpp"

namespace linli::community {

struct DutyLimits {
  int week_shifts = 10;  // Monday to Sunday
  int week_hours = 30;
  Seconds rest{6 * 3600};       // between the end of one shift and the start of the next
  double metres_a_minute = 70;  // walking between posts
};

/// How places are filled; config/linli.toml, [duty].
struct DutyRules {
  DutyLimits limits;
  int ask_people = 5;         // so many are asked at once to stand in somebody's place
  int ask_within_m = 2000;    // whose home is so near
  Seconds ask_wait{10 * 60};  // none of them by then: it climbs
  int post_radius_m = 150;    // of a post that a ticket opens
};

struct Stand {
  Span span;
  Place place;
  bool same_post{};  // as the one wanted
};

enum class DutyRefusal { same_time, way, rest, week_shifts, week_hours };

struct Refused {
  DutyRefusal why{};
  std::optional<Span> with;  // the other shift
};

/// Why somebody who stands `mine` cannot stand `wanted`; nothing: they can.
std::optional<Refused> refuse(const DutyLimits& limits, const Zone& zone, const std::vector<Stand>& mine,
                              const Stand& wanted);

}  // namespace linli::community
