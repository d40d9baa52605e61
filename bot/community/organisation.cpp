#include "bot/community/organisation.hpp"

#include <array>

namespace linli::community {

namespace {

struct KindRow {
  std::string_view name;
  std::string_view title;
  std::array<std::string_view, 7> words;  // the longer before the shorter
};

constexpr std::array<KindRow, organisation_kinds> kinds = {{
    {"shop", "超市", {"超市", "商店", "便利店", "小卖部", "菜店"}},
    {"clinic", "卫生所", {"卫生所", "卫生服务站", "卫生院", "社区医院", "诊所", "医生"}},
    {"police", "派出所", {"派出所", "公安", "民警", "片警", "警察"}},
    {"property", "物业", {"物业", "保安"}},
    {"city_management", "城管", {"城管", "城市管理", "综合执法"}},
    {"school", "学校", {"学校", "小学", "幼儿园"}},
    {"other", "单位", {}},
}};

}  // namespace

std::string_view name(OrganisationKind kind) {
  return kinds[static_cast<std::size_t>(kind)].name;
}
std::string_view title(OrganisationKind kind) {
  return kinds[static_cast<std::size_t>(kind)].title;
}

std::optional<OrganisationKind> organisation_kind(std::string_view wanted) {
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (kinds[i].name == wanted) return static_cast<OrganisationKind>(i);
  }
  return std::nullopt;
}

std::optional<OrganisationKind> organisation_in(std::string_view normal) {
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    for (std::string_view word : kinds[i].words) {
      if (!word.empty() && normal.find(word) != normal.npos) return static_cast<OrganisationKind>(i);
    }
  }
  return std::nullopt;
}

}  // namespace linli::community
