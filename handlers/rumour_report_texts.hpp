// The texts of the rumour topic, shared by its files.
#pragma once

#include <algorithm>

#include "bot/community/mask.hpp"
#include "bot/dialog/texts.hpp"
#include "bot/store/claim_ledger.hpp"

namespace linli::handlers::rumour {

using dialog::TextId;

inline constexpr TextId story{"rumour_report.story"};
inline constexpr TextId story_help{"rumour_report.story_help"};
inline constexpr TextId picture{"rumour_report.picture"};
inline constexpr TextId reading{"rumour_report.reading"};
inline constexpr TextId read{"rumour_report.read"};
inline constexpr TextId unreadable{"rumour_report.unreadable"};
inline constexpr TextId link{"rumour_report.link"};
inline constexpr TextId content_help{"rumour_report.content_help"};
inline constexpr TextId same{"rumour_report.same"};
inline constexpr TextId which_story{"rumour_report.which_story"};
inline constexpr TextId same_help{"rumour_report.same_help"};
inline constexpr TextId verdict{"rumour_report.verdict"};
inline constexpr TextId taken{"rumour_report.taken"};
inline constexpr TextId joined{"rumour_report.joined"};
inline constexpr TextId verdict_told{"rumour_report.verdict_told"};
inline constexpr TextId verdict_changed{"rumour_report.verdict_changed"};
inline constexpr TextId withdrawn_told{"rumour_report.withdrawn_told"};
inline constexpr TextId paste{"rumour_report.paste"};
inline constexpr TextId paste_withdrawn{"rumour_report.paste_withdrawn"};
inline constexpr TextId spreading{"rumour_report.spreading"};
inline constexpr TextId offer{"rumour_report.staff_offer"};        // said by the task desk
inline constexpr TextId reminder{"rumour_report.staff_reminder"};  // said by the task desk
inline constexpr TextId which{"rumour_report.which"};
inline constexpr TextId none_open{"rumour_report.none_open"};
inline constexpr TextId not_yours{"rumour_report.not_yours"};
inline constexpr TextId decided{"rumour_report.decided"};
inline constexpr TextId kept{"rumour_report.kept"};

// --- the publicist's
inline constexpr TextId refused{"rumour_report.refused"};
inline constexpr TextId place_refused{"rumour_report.place_refused"};
inline constexpr TextId list{"rumour_report.list"};
inline constexpr TextId shown{"rumour_report.shown"};
inline constexpr TextId no_such{"rumour_report.no_such"};
inline constexpr TextId name_it{"rumour_report.name_it"};
inline constexpr TextId wording_added{"rumour_report.wording_added"};
inline constexpr TextId wording_taken{"rumour_report.wording_taken"};
inline constexpr TextId wording_known{"rumour_report.wording_known"};
inline constexpr TextId wording_missing{"rumour_report.wording_missing"};
inline constexpr TextId merge_preview{"rumour_report.merge_preview"};
inline constexpr TextId merged{"rumour_report.merged"};
inline constexpr TextId merged_staff{"rumour_report.merged_staff"};
inline constexpr TextId merge_same{"rumour_report.merge_same"};
inline constexpr TextId merge_other_way{"rumour_report.merge_other_way"};
inline constexpr TextId merge_apart{"rumour_report.merge_apart"};
inline constexpr TextId withdraw_preview{"rumour_report.withdraw_preview"};
inline constexpr TextId withdrawn{"rumour_report.withdrawn"};
inline constexpr TextId nothing_to_withdraw{"rumour_report.nothing_to_withdraw"};
inline constexpr TextId ask_verdict{"rumour_report.ask_verdict"};
inline constexpr TextId verdict_help{"rumour_report.verdict_help"};
inline constexpr TextId ask_new_story{"rumour_report.ask_new_story"};
inline constexpr TextId new_story_help{"rumour_report.new_story_help"};
inline constexpr TextId story_known{"rumour_report.story_known"};
inline constexpr TextId ask_clarification{"rumour_report.ask_clarification"};
inline constexpr TextId clarification_help{"rumour_report.clarification_help"};
inline constexpr TextId ask_source{"rumour_report.ask_source"};
inline constexpr TextId source_help{"rumour_report.source_help"};
inline constexpr TextId ask_validity{"rumour_report.ask_validity"};
inline constexpr TextId validity_help{"rumour_report.validity_help"};
inline constexpr TextId verdict_preview{"rumour_report.verdict_preview"};
inline constexpr TextId new_preview{"rumour_report.new_preview"};
inline constexpr TextId confirm_help{"rumour_report.confirm_help"};
inline constexpr TextId added{"rumour_report.added"};
inline constexpr TextId left_as_it_is{"rumour_report.left_as_it_is"};

/// What 1 stands for where somebody is asked what a picture or a link says.
inline constexpr std::string_view to_reviewer = "交给核实的人";

inline constexpr TextId all[] = {story,
                                 story_help,
                                 picture,
                                 link,
                                 content_help,
                                 same,
                                 which_story,
                                 same_help,
                                 verdict,
                                 taken,
                                 joined,
                                 verdict_told,
                                 verdict_changed,
                                 withdrawn_told,
                                 paste,
                                 paste_withdrawn,
                                 spreading,
                                 offer,
                                 reminder,
                                 which,
                                 none_open,
                                 not_yours,
                                 decided,
                                 kept,
                                 refused,
                                 place_refused,
                                 list,
                                 shown,
                                 no_such,
                                 name_it,
                                 wording_added,
                                 wording_taken,
                                 wording_known,
                                 wording_missing,
                                 merge_preview,
                                 merged,
                                 merged_staff,
                                 merge_same,
                                 merge_other_way,
                                 merge_apart,
                                 withdraw_preview,
                                 withdrawn,
                                 nothing_to_withdraw,
                                 ask_verdict,
                                 verdict_help,
                                 ask_new_story,
                                 new_story_help,
                                 story_known,
                                 ask_clarification,
                                 clarification_help,
                                 ask_source,
                                 source_help,
                                 ask_validity,
                                 validity_help,
                                 verdict_preview,
                                 new_preview,
                                 confirm_help,
                                 added,
                                 left_as_it_is,
                                 reading,
                                 read,
                                 unreadable};

/// A story as others may read it: whoever told one about a building first may have named a flat, and anybody
/// a phone number.
inline std::string story_of(const store::Claim& claim) {
  const std::string words = community::without_trimmings(claim.text);
  if (claim.area && claim.task) return community::brief(community::mask_place(words), 40);
  std::string text;
  for (std::size_t at = 0; at < words.size();) {
    auto end = std::min(words.find_first_not_of("0123456789", at), words.size());
    if (end - at >= 7) text += "…";
    if (end - at < 7) text += words.substr(at, std::max<std::size_t>(end - at, 1));
    at = std::max(end, at + 1);
  }
  return community::brief(text, 40);
}

}  // namespace linli::handlers::rumour
