// The texts of the shift topic, shared by its three files.
#pragma once

#include "bot/dialog/texts.hpp"

namespace linli::handlers::shift {

using dialog::TextId;

inline constexpr TextId which{"shift_checkin.which"};
inline constexpr TextId which_help{"shift_checkin.which_help"};
inline constexpr TextId evidence{"shift_checkin.evidence"};
inline constexpr TextId evidence_or_word{"shift_checkin.evidence_or_word"};
inline constexpr TextId here_is_next{"shift_checkin.here_is_next"};
inline constexpr TextId far{"shift_checkin.far"};
inline constexpr TextId early{"shift_checkin.early"};
inline constexpr TextId wrong_word{"shift_checkin.wrong_word"};
inline constexpr TextId wrong_post{"shift_checkin.wrong_post"};
inline constexpr TextId no_shift_here{"shift_checkin.no_shift_here"};
inline constexpr TextId checked_in{"shift_checkin.checked_in"};
inline constexpr TextId note_left{"shift_checkin.note_left"};
inline constexpr TextId next_came{"shift_checkin.next_came"};
inline constexpr TextId list{"shift_checkin.list"};
inline constexpr TextId none{"shift_checkin.none"};
inline constexpr TextId confirmed{"shift_checkin.confirmed"};
inline constexpr TextId declined{"shift_checkin.declined"};
inline constexpr TextId declined_asking{"shift_checkin.declined_asking"};
inline constexpr TextId declined_taken{"shift_checkin.declined_taken"};
inline constexpr TextId excused{"shift_checkin.excused"};
inline constexpr TextId record{"shift_checkin.record"};
inline constexpr TextId covered_already{"shift_checkin.covered_already"};
inline constexpr TextId evening{"shift_checkin.evening"};
inline constexpr TextId soon{"shift_checkin.soon"};
inline constexpr TextId soon_ask{"shift_checkin.soon_ask"};
inline constexpr TextId missing{"shift_checkin.missing"};
inline constexpr TextId next_missing{"shift_checkin.next_missing"};
inline constexpr TextId cover_over{"shift_checkin.cover_over"};
inline constexpr TextId cover_past{"shift_checkin.cover_past"};
inline constexpr TextId late_help{"shift_checkin.late_help"};
inline constexpr TextId late_noted{"shift_checkin.late_noted"};
inline constexpr TextId late_passed_on{"shift_checkin.late_passed_on"};
inline constexpr TextId next_late{"shift_checkin.next_late"};
inline constexpr TextId relieved{"shift_checkin.relieved"};
inline constexpr TextId checked_in_by{"shift_checkin.checked_in_by"};
inline constexpr TextId next_is_in{"shift_checkin.next_is_in"};
inline constexpr TextId next_not_yet{"shift_checkin.next_not_yet"};
inline constexpr TextId nobody_next{"shift_checkin.nobody_next"};
inline constexpr TextId alone{"shift_checkin.alone"};
inline constexpr TextId alone_help{"shift_checkin.alone_help"};
inline constexpr TextId staying{"shift_checkin.staying"};
inline constexpr TextId left{"shift_checkin.left"};
inline constexpr TextId left_to{"shift_checkin.left_to"};
inline constexpr TextId left_empty{"shift_checkin.left_empty"};
inline constexpr TextId not_on_post{"shift_checkin.not_on_post"};

inline constexpr TextId all[] = {which,
                                 which_help,
                                 evidence,
                                 evidence_or_word,
                                 here_is_next,
                                 far,
                                 early,
                                 wrong_word,
                                 wrong_post,
                                 no_shift_here,
                                 checked_in,
                                 note_left,
                                 next_came,
                                 list,
                                 none,
                                 confirmed,
                                 declined,
                                 declined_asking,
                                 declined_taken,
                                 excused,
                                 covered_already,
                                 record,
                                 evening,
                                 soon,
                                 soon_ask,
                                 missing,
                                 next_missing,
                                 cover_over,
                                 cover_past,
                                 late_help,
                                 late_noted,
                                 late_passed_on,
                                 next_late,
                                 relieved,
                                 checked_in_by,
                                 next_is_in,
                                 next_not_yet,
                                 nobody_next,
                                 alone,
                                 alone_help,
                                 staying,
                                 left,
                                 left_to,
                                 left_empty,
                                 not_on_post};

}  // namespace linli::handlers::shift
