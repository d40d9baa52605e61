// The migrations' parts that belong to one subject each; schema.cpp runs them in order. A table once released
// is changed by a further migration, never in place.
#pragma once

#include <span>
#include <string_view>

namespace linli::store {

std::span<const std::string_view> organisation_tables();
std::span<const std::string_view> duty_tables();
std::span<const std::string_view> front_line_tables();
std::span<const std::string_view> coverage_tables();
std::span<const std::string_view> outbox_tables();
std::span<const std::string_view> window_tables();
std::span<const std::string_view> area_names_tables();
std::span<const std::string_view> prolonged_tables();
std::span<const std::string_view> campaign_tables();
std::span<const std::string_view> rounds_tables();
std::span<const std::string_view> voice_tables();
std::span<const std::string_view> weekly_tables();
std::span<const std::string_view> language_tables();
std::span<const std::string_view> examples_tables();
std::span<const std::string_view> question_tables();
std::span<const std::string_view> claims_tables();
std::span<const std::string_view> picture_tables();

}  // namespace linli::store
