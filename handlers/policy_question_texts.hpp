// The texts of the topic policy_question, shared by its files and the question desk.
#pragma once

#include "bot/dialog/texts.hpp"

namespace linli::handlers::policy {

using dialog::TextId;

inline constexpr std::string_view forward_choice = "转过去", keep_choice = "不用", none_choice = "都不是";

// --- whoever asks
inline constexpr TextId question{"policy_question.question"};
inline constexpr TextId question_help{"policy_question.question_help"};
inline constexpr TextId answer{"policy_question.answer"};
inline constexpr TextId which{"policy_question.which"};
inline constexpr TextId which_help{"policy_question.which_help"};
inline constexpr TextId forward{"policy_question.forward"};
inline constexpr TextId forward_help{"policy_question.forward_help"};
inline constexpr TextId not_forwarded{"policy_question.not_forwarded"};
inline constexpr TextId asked{"policy_question.asked"};
inline constexpr TextId joined{"policy_question.joined"};
inline constexpr TextId told{"policy_question.told"};
inline constexpr TextId told_again{"policy_question.told_again"};
inline constexpr TextId corrected{"policy_question.corrected"};
inline constexpr TextId void_now{"policy_question.void_now"};

// --- whoever answers and keeps the list
inline constexpr TextId spreading{"policy_question.spreading"};
inline constexpr TextId offer_add{"policy_question.offer_add"};
inline constexpr TextId listed{"policy_question.listed"};
inline constexpr TextId listed_none{"policy_question.listed_none"};
inline constexpr TextId shown{"policy_question.shown"};
inline constexpr TextId no_such{"policy_question.no_such"};
inline constexpr TextId refused{"policy_question.refused"};
inline constexpr TextId refused_place{"policy_question.refused_place"};
inline constexpr TextId wording{"policy_question.wording"};
inline constexpr TextId wording_help{"policy_question.wording_help"};
inline constexpr TextId wording_known{"policy_question.wording_known"};
inline constexpr TextId reply{"policy_question.reply"};
inline constexpr TextId reply_help{"policy_question.reply_help"};
inline constexpr TextId source{"policy_question.source"};
inline constexpr TextId source_help{"policy_question.source_help"};
inline constexpr TextId until{"policy_question.until"};
inline constexpr TextId until_help{"policy_question.until_help"};
inline constexpr TextId change{"policy_question.change"};
inline constexpr TextId change_help{"policy_question.change_help"};
inline constexpr TextId change_which{"policy_question.change_which"};
inline constexpr TextId added{"policy_question.added"};
inline constexpr TextId changed{"policy_question.changed"};
inline constexpr TextId withdrawn{"policy_question.withdrawn"};

inline constexpr TextId all[] = {
    question,      question_help, answer,       which,         which_help,  forward,      forward_help,
    not_forwarded, asked,         joined,       told,          told_again,  corrected,    void_now,
    spreading,     offer_add,     listed,       listed_none,   shown,       no_such,      refused,
    refused_place, wording,       wording_help, wording_known, reply,       reply_help,   source,
    source_help,   until,         until_help,   change,        change_help, change_which, added,
    changed,       withdrawn,
};

}  // namespace linli::handlers::policy
