#include "bot/sandbox/menu.hpp"

#include <algorithm>
#include <array>

namespace linli::sandbox {

namespace {

constexpr std::size_t top_buttons = 3;
constexpr std::size_t buttons_below = 5;

constexpr std::array with_key{std::string_view("click"),
                              std::string_view("scancode_push"),
                              std::string_view("scancode_waitmsg"),
                              std::string_view("pic_sysphoto"),
                              std::string_view("pic_photo_or_album"),
                              std::string_view("pic_weixin"),
                              std::string_view("location_select")};

int check_type(const MenuButton& button) {
  if (button.type == "view") return button.url.empty() || button.url.size() > 1024 ? 40020 : 0;
  if (std::find(with_key.begin(), with_key.end(), button.type) == with_key.end()) return 40017;
  return button.key.empty() || button.key.size() > 128 ? 40019 : 0;
}

Answered<MenuButton> read_button(const JsonValue& given, std::size_t name_bytes) {
  MenuButton button;
  button.name = given.text_at("name").value_or("");
  button.type = given.text_at("type").value_or("");
  button.key = given.text_at("key").value_or("");
  button.url = given.text_at("url").value_or("");
  if (button.name.empty() || button.name.size() > name_bytes) return Refusal{40018, {}};

  const JsonValue* below = given.find("sub_button");
  if (below == nullptr || below->items().empty()) {
    if (int errcode = check_type(button)) return Refusal{errcode, {}};
    return button;
  }
  if (name_bytes > 16) return Refusal{40023, {}};  // a third level
  if (below->items().size() > buttons_below) return Refusal{40023, {}};
  button.type.clear();
  for (const JsonValue& item : below->items()) {
    auto sub = read_button(item, 60);
    if (!sub) return sub.error();
    button.below.push_back(std::move(*sub));
  }
  return button;
}

}  // namespace

Answered<Menu> read_menu(const JsonValue& body) {
  const JsonValue* buttons = body.find("button");
  if (buttons == nullptr || buttons->kind() != JsonValue::Kind::array) return Refusal{47001, {}};
  if (buttons->items().empty() || buttons->items().size() > top_buttons) return Refusal{40016, {}};
  Menu menu;
  for (const JsonValue& item : buttons->items()) {
    auto button = read_button(item, 16);
    if (!button) return button.error();
    menu.push_back(std::move(*button));
  }
  return menu;
}

void write_menu(JsonWriter& json, const Menu& menu) {
  json.array();
  for (const MenuButton& button : menu) {
    json.object().key("name").value(button.name);
    if (!button.type.empty()) json.key("type").value(button.type);
    if (!button.key.empty()) json.key("key").value(button.key);
    if (!button.url.empty()) json.key("url").value(button.url);
    json.key("sub_button");
    write_menu(json, button.below);
    json.end();
  }
  json.end();
}

}  // namespace linli::sandbox
