// The hours of the night in which nobody is written to who has not just written: what is not urgent waits
// until they end (the outbox), and the clocks of what is owed stand still meanwhile (the task desk), so that
// nobody is passed over for sleeping. Settings: [outbox] quiet_hours.
#pragma once

#include <optional>
#include <string_view>

#include "bot/base/clock.hpp"

namespace linli::community {

class QuietHours {
 public:
  /// None: nothing waits.
  QuietHours() = default;
  /// Local minutes; from 22:00 until 07:00 is 1320, 420. Equal: none.
  QuietHours(Zone zone, int from, int until);
  /// "22:00-07:00"; empty text: none. Errc::bad_input says what is allowed.
  static Result<QuietHours> read(const Zone& zone, std::string_view text);

  bool at(Time moment) const;
  /// When the quiet hours end that `moment` lies in; `moment` itself outside them.
  Time end(Time moment) const;

 private:
  std::optional<Zone> zone_;
  int from_ = 0, until_ = 0;
};

}  // namespace linli::community
