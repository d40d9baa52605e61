// The texts of the guidance topic, shared by its files.
#pragma once

#include "bot/dialog/texts.hpp"

namespace linli::handlers::guidance {

using dialog::TextId;

inline constexpr TextId menu{"guidance.menu"};
inline constexpr TextId menu_help{"guidance.menu_help"};
inline constexpr TextId changed{"guidance.changed"};
inline constexpr TextId whole{"guidance.whole"};
inline constexpr TextId step{"guidance.step"};
inline constexpr TextId step_help{"guidance.step_help"};
inline constexpr TextId last_step{"guidance.last_step"};
inline constexpr TextId ask_how{"guidance.ask_how"};
inline constexpr TextId reply_how{"guidance.reply_how"};
inline constexpr TextId no_question{"guidance.no_question"};
inline constexpr TextId replied{"guidance.replied"};
inline constexpr TextId clear{"guidance.clear"};
inline constexpr TextId unclear{"guidance.unclear"};

inline constexpr TextId staff_offer{"question.staff_offer"};
inline constexpr TextId staff_accepted{"guidance.staff_accepted"};
inline constexpr TextId staff_escalated{"question.staff_escalated"};
inline constexpr TextId staff_handed_over{"question.staff_handed_over"};
inline constexpr TextId staff_reminder{"question.staff_reminder"};
inline constexpr TextId staff_reopened{"question.staff_reopened"};
inline constexpr TextId staff_confirmed{"question.staff_confirmed"};
inline constexpr TextId your_escalated{"question.your_escalated"};
inline constexpr TextId your_done{"question.your_done"};
inline constexpr TextId your_done_again{"question.your_done_again"};
inline constexpr TextId your_silent{"question.your_silent"};
inline constexpr TextId your_done_undone{"question.your_done_undone"};

inline constexpr TextId all[] = {menu,
                                 menu_help,
                                 changed,
                                 whole,
                                 step,
                                 step_help,
                                 last_step,
                                 ask_how,
                                 reply_how,
                                 no_question,
                                 replied,
                                 clear,
                                 unclear,
                                 staff_offer,
                                 staff_accepted,
                                 staff_escalated,
                                 staff_handed_over,
                                 staff_reminder,
                                 staff_reopened,
                                 staff_confirmed,
                                 your_escalated,
                                 your_done,
                                 your_done_again,
                                 your_silent,
                                 your_done_undone};

}  // namespace linli::handlers::guidance
