#include "bot/dialog/texts.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <kainjow/mustache.hpp>
#include <set>
#include <stdexcept>

#include "bot/base/toml_file.hpp"
#include "bot/community/mask.hpp"

namespace linli::dialog {

namespace mustache = kainjow::mustache;

namespace {

constexpr std::size_t card_line_characters = 20;  // what the platform's thing fields hold
constexpr std::size_t card_lines = 4;

/// The names between {{ and }}; sections and unescaped forms are not part of our texts.
std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t at = text.find("{{"); at != text.npos; at = text.find("{{", at)) {
    auto end = text.find("}}", at);
    if (end == text.npos) break;
    names.emplace_back(text.substr(at + 2, end - at - 2));
    at = end;
  }
  return names;
}

/// One template, parsed once. A text without names is answered as it stands.
class Piece {
 public:
  explicit Piece(const std::string& text) : plain_(text), names_(names_in(text)), parsed_(text) {
    parsed_.set_custom_escape([](const std::string& value) { return value; });  // chat is not HTML
  }

  bool valid() const { return parsed_.is_valid(); }
  const std::vector<std::string>& names() const { return names_; }

  std::string render(std::string_view id, const Values& values) {
    if (names_.empty()) return plain_;
    mustache::data data;
    for (const auto& name : names_) {
      auto found = std::ranges::find(values, name, &Values::value_type::first);
      if (found == values.end()) {
        throw std::logic_error(fmt::format("text {} needs the value '{}'", id, name));
      }
      data.set(name, found->second);
    }
    return parsed_.render(data);
  }

 private:
  std::string plain_;
  std::vector<std::string> names_;
  mustache::mustache parsed_;
};

}  // namespace

struct Texts::Entry {
  explicit Entry(const std::string& text) : body(text) {}
  Piece body;
  std::vector<Piece> card;
};

Texts::Texts() = default;
Texts::~Texts() = default;

Result<std::unique_ptr<Texts>> Texts::read(const std::filesystem::path& folder) {
  std::unique_ptr<Texts> texts(new Texts);
  std::vector<std::filesystem::path> files;
  std::error_code ec;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ec)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  if (ec || files.empty()) {
    return Error{Errc::bad_config, fmt::format("{}: no text files (*.toml) here", folder.string())};
  }
  std::ranges::sort(files);
  for (const auto& path : files) {
    auto file = TomlFile::read(path.string());
    if (!file) return file.error();
    for (const auto& key : file->keys()) {
      auto table = file->table(key);
      if (!table) return table.error();
      auto zh = table->text("zh");
      if (!zh) return zh.error();
      auto en = table->text("en", "");
      if (!en) return en.error();
      auto card = table->list_or_empty("card");
      if (!card) return card.error();
      auto others = table->no_others();
      if (!others) return others.error();
      if (card->size() > card_lines)
        return table->wrong("card", "has more than four lines; a template message has four");
      auto made = std::make_unique<Entry>(*zh);
      if (!made->body.valid()) return table->wrong("zh", "has an unclosed {{name}}");
      for (const auto& line : *card) made->card.emplace_back(line);
      texts->entries_[fmt::format("{}.{}", path.stem().string(), key)] = std::move(made);
    }
  }
  return texts;
}

bool Texts::has(std::string_view id) const {
  return entries_.find(id) != entries_.end();
}

Rendered Texts::render(std::string_view id, const Values& values) const {
  auto found = entries_.find(id);
  if (found == entries_.end()) throw std::logic_error(fmt::format("there is no text {}", id));
  Rendered rendered{found->second->body.render(id, values), {}};
  for (auto& line : found->second->card) {
    if (!rendered.card.empty()) rendered.card += '\n';
    std::string text = line.render(id, values);
    std::ranges::replace(text, '\n', ' ');  // the platform refuses line breaks in a field
    rendered.card += community::brief(text, card_line_characters);
  }
  return rendered;
}

bool Texts::needs_only(std::string_view id, std::string_view name) const {
  auto found = entries_.find(id);
  if (found == entries_.end()) return false;
  auto fits = [&](const Piece& piece) {
    return std::ranges::all_of(piece.names(), [&](const std::string& needed) { return needed == name; });
  };
  return fits(found->second->body) && std::ranges::all_of(found->second->card, fits);
}

std::vector<std::string> Texts::ids() const {
  std::vector<std::string> ids;
  for (const auto& [id, entry] : entries_) ids.push_back(id);
  return ids;
}

Result<void> Texts::check(std::span<const TextId> declared) const {
  std::set<std::string_view> said;
  std::string faults;
  for (const TextId& text : declared) {
    said.insert(text.id);
    if (!has(text.id)) faults += fmt::format("\n  {} is said by a handler and written nowhere", text.id);
  }
  for (const auto& [id, entry] : entries_) {
    if (!said.contains(id)) faults += fmt::format("\n  {} is written and said by no handler", id);
  }
  if (!faults.empty()) return Error{Errc::bad_config, "templates and handlers do not match:" + faults};
  return {};
}

}  // namespace linli::dialog
