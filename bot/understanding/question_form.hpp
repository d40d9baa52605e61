// The form in which questions are compared with one another: what people ask differs in words that tell
// nothing
// ("请问我现在能不能…", "让…不"). Made of the list's wordings when they are shelved and of each message that
// is looked up. The words are config/words/questions.toml. Any thread may ask.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/result.hpp"
#include "bot/understanding/lexicon.hpp"
#include "bot/understanding/reader.hpp"

namespace linli::understanding {

class QuestionForm {
 public:
  /// Errc::bad_config names file, line and key. `reader` outlives it.
  static Result<QuestionForm> load(const std::filesystem::path& words, const Reader& reader);

  /// Empty if nothing is asked. Of a long text only the beginning.
  std::string of(std::string_view text) const;

 private:
  explicit QuestionForm(const Reader& reader) : reader_(&reader) {}

  const Reader* reader_;
  Lexicon same_, around_;
  std::vector<std::u32string> meant_;
};

}  // namespace linli::understanding
