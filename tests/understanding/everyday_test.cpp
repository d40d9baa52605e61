// What the chat is full of opens no alarm: every command of config/words/commands.toml, as it is typed and
// with the particles people add. Likeness to a cry must never outrank a command, or each use of it calls
// people out.
#include <gtest/gtest.h>

#include "bot/base/toml_file.hpp"
#include "tests/understanding/loaded.hpp"

namespace linli::understanding {

namespace {

/// "help" is the menu's word and a foreigner's cry; the cry is heard.
bool is_a_cry_as_well(const std::string& word) {
  return word == "help";
}

std::vector<std::string> command_words() {
  auto file = TomlFile::read(LINLI_SOURCE_DIR "/config/words/commands.toml");
  if (!file) throw std::runtime_error(file.error().text);
  auto commands = file->table("command");
  if (!commands) throw std::runtime_error(commands.error().text);
  std::vector<std::string> all;
  for (const auto& id : commands->keys()) {
    auto command = commands->table(id);
    if (!command) throw std::runtime_error(command.error().text);
    auto words = command->list("words");
    if (!words) throw std::runtime_error(words.error().text);
    all.insert(all.end(), words->begin(), words->end());
  }
  return all;
}

TEST(Everyday, NoCommandIsACry) {
  auto words = command_words();
  ASSERT_GE(words.size(), 500U);
  for (const auto& word : words) {
    if (is_a_cry_as_well(word)) continue;
    for (const char* particle : {"", "。", "吧"}) {
      auto alarm = loaded().understand(word + particle).alarm;
      EXPECT_FALSE(alarm.alarm) << word << particle << ": " << alarm.group << " " << alarm.share;
    }
  }
}

}  // namespace

}  // namespace linli::understanding
