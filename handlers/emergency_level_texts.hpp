// The texts of the emergency level, shared by its two files.
#pragma once

#include "bot/dialog/texts.hpp"

namespace linli::handlers::emergency {

using dialog::TextId;

inline constexpr TextId shown{"emergency_level.shown"};
inline constexpr TextId how{"emergency_level.how"};
inline constexpr TextId how_to_change{"emergency_level.how_to_change"};
inline constexpr TextId refused{"emergency_level.refused"};
inline constexpr TextId same{"emergency_level.same"};
inline constexpr TextId ask_confirm{"emergency_level.ask_confirm"};
inline constexpr TextId help_confirm{"emergency_level.help_confirm"};
inline constexpr TextId changed{"emergency_level.changed"};
inline constexpr TextId not_changed{"emergency_level.not_changed"};
inline constexpr TextId staff_told{"emergency_level.staff_told"};
inline constexpr TextId resident_starts{"emergency_level.resident_starts"};
inline constexpr TextId resident_stops{"emergency_level.resident_stops"};
inline constexpr TextId resident_same{"emergency_level.resident_same"};
inline constexpr TextId shifts_off{"emergency_level.shifts_off"};
inline constexpr TextId shifts_on{"emergency_level.shifts_on"};
inline constexpr TextId cover_off{"emergency_level.cover_off"};
inline constexpr TextId asking_off{"emergency_level.asking_off"};
inline constexpr TextId dialog_over{"emergency_level.dialog_over"};

inline constexpr TextId all[] = {how_to_change,   shown,          how,           refused,     same,
                                 ask_confirm,     help_confirm,   changed,       not_changed, staff_told,
                                 resident_starts, resident_stops, resident_same, shifts_off,  shifts_on,
                                 cover_off,       asking_off,     dialog_over};

}  // namespace linli::handlers::emergency
