#include "bot/app/lines.hpp"

#include <cstdio>
#include <iostream>

namespace linli::app {

int answer_lines(const std::function<std::string(std::string_view)>& answer) {
  std::ios::sync_with_stdio(false);
  std::string line;
  while (std::getline(std::cin, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    std::string out = answer(line) + "\n";
    const bool written = std::fwrite(out.data(), 1, out.size(), stdout) == out.size();
    if (!written || std::fflush(stdout) != 0) return 1;
  }
  return 0;
}

}  // namespace linli::app
