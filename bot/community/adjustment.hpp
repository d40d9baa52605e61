// "网格长 和平苑 由 石丽萍 接任": which role where goes to whom, in whatever order it was said. What is
// missing stays empty and is asked.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/community/role.hpp"

namespace linli::community {

struct Adjustment {
  std::optional<Role> role;
  std::string place;      // what is neither role nor successor
  std::string successor;  // a name
};

/// `words`: normalised, behind the command.
/// Plainly one, without the command before it: a role, a word for the change, and who comes after.
bool says_adjustment(std::string_view normal);
Adjustment read_adjustment(std::string_view words);

}  // namespace linli::community
