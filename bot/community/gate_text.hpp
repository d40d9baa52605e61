// Between the two files that take gate entries apart.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace linli::community::gate {

using Text = std::u32string_view;

struct PlateSpan {
  std::string plate;
  std::size_t begin{}, end{};  // characters
};

std::optional<PlateSpan> find_plate(Text text);
bool begins_like_plate(Text text);

}  // namespace linli::community::gate
