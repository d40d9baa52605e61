// The texts of the coverage topic, shared by its two files.
#pragma once

#include "bot/dialog/texts.hpp"

namespace linli::handlers::coverage {

using dialog::TextId;

inline constexpr TextId list{"coverage.list"};
inline constexpr TextId more{"coverage.more"};
inline constexpr TextId list_help{"coverage.list_help"};
inline constexpr TextId no_more{"coverage.no_more"};
inline constexpr TextId all_covered{"coverage.all_covered"};
inline constexpr TextId detail{"coverage.detail"};
inline constexpr TextId filled_meanwhile{"coverage.filled_meanwhile"};
inline constexpr TextId how_invite{"coverage.how_invite"};
inline constexpr TextId how_bind{"coverage.how_bind"};
inline constexpr TextId how_wake{"coverage.how_wake"};
inline constexpr TextId how_post{"coverage.how_post"};
inline constexpr TextId where_how{"coverage.where_how"};
inline constexpr TextId refused{"coverage.refused"};
inline constexpr TextId refused_there{"coverage.refused_there"};
inline constexpr TextId staff_offer{"coverage.staff_offer"};
inline constexpr TextId staff_accepted{"coverage.staff_accepted"};
inline constexpr TextId staff_reminder{"coverage.staff_reminder"};
inline constexpr TextId changed{"coverage.changed"};
inline constexpr TextId healed{"coverage.healed"};

inline constexpr TextId all[] = {
    list,        more,           list_help,      no_more,   all_covered, detail,  filled_meanwhile,
    how_invite,  how_bind,       how_wake,       where_how, how_post,    refused, refused_there,
    staff_offer, staff_accepted, staff_reminder, changed,   healed};

}  // namespace linli::handlers::coverage
