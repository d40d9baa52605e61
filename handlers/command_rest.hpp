// What stands behind a command's word, exactly as written: "邀请 3号楼2单元501" gives "3号楼2单元501". For
// topics whose commands carry a place, where a leading number is part of it.
#pragma once

#include <string_view>

namespace linli::handlers {

inline std::string_view behind_command(std::string_view normal) {
  auto end = normal.find_first_of(" ,:.#;0123456789");
  if (end == normal.npos) return {};
  normal.remove_prefix(end);
  auto first = normal.find_first_not_of(" ,:.#;");
  return first == normal.npos ? std::string_view{} : normal.substr(first);
}

}  // namespace linli::handlers
