// The texts of the inspection topic, shared by its files.
#pragma once

#include "bot/dialog/texts.hpp"

namespace linli::handlers::inspect {

using dialog::TextId;

inline constexpr TextId refused{"inspection.refused"};
inline constexpr TextId refused_there{"inspection.refused_there"};
inline constexpr TextId ask_site{"inspection.ask_site"};
inline constexpr TextId site_help{"inspection.site_help"};
inline constexpr TextId begun{"inspection.begun"};
inline constexpr TextId carried_on{"inspection.carried_on"};
inline constexpr TextId item{"inspection.item"};
inline constexpr TextId item_help{"inspection.item_help"};
inline constexpr TextId what{"inspection.what"};
inline constexpr TextId what_help{"inspection.what_help"};
inline constexpr TextId noted{"inspection.noted"};
inline constexpr TextId all_good{"inspection.all_good"};
inline constexpr TextId finished{"inspection.finished"};
inline constexpr TextId finished_alone{"inspection.finished_alone"};
inline constexpr TextId left{"inspection.left"};
inline constexpr TextId over{"inspection.over"};
inline constexpr TextId record{"inspection.record"};
inline constexpr TextId record_none{"inspection.record_none"};
inline constexpr TextId record_how{"inspection.record_how"};
inline constexpr TextId record_refused{"inspection.record_refused"};
inline constexpr TextId overdue{"inspection.overdue"};
inline constexpr TextId your_overdue{"inspection.your_overdue"};
inline constexpr TextId recheck_list{"inspection.recheck_list"};
inline constexpr TextId recheck_none{"inspection.recheck_none"};
inline constexpr TextId recheck_how{"inspection.recheck_how"};
inline constexpr TextId recheck_no_such{"inspection.recheck_no_such"};
inline constexpr TextId recheck_not_done{"inspection.recheck_not_done"};
inline constexpr TextId recheck_closed{"inspection.recheck_closed"};
inline constexpr TextId recheck_refused{"inspection.recheck_refused"};
inline constexpr TextId written_off{"inspection.written_off"};
inline constexpr TextId sent_back{"inspection.sent_back"};

// A rectification, to whoever has to put it right and to the inspector.
inline constexpr TextId staff_offer{"rectification.staff_offer"};
inline constexpr TextId staff_finished{"rectification.staff_finished"};
inline constexpr TextId staff_confirmed{"rectification.staff_confirmed"};
inline constexpr TextId staff_reopened{"rectification.staff_reopened"};
inline constexpr TextId your_done{"rectification.your_done"};
inline constexpr TextId your_done_again{"rectification.your_done_again"};
inline constexpr TextId your_done_undone{"rectification.your_done_undone"};

inline constexpr TextId all[] = {refused,
                                 refused_there,
                                 ask_site,
                                 site_help,
                                 begun,
                                 carried_on,
                                 item,
                                 item_help,
                                 what,
                                 what_help,
                                 noted,
                                 all_good,
                                 finished,
                                 finished_alone,
                                 left,
                                 over,
                                 record,
                                 record_none,
                                 record_how,
                                 record_refused,
                                 overdue,
                                 your_overdue,
                                 recheck_list,
                                 recheck_none,
                                 recheck_how,
                                 recheck_no_such,
                                 recheck_not_done,
                                 recheck_closed,
                                 recheck_refused,
                                 written_off,
                                 sent_back,
                                 staff_offer,
                                 staff_finished,
                                 staff_confirmed,
                                 staff_reopened,
                                 your_done,
                                 your_done_again,
                                 your_done_undone};

}  // namespace linli::handlers::inspect
