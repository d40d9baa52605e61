// Units stationed in a district that help: shop, clinic, police, property firm, city management. What they
// are called in files and in the chat.
#pragma once

#include <optional>
#include <string_view>

namespace linli::community {

enum class OrganisationKind { shop, clinic, police, property, city_management, school, other };

inline constexpr std::size_t organisation_kinds = 7;

std::string_view name(OrganisationKind kind);  // "shop" ...: in tables and CSV files
std::optional<OrganisationKind> organisation_kind(std::string_view name);
std::string_view title(OrganisationKind kind);  // "超市" ...
/// By what people say, anywhere in a normalised text: 超市, 商店; 派出所, 民警, 警察 ...
std::optional<OrganisationKind> organisation_in(std::string_view normal);

}  // namespace linli::community
