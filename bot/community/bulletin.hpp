// The weekly bulletin 周通报: what each figure counts, and how facts become a bulletin that adds up. Pure:
// the same facts give the same bulletin, whoever reads them from wherever. BulletinLedger gathers the facts;
// the bulletin topic says it in the chat; `linli bulletin` writes it as files. A new section is a row of
// `figures` here and, if it comes from a new table, a question in BulletinLedger.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/result.hpp"
#include "bot/community/area.hpp"

namespace linli::community {

enum class Shape {
  count,   // sums up: an area's is that of its children and its own
  rate,    // `part` in `whole`, both counts; never stored, always computed from them
  median,  // of the spans in seconds that `part` names; nothing if there are none
  ninth,   // the 90 % time of them
};

struct Figure {
  std::string_view id;       // in JSON, CSV and errata
  std::string_view section;  // 打卡, 求助 ...
  std::string_view title;
  std::string_view unit;
  Shape shape{};
  std::string_view part = {}, whole = {};
  std::string_view counts;      // what exactly it counts
  std::string_view later = {};  // what can change it after the week is over
};

std::span<const Figure> figures();
/// Nothing if there is no such figure.
std::optional<std::size_t> figure_index(std::string_view id);

/// Monday to Monday in the district's zone.
struct Week {
  std::string name;  // "2026-W10", ISO 8601
  Time from{}, until{};
};

Week week_of(const Zone& zone, Time at);
Week week_before(const Zone& zone, const Week& week);
/// "2026-W10"; Errc::bad_input otherwise.
Result<Week> parse_week(const Zone& zone, std::string_view name);

struct BulletinFacts {
  Week week;
  Time until{};             // facts after it do not count: the week's end, or earlier while the week runs
  std::vector<Area> areas;  // district, streets, townships, communities, villages; parents first
  struct Fact {
    AreaId area;  // one of `areas`; none: where it happened is not known, which is the district's own
    std::size_t figure{};
    std::int64_t number{};  // counts: how many; spans: seconds of one
  };
  std::vector<Fact> facts;
};

struct BulletinLine {
  std::string code, name, kind;  // of the area; `own` lines have the area's code followed by "*"
  std::string parent;            // code of the line it is part of; empty for the whole
  int depth = 0;
  std::vector<std::optional<std::int64_t>> values;  // one a figure; rates stay empty
};

struct Bulletin {
  std::string week;
  std::string from, until;  // "2026-03-02 00:00", local
  bool whole = true;        // the week is over
  std::vector<BulletinLine> lines;

  const BulletinLine* line(std::string_view code) const;
};

/// Lines in the order of `areas`, each followed by those below it; what is an area's and none of its
/// children's is a line of its own (本级), so that children always sum to the parent.
Bulletin make_bulletin(const BulletinFacts& facts, const Zone& zone);
/// The lines at and below an area, and nothing else.
Bulletin part_of(const Bulletin& bulletin, std::string_view code);
/// The first place where children do not sum to the parent; empty if they do everywhere.
std::string wrong_sum(const Bulletin& bulletin);

/// "93.4", of a rate in tenths of a per cent, rounded half up; nothing if there is nothing to divide by.
std::optional<std::int64_t> permille(std::int64_t part, std::int64_t whole);
/// The value of a figure on a line, rates computed: a number, tenths of a per cent, or seconds.
std::optional<std::int64_t> value_of(const BulletinLine& line, std::size_t figure);
/// As people read it: "1234", "93.4%", "3小时5分", "—".
std::string value_text(const BulletinLine& line, std::size_t figure);
std::string span_text(std::int64_t seconds);

/// One and the same text for one and the same bulletin, on every machine.
std::string canonical_json(const Bulletin& bulletin);
Result<Bulletin> read_bulletin(std::string_view json);

/// A figure of an issued bulletin that later data show to be another.
struct Erratum {
  std::string week, area, figure;
  std::int64_t was{}, is{};
  std::string why;
};
/// `is` holds now, `was` was issued. Counts only of areas that both know; medians where both have one.
std::vector<Erratum> compare(const Bulletin& was, const Bulletin& is);

/// What the chat says of one area: a short list of figures, and its worst children by overdue work.
struct BulletinWords {
  std::string lines;     // sections, a line each
  std::string children;  // "青槐街道 打卡 95.1%，超期 1 件", a line each; empty without children
};
BulletinWords words_of(const Bulletin& bulletin, std::string_view code);

}  // namespace linli::community
