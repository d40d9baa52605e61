// The texts of help requests, shared by the files of the topic.
#pragma once

#include "bot/dialog/texts.hpp"

namespace linli::handlers::help_request {

using dialog::TextId;

inline constexpr TextId passed_on{"life_safety.again"};  // words after an alarm
inline constexpr TextId taken{"help_request.taken"};
inline constexpr TextId taken_at_night{"help_request.taken_at_night"};
inline constexpr TextId urged{"help_request.urged"};
inline constexpr TextId added{"help_request.added"};
inline constexpr TextId what{"help_request.what"};
inline constexpr TextId what_help{"help_request.what_help"};
inline constexpr TextId where{"help_request.where"};
inline constexpr TextId where_help{"help_request.where_help"};
inline constexpr TextId still_open{"help_request.still_open"};
inline constexpr TextId which{"help_request.which"};
inline constexpr TextId on_map{"help_request.on_map"};
inline constexpr TextId placed{"help_request.placed"};
inline constexpr TextId where_does_it_hurt{"help_request.where_does_it_hurt"};
inline constexpr TextId where_does_it_hurt_help{"help_request.where_does_it_hurt_help"};
inline constexpr TextId voice{"help_request.voice"};
inline constexpr TextId photo{"help_request.photo"};
inline constexpr TextId status_line{"help_request.status_line"};
inline constexpr TextId status_none{"help_request.status_none"};
inline constexpr TextId reopened{"help_request.reopened"};
inline constexpr TextId confirmed{"help_request.confirmed"};
inline constexpr TextId withdrawn{"help_request.withdrawn"};
inline constexpr TextId complaint_what{"help_request.complaint_what"};
inline constexpr TextId complaint_help{"help_request.complaint_help"};
inline constexpr TextId complaint_taken{"help_request.complaint_taken"};
inline constexpr TextId your_accepted{"help_request.your_accepted"};
inline constexpr TextId your_escalated{"help_request.your_escalated"};
inline constexpr TextId your_returned{"help_request.your_returned"};
inline constexpr TextId your_done{"help_request.your_done"};
inline constexpr TextId your_done_again{"help_request.your_done_again"};
inline constexpr TextId your_silent{"help_request.your_silent"};
inline constexpr TextId your_accept_undone{"help_request.your_accept_undone"};
inline constexpr TextId your_done_undone{"help_request.your_done_undone"};

}  // namespace linli::handlers::help_request
