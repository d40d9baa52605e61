// The texts of the patrol topic, shared by its files.
#pragma once

#include "bot/dialog/texts.hpp"

namespace linli::handlers::patrol {

using dialog::TextId;

inline constexpr TextId refused{"patrol.refused"};
inline constexpr TextId no_points{"patrol.no_points"};
inline constexpr TextId no_points_there{"patrol.no_points_there"};
inline constexpr TextId ask_site{"patrol.ask_site"};
inline constexpr TextId site_help{"patrol.site_help"};
inline constexpr TextId round_list{"patrol.round"};
inline constexpr TextId round_on{"patrol.round_on"};
inline constexpr TextId round_help{"patrol.round_help"};
inline constexpr TextId no_duty{"patrol.no_duty"};
inline constexpr TextId at_point{"patrol.at_point"};
inline constexpr TextId point_help{"patrol.point_help"};
inline constexpr TextId which_point{"patrol.which_point"};
inline constexpr TextId visited{"patrol.visited"};
inline constexpr TextId visited_alone{"patrol.visited_alone"};
inline constexpr TextId too_far{"patrol.too_far"};
inline constexpr TextId round_done{"patrol.round_done"};
inline constexpr TextId round_left{"patrol.round_left"};
inline constexpr TextId ask_found{"patrol.ask_found"};
inline constexpr TextId ask_where{"patrol.ask_where"};
inline constexpr TextId found_help{"patrol.found_help"};
inline constexpr TextId taken{"patrol.taken"};
inline constexpr TextId to_visit{"patrol.to_visit"};
inline constexpr TextId solved{"patrol.solved"};
inline constexpr TextId unsolved{"patrol.unsolved"};

// Told, not replied: of a list of points that fell due.
inline constexpr TextId staff_offer{"patrol_point.staff_offer"};
inline constexpr TextId staff_escalated{"patrol_point.staff_escalated"};
inline constexpr TextId staff_late{"patrol_point.staff_late"};
inline constexpr TextId staff_reminder{"patrol_point.staff_reminder"};
inline constexpr TextId staff_handed_over{"patrol_point.staff_handed_over"};
inline constexpr TextId more_due{"patrol_point.more_due"};
inline constexpr TextId all_visited{"patrol_point.all_visited"};

// A finding, to whoever has it and to the finder.
inline constexpr TextId finding_reopened{"finding.staff_reopened"};
inline constexpr TextId finding_confirmed{"finding.staff_confirmed"};
inline constexpr TextId finding_finished{"finding.staff_finished"};
inline constexpr TextId your_accepted{"finding.your_accepted"};
inline constexpr TextId your_escalated{"finding.your_escalated"};
inline constexpr TextId your_returned{"finding.your_returned"};
inline constexpr TextId your_done{"finding.your_done"};
inline constexpr TextId your_done_again{"finding.your_done_again"};
inline constexpr TextId your_silent{"finding.your_silent"};
inline constexpr TextId your_accept_undone{"finding.your_accept_undone"};
inline constexpr TextId your_done_undone{"finding.your_done_undone"};

inline constexpr TextId all[] = {refused,
                                 no_points,
                                 no_points_there,
                                 ask_site,
                                 site_help,
                                 round_list,
                                 round_on,
                                 round_help,
                                 no_duty,
                                 at_point,
                                 point_help,
                                 which_point,
                                 visited,
                                 visited_alone,
                                 too_far,
                                 round_done,
                                 round_left,
                                 ask_found,
                                 ask_where,
                                 found_help,
                                 taken,
                                 to_visit,
                                 solved,
                                 unsolved,
                                 staff_offer,
                                 staff_escalated,
                                 staff_late,
                                 staff_reminder,
                                 staff_handed_over,
                                 more_due,
                                 all_visited,
                                 finding_reopened,
                                 finding_confirmed,
                                 finding_finished,
                                 your_accepted,
                                 your_escalated,
                                 your_returned,
                                 your_done,
                                 your_done_again,
                                 your_silent,
                                 your_accept_undone,
                                 your_done_undone};

}  // namespace linli::handlers::patrol
