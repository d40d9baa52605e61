#include "bot/dialog/words.hpp"

#include <algorithm>
#include <charconv>

#include "bot/base/text.hpp"

namespace linli::dialog {

namespace {

constexpr std::string_view pauses = " ,.!;";

/// Between two things that are said in one breath.
bool is_joint(std::string_view between) {
  return between.empty() || between == "、" || between == "和" || between == "或" || between == "跟";
}

constexpr std::string_view particles[] = {"了", "吧", "啊", "呀", "呢", "哦", "嘛", "哈", "的", "。",
                                          "!",  ",",  ".",  "~",  "?",  "、", ";",  ":",  " "};

std::string_view without_particles(std::string_view text) {
  for (bool cut = true; cut;) {
    cut = false;
    for (auto particle : particles) {
      if (text.size() > particle.size() && text.ends_with(particle)) {
        text.remove_suffix(particle.size());
        cut = true;
      }
    }
  }
  return text;
}

bool separates(std::string_view rest) {
  if (rest.empty()) return true;
  constexpr std::string_view wide[] = {"，", "。", "、", "：", "；", "！"};
  char first = rest.front();
  if (first == ' ' || first == ',' || first == ':' || first == '.' || first == '#' || first == ';' ||
      first == '!')
    return true;
  if (first >= '0' && first <= '9') return true;
  return std::ranges::any_of(wide, [&](std::string_view mark) { return rest.starts_with(mark); });
}

std::string_view skip_marks(std::string_view text) {
  auto first = text.find_first_not_of(" ,:.#;!");
  text = first == text.npos ? std::string_view{} : text.substr(first);
  for (std::string_view mark : {"，", "。", "、", "：", "；", "！", "号"}) {
    if (text.starts_with(mark)) return skip_marks(text.substr(mark.size()));
  }
  return text;
}

}  // namespace

const HelpCategory* Words::help_category(std::string_view normal) const {
  int found = category_words_.lowest(normal);
  return found < 0 ? nullptr : &categories_[static_cast<std::size_t>(found)];
}

const HelpCategory* Words::category(std::string_view id) const {
  auto found = std::ranges::find(categories_, id, &HelpCategory::id);
  return found == categories_.end() ? nullptr : &*found;
}

std::optional<Command> Words::command(std::string_view normal) const {
  if (normal.empty()) return std::nullopt;
  auto found = commands_.find(first_character(normal));
  if (found == commands_.end()) return std::nullopt;
  std::string_view bare = without_particles(normal);
  for (const auto& [word, id] : found->second) {
    if (normal == word || bare == word) return Command{id, std::nullopt, {}, true};
    if (!normal.starts_with(word)) continue;
    std::string_view rest = normal.substr(word.size());
    if (!separates(rest)) continue;
    Command command{id, std::nullopt, {}, false};
    rest = skip_marks(rest);
    std::int64_t number = 0;
    auto [end, ec] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    std::string_view behind = rest.substr(static_cast<std::size_t>(end - rest.data()));
    bool of_a_date = behind.starts_with("月") || behind.starts_with(":") || behind.starts_with("点");
    if (ec == std::errc{} && !of_a_date) {
      command.number = number;
      rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    }
    command.rest = std::string(skip_marks(rest));
    return command;
  }
  return std::nullopt;
}

bool Words::mentions(std::string_view list, std::string_view normal) const {
  auto found = lists_.find(list);
  return found != lists_.end() && found->second.phrases.any(normal);
}

bool Words::is(std::string_view list, std::string_view normal) const {
  auto found = lists_.find(list);
  if (found == lists_.end()) return false;
  const auto& words = found->second.words;
  auto one = [&](std::string_view text) {
    return std::ranges::find(words, text) != words.end() ||
           std::ranges::find(words, without_particles(text)) != words.end();
  };
  if (one(normal)) return true;
  auto pause = normal.find_first_of(pauses);
  if (pause == 0 || pause == normal.npos) return false;
  for (std::string_view rest = normal; !rest.empty();) {  // "今天挺好,没事": every piece says it
    pause = std::min(rest.find_first_of(pauses), rest.size());
    if (pause > 0 && !one(rest.substr(0, pause))) return false;
    rest.remove_prefix(std::min(pause + 1, rest.size()));
  }
  return true;
}

bool Words::says(std::string_view list, std::string_view normal) const {
  while (!normal.empty()) {
    auto pause = std::min(normal.find_first_of(pauses), normal.size());
    if (pause > 0 && is(list, normal.substr(0, pause))) return true;
    normal.remove_prefix(std::min(pause + 1, normal.size()));
  }
  return false;
}

bool Words::is_command(std::string_view id, std::string_view normal) const {
  if (normal.empty()) return false;
  auto found = commands_.find(first_character(normal));
  if (found == commands_.end()) return false;
  std::string_view bare = without_particles(normal);
  return std::ranges::any_of(found->second, [&](const CommandWord& row) {
    return row.id == id && (row.word == normal || row.word == bare);
  });
}

bool Words::denied(std::string_view normal, std::size_t at) const {
  auto found = lists_.find("denial");
  if (found == lists_.end()) return false;
  return std::ranges::any_of(found->second.words,
                             [&](const std::string& word) { return normal.substr(0, at).ends_with(word); });
}

std::vector<std::string> Words::canonical(const Phrases& phrases, const std::vector<std::string>& names,
                                          std::string_view normal, bool unless_denied) const {
  std::vector<std::string> found;
  // "没有发烧咳嗽": what joins a denied one without a pause is denied too.
  std::optional<std::size_t> denied_until;
  for (const auto& hit : phrases.find_all(normal)) {
    bool joins = denied_until &&
                 (hit.at < *denied_until || is_joint(normal.substr(*denied_until, hit.at - *denied_until)));
    if (unless_denied && (joins || denied(normal, hit.at))) {
      denied_until = std::max(denied_until.value_or(0), hit.at + hit.length);
      continue;
    }
    const std::string& name = names[static_cast<std::size_t>(hit.tag)];
    if (std::ranges::find(found, name) == found.end()) found.push_back(name);
  }
  return found;
}

std::vector<std::string> Words::symptoms(std::string_view normal) const {
  return canonical(symptom_words_, symptom_names_, normal, true);
}

std::vector<std::string> Words::relations(std::string_view normal) const {
  return canonical(relation_words_, relation_names_, normal, false);
}

}  // namespace linli::dialog
