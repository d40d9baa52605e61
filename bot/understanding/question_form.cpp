#include "bot/understanding/question_form.hpp"

#include "bot/base/toml_file.hpp"
#include "bot/base/utf8.hpp"

namespace linli::understanding {

namespace {

constexpr std::size_t most_bytes = 900;  // nobody asks one thing at greater length

bool denies(char32_t c) {
  return c == U'不' || c == U'没';
}

bool is_mark(char32_t c) {
  return c == U'?' || c == U'!' || c == U'。' || c == U'.' || c == U' ' || c == U',';
}

/// "能不能", "需不需要", "有没有": the verb alone.
std::u32string without_alternatives(std::u32string_view text) {
  std::u32string plain;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool alternative =
        at + 2 < text.size() && denies(text[at + 1]) && text[at] == text[at + 2] && text[at] > 0x3400;
    if (alternative)
      ++at;
    else
      plain += text[at];
  }
  return plain;
}

/// "… 能打疫苗不", "… 通了没有": asked, not denied.
std::u32string_view without_end(std::u32string_view text) {
  while (!text.empty() && is_mark(text.back())) text.remove_suffix(1);
  if (text.ends_with(U"没有") && text.size() > 4)
    text.remove_suffix(2);
  else if (!text.empty() && denies(text.back()) && text.size() > 3)
    text.remove_suffix(1);
  return text;
}

}  // namespace

Result<QuestionForm> QuestionForm::load(const std::filesystem::path& words, const Reader& reader) {
  auto file = TomlFile::read((words / "questions.toml").string());
  if (!file) return file.error();
  QuestionForm made(reader);
  auto same = file->table("same");
  if (!same) return same.error();
  for (const auto& meaning : same->keys()) {
    auto said = same->list(meaning);
    if (!said) return said.error();
    for (const auto& word : *said)
      made.same_.add(reader.text(word), static_cast<std::uint32_t>(made.meant_.size()));
    made.meant_.push_back(reader.text(meaning));
    made.same_.add(made.meant_.back(), static_cast<std::uint32_t>(made.meant_.size() - 1));
  }
  auto around = file->table("around");
  if (!around) return around.error();
  auto empty = around->list("words");
  if (!empty) return empty.error();
  for (const auto& word : *empty) made.around_.add(reader.text(word), 0);
  if (auto others = file->no_others(); !others) return others.error();
  return made;
}

std::string QuestionForm::of(std::string_view text) const {
  const std::u32string read = without_alternatives(reader_->text(text.substr(0, most_bytes)));
  const std::u32string_view asked = without_end(read);
  std::u32string form;
  for (std::size_t at = 0; at < asked.size();) {
    auto same = same_.longest_at(asked, at);
    auto around = around_.longest_at(asked, at);
    if (around && (!same || around->length > same->length)) {
      at += around->length;
    } else if (same) {
      form += meant_[same->tag];
      at += same->length;
    } else {
      form += asked[at++];
    }
  }
  return to_utf8(form);
}

}  // namespace linli::understanding
