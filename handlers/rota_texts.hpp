// The texts of the rota topic, shared by its files.
#pragma once

#include "bot/dialog/texts.hpp"

namespace linli::handlers::rota {

using dialog::TextId;

inline constexpr TextId draft{"rota.draft"};
inline constexpr TextId draft_help{"rota.draft_help"};
inline constexpr TextId which_post{"rota.which_post"};
inline constexpr TextId not_yours{"rota.not_yours"};
inline constexpr TextId no_such_person{"rota.no_such_person"};
inline constexpr TextId no_such_slot{"rota.no_such_slot"};
inline constexpr TextId published{"rota.published"};
inline constexpr TextId nothing_to_publish{"rota.nothing_to_publish"};
inline constexpr TextId left_as_is{"rota.left_as_is"};
inline constexpr TextId uncovered{"rota.uncovered"};
inline constexpr TextId two_places{"rota.two_places"};
inline constexpr TextId no_one_left{"rota.no_one_left"};
inline constexpr TextId no_one_left_without{"rota.no_one_left_without"};
inline constexpr TextId your_shifts{"rota.your_shifts"};
inline constexpr TextId moved_away{"rota.moved_away"};
inline constexpr TextId open{"rota.open"};
inline constexpr TextId open_help{"rota.open_help"};
inline constexpr TextId open_none{"rota.open_none"};
inline constexpr TextId only_volunteers{"rota.only_volunteers"};
inline constexpr TextId signed_up{"rota.signed_up"};
inline constexpr TextId waiting{"rota.waiting"};
inline constexpr TextId waiting_turn{"rota.waiting_turn"};
inline constexpr TextId refused{"rota.refused"};
inline constexpr TextId ask_cover{"rota.ask_cover"};
inline constexpr TextId ask_swap{"rota.ask_swap"};
inline constexpr TextId ask_open{"rota.ask_open"};
inline constexpr TextId yours{"rota.yours"};
inline constexpr TextId taken{"rota.taken"};
inline constexpr TextId taken_already{"rota.taken_already"};
inline constexpr TextId cover_found{"rota.cover_found"};
inline constexpr TextId comes_instead{"rota.comes_instead"};
inline constexpr TextId swap_which{"rota.swap_which"};
inline constexpr TextId swap_which_help{"rota.swap_which_help"};
inline constexpr TextId swap_asked{"rota.swap_asked"};
inline constexpr TextId swap_nobody{"rota.swap_nobody"};
inline constexpr TextId swap_none{"rota.swap_none"};
inline constexpr TextId swap_done{"rota.swap_done"};
inline constexpr TextId post_opened{"rota.post_opened"};
inline constexpr TextId where_help{"rota.where_help"};
inline constexpr TextId where_done{"rota.where_done"};
inline constexpr TextId where_kept{"rota.where_kept"};
inline constexpr TextId post_how{"rota.post_how"};
inline constexpr TextId post_ticket{"rota.post_ticket"};
inline constexpr TextId post_exists{"rota.post_exists"};
inline constexpr TextId close_ask{"rota.close_ask"};
inline constexpr TextId close_help{"rota.close_help"};
inline constexpr TextId post_kept{"rota.post_kept"};
inline constexpr TextId cover_closed{"rota.cover_closed"};
inline constexpr TextId post_closed{"rota.post_closed"};
inline constexpr TextId post_closed_you{"rota.post_closed_you"};
inline constexpr TextId post_closed_now{"rota.post_closed_now"};
inline constexpr TextId appeal_open{"rota.appeal_open"};
inline constexpr TextId appeal_none{"rota.appeal_none"};
inline constexpr TextId appeal_already{"rota.appeal_already"};
inline constexpr TextId appeal_not_yours{"rota.appeal_not_yours"};
inline constexpr TextId appeal_yes{"rota.appeal_yes"};
inline constexpr TextId appeal_no{"rota.appeal_no"};
inline constexpr TextId appeal_yes_staff{"rota.appeal_yes_staff"};
inline constexpr TextId appeal_no_staff{"rota.appeal_no_staff"};
inline constexpr TextId staff_offer{"rota.staff_offer"};  // by the task desk, of an appeal
inline constexpr TextId your_ended{"rota.your_ended"};

inline constexpr TextId all[] = {close_ask,
                                 close_help,
                                 post_kept,
                                 cover_closed,
                                 draft,
                                 draft_help,
                                 which_post,
                                 not_yours,
                                 no_such_person,
                                 no_such_slot,
                                 published,
                                 nothing_to_publish,
                                 left_as_is,
                                 uncovered,
                                 two_places,
                                 no_one_left,
                                 no_one_left_without,
                                 your_shifts,
                                 moved_away,
                                 open,
                                 open_help,
                                 open_none,
                                 only_volunteers,
                                 signed_up,
                                 waiting,
                                 waiting_turn,
                                 refused,
                                 ask_cover,
                                 ask_swap,
                                 ask_open,
                                 yours,
                                 taken,
                                 taken_already,
                                 cover_found,
                                 comes_instead,
                                 swap_which,
                                 swap_which_help,
                                 swap_asked,
                                 swap_nobody,
                                 swap_none,
                                 swap_done,
                                 post_opened,
                                 where_help,
                                 where_done,
                                 where_kept,
                                 post_how,
                                 post_ticket,
                                 post_exists,
                                 post_closed,
                                 post_closed_you,
                                 post_closed_now,
                                 appeal_open,
                                 appeal_none,
                                 appeal_already,
                                 appeal_not_yours,
                                 appeal_yes,
                                 appeal_no,
                                 appeal_yes_staff,
                                 appeal_no_staff,
                                 staff_offer,
                                 your_ended};

}  // namespace linli::handlers::rota
