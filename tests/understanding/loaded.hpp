// The project's own configuration, loaded once for all tests of a program, and the frozen data.
#pragma once

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "bot/understanding/understanding.hpp"

namespace linli::understanding {

inline const Understanding& loaded() {
  static const auto understanding = [] {
    auto made = Understanding::load(LINLI_SOURCE_DIR "/config/words", LINLI_SOURCE_DIR "/config");
    if (!made) throw std::runtime_error(made.error().text);
    return std::move(*made);
  }();
  return *understanding;
}

/// Rows of a tab-separated file of tests/understanding/data without its comments.
inline std::vector<std::vector<std::string>> rows(const std::string& name) {
  std::ifstream file(std::string(LINLI_SOURCE_DIR "/tests/understanding/data/") + name);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string> row(1);
    for (char c : line) {
      if (c == '\t') {
        row.emplace_back();
      } else {
        row.back() += c;
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace linli::understanding
