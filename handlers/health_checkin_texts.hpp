// The texts of templates/health_checkin.toml, for the files that say them.
#pragma once

#include "bot/dialog/texts.hpp"

namespace linli::handlers::health_checkin {

using dialog::TextId;

inline constexpr TextId ask_consent{"health_checkin.ask_consent"};
inline constexpr TextId help_consent{"health_checkin.help_consent"};
inline constexpr TextId refused{"health_checkin.refused"};
inline constexpr TextId need_home{"health_checkin.need_home"};
inline constexpr TextId no_permit{"health_checkin.no_permit"};
inline constexpr TextId ask_state{"health_checkin.ask_state"};
inline constexpr TextId help_state{"health_checkin.help_state"};
inline constexpr TextId ask_guess{"health_checkin.ask_guess"};
inline constexpr TextId help_guess{"health_checkin.help_guess"};
inline constexpr TextId taken{"health_checkin.taken"};
inline constexpr TextId corrected{"health_checkin.corrected"};

inline constexpr TextId sick{"health_checkin.sick"};
inline constexpr TextId ask_who{"health_checkin.ask_who"};
inline constexpr TextId ask_temperature{"health_checkin.ask_temperature"};
inline constexpr TextId help_details{"health_checkin.help_details"};
inline constexpr TextId ask_contact{"health_checkin.ask_contact"};
inline constexpr TextId help_contact{"health_checkin.help_contact"};
inline constexpr TextId details_taken{"health_checkin.details_taken"};
inline constexpr TextId glad{"health_checkin.glad"};
inline constexpr TextId reopened{"health_checkin.again"};
// Said by the task desk, to whoever reported.
inline constexpr TextId accepted{"health_checkin.your_accepted"};
inline constexpr TextId done{"health_checkin.your_done"};
inline constexpr TextId returned{"health_checkin.your_returned"};
inline constexpr TextId escalated{"health_checkin.your_escalated"};

inline constexpr TextId roster_list{"health_checkin.roster"};
inline constexpr TextId roster_counts_text{"health_checkin.roster_counts"};
inline constexpr TextId all_in{"health_checkin.all_in"};
inline constexpr TextId roster_how{"health_checkin.roster_how"};
inline constexpr TextId not_responsible{"health_checkin.not_responsible"};
inline constexpr TextId proxied{"health_checkin.proxied"};
inline constexpr TextId proxy_unclear{"health_checkin.proxy_unclear"};
inline constexpr TextId proxy_self{"health_checkin.proxy_self"};
inline constexpr TextId proxy_sick{"health_checkin.proxy_sick"};
inline constexpr TextId proxy_how{"health_checkin.proxy_how"};
inline constexpr TextId entered{"health_checkin.entered"};
inline constexpr TextId objected{"health_checkin.objected"};
inline constexpr TextId nothing_entered{"health_checkin.nothing_entered"};
inline constexpr TextId digest_text{"health_checkin.digest"};

}  // namespace linli::handlers::health_checkin
