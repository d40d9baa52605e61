// Chinese numerals in running text: "三号楼" and "3号楼", "二十分钟" and "20分钟" are to be the same.
#pragma once

#include <string>
#include <string_view>

namespace linli::community {

/// Every run of Chinese numerals as digits: "二十" 20, "两百零五" 205, "三〇二" 302. "半" stays.
std::u32string with_digits(std::u32string_view text);
std::string with_digits(std::string_view text);

}  // namespace linli::community
