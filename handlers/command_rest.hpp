// What stands behind a command's word, exactly as written: "邀请 3号楼2单元501" gives "3号楼2单元501". For
// topics whose commands carry a place, where a leading number is part of it.
#pragma once

#include <string>
#include <string_view>

#include "bot/base/text.hpp"

namespace linli::handlers {

inline std::string_view behind_command(std::string_view normal) {
  auto end = normal.find_first_of(" ,:.#;0123456789");
  if (end == normal.npos) return {};
  normal.remove_prefix(end);
  auto first = normal.find_first_not_of(" ,:.#;");
  return first == normal.npos ? std::string_view{} : normal.substr(first);
}

/// The same words as they were typed: line breaks, capitals and full stops are the writer's. `rest`: the end
/// of the normalised text.
inline std::string typed_behind(std::string_view typed, std::string_view rest) {
  for (std::size_t i = typed.size(); i-- > 0;) {  // from the end, so that no blank comes along
    bool inside = (static_cast<unsigned char>(typed[i]) & 0xC0) == 0x80;  // of a character
    if (!inside && normalise(typed.substr(i)) == rest) return std::string(typed.substr(i));
  }
  return std::string(rest);
}

}  // namespace linli::handlers
