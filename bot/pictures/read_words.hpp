// What tesseract says it has seen, as the text of a story: lines of a paragraph joined, blanks between
// Chinese characters gone, and what stands on every screen and in every picture without being said left out:
// the clock, the battery, names, patterns taken for letters. Pure.
#pragma once

#include <string>
#include <string_view>

namespace linli::pictures {

/// `tsv` is the output of "tesseract ... tsv"; its columns are found by their position. Paragraphs are
/// separated by line ends. Empty if nothing is left that somebody may have said.
std::string words_of(std::string_view tsv);

}  // namespace linli::pictures
