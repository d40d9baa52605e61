// Who may bring whom in: the rules of binding codes, as values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/community/role.hpp"

namespace linli::community {

/// May the holder of `inviter` bring in somebody as `invited`, within their own area?
bool may_invite(Role inviter, Role invited);

/// "邀请 张三 志愿者", "邀请 志愿者 张三 13900000000 北门": the words behind the command, in any order.
struct Invitation {
  std::optional<Role> role;
  std::string name;
  std::string phone;
  std::string rest;  // what is neither: a place, perhaps
};
Invitation read_invitation(std::string_view words);

/// A mobile number (11 digits from 13 on, +86 and dashes allowed) in a normalised text; "" if there is none.
/// A right format proves nothing about whose it is.
std::string phone_in(std::string_view normal);

/// The eight digits of a code if that is all the text says ("12345678", "1234 5678", "bind-12345678"); "" if
/// not.
std::string code_in(std::string_view normal);

/// A name as people give it: 2 to 12 characters without digits; "我叫" and the like taken away. "" if it is
/// none.
std::string name_in(std::string_view normal);

}  // namespace linli::community
