// UTF-8, the only encoding inside the program. Everything from outside is checked once, where it enters.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace linli {

/// Strict: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

/// Where the first byte that is not UTF-8 stands; text.size() if there is none.
std::size_t first_invalid_utf8(std::string_view text);

/// What is not UTF-8 becomes U+FFFD, one for each broken sequence.
std::u32string to_u32(std::string_view text);
/// What is not a character becomes U+FFFD.
std::string to_utf8(std::u32string_view text);
/// `text` itself if it is UTF-8, otherwise with U+FFFD for each broken sequence.
std::string repair_utf8(std::string_view text);

/// The longest start of `text` of at most `max_bytes` that does not end inside a character.
std::string_view utf8_prefix(std::string_view text, std::size_t max_bytes);

/// Characters (code points); a broken sequence counts as one.
std::size_t utf8_length(std::string_view text);

}  // namespace linli
