// "At or below an area" as a range of the indexed column area.path: path <= x < end_of_below(path).
#pragma once

#include <string>
#include <string_view>

namespace linli::store {

/// "/1/4/9/" gives "/1/4/90": the character after '/' is '0'.
inline std::string end_of_below(std::string_view path) {
  std::string end(path);
  if (!end.empty()) end.back() = static_cast<char>(end.back() + 1);
  return end;
}

}  // namespace linli::store
