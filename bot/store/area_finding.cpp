// AreaLedger::find_in_text: from words to the deepest area that they name without doubt.
#include <algorithm>

#include "bot/base/text.hpp"
#include "bot/base/utf8.hpp"
#include "bot/store/area_ledger.hpp"
#include "bot/store/place_words.hpp"

namespace linli::store {

namespace {

using Text = std::u32string_view;

std::u32string words_of_name(const std::string& name) {
  return place_words(normalise(name));
}

bool holds(const Area& area, const Area& other) {
  return other.path.starts_with(area.path);
}

/// A place named in the text, and the words that belong to it: up to the next place named.
struct Named {
  Area area;
  Span span;
};

/// Without those that stand inside a longer name or hold another one that is named too.
std::vector<Named> essential(const std::vector<Named>& all) {
  std::vector<Named> kept;
  for (const Named& one : all) {
    bool implied = std::ranges::any_of(all, [&](const Named& other) {
      if (other.area.id == one.area.id) return false;
      bool inside = other.span.begin <= one.span.begin && other.span.end >= one.span.end &&
                    other.span.end - other.span.begin > one.span.end - one.span.begin;
      return inside || holds(one.area, other.area);
    });
    if (!implied) kept.push_back(one);
  }
  std::ranges::sort(kept, {}, [](const Named& named) { return named.span.begin; });
  return kept;
}

/// The words that belong to one of the places named; all others' names are cut out.
std::u32string words_for(const std::u32string& words, const std::vector<Named>& named, std::size_t i) {
  Span span = named[i].span;
  if (named.size() == 1) return words.substr(0, span.begin) + U"|" + words.substr(span.end);
  std::size_t end = words.size();
  for (const Named& other : named) {
    if (other.span.begin >= span.end) end = std::min(end, other.span.begin);
  }
  return U"|" + words.substr(span.end, end - span.end);
}

struct Match {
  std::vector<Area> areas;  // all that fit equally well
  Span span;
};

/// The areas whose names stand in the words; of different names, the longest.
template <class Find>
Match match(const std::vector<Area>& areas, Text words, Find find) {
  Match best;
  std::size_t length = 0;
  for (const Area& area : areas) {
    std::u32string name = words_of_name(area.name);
    if (name.size() < length) continue;
    auto span = find(words, name);
    if (!span) continue;
    if (name.size() > length) best.areas.clear();
    length = name.size();
    best.areas.push_back(area);
    best.span = *span;
  }
  return best;
}

std::optional<Span> find_building(Text words, Text name) {
  return name.size() < 2 ? std::nullopt : find_name(words, name);
}

/// Could the words speak of a building, unit or door at all? Most messages do not, and looking costs.
bool speaks_of_a_door(Text words) {
  return std::ranges::any_of(words, [](char32_t c) {
    return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') ||
           Text(U"楼座栋号室门院层排").find(c) != Text::npos;
  });
}

}  // namespace

// The names are read once, and again after any was added or changed, also by an import beside the server.
const std::vector<AreaLedger::Name>& AreaLedger::names() {
  const std::uint32_t version = db_.version();
  if (names_seen_ == version) return names_;
  names_seen_ = version;
  auto changes = std::get<0>(*names_version_.one<std::int64_t>());
  if (changes == names_read_) return names_;
  names_.clear();
  named_.each<AreaId, std::string>([&](AreaId id, const std::string& name) {
    names_.push_back({id, words_of_name(name)});
  });
  names_read_ = changes;
  return names_;
}

/// Goes down from `found.area` as far as the words say and exactly one area fits.
void AreaLedger::descend(Found& found, std::u32string words) {
  std::size_t behind = words.find(U'|') == Text::npos ? words.size() : words.find(U'|') + 1;
  // True: went on, or stays because nothing was said. False: what was said is not there, or several are.
  auto step = [&](const std::vector<Area>& areas, auto find_one, Text number_word) {
    Match best = match(areas, words, find_one);
    found.several = best.areas.size() > 1;
    if (found.several) return false;
    if (best.areas.empty()) {
      auto named = number_word.empty() ? room_number_at(words, behind) : find_numbered(words, number_word);
      if (named) found.missing = to_utf8(words.substr(named->begin, named->end - named->begin));
      return !named;
    }
    found.area = best.areas.front();
    words.replace(best.span.begin, best.span.end - best.span.begin, U"|");
    behind = best.span.begin + 1;
    return true;
  };

  if (found.area->kind < AreaKind::building) {
    if (!step(below(found.area->id, AreaKind::building), find_building, U"号楼")) return;
  }
  if (found.area->kind == AreaKind::building) {
    auto units = below(found.area->id, AreaKind::unit);
    if (!step(units, find_building, U"单元")) return;
  }
  bool doors_near = found.area->kind == AreaKind::building || found.area->kind == AreaKind::unit ||
                    found.area->kind == AreaKind::courtyard || found.area->kind == AreaKind::village;
  if (doors_near) step(below(found.area->id, AreaKind::household), find_room, U"");
}

/// Words without a place's name: read from where the person lives, if they speak of a building, unit or room.
AreaLedger::Found AreaLedger::find_from(AreaId near, const std::u32string& words) {
  auto chain = this->chain(near);
  auto nearest = [&](auto fits) -> std::optional<Area> {
    auto at = std::find_if(chain.rbegin(), chain.rend(), fits);
    return at == chain.rend() ? std::nullopt : std::optional<Area>(*at);
  };
  auto place = nearest(
      [](const Area& area) { return area.kind < AreaKind::building && area.kind >= AreaKind::community; });
  auto building = nearest([](const Area& area) { return area.kind == AreaKind::building; });
  if (!place) return find_anywhere(words);

  Found found;
  bool names_building = find_numbered(words, U"号楼") ||
                        !match(below(place->id, AreaKind::building), words, find_building).areas.empty();
  if (names_building) {
    found.area = place;
  } else if (building && find_numbered(words, U"单元")) {
    found.area = building;
  } else if (find_numbered(words, U"室")) {
    found.area = nearest([](const Area& area) { return area.kind != AreaKind::household; });
  }
  if (found.area) descend(found, words);
  return found;
}

/// Nothing is known but the number of a building.
AreaLedger::Found AreaLedger::find_anywhere(const std::u32string& words) {
  Found found;
  auto named = find_numbered(words, U"号楼");
  if (!named) return found;
  Match best = match(below({}, AreaKind::building), words, find_building);
  found.ambiguous = best.areas.size() > 1;
  if (best.areas.size() != 1) return found;
  found.area = best.areas.front();
  descend(found, words.substr(0, best.span.begin) + U"|" + words.substr(best.span.end));
  return found;
}

AreaLedger::Found AreaLedger::find_in_text(std::string_view normal, AreaId near) {
  const std::u32string words = place_words(normal);
  std::vector<Named> all;
  for (const Name& name : names()) {
    auto span = find_name(words, name.words);
    if (!span && name.words.ends_with(U"小区")) {  // "北巷3号楼" for 北巷小区, but only before a number
      auto stem = find_name(words, Text(name.words).substr(0, name.words.size() - 2));
      bool before_number =
          stem && stem->end < words.size() && words[stem->end] >= U'0' && words[stem->end] <= U'9';
      if (before_number && stem->end - stem->begin >= 2) span = stem;
    }
    if (!span) continue;
    if (auto area = find(name.id)) all.push_back({std::move(*area), *span});
  }
  std::vector<Named> named = essential(all);
  if (named.empty()) {
    if (!speaks_of_a_door(words)) return {};
    std::u32string rest = expand_dashes(words, false);
    return near ? find_from(near, rest) : find_anywhere(rest);
  }

  std::vector<Found> read;
  for (std::size_t i = 0; i < named.size(); ++i) {
    Found found;
    found.area = named[i].area;
    descend(found, expand_dashes(words_for(words, named, i), true));
    read.push_back(std::move(found));
  }
  if (read.size() == 1) return read.front();
  // Several places: the one where the person lives, or the only one where the rest of the words fits too.
  auto home = near ? find(near) : std::nullopt;
  std::erase_if(read, [&](const Found& found) { return !found.missing.empty(); });
  if (home) {
    auto holds_home = [&](const Found& found) {
      auto place = chain(found.area->id);
      return std::ranges::any_of(place, [&](const Area& area) {
        return area.kind >= AreaKind::compound && area.kind < AreaKind::building && holds(area, *home);
      });
    };
    auto own = std::ranges::find_if(read, holds_home);
    if (own != read.end()) return *own;
  }
  if (read.size() == 1) return read.front();
  Found doubtful;
  doubtful.ambiguous = true;
  return doubtful;
}

}  // namespace linli::store
