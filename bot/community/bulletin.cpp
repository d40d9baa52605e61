#include "bot/community/bulletin.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <unordered_map>

namespace linli::community {

namespace {

using Values = std::vector<std::optional<std::int64_t>>;
using Spans = std::map<std::size_t, std::vector<std::int64_t>>;  // by the figure they are kept under

/// What one area has by itself, or with all below it.
struct Sum {
  Values counts;
  Spans spans;

  Sum() : counts(figures().size(), std::nullopt) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (figures()[i].shape == Shape::count) counts[i] = 0;
    }
  }
  void add(std::size_t figure, std::int64_t number) {
    if (figures()[figure].shape == Shape::count)
      *counts[figure] += number;
    else
      spans[figure].push_back(number);
  }
  void add(const Sum& other) {
    for (std::size_t i = 0; i < counts.size(); ++i) {
      if (counts[i]) *counts[i] += *other.counts[i];
    }
    for (const auto& [figure, some] : other.spans)
      spans[figure].insert(spans[figure].end(), some.begin(), some.end());
  }
  bool empty() const {
    return spans.empty() && std::ranges::all_of(counts, [](const auto& n) { return n.value_or(0) == 0; });
  }
};

/// The nearest rank: of 10 the 5th for the median, the 9th for 90 %.
std::int64_t rank(std::vector<std::int64_t> sorted, std::size_t tenths) {
  std::ranges::sort(sorted);
  return sorted[(sorted.size() * tenths + 9) / 10 - 1];
}

Values values_of(const Sum& sum) {
  Values values = sum.counts;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Figure& figure = figures()[i];
    if (figure.shape != Shape::median && figure.shape != Shape::ninth) continue;
    auto spans = sum.spans.find(*figure_index(figure.part));
    if (spans != sum.spans.end()) values[i] = rank(spans->second, figure.shape == Shape::median ? 5 : 9);
  }
  return values;
}

std::string moment_text(const Zone& zone, Time at) {
  return zone.iso_day(zone.day(at)) + " " + zone.clock_text(at);
}

class Making {
 public:
  explicit Making(const BulletinFacts& facts) : facts_(facts) {
    for (const Area& area : facts.areas) {
      own_[area.id];
      if (own_.contains(area.parent))
        children_[area.parent].push_back(&area);
      else
        roots_.push_back(&area);
    }
    if (roots_.empty()) return;
    for (const auto& fact : facts.facts) {
      auto own = own_.find(fact.area);
      if (own == own_.end()) own = own_.find(roots_.front()->id);
      own->second.add(fact.figure, fact.number);
    }
  }

  std::vector<BulletinLine> lines() {
    for (const Area* root : roots_) add(*root, {}, 0);
    return std::move(lines_);
  }

 private:
  Sum add(const Area& area, const std::string& parent, int depth) {
    std::size_t at = lines_.size();
    lines_.push_back({area.code, area.name, std::string(name(area.kind)), parent, depth, {}});
    const Sum& own = own_.at(area.id);
    Sum all = own;
    const auto& below = children_[area.id];
    for (const Area* child : below) all.add(add(*child, area.code, depth + 1));
    if (!below.empty() && !own.empty())
      lines_.push_back({area.code + "*", area.name + "本级", "own", area.code, depth + 1, values_of(own)});
    lines_[at].values = values_of(all);
    return all;
  }

  const BulletinFacts& facts_;
  std::unordered_map<AreaId, Sum> own_;
  std::unordered_map<AreaId, std::vector<const Area*>> children_;
  std::vector<const Area*> roots_;
  std::vector<BulletinLine> lines_;
};

}  // namespace

const BulletinLine* Bulletin::line(std::string_view code) const {
  auto found = std::ranges::find(lines, code, &BulletinLine::code);
  return found == lines.end() ? nullptr : &*found;
}

Bulletin make_bulletin(const BulletinFacts& facts, const Zone& zone) {
  Bulletin bulletin;
  bulletin.week = facts.week.name;
  bulletin.from = moment_text(zone, facts.week.from);
  bulletin.until = moment_text(zone, facts.until);
  bulletin.whole = facts.until >= facts.week.until;
  bulletin.lines = Making(facts).lines();
  return bulletin;
}

Bulletin part_of(const Bulletin& bulletin, std::string_view code) {
  Bulletin part = bulletin;
  part.lines.clear();
  const BulletinLine* top = bulletin.line(code);
  if (!top) return part;
  for (auto at = top; at != bulletin.lines.data() + bulletin.lines.size(); ++at) {
    if (at != top && at->depth <= top->depth) break;
    part.lines.push_back(*at);
    part.lines.back().depth -= top->depth;
    if (at == top) part.lines.back().parent.clear();
  }
  return part;
}

std::string wrong_sum(const Bulletin& bulletin) {
  std::map<std::string, std::vector<const BulletinLine*>> children;
  for (const auto& line : bulletin.lines) children[line.parent].push_back(&line);
  for (const auto& line : bulletin.lines) {
    auto below = children.find(line.code);
    if (below == children.end()) continue;
    for (std::size_t i = 0; i < figures().size(); ++i) {
      if (figures()[i].shape != Shape::count) continue;
      std::int64_t sum = 0;
      for (const BulletinLine* child : below->second) sum += child->values[i].value_or(0);
      if (sum != line.values[i].value_or(0))
        return fmt::format("{} {}: {} stands there, the parts sum to {}", line.code, figures()[i].id,
                           line.values[i].value_or(0), sum);
    }
  }
  return {};
}

std::optional<std::int64_t> permille(std::int64_t part, std::int64_t whole) {
  if (whole <= 0) return std::nullopt;
  return (part * 2000 + whole) / (2 * whole);
}

std::optional<std::int64_t> value_of(const BulletinLine& line, std::size_t figure) {
  const Figure& wanted = figures()[figure];
  if (wanted.shape != Shape::rate) return line.values[figure];
  return permille(line.values[*figure_index(wanted.part)].value_or(0),
                  line.values[*figure_index(wanted.whole)].value_or(0));
}

/// Rounded down to what is worth reading.
std::string span_text(std::int64_t seconds) {
  std::int64_t minutes = seconds / 60, hours = minutes / 60, days = hours / 24;
  if (days > 0) return hours % 24 ? fmt::format("{}天{}小时", days, hours % 24) : fmt::format("{}天", days);
  if (hours > 0)
    return minutes % 60 ? fmt::format("{}小时{}分", hours, minutes % 60) : fmt::format("{}小时", hours);
  return fmt::format("{}分钟", minutes);
}

std::string value_text(const BulletinLine& line, std::size_t figure) {
  auto value = value_of(line, figure);
  if (!value) return "—";
  switch (figures()[figure].shape) {
    case Shape::count:
      return std::to_string(*value);
    case Shape::rate:
      return fmt::format("{}.{}%", *value / 10, *value % 10);
    default:
      return span_text(*value);
  }
}

std::vector<Erratum> compare(const Bulletin& was, const Bulletin& is) {
  std::vector<Erratum> errata;
  for (const auto& line : was.lines) {
    const BulletinLine* now = is.line(line.code);
    if (!now) continue;
    for (std::size_t i = 0; i < figures().size(); ++i) {
      const auto &before = line.values[i], &after = now->values[i];
      if (before == after || !before || !after) continue;
      errata.push_back({was.week, line.code, std::string(figures()[i].id), *before, *after,
                        std::string(figures()[i].later)});
    }
  }
  return errata;
}

// --- weeks

namespace {

/// Days since 1970-01-01.
std::int64_t number_of(Day day) {
  using namespace std::chrono;
  return sys_days{year{day.year} / month{day.month} / std::chrono::day{day.day}}.time_since_epoch().count();
}
/// 0 for Monday; 1970-01-01 was a Thursday.
int weekday_of(Day day) {
  return static_cast<int>(((number_of(day) + 3) % 7 + 7) % 7);
}

Week week_from(const Zone& zone, Day monday) {
  Day thursday = zone.next_day(monday, 3);  // its year is the week's
  auto number = (number_of(thursday) - number_of({thursday.year, 1, 1})) / 7 + 1;
  return {fmt::format("{:04}-W{:02}", thursday.year, number), zone.at(monday, 0),
          zone.at(zone.next_day(monday, 7), 0)};
}

}  // namespace

Week week_of(const Zone& zone, Time at) {
  Day day = zone.day(at);
  return week_from(zone, zone.next_day(day, -weekday_of(day)));
}

Week week_before(const Zone& zone, const Week& week) {
  return week_of(zone, week.from - Seconds{3600});
}

Result<Week> parse_week(const Zone& zone, std::string_view name) {
  Error wrong{Errc::bad_input, fmt::format("'{}' is no week; write one as 2026-W10", name)};
  int year = 0, number = 0;
  if (name.size() != 8 || name.substr(4, 2) != "-W") return wrong;
  auto read_year = std::from_chars(name.data(), name.data() + 4, year);
  auto read_week = std::from_chars(name.data() + 6, name.data() + 8, number);
  if (read_year.ptr != name.data() + 4 || read_week.ptr != name.data() + 8) return wrong;
  Day fourth{year, 1, 4};  // always in week 1
  Week found = week_from(zone, zone.next_day(fourth, 7 * (number - 1) - weekday_of(fourth)));
  return found.name == name ? Result<Week>(found) : Result<Week>(wrong);
}

}  // namespace linli::community
