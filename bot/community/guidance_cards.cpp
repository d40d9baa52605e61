#include "bot/community/guidance_cards.hpp"

#include <algorithm>
#include <map>

#include "bot/base/toml_file.hpp"

namespace linli::community {

namespace {

Result<WordList> read_words(const TomlTable& table, std::string_view key) {
  auto words = table.list(key);
  if (!words) return words.error();
  WordList list;
  for (const std::string& word : *words) list.add(word);
  return list;
}

Result<GuidanceVersion> read_version(const TomlTable& table, const std::vector<GuidanceVersion>& before) {
  GuidanceVersion version;
  version.number = static_cast<int>(before.size()) + 1;
  auto from = table.text("from");
  if (!from) return from.error();
  auto day = parse_day(*from);
  if (!day) return table.wrong("from", day.error().text);
  version.from = *day;
  if (!before.empty() && version.from <= before.back().from)
    return table.wrong("from", "is not later than that of the version before it");
  auto changed = table.text("changed", "");
  if (!changed) return changed.error();
  version.changed = *changed;
  if (!before.empty() && version.changed.empty())
    return table.wrong("changed", "is missing: say in a sentence what this version changed");
  auto steps = table.list("steps");
  if (!steps) return steps.error();
  if (steps->empty()) return table.wrong("steps", "is empty; a card has one step at least");
  version.steps = *steps;
  return version;
}

struct Placed {
  std::int64_t order{};
  GuidanceCard card;
};

Result<Placed> read_card(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  Placed placed;
  GuidanceCard& card = placed.card;
  card.id = path.stem().string();
  auto order = file->integer("order", {1, 999});
  if (!order) return order.error();
  placed.order = *order;
  auto title = file->text("title");
  if (!title) return title.error();
  card.title = *title;
  auto words = read_words(*file, "words");
  if (!words) return words.error();
  card.words = std::move(*words);
  auto versions = file->tables("version");
  if (!versions) return versions.error();
  for (const TomlTable& table : *versions) {
    auto version = read_version(table, card.versions);
    if (!version) return version.error();
    card.versions.push_back(std::move(*version));
  }
  if (card.versions.empty()) return file->wrong("version", "is missing; a card has one version at least");
  auto ask = file->text("ask");
  if (!ask) return ask.error();
  card.ask = *ask;
  if (auto others = file->no_others(); !others) return others.error();
  return placed;
}

}  // namespace

Result<GuidanceCards> GuidanceCards::read(const std::filesystem::path& path,
                                          const std::filesystem::path& folder) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  GuidanceCards all;
  auto within = file->duration("tell_changed_within", Seconds{90 * 86400});
  if (!within) return within.error();
  all.tell_changed_within = *within;
  auto whole = file->integer("whole_up_to", 3, {1, 9});
  if (!whole) return whole.error();
  all.whole_up_to = static_cast<int>(*whole);
  auto how = read_words(*file, "asks_how");
  if (!how) return how.error();
  all.how_ = std::move(*how);
  auto rule = read_words(*file, "asks_rule");
  if (!rule) return rule.error();
  all.rule_ = std::move(*rule);
  auto not_asking = read_words(*file, "not_asking");
  if (!not_asking) return not_asking.error();
  all.not_asking_ = std::move(*not_asking);
  if (auto others = file->no_others(); !others) return others.error();

  std::error_code failed;
  std::multimap<std::int64_t, GuidanceCard> in_order;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  if (failed)
    return Error{Errc::bad_config, folder.string() + ": cannot be read; it holds the guidance cards"};
  std::ranges::sort(files);  // cards of the same order stand as their files are called
  for (const auto& one : files) {
    auto placed = read_card(one);
    if (!placed) return placed.error();
    in_order.emplace(placed->order, std::move(placed->card));
  }
  if (in_order.empty())
    return Error{Errc::bad_config, folder.string() + ": holds no card; a card is a .toml file"};
  for (auto& [order, card] : in_order) all.cards_.push_back(std::move(card));
  return all;
}

const GuidanceCard* GuidanceCards::of(std::string_view id) const {
  auto found = std::ranges::find(cards_, id, &GuidanceCard::id);
  return found == cards_.end() ? nullptr : &*found;
}

std::vector<const GuidanceCard*> GuidanceCards::named(std::string_view normal) const {
  std::vector<std::pair<std::size_t, const GuidanceCard*>> found;
  for (const GuidanceCard& card : cards_) {
    std::size_t fullest = card.words.longest(normal);
    if (fullest > 0) found.emplace_back(fullest, &card);
  }
  std::ranges::stable_sort(found, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<const GuidanceCard*> cards;
  for (const auto& [fullest, card] : found) cards.push_back(card);
  return cards;
}

bool GuidanceCards::asks_how(std::string_view normal) const {
  return how_.any(normal) && !not_asking_.any(normal);
}
bool GuidanceCards::asks_rule(std::string_view normal) const {
  return rule_.any(normal);
}

const GuidanceVersion& GuidanceCard::on(Day day) const {
  const GuidanceVersion* holds = &versions.front();
  for (const GuidanceVersion& version : versions) {
    if (version.from <= day) holds = &version;
  }
  return *holds;
}

bool GuidanceCards::whole(const GuidanceVersion& version) const {
  return version.steps.size() <= static_cast<std::size_t>(whole_up_to);
}

}  // namespace linli::community
