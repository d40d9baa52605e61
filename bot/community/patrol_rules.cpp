#include "bot/community/patrol_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

#include "bot/base/toml_file.hpp"

namespace linli::community {

namespace {

constexpr int day_minutes = 24 * 60;
constexpr std::size_t most_digits = 2;  // a list on a phone is shorter than a hundred; four digits are a code
constexpr Seconds least_every{10 * 60}, most_every{31 * 86400};

constexpr std::array<std::string_view, 19> fine_words = {
    "正常",   "都正常", "一切正常", "全正常",   "没问题", "没事",   "都好",     "好",   "好着",  "好着呢",
    "没情况", "无异常", "没有异常", "没啥问题", "ok",     "没毛病", "没有问题", "到了", "看过了"};

std::string_view without_marks(std::string_view text) {
  constexpr std::string_view marks[] = {" ", ",", ".", ":", ";", "!", "、", "。", "号", "点", "和"};
  for (bool cut = true; cut;) {
    cut = false;
    for (std::string_view mark : marks) {
      if (text.starts_with(mark)) {
        text.remove_prefix(mark.size());
        cut = true;
      }
    }
  }
  return text;
}

Result<FindingKind> read_kind(const TomlTable& row) {
  FindingKind kind;
  auto id = row.text("id");
  if (!id) return id.error();
  kind.id = *id;
  auto name = row.text("name");
  if (!name) return name.error();
  kind.name = *name;
  auto urgent = row.boolean("urgent", false);
  if (!urgent) return urgent.error();
  kind.urgent = *urgent;
  auto words = row.list("words");
  if (!words) return words.error();
  for (const std::string& word : *words) kind.words.add(word);
  return kind;
}

}  // namespace

Result<PatrolRules> PatrolRules::read(const std::filesystem::path& path, const std::filesystem::path& words) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  PatrolRules rules;
  auto every = file->duration("check_every", Seconds{3600});
  if (!every) return every.error();
  auto minutes = every->count() / 60;
  if (minutes < 10 || minutes > day_minutes || day_minutes % minutes != 0)
    return file->wrong("check_every", "must divide a day and be 10m to 24h, such as 30m, 1h or 6h");
  for (std::int64_t minute = 0; minute < day_minutes; minute += minutes)
    rules.check_minutes_.push_back(static_cast<int>(minute));
  auto at_point = file->duration("at_point_for", Seconds{30 * 60});
  if (!at_point) return at_point.error();
  rules.at_point_for = *at_point;
  if (auto others = file->no_others(); !others) return others.error();

  auto list = TomlFile::read(words.string());
  if (!list) return list.error();
  auto rows = list->tables("category");
  if (!rows) return rows.error();
  if (rows->empty()) return list->wrong("category", "has no kind of finding; give at least one");
  for (const auto& row : *rows) {
    auto kind = read_kind(row);
    if (!kind) return kind.error();
    if (rules.of(kind->id)) return row.wrong("id", "stands in the file twice");
    rules.kinds_.push_back(std::move(*kind));
  }
  if (auto others = list->no_others(); !others) return others.error();
  return rules;
}

const FindingKind* PatrolRules::kind_in(std::string_view normal) const {
  auto found = std::ranges::find_if(kinds_, [&](const FindingKind& kind) { return kind.words.any(normal); });
  return found == kinds_.end() ? nullptr : &*found;
}

const FindingKind* PatrolRules::of(std::string_view id) const {
  auto found = std::ranges::find(kinds_, id, &FindingKind::id);
  return found == kinds_.end() ? nullptr : &*found;
}

RoundWords read_round_words(std::string_view normal) {
  RoundWords read;
  std::string_view rest = without_marks(normal);
  for (;;) {
    std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
    std::string_view behind = rest.substr(digits);
    // "3号楼后面" is a place and "2个人" a number of people, "3号点" and "3正常" are points of the list.
    bool of_words = behind.starts_with("号楼") || behind.starts_with("单元") || behind.starts_with("楼") ||
                    behind.starts_with("个") || behind.starts_with("辆") || behind.starts_with("号院");
    if (digits == 0 || digits > most_digits || of_words) break;
    int number = 0;
    std::from_chars(rest.data(), rest.data() + digits, number);
    read.numbers.push_back(number);
    rest = without_marks(behind);
  }
  std::string_view end = rest;
  while (!end.empty() &&
         (end.ends_with("了") || end.ends_with("。") || end.ends_with(".") || end.ends_with("!")))
    end.remove_suffix(end.ends_with("了") || end.ends_with("。") ? 3 : 1);
  read.fine = std::ranges::find(fine_words, rest) != fine_words.end() ||
              std::ranges::find(fine_words, end) != fine_words.end();
  if (!read.fine) read.rest = std::string(rest);
  return read;
}

std::optional<Seconds> read_every(std::string_view cell) {
  std::int64_t number = 0;
  auto [end, ec] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  if (ec != std::errc{} || end != cell.data() + cell.size() - 1 || number <= 0 || number > 100'000)
    return std::nullopt;
  std::int64_t unit = *end == 'm' ? 60 : *end == 'h' ? 3600 : *end == 'd' ? 86400 : 0;
  Seconds every{number * unit};
  if (unit == 0 || every < least_every || every > most_every) return std::nullopt;
  return every;
}

}  // namespace linli::community
