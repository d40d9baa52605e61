// The texts of the rumour topic, shared by its two files: asking (rumour_report.cpp) and deciding
// (rumour_verdict.cpp).
#pragma once

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
inline constexpr TextId same_help{"rumour_report.same_help"};
inline constexpr TextId verdict{"rumour_report.verdict"};
inline constexpr TextId taken{"rumour_report.taken"};
inline constexpr TextId joined{"rumour_report.joined"};
inline constexpr TextId verdict_told{"rumour_report.verdict_told"};
inline constexpr TextId verdict_changed{"rumour_report.verdict_changed"};
inline constexpr TextId paste{"rumour_report.paste"};
inline constexpr TextId spreading{"rumour_report.spreading"};
inline constexpr TextId offer{"rumour_report.staff_offer"};        // said by the task desk
inline constexpr TextId reminder{"rumour_report.staff_reminder"};  // said by the task desk
inline constexpr TextId which{"rumour_report.which"};
inline constexpr TextId none_open{"rumour_report.none_open"};
inline constexpr TextId not_yours{"rumour_report.not_yours"};
inline constexpr TextId need_verdict{"rumour_report.need_verdict"};
inline constexpr TextId decided{"rumour_report.decided"};
inline constexpr TextId kept{"rumour_report.kept"};

inline constexpr TextId all[] = {story,     story_help,   picture, link,     content_help, same,
                                 same_help, verdict,      taken,   joined,   verdict_told, verdict_changed,
                                 paste,     spreading,    offer,   reminder, which,        none_open,
                                 not_yours, need_verdict, decided, kept,
                                 reading,   read,         unreadable};

/// What 1 stands for where somebody is asked what a picture or a link says.
inline constexpr std::string_view to_reviewer = "交给核实的人";

inline dialog::Values values(const store::Claim& claim) {
  return {{"story", community::brief(claim.text, 40)},
          {"verdict", std::string(community::title(claim.verdict))},
          {"clarification", claim.clarification.empty() ? std::string() : claim.clarification + "\n"},
          {"source", claim.source}};
}

}  // namespace linli::handlers::rumour
