// config/assessment.toml, read strictly.
#include <fmt/format.h>

#include "bot/base/toml_file.hpp"
#include "bot/community/assessment.hpp"

namespace linli::community {

namespace {

constexpr std::int64_t most_weight = 1000;

Result<void> read_weights(const TomlFile& file, AssessmentRules& rules) {
  auto table = file.table("weight");
  if (!table) return table.error();
  for (std::size_t i = 0; i < outcomes; ++i) {
    auto weight = table->integer(name(static_cast<Outcome>(i)), {0, most_weight});
    if (!weight) return weight.error();
    rules.weight[i] = static_cast<int>(*weight);
  }
  return {};
}

Result<void> read_kinds(const TomlFile& file, AssessmentRules& rules) {
  auto table = file.table("kinds");
  if (!table) return table.error();
  for (const auto& key : table->keys()) {
    auto counted = outcome(key);
    if (!counted)
      return table->wrong(key, "names no outcome; allowed: duty, response, solved, honest, asked, answers");
    auto names = table->list(key);
    if (!names) return names.error();
    for (const auto& text : *names) {
      auto kind = task_kind(text);
      if (!kind)
        return table->wrong(key, fmt::format("'{}' is no kind of task; see config/policies.toml", text));
      if (!rules.kinds.emplace(*kind, *counted).second)
        return table->wrong(key, fmt::format("'{}' is named twice", text));
    }
  }
  return {};
}

}  // namespace

Result<AssessmentRules> AssessmentRules::read(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  AssessmentRules rules;
  auto clock = file->text("tell_at");
  if (!clock) return clock.error();
  auto minute = parse_clock(*clock);
  if (!minute) return file->wrong("tell_at", minute.error().text);
  rules.tell_minute = *minute % (24 * 60);
  auto first = file->duration("seen_first");
  if (!first) return first.error();
  if (*first < Seconds{3600}) return file->wrong("seen_first", "is shorter than 1h; nobody could look first");
  rules.seen_first = *first;
  auto object = file->duration("object_within");
  if (!object) return object.error();
  if (*object < *first) return file->wrong("object_within", "is shorter than seen_first");
  rules.object_within = *object;
  auto weights = read_weights(*file, rules);
  if (!weights) return weights.error();
  auto kinds = read_kinds(*file, rules);
  if (!kinds) return kinds.error();
  auto others = file->no_others();
  if (!others) return others.error();
  return rules;
}

}  // namespace linli::community
