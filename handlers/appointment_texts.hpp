// The texts of the appointment topic, shared by its files.
#pragma once

#include "bot/dialog/texts.hpp"

namespace linli::handlers::appointment {

using dialog::TextId;

// 调整
inline constexpr TextId ask_role{"appointment.ask_role"};
inline constexpr TextId help_role{"appointment.help_role"};
inline constexpr TextId ask_where{"appointment.ask_where"};
inline constexpr TextId help_where{"appointment.help_where"};
inline constexpr TextId ask_which{"appointment.ask_which"};
inline constexpr TextId help_which{"appointment.help_which"};
inline constexpr TextId ask_who{"appointment.ask_who"};
inline constexpr TextId help_who{"appointment.help_who"};
inline constexpr TextId ask_confirm{"appointment.ask_confirm"};
inline constexpr TextId ask_confirm_code{"appointment.ask_confirm_code"};
inline constexpr TextId help_confirm{"appointment.help_confirm"};
inline constexpr TextId adjusted{"appointment.adjusted"};
inline constexpr TextId adjusted_code{"appointment.adjusted_code"};
inline constexpr TextId not_adjusted{"appointment.not_adjusted"};
inline constexpr TextId same_person{"appointment.same_person"};
inline constexpr TextId changed_meanwhile{"appointment.changed_meanwhile"};
inline constexpr TextId refused{"appointment.refused"};
inline constexpr TextId your_office_ended{"appointment.your_office_ended"};
inline constexpr TextId your_office_began{"appointment.your_office_began"};
inline constexpr TextId your_handed_over{"appointment.your_handed_over"};
// away and back
inline constexpr TextId ask_dates{"appointment.ask_dates"};
inline constexpr TextId help_dates{"appointment.help_dates"};
inline constexpr TextId ask_shift_or_days{"appointment.ask_shift_or_days"};
inline constexpr TextId help_shift_or_days{"appointment.help_shift_or_days"};
inline constexpr TextId away_now{"appointment.away_now"};
inline constexpr TextId away_later{"appointment.away_later"};
inline constexpr TextId handed{"appointment.handed"};
inline constexpr TextId shifts_left{"appointment.shifts_left"};
inline constexpr TextId away_begins{"appointment.away_begins"};
inline constexpr TextId you_stand_in{"appointment.you_stand_in"};
inline constexpr TextId stand_in_over{"appointment.stand_in_over"};
inline constexpr TextId nobody_stands_in{"appointment.nobody_stands_in"};
inline constexpr TextId back{"appointment.back"};
inline constexpr TextId not_away{"appointment.not_away"};
inline constexpr TextId leave_over{"appointment.leave_over"};
inline constexpr TextId follows_again{"appointment.follows_again"};
// who is at the door
inline constexpr TextId ask_door{"appointment.ask_door"};
inline constexpr TextId help_door{"appointment.help_door"};
inline constexpr TextId door_list{"appointment.door_list"};
inline constexpr TextId door_nobody{"appointment.door_nobody"};
inline constexpr TextId badge_yes{"appointment.badge_yes"};
inline constexpr TextId badge_no{"appointment.badge_no"};

inline constexpr TextId all[] = {ask_role,          help_role,         ask_where,
                                 help_where,        ask_which,         help_which,
                                 ask_who,           help_who,          ask_confirm,
                                 ask_confirm_code,  help_confirm,      adjusted,
                                 adjusted_code,     not_adjusted,      same_person,
                                 changed_meanwhile, refused,           your_office_ended,
                                 your_office_began, your_handed_over,  ask_dates,
                                 help_dates,        ask_shift_or_days, help_shift_or_days,
                                 away_now,          away_later,        handed,
                                 shifts_left,       away_begins,       you_stand_in,
                                 stand_in_over,     nobody_stands_in,  back,
                                 not_away,          leave_over,        follows_again,
                                 ask_door,          help_door,         door_list,
                                 door_nobody,       badge_yes,         badge_no};

}  // namespace linli::handlers::appointment
