// The texts of help across units: templates/cross_help.toml, co_help.toml and handoff.toml.
#pragma once

#include <string_view>

#include "bot/dialog/texts.hpp"

namespace linli::handlers::cross {

using dialog::TextId;

inline constexpr TextId how_to{"cross_help.how_to"};
inline constexpr TextId no_such{"cross_help.no_such"};
inline constexpr TextId not_yours{"cross_help.not_yours"};
inline constexpr TextId which{"cross_help.which"};
inline constexpr TextId which_help{"cross_help.which_help"};
inline constexpr TextId no_organisation{"cross_help.no_organisation"};
/// What the history of a part or hand-off calls its beginning.
inline constexpr std::string_view part_asked = "part_asked";

inline constexpr TextId taken_back{"cross_help.taken_back"};
inline constexpr TextId handed_back{"cross_help.handed_back"};
inline constexpr TextId your_part_off{"cross_help.your_part_off"};
inline constexpr TextId asked{"cross_help.asked"};
inline constexpr TextId asked_level{"cross_help.asked_level"};
inline constexpr TextId already{"cross_help.already"};
inline constexpr TextId your_part{"cross_help.your_part"};
inline constexpr TextId part_late{"cross_help.part_late"};
inline constexpr TextId part_overdue{"cross_help.part_overdue"};
inline constexpr TextId open_parts{"cross_help.open_parts"};
inline constexpr TextId not_for_handoff{"cross_help.not_for_handoff"};
inline constexpr TextId handing{"cross_help.handing"};
inline constexpr TextId handing_alone{"cross_help.handing_alone"};
inline constexpr TextId your_handing{"cross_help.your_handing"};
inline constexpr TextId handed{"cross_help.handed"};
inline constexpr TextId no_handoff{"cross_help.no_handoff"};
inline constexpr TextId receipt_noted{"cross_help.receipt_noted"};
inline constexpr TextId staff_received{"cross_help.staff_received"};
inline constexpr TextId your_handed{"cross_help.your_handed"};
inline constexpr TextId receipt_refused{"cross_help.receipt_refused"};
inline constexpr TextId staff_declined{"cross_help.staff_declined"};
inline constexpr TextId merged{"cross_help.merged"};
inline constexpr TextId not_merged{"cross_help.not_merged"};
inline constexpr TextId cannot_merge{"cross_help.cannot_merge"};
inline constexpr TextId unmerged{"cross_help.unmerged"};
inline constexpr TextId part_accepted{"co_help.your_accepted"};
inline constexpr TextId part_returned{"co_help.your_returned"};
inline constexpr TextId part_escalated{"co_help.your_escalated"};
inline constexpr TextId part_ended{"co_help.your_ended"};
inline constexpr TextId handoff_reminder{"handoff.staff_reminder"};

inline constexpr TextId part_withdrawn{"co_help.staff_withdrawn"};
inline constexpr TextId handoff_withdrawn{"handoff.staff_withdrawn"};

inline constexpr TextId all[] = {
    taken_back,     handed_back,      your_part_off,   how_to,         no_such,         not_yours,
    which,          which_help,       no_organisation, asked,          asked_level,     already,
    your_part,      part_late,        part_overdue,    open_parts,     not_for_handoff, handing,
    handing_alone,  your_handing,     handed,          no_handoff,     receipt_noted,   staff_received,
    your_handed,    receipt_refused,  staff_declined,  merged,         not_merged,      cannot_merge,
    unmerged,       part_accepted,    part_returned,   part_escalated, part_ended,      handoff_reminder,
    part_withdrawn, handoff_withdrawn};

}  // namespace linli::handlers::cross
