// Every text of the topic notice (templates/notice.toml).
#pragma once

#include "bot/dialog/texts.hpp"

namespace linli::handlers::notice {

using dialog::TextId;

inline constexpr TextId refused{"notice.refused"};
inline constexpr TextId ask_what{"notice.ask_what"};
inline constexpr TextId help_what{"notice.help_what"};
inline constexpr TextId ask_audience{"notice.ask_audience"};
inline constexpr TextId help_audience{"notice.help_audience"};
inline constexpr TextId care_refused{"notice.care_refused"};
inline constexpr TextId place_refused{"notice.place_refused"};
inline constexpr TextId preview{"notice.preview"};
inline constexpr TextId help_confirm{"notice.help_confirm"};
inline constexpr TextId nobody{"notice.nobody"};
inline constexpr TextId sending{"notice.sending"};
inline constexpr TextId planned{"notice.planned"};
inline constexpr TextId not_sent{"notice.not_sent"};
inline constexpr TextId told{"notice.told"};
inline constexpr TextId told_ack{"notice.told_ack"};
inline constexpr TextId correction{"notice.correction"};
inline constexpr TextId withdrawal{"notice.withdrawal"};
inline constexpr TextId finished{"notice.finished"};
inline constexpr TextId staff_reminder{"notice.staff_reminder"};
inline constexpr TextId thanks{"notice.thanks"};
inline constexpr TextId thanks_late{"notice.thanks_late"};
inline constexpr TextId which{"notice.which"};
inline constexpr TextId only_you{"notice.only_you"};
inline constexpr TextId owing{"notice.owing"};
inline constexpr TextId result{"notice.result"};
inline constexpr TextId list{"notice.list"};
inline constexpr TextId list_none{"notice.list_none"};
inline constexpr TextId shown{"notice.shown"};
inline constexpr TextId shown_reader{"notice.shown_reader"};
inline constexpr TextId names{"notice.names"};
inline constexpr TextId names_refused{"notice.names_refused"};
inline constexpr TextId no_such{"notice.no_such"};
inline constexpr TextId manage_how{"notice.manage_how"};
inline constexpr TextId cancelled{"notice.cancelled"};
inline constexpr TextId withdrawn{"notice.withdrawn"};
inline constexpr TextId ended_already{"notice.ended_already"};

inline constexpr TextId all[] = {
    refused,        ask_what, help_what,    ask_audience, help_audience, care_refused,
    place_refused,  preview,  help_confirm, nobody,       sending,       planned,
    not_sent,       told,     told_ack,     correction,   withdrawal,    finished,
    staff_reminder, thanks,   thanks_late,  which,        only_you,      owing,
    result,         list,     list_none,    shown,        shown_reader,  names,
    names_refused,  no_such,  manage_how,   cancelled,    withdrawn,     ended_already,
};

}  // namespace linli::handlers::notice
