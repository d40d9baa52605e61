// The rules of shifts at a post: when one may check in, what counts as being there, when people are reminded,
// and how people say that they will be late. Pure; the shift topic and the ledger's schedule use them.
#pragma once

#include <optional>
#include <string_view>

#include "bot/base/clock.hpp"
#include "bot/community/distance.hpp"

namespace linli::community {

struct ShiftRules {
  Seconds checkin_before{30 * 60};  // check-in is open from so long before the start, to the end
  Seconds remind_before{30 * 60};   // "half an hour to go"
  Seconds missing_after{15 *
                        60};  // not there so long after the start (or the announced delay): somebody is told
  Seconds look_ahead{2 * 3600};  // evidence sent so long before the start is answered with the time to wait
  int evening_minute = 19 * 60;  // the evening before, in the district's zone
};

/// `cancelled`: not the person's to stand any more, and no fault of theirs (exchanged, moved, post closed).
enum class ShiftState { planned, confirmed, declined, on_post, left, cancelled };

std::string_view name(ShiftState state);  // in tables
std::optional<ShiftState> shift_state(std::string_view name);
std::string_view title(ShiftState state);  // in the chat

enum class CheckinTime { open, early, over };
CheckinTime checkin_time(const ShiftRules& rules, Time starts_at, Time ends_at, Time now);

/// Whole metres that are missing to the post's radius are shown; inside is inside, the edge too.
bool inside(Place post, int radius_m, Place here);

/// 19:00 of the day before the shift's first minute.
Time evening_before(const ShiftRules& rules, const Zone& zone, Time starts_at);

/// "晚二十分钟", "迟到半小时", "晚到1个半小时", "晚一刻钟": minutes. Nothing if no delay or no time is named.
std::optional<int> late_minutes(std::string_view normal);
/// Is a delay announced at all?
bool says_late(std::string_view normal);

/// The scene of a post's code: "post-hp-north" gives "hp-north"; nothing for other scenes.
std::optional<std::string_view> post_of_scene(std::string_view scene);
/// Four digits that stand alone in a text: the code word on the post's board.
std::optional<std::string_view> code_word_in(std::string_view normal);

}  // namespace linli::community
