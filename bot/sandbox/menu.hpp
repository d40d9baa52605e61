// The account's menu as the platform keeps it: up to three buttons, each with up to five below it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/base/json.hpp"
#include "bot/sandbox/refusal.hpp"

namespace linli::sandbox {

struct MenuButton {
  std::string name;
  std::string type;  // empty if there are buttons below it
  std::string key;   // click, scancode_push ...
  std::string url;   // view
  std::vector<MenuButton> below;
};

using Menu = std::vector<MenuButton>;

/// The body of menu/create. 47001 if it has another shape, 40016/40023 wrong number of buttons (top/below),
/// 40017 unknown type, 40018 name too long or missing, 40019 key, 40020 url.
Answered<Menu> read_menu(const JsonValue& body);

/// `[{"name":..,"sub_button":[..]},..]`: the value of "button" of menu/get, and what the phone page draws.
void write_menu(JsonWriter& json, const Menu& menu);

}  // namespace linli::sandbox
