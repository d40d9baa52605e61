#include "bot/community/area_rules.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <optional>

#include "bot/base/toml_file.hpp"

namespace linli::community {

namespace {

AreaKind kind_at(std::size_t index) {
  return static_cast<AreaKind>(index);
}

template <class Want>
std::string names_of(Want want) {
  std::string text;
  for (std::size_t i = 0; i < area_kinds; ++i) {
    if (want(i)) text += fmt::format("{}{}", text.empty() ? "" : ", ", name(kind_at(i)));
  }
  return text;
}

}  // namespace

bool AreaRules::Kinds::none() const {
  return std::ranges::none_of(holds, [](bool held) { return held; });
}

Result<AreaRules> AreaRules::read(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  AreaRules rules;
  int tops = 0;
  for (std::size_t i = 0; i < area_kinds; ++i) {
    auto table = file->table(name(kind_at(i)));
    if (!table) return table.error();
    auto below = table->list("below");
    if (!below) return below.error();
    for (const auto& parent : *below) {
      auto kind = area_kind(parent);
      if (!kind) {
        return table->wrong("below", fmt::format("'{}' is no kind of area; allowed are {}", parent,
                                                 names_of([](std::size_t) { return true; })));
      }
      rules.of_[i].below.holds[static_cast<std::size_t>(*kind)] = true;
    }
    tops += below->empty();
    auto unmanaged = table->boolean("unmanaged", false);
    if (!unmanaged) return unmanaged.error();
    rules.of_[i].unmanaged = *unmanaged;
  }
  auto others = file->no_others();
  if (!others) return others.error();
  if (const AreaKind* kind = rules.in_a_circle()) {
    return file->wrong(fmt::format("{}.below", name(*kind)),
                       "makes a circle: areas of this kind could stand below themselves");
  }
  if (tops != 1) {
    return file->wrong(
        "district", fmt::format("{} kinds have an empty 'below'; exactly one is the top of the tree", tops));
  }
  return rules;
}

const AreaKind* AreaRules::in_a_circle() const {
  // Kinds whose parents are all known to end at the top, until no more are found.
  static constexpr auto all = [] {
    std::array<AreaKind, area_kinds> kinds{};
    for (std::size_t i = 0; i < area_kinds; ++i) kinds[i] = static_cast<AreaKind>(i);
    return kinds;
  }();
  std::array<bool, area_kinds> ends{};
  for (std::size_t round = 0; round < area_kinds; ++round) {
    for (std::size_t i = 0; i < area_kinds; ++i) {
      bool good = true;
      for (std::size_t p = 0; p < area_kinds; ++p) good = good && (!of_[i].below.holds[p] || ends[p]);
      ends[i] = good;
    }
  }
  auto bad = std::ranges::find(ends, false);
  return bad == ends.end() ? nullptr : &all[static_cast<std::size_t>(bad - ends.begin())];
}

bool AreaRules::may_stand_below(AreaKind child, AreaKind parent) const {
  return of(child).below.holds[static_cast<std::size_t>(parent)];
}

std::string AreaRules::parents_text(AreaKind child) const {
  return names_of([&](std::size_t i) { return of(child).below.holds[i]; });
}

std::string AreaRules::unmanaged_text() const {
  return names_of([&](std::size_t i) { return of_[i].unmanaged; });
}

}  // namespace linli::community
