// The texts of the bulletin topic.
#pragma once

#include "bot/dialog/texts.hpp"

namespace linli::handlers::bulletin {

using dialog::TextId;

inline constexpr TextId issued{"bulletin.issued"};
inline constexpr TextId past{"bulletin.past"};
inline constexpr TextId so_far{"bulletin.so_far"};
inline constexpr TextId not_issued{"bulletin.not_issued"};
inline constexpr TextId errata{"bulletin.errata"};
inline constexpr TextId corrected{"bulletin.corrected"};
inline constexpr TextId no_week{"bulletin.no_week"};
inline constexpr TextId where_how{"bulletin.where_how"};
inline constexpr TextId refused{"bulletin.refused"};
inline constexpr TextId refused_there{"bulletin.refused_there"};

inline constexpr TextId all[] = {issued,    past,    so_far,    not_issued, errata,
                                 corrected, no_week, where_how, refused,    refused_there};

}  // namespace linli::handlers::bulletin
