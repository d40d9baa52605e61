#include "bot/sandbox/template_rules.hpp"

#include <algorithm>
#include <array>

#include "bot/base/utf8.hpp"

namespace linli::sandbox {

namespace {

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}
bool is_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}
bool is_chinese(char32_t c) {
  return c >= 0x3400 && c <= 0x9fff;
}
bool is_ascii(char32_t c) {
  return c > 0x20 && c < 0x7f;
}

bool all(std::u32string_view text, bool (*allowed)(char32_t)) {
  return std::all_of(text.begin(), text.end(), allowed);
}

bool time_character(char32_t c) {
  return is_digit(c) || std::u32string_view(U":：-/~ 年月日时分").find(c) != std::u32string_view::npos;
}
bool number_character(char32_t c) {
  return is_digit(c) || c == U'.' || c == U'-';
}
bool phone_character(char32_t c) {
  return is_digit(c) || c == U'-' || c == U'+' || c == U' ';
}
bool amount_character(char32_t c) {
  return is_digit(c) || c == U'.' || c == U'元' || c == U'￥' || c == U'¥';
}

bool name_allowed(std::u32string_view text) {
  return all(text, [](char32_t c) { return is_letter(c) || c == U' ' || c == U'.'; }) ? text.size() <= 20
                                                                                      : text.size() <= 10;
}

struct Family {
  std::string_view name;
  std::string_view usual_label;
  bool (*allowed)(std::u32string_view);
};

constexpr std::array families{
    Family{"thing", "内容", [](std::u32string_view t) { return t.size() <= 20; }},
    Family{"number", "数量",
           [](std::u32string_view t) { return t.size() <= 32 && all(t, number_character); }},
    Family{"letter", "代码", [](std::u32string_view t) { return t.size() <= 32 && all(t, is_letter); }},
    Family{"symbol", "符号", [](std::u32string_view t) { return t.size() <= 5 && all(t, is_ascii); }},
    Family{"character_string", "编号",
           [](std::u32string_view t) { return t.size() <= 32 && all(t, is_ascii); }},
    Family{"time", "时间", [](std::u32string_view t) { return all(t, time_character); }},
    Family{"date", "日期", [](std::u32string_view t) { return all(t, time_character); }},
    Family{"amount", "金额",
           [](std::u32string_view t) { return t.size() <= 12 && all(t, amount_character); }},
    Family{"phone_number", "电话",
           [](std::u32string_view t) { return t.size() <= 17 && all(t, phone_character); }},
    Family{"car_number", "车牌", [](std::u32string_view t) { return t.size() <= 8; }},
    Family{"name", "姓名", name_allowed},
    Family{"phrase", "状态", [](std::u32string_view t) { return t.size() <= 5 && all(t, is_chinese); }},
    Family{"enum", "类型", [](std::u32string_view t) { return t.size() <= 20; }},
    Family{"const", "类型", [](std::u32string_view t) { return t.size() <= 20; }},
};

const Family* find_family(std::string_view key) {
  std::string_view name = template_field_family(key);
  auto found =
      std::find_if(families.begin(), families.end(), [name](const Family& f) { return f.name == name; });
  return found == families.end() ? nullptr : &*found;
}

}  // namespace

std::string_view template_field_family(std::string_view key) {
  auto digits = key.find_first_of("0123456789");
  if (digits == std::string_view::npos || digits == 0) return {};
  bool only_digits = key.find_first_not_of("0123456789", digits) == std::string_view::npos;
  return only_digits ? key.substr(0, digits) : std::string_view{};
}

bool template_value_allowed(std::string_view key, std::string_view value) {
  const Family* family = find_family(key);
  if (family == nullptr || value.empty() || !is_utf8(value)) return false;
  std::u32string text = to_u32(value);
  if (std::any_of(text.begin(), text.end(), [](char32_t c) { return c < 0x20; })) return false;
  return family->allowed(text);
}

std::string template_field_label(const TemplateInfo* info, std::string_view key) {
  if (info != nullptr) {
    for (const auto& [labelled, label] : info->labels) {
      if (labelled == key) return label;
    }
  }
  const Family* family = find_family(key);
  return std::string(family == nullptr ? std::string_view("内容") : family->usual_label);
}

}  // namespace linli::sandbox
