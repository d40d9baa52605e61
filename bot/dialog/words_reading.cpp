// Reading config/words into Words; the matching is in words.cpp.
#include <algorithm>

#include "bot/base/text.hpp"
#include "bot/base/toml_file.hpp"
#include "bot/dialog/words.hpp"

namespace linli::dialog {

namespace {

Result<void> add_all(const TomlTable& table, std::string_view key, Phrases& phrases, int tag) {
  auto words = table.list(key);
  if (!words) return words.error();
  for (const auto& word : *words) phrases.add(word, tag);
  return {};
}

/// [[rows]] with a `name` and `words`; the tag of a word is the index of its row.
Result<void> read_canonical(const TomlTable& file, std::string_view key, Phrases& phrases,
                            std::vector<std::string>& names) {
  auto rows = file.tables(key);
  if (!rows) return rows.error();
  for (const auto& row : *rows) {
    auto name = row.text("name");
    if (!name) return name.error();
    auto added = add_all(row, "words", phrases, static_cast<int>(names.size()));
    if (!added) return added.error();
    names.push_back(*name);
  }
  return {};
}

}  // namespace

Result<Words> Words::read(const std::filesystem::path& folder) {
  Words words;
  for (auto [file, reader] :
       {std::pair{"help.toml", &Words::read_help}, std::pair{"checkin.toml", &Words::read_checkin},
        std::pair{"rumour.toml", &Words::read_rumour},
        std::pair{"organisation.toml", &Words::read_organisation},
        std::pair{"commands.toml", &Words::read_commands}}) {
    auto read = (words.*reader)(folder / file);
    if (!read) return read.error();
  }
  return words;
}

Result<void> Words::read_help(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  auto rows = file->tables("category");
  if (!rows) return rows.error();
  for (const auto& row : *rows) {
    auto id = row.text("id");
    if (!id) return id.error();
    auto name = row.text("name");
    if (!name) return name.error();
    auto urgency = row.choice("urgency", {"normal", "high"});
    if (!urgency) return urgency.error();
    auto question = row.text("question", "");
    if (!question) return question.error();
    auto words = add_all(row, "words", category_words_, static_cast<int>(categories_.size()));
    if (!words) return words.error();
    categories_.push_back({*id, *name, *urgency == "high", *question});
  }
  for (std::string name : {"asking", "status", "not_received", "received", "settled", "not_needed", "thanks",
                           "complaint", "bare_complaint", "urgent"}) {
    auto read = read_list(*file, name);
    if (!read) return read.error();
  }
  return {};
}

Result<void> Words::read_checkin(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  for (std::string name : {"start", "all_fine", "denial", "everyone", "elsewhere", "contact"}) {
    auto read = read_list(*file, name);
    if (!read) return read.error();
  }
  auto symptoms = read_canonical(*file, "symptom", symptom_words_, symptom_names_);
  if (!symptoms) return symptoms.error();
  return read_canonical(*file, "relation", relation_words_, relation_names_);
}

Result<void> Words::read_rumour(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  for (std::string name : {"cue", "hearsay", "chain"}) {
    auto read = read_list(*file, name);
    if (!read) return read.error();
  }
  return {};
}

Result<void> Words::read_organisation(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  for (std::string name : {"at_door", "at_door_staff", "at_door_doubt", "at_door_badge"}) {
    auto read = read_list(*file, name);
    if (!read) return read.error();
  }
  return {};
}

Result<void> Words::read_list(const TomlTable& file, const std::string& name) {
  auto table = file.table(name);
  if (!table) return table.error();
  auto words = table->list("words");
  if (!words) return words.error();
  List& list = lists_[name];
  for (const auto& word : *words) {
    list.phrases.add(word, 0);
    list.words.push_back(normalise(word));
  }
  return {};
}

Result<void> Words::read_commands(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  auto all = file->table("command");
  if (!all) return all.error();
  for (const auto& id : all->keys()) {
    auto table = all->table(id);
    if (!table) return table.error();
    auto words = table->list("words");
    if (!words) return words.error();
    for (const auto& word : *words) {
      std::string normal = normalise(word);
      if (!normal.empty()) commands_[first_character(normal)].push_back({normal, id});
    }
  }
  for (auto& [first, words] : commands_) {
    std::ranges::stable_sort(words,
                             [](const auto& a, const auto& b) { return a.word.size() > b.word.size(); });
  }
  return {};
}

}  // namespace linli::dialog
