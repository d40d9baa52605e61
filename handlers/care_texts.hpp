// The texts of the care topic, templates/care.toml.
#pragma once

#include "bot/dialog/texts.hpp"

namespace linli::handlers::care {

using dialog::TextId;

inline constexpr TextId refused{"care.refused"};
inline constexpr TextId how_to{"care.how_to"};
inline constexpr TextId ask_place{"care.ask_place"};
inline constexpr TextId ask_category{"care.ask_category"};
inline constexpr TextId ask_carer{"care.ask_carer"};
inline constexpr TextId detail_help{"care.detail_help"};
inline constexpr TextId ask_consent{"care.ask_consent"};
inline constexpr TextId consent_help{"care.consent_help"};
inline constexpr TextId still_observed{"care.still_observed"};
inline constexpr TextId on_already{"care.on_already"};
inline constexpr TextId added{"care.added"};
inline constexpr TextId asked_household{"care.asked_household"};
inline constexpr TextId your_consent{"care.your_consent"};
inline constexpr TextId your_thanks{"care.your_thanks"};
inline constexpr TextId your_refusal{"care.your_refusal"};
inline constexpr TextId staff_refused{"care.staff_refused"};
inline constexpr TextId not_added{"care.not_added"};
inline constexpr TextId stopped{"care.stopped"};
inline constexpr TextId your_stopped{"care.your_stopped"};
inline constexpr TextId staff_stopped{"care.staff_stopped"};
inline constexpr TextId stop_how{"care.stop_how"};
inline constexpr TextId list{"care.list"};
inline constexpr TextId list_none{"care.list_none"};
inline constexpr TextId yours{"care.yours"};
inline constexpr TextId proposal{"care.proposal"};
inline constexpr TextId proposal_help{"care.proposal_help"};
inline constexpr TextId proposal_lines{"care.proposal_lines"};
inline constexpr TextId proposal_added{"care.proposal_added"};
inline constexpr TextId proposal_left{"care.proposal_left"};
inline constexpr TextId ask_whose{"care.ask_whose"};
inline constexpr TextId asked_for{"care.asked_for"};
inline constexpr TextId asked_already{"care.asked_already"};
inline constexpr TextId your_added{"care.your_added"};
inline constexpr TextId your_not_added{"care.your_not_added"};
inline constexpr TextId no_request{"care.no_request"};
inline constexpr TextId remind{"care.remind"};
inline constexpr TextId remind_first{"care.remind_first"};
inline constexpr TextId remind_again{"care.remind_again"};
inline constexpr TextId missed{"care.missed"};
inline constexpr TextId over{"care.over"};
inline constexpr TextId none_today{"care.none_today"};
inline constexpr TextId which{"care.which"};
inline constexpr TextId no_such{"care.no_such"};
inline constexpr TextId how{"care.how"};
inline constexpr TextId how_help{"care.how_help"};
inline constexpr TextId need{"care.need"};
inline constexpr TextId need_help{"care.need_help"};
inline constexpr TextId noted{"care.noted"};
inline constexpr TextId need_opened{"care.need_opened"};
inline constexpr TextId follow_set{"care.follow_set"};
inline constexpr TextId no_answer{"care.no_answer"};
inline constexpr TextId no_answer_twice{"care.no_answer_twice"};

inline constexpr TextId all[] = {
    still_observed, on_already,    refused,        how_to,         ask_place,     ask_category,
    ask_carer,      detail_help,   ask_consent,    consent_help,   added,         asked_household,
    your_consent,   your_thanks,   your_refusal,   staff_refused,  not_added,     stopped,
    your_stopped,   staff_stopped, stop_how,       list,           list_none,     yours,
    proposal,       proposal_help, proposal_lines, proposal_added, proposal_left, ask_whose,
    asked_for,      asked_already, your_added,     your_not_added, no_request,    remind,
    remind_first,   remind_again,  missed,         over,           none_today,    which,
    no_such,        how,           how_help,       need,           need_help,     noted,
    need_opened,    follow_set,    no_answer,      no_answer_twice};

}  // namespace linli::handlers::care
