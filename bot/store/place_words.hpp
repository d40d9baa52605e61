// Places as people write them, brought to one spelling: "三 号楼二单元五零一", "3栋2单元501室" and "3-2-501"
// all name 3号楼 2单元 501. Used by AreaLedger::find_in_text on messages and on the names of areas alike.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace linli::store {

/// Chinese numerals before 号楼, 单元 and their like become digits, 栋, 幢 and # become 号楼, blanks between
/// a number and its word go. `normal` is normalised (base/text.hpp).
std::u32string place_words(std::string_view normal);

/// "3-2-501" becomes "3号楼2单元501", and behind a named place also "3-501" "3号楼501" and "3号楼2-501"
/// "3号楼2单元501".
std::u32string expand_dashes(std::u32string_view words, bool behind_a_place);

struct Span {
  std::size_t begin{};
  std::size_t end{};
};

/// Where the name stands, not as a part of a longer number: "3号楼" is not in "13号楼".
std::optional<Span> find_name(std::u32string_view words, std::u32string_view name);

/// The first number followed by `word`: "9号楼".
std::optional<Span> find_numbered(std::u32string_view words, std::u32string_view word);

/// Where a household's name stands. A bare number counts from three digits on and not before a measure
/// ("501斤"); shorter ones need their word: 3号, 3号院, 3户.
std::optional<Span> find_room(std::u32string_view words, std::u32string_view name);

/// A room number right at `at`, behind separators.
std::optional<Span> room_number_at(std::u32string_view words, std::size_t at);

}  // namespace linli::store
