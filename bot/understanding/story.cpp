#include "bot/understanding/story.hpp"

#include <algorithm>

#include "bot/base/file.hpp"

namespace linli::understanding {

namespace {

constexpr std::size_t most_examples = std::size_t{1} << 24;  // bytes of a file of examples

bool is_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

bool is_letter(char32_t c) {
  return is_digit(c) || (c >= U'a' && c <= U'z') || (c >= 0x3400 && c <= 0x9FFF) ||
         (c >= 0x20000 && c < 0x30000);
}

bool ends_sentence(char32_t c) {
  return c == U'。' || c == U'!' || c == U'?' || c == U';' || c == U'\n' || c == U'…' || c == U',' ||
         c == U'、' || c == U':' || c == U' ';
}

/// The length of the web address that begins there; 0 if none does.
std::size_t link_at(std::u32string_view text, std::size_t at) {
  std::u32string_view rest = text.substr(at);
  // The reader has shortened "//" and "www".
  if (!rest.starts_with(U"http:/") && !rest.starts_with(U"https:/") && !rest.starts_with(U"ww.")) return 0;
  std::size_t end = 0;
  while (end < rest.size() && rest[end] > U' ' && rest[end] < 0x7F) ++end;
  return end;
}

/// Kinds of district that name a place with the two characters before them.
constexpr std::u32string_view districts = U"省市县区镇乡村旗州";

}  // namespace

Result<Storyteller> Storyteller::load(const std::filesystem::path& words, const Reader& reader) {
  Storyteller made(reader);
  auto file = TomlFile::read((words / "claims.toml").string());
  if (!file) return file.error();
  auto same = file->table("same");
  if (!same) return same.error();
  for (const auto& meaning : same->keys()) {
    auto said = same->list(meaning);
    if (!said) return said.error();
    for (const auto& word : *said)
      made.same_.add(reader.text(word), static_cast<std::uint32_t>(made.meant_.size()));
    made.meant_.push_back(reader.text(meaning));
  }
  auto around = file->table("around");
  if (!around) return around.error();
  auto wrapping = around->list("words");
  if (!wrapping) return wrapping.error();
  for (const auto& word : *wrapping) made.around_.add(reader.text(word), 0);
  auto telling = file->table("telling");
  if (!telling) return telling.error();
  auto negations = telling->list("negation");
  if (!negations) return negations.error();
  for (const auto& word : *negations) made.negations_.add(reader.text(word), 0);
  auto places = file->table("places");
  if (!places) return places.error();
  auto names = places->list("names");
  if (!names) return names.error();
  for (std::uint32_t i = 0; i < names->size(); ++i) made.places_.add(reader.text((*names)[i]), i);
  if (auto read = made.read_meanings(*file); !read) return read.error();
  if (auto read = made.read_everyday(*file, words); !read) return read.error();
  if (auto others = file->no_others(); !others) return others.error();
  return made;
}

Result<void> Storyteller::read_meanings(const TomlFile& file) {
  auto split = [&](std::string_view words, char between) {
    std::vector<std::u32string> parts;
    for (std::size_t from = 0; from <= words.size();) {
      const std::size_t end = std::min(words.find(between, from), words.size());
      parts.push_back(tell(words.substr(from, end - from)).text);
      from = end + 1;
    }
    return parts;
  };
  auto near = file.table("near");
  if (!near) return near.error();
  auto groups = near->list("groups");
  if (!groups) return groups.error();
  for (const auto& group : *groups) meanings_.add_near(split(group, ' '));
  auto apart = file.table("apart");
  if (!apart) return apart.error();
  std::uint32_t kind = 0;
  for (const auto& key : apart->keys()) {
    auto things = apart->list(key);
    if (!things) return things.error();
    for (const auto& thing : *things) meanings_.add_apart(kind, split(thing, '='));
    ++kind;
  }
  return {};
}

Result<void> Storyteller::read_everyday(const TomlFile& file, const std::filesystem::path& words) {
  auto everyday = file.table("everyday");
  if (!everyday) return everyday.error();
  auto files = everyday->list("files");
  if (!files) return files.error();
  for (const auto& name : *files) {
    auto text = read_file((words / name).string(), most_examples);
    if (!text) return everyday->wrong("files", text.error().text);
    for (std::size_t from = 0; from < text->size();) {
      const std::size_t end = std::min(text->find('\n', from), text->size());
      std::string_view line(text->data() + from, end - from);
      if (!line.starts_with('#')) everyday_.add(tell(line).text);
      from = end + 1;
    }
  }
  return {};
}

bool Storyteller::is_negation_at(std::u32string_view text, std::size_t at) const {
  return negations_.longest_at(text, at).has_value();
}

int Storyteller::place_at(std::u32string_view text, std::size_t at, std::size_t& length) const {
  auto hit = places_.longest_at(text, at);
  if (!hit) return -1;
  length = hit->length;
  return static_cast<int>(hit->tag);
}

void Storyteller::read_facts(Telling& telling) const {
  const std::u32string& text = telling.text;
  telling.places.clear();
  telling.numbers.clear();
  telling.negations = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 1;
    if (int place = place_at(text, at, length); place >= 0) {
      telling.places.push_back(static_cast<std::uint32_t>(place));
    } else if (is_digit(text[at])) {
      while (at + length < text.size() && is_digit(text[at + length])) ++length;
      telling.numbers.emplace_back(text.substr(at, length));
    } else if (auto negation = negations_.longest_at(text, at)) {
      ++telling.negations;
      length = negation->length;
    } else if (at >= 2 && districts.find(text[at]) != districts.npos && text[at - 1] != U' ' &&
               text[at - 2] != U' ') {
      telling.places.push_back(0x80000000U | static_cast<std::uint32_t>(text[at - 2] * 31 + text[at - 1]));
    }
    at += length;
  }
  telling.things = meanings_.things(text);
  std::ranges::sort(telling.places);
  telling.places.erase(std::ranges::unique(telling.places).begin(), telling.places.end());
}

Telling Storyteller::tell(std::string_view original) const {
  Telling telling;
  std::u32string read = reader_->read(original.substr(0, 12'000)).text;
  std::u32string& out = telling.text;
  out.reserve(read.size());
  for (std::size_t at = 0; at < read.size();) {
    if (std::size_t link = link_at(read, at); link > 0) {  // links are compared by themselves
      at += link;
      continue;
    }
    auto same = same_.longest_at(read, at);
    auto around = around_.longest_at(read, at);
    if (around && (!same || around->length >= same->length)) {
      at += around->length;
    } else if (same) {
      out += meant_[same->tag];
      at += same->length;
    } else {
      char32_t c = read[at++];
      if (is_letter(c)) {
        out += c;
      } else if (ends_sentence(c) && !out.empty() && out.back() != U' ') {
        out += U' ';
      }
    }
  }
  while (!out.empty() && out.back() == U' ') out.pop_back();
  read_facts(telling);
  return telling;
}

}  // namespace linli::understanding
