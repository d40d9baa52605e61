// The texts of the topic campaign: templates/campaign.toml, and what the community's officer hears of the
// day's roll-up, templates/roll_up.toml. The consent asked for is the check-in's own, in its words.
#pragma once

#include "bot/dialog/texts.hpp"

namespace linli::handlers::campaign {

using dialog::TextId;

inline constexpr TextId ask_consent{"health_checkin.ask_consent"};

#define LINLI_TEXT(id)         \
  inline constexpr TextId id { \
    "campaign." #id            \
  }
LINLI_TEXT(refused);
LINLI_TEXT(refused_officer);
LINLI_TEXT(how_to);
LINLI_TEXT(ask_kind);
LINLI_TEXT(ask_deadline);
LINLI_TEXT(ask_area);
LINLI_TEXT(detail_help);
LINLI_TEXT(wrong_level);
LINLI_TEXT(running_already);
LINLI_TEXT(no_leader);
LINLI_TEXT(preview);
LINLI_TEXT(preview_help);
LINLI_TEXT(not_opened);
LINLI_TEXT(opened);
LINLI_TEXT(leader_told);
LINLI_TEXT(listed);
LINLI_TEXT(none_running);
LINLI_TEXT(closed);
LINLI_TEXT(extended);
LINLI_TEXT(extend_how);
LINLI_TEXT(overdue);
LINLI_TEXT(all_reached);
LINLI_TEXT(ended_by_itself);

LINLI_TEXT(invite);
LINLI_TEXT(none_for_you);
LINLI_TEXT(not_asked);
LINLI_TEXT(no_home);
LINLI_TEXT(refusal_noted);
LINLI_TEXT(question);
LINLI_TEXT(question_help);
LINLI_TEXT(consent_help);
LINLI_TEXT(consent_refused);
LINLI_TEXT(thanks);
LINLI_TEXT(filled_in);
LINLI_TEXT(said_already);
LINLI_TEXT(reported);
LINLI_TEXT(entered);
LINLI_TEXT(objected);

LINLI_TEXT(line_how);
LINLI_TEXT(which_place);
LINLI_TEXT(taken);
LINLI_TEXT(unclear);
LINLI_TEXT(own_word);
LINLI_TEXT(progress);
LINLI_TEXT(progress_below);
LINLI_TEXT(progress_doors);
LINLI_TEXT(door);

LINLI_TEXT(found_how);
LINLI_TEXT(found_unit);
LINLI_TEXT(found_exists);
LINLI_TEXT(found_alike);
LINLI_TEXT(alike_help);
LINLI_TEXT(found_same);
LINLI_TEXT(found_added);
LINLI_TEXT(merge_how);
LINLI_TEXT(merged);
LINLI_TEXT(split_how);
LINLI_TEXT(split_done);

LINLI_TEXT(confirmed);
LINLI_TEXT(recounted);
LINLI_TEXT(still_owed);
#undef LINLI_TEXT

inline constexpr TextId roll_up_offer{"roll_up.staff_offer"};
inline constexpr TextId roll_up_escalated{"roll_up.staff_escalated"};
inline constexpr TextId roll_up_reminder{"roll_up.staff_reminder"};

inline constexpr TextId all[] = {refused,
                                 refused_officer,
                                 how_to,
                                 ask_kind,
                                 ask_deadline,
                                 ask_area,
                                 detail_help,
                                 wrong_level,
                                 running_already,
                                 no_leader,
                                 preview,
                                 preview_help,
                                 not_opened,
                                 opened,
                                 leader_told,
                                 listed,
                                 none_running,
                                 closed,
                                 extended,
                                 extend_how,
                                 overdue,
                                 all_reached,
                                 ended_by_itself,
                                 invite,
                                 none_for_you,
                                 not_asked,
                                 no_home,
                                 refusal_noted,
                                 question,
                                 question_help,
                                 consent_help,
                                 consent_refused,
                                 thanks,
                                 filled_in,
                                 said_already,
                                 reported,
                                 entered,
                                 objected,
                                 line_how,
                                 which_place,
                                 taken,
                                 unclear,
                                 own_word,
                                 progress,
                                 progress_below,
                                 door,
                                 progress_doors,
                                 found_how,
                                 found_unit,
                                 found_exists,
                                 found_alike,
                                 alike_help,
                                 found_same,
                                 found_added,
                                 merge_how,
                                 merged,
                                 split_how,
                                 split_done,
                                 confirmed,
                                 recounted,
                                 still_owed,
                                 roll_up_offer,
                                 roll_up_escalated,
                                 roll_up_reminder};

}  // namespace linli::handlers::campaign
