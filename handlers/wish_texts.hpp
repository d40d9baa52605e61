// The texts of templates/wish.toml, for the files that say them.
#pragma once

#include "bot/dialog/texts.hpp"

namespace linli::handlers::wish {

using dialog::TextId;

inline constexpr TextId ask{"wish.ask"};
inline constexpr TextId choose_help{"wish.choose_help"};
inline constexpr TextId list{"wish.list"};
inline constexpr TextId list_none{"wish.list_none"};
inline constexpr TextId refused{"wish.refused"};
inline constexpr TextId ask_decision{"wish.ask_decision"};
inline constexpr TextId decide_help{"wish.decide_help"};
inline constexpr TextId approved{"wish.approved"};
inline constexpr TextId rejected{"wish.rejected"};
inline constexpr TextId not_there{"wish.not_there"};

inline constexpr TextId all[] = {ask,          choose_help, list,     list_none, refused,
                                 ask_decision, decide_help, approved, rejected,  not_there};

}  // namespace linli::handlers::wish
