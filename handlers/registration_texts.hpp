// The texts of templates/registration.toml, for the three files that say them.
#pragma once

#include "bot/dialog/texts.hpp"

namespace linli::handlers::registration {

using dialog::TextId;

inline constexpr TextId ask_place{"registration.ask_place"};
inline constexpr TextId ask_place_other{"registration.ask_place_other"};
inline constexpr TextId ask_rest{"registration.ask_rest"};
inline constexpr TextId no_such_place{"registration.no_such_place"};
inline constexpr TextId ambiguous_place{"registration.ambiguous_place"};
inline constexpr TextId help_place{"registration.help_place"};
inline constexpr TextId ask_name{"registration.ask_name"};
inline constexpr TextId help_name{"registration.help_name"};
inline constexpr TextId ask_phone{"registration.ask_phone"};
inline constexpr TextId help_phone{"registration.help_phone"};
inline constexpr TextId ask_permit{"registration.ask_permit"};
inline constexpr TextId help_permit{"registration.help_permit"};

inline constexpr TextId taken{"registration.taken"};
inline constexpr TextId already{"registration.already"};
inline constexpr TextId waiting{"registration.waiting"};
inline constexpr TextId still_unanswered{"registration.still_unanswered"};
inline constexpr TextId to_confirm{"registration.to_confirm"};
inline constexpr TextId help_to_confirm{"registration.help_to_confirm"};
inline constexpr TextId confirmed{"registration.confirmed"};
inline constexpr TextId rejected{"registration.rejected"};
inline constexpr TextId decided{"registration.decided"};
inline constexpr TextId not_waiting{"registration.not_waiting"};
inline constexpr TextId not_yours{"registration.not_yours"};
inline constexpr TextId which_claim{"registration.which_claim"};
inline constexpr TextId somebody_joined{"registration.somebody_joined"};
inline constexpr TextId somebody_claimed{"registration.somebody_claimed"};

inline constexpr TextId help_asked{"registration.help_asked"};
inline constexpr TextId help_granted{"registration.help_granted"};
inline constexpr TextId help_told{"registration.help_told"};
inline constexpr TextId help_stopped{"registration.help_stopped"};
inline constexpr TextId help_ended{"registration.help_ended"};

inline constexpr TextId code_enlist{"registration.code_enlist"};
inline constexpr TextId code_wrong{"registration.code_wrong"};
inline constexpr TextId code_locked{"registration.code_locked"};
inline constexpr TextId code_joined{"registration.code_joined"};
inline constexpr TextId bound{"registration.bound"};
inline constexpr TextId bound_elsewhere{"registration.bound_elsewhere"};
inline constexpr TextId bound_told{"registration.bound_told"};
inline constexpr TextId invited{"registration.invited"};
inline constexpr TextId invite_how{"registration.invite_how"};
inline constexpr TextId invite_refused{"registration.invite_refused"};
inline constexpr TextId household_code{"registration.household_code"};

}  // namespace linli::handlers::registration
