// What the platform accepts as a value of a template message's field. The key's letters name the family
// ("thing1", "phrase4"); a value outside its family's rule is refused with 47003, naming the field.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace linli::sandbox {

/// A template as the account's owner chose it in the platform's console.
struct TemplateInfo {
  std::string id;
  std::string title;
  std::vector<std::pair<std::string, std::string>>
      labels;  // field key -> what the person reads before the value
};

/// "thing" of "thing12"; empty for a key that is not letters and digits in that order.
std::string_view template_field_family(std::string_view key);

bool template_value_allowed(std::string_view key, std::string_view value);

/// The label of a field: the template's own, or the family's usual one.
std::string template_field_label(const TemplateInfo* info, std::string_view key);

}  // namespace linli::sandbox
