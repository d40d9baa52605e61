#include "bot/app/import_rows.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fmt/format.h>

namespace linli::app {

std::vector<std::string> parts(std::string_view cell) {
  std::vector<std::string> found;
  while (!cell.empty()) {
    auto end = std::min(cell.find('|'), cell.size());
    if (end > 0) found.emplace_back(cell.substr(0, end));
    cell.remove_prefix(std::min(end + 1, cell.size()));
  }
  return found;
}

Import::Import(store::Database& db, FieldCipher& cipher, const std::string& folder,
               const ImportOptions& options, const community::AreaRules& rules)
    : folder_(folder),
      options_(options),
      rules_(rules),
      people_(db, cipher),
      areas_(db),
      organisations_(db, areas_),
      pairings_(db, cipher),
      appointments_(db, areas_),
      members_(db, cipher),
      shifts_(db, cipher),
      claims_(db, cipher),
      patrol_(db),
      questions_(db, cipher),
      dues_(db),
      openid_(db, "select person from contact where account = :account and openid = :openid"),
      homes_(db, "select home from person where id = :id"),
      badge_(db,
             "select person from appointment where badge = :badge and person <> :person "
             "and (until_at is null or until_at > :now) limit 1"),
      merged_into_(db,
                   "select kept from household_merge where gone = :id and undone_at is null order by id desc "
                   "limit 1"),
      overlap_(db,
               "select id from appointment where person = :person and role = :role and area = :area "
               "and from_at < :until and coalesce(until_at, 9000000000000) > :from order by id") {}

void Import::added(std::string what) {
  constexpr std::size_t most_new = 1000;
  if (summary_.changes.size() < most_new) summary_.changes.push_back("new " + std::move(what));
}

void Import::compared(std::string_view what, const std::vector<std::string_view>& columns) {
  if (columns.empty()) {
    ++summary_.unchanged;
    return;
  }
  bool ends = columns.front() == "until";
  ++(ends ? summary_.ended : summary_.changed);
  summary_.changes.push_back(
      fmt::format("{} {}: {}", ends ? "ended" : "changed", what, fmt::join(columns, ", ")));
}

bool Import::run() {
  for (auto file : {&Import::areas, &Import::people, &Import::members, &Import::organisations,
                    &Import::pairings, &Import::appointments, &Import::posts, &Import::shifts, &Import::rotas,
                    &Import::claims, &Import::patrol_points, &Import::questions}) {
    std::size_t before = faults_.size();
    (this->*file)();
    std::stable_sort(faults_.begin() + static_cast<std::ptrdiff_t>(before), faults_.end(),
                     [](const Fault& a, const Fault& b) { return a.line < b.line; });
  }
  if (!found_a_file_) {
    faults_.push_back(
        {0, fmt::format(
                "{}: holds none of areas.csv, people.csv, members.csv, organisations.csv, "
                "pairings.csv, appointments.csv, posts.csv, shifts.csv, rotas.csv, claims.csv, claims.jsonl, "
                "patrol_points.csv, questions.csv; name the folder that does",
                folder_)});
  }
  return faults_.empty();
}

std::vector<std::string> Import::faults() const {
  std::vector<std::string> lines;
  for (const Fault& fault : faults_) lines.push_back(fault.text);
  return lines;
}

std::vector<CsvRow> Import::rows(const char* name, std::initializer_list<std::string_view> required_columns,
                                 std::initializer_list<std::string_view> optional) {
  auto path = std::filesystem::path(folder_) / name;
  if (!std::filesystem::exists(path)) return {};
  found_a_file_ = true;
  auto file = read_csv(path.string());
  if (!file) {
    faults_.push_back({0, file.error().text});
    return {};
  }
  if (auto columns = file->expect(required_columns, optional); !columns) {
    faults_.push_back({0, columns.error().text});
    return {};
  }
  if (file->encoding() != "UTF-8")
    summary_.encodings.push_back(fmt::format("{}: read as {}", name, file->encoding()));
  return file->rows();
}

void Import::fault(const CsvRow& row, std::string_view column, std::string_view reason) {
  faults_.push_back({row.line(), row.wrong(column, reason).text});
}

std::string Import::required(const CsvRow& row, std::string_view column) {
  std::string cell(row[column]);
  if (cell.empty()) fault(row, column, "must not be empty");
  return cell;
}

std::optional<double> Import::real(const CsvRow& row, std::string_view column, double least, double most) {
  std::string_view cell = row[column];
  if (cell.empty()) return std::nullopt;
  double value = 0;
  auto [end, ec] = std::from_chars(cell.data(), cell.data() + cell.size(), value, std::chars_format::fixed);
  if (ec == std::errc{} && end == cell.data() + cell.size() && value >= least && value <= most) return value;
  fault(row, column, fmt::format("is no number from {:g} to {:g}, such as 37.8692", least, most));
  return std::nullopt;
}

std::optional<int> Import::integer(const CsvRow& row, std::string_view column, int least, int most) {
  std::string_view cell = row[column];
  if (cell.empty()) return std::nullopt;
  int value = 0;
  auto [end, ec] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (ec == std::errc{} && end == cell.data() + cell.size() && value >= least && value <= most) return value;
  fault(row, column, fmt::format("is no whole number from {} to {}", least, most));
  return std::nullopt;
}

bool Import::yes(const CsvRow& row, std::string_view column) {
  std::string_view cell = row[column];
  if (!cell.empty() && cell != "0" && cell != "1") fault(row, column, "must be 1 (yes), 0 or empty (no)");
  return cell == "1";
}

std::optional<Day> Import::day(const CsvRow& row, std::string_view column) {
  std::string_view cell = row[column];
  if (cell.empty()) return std::nullopt;
  auto day = parse_day(cell);
  if (day) return *day;
  fault(row, column, "is no day of the calendar in the form 2026-03-02");
  return std::nullopt;
}

std::optional<int> Import::clock(const CsvRow& row, std::string_view column) {
  std::string cell = required(row, column);
  if (cell.empty()) return std::nullopt;
  auto minute = parse_clock(cell);
  if (minute) return *minute;
  fault(row, column, "is no time in the form 08:00; midnight at the end is 24:00");
  return std::nullopt;
}

std::optional<store::Area> Import::area(const CsvRow& row, std::string_view column) {
  std::string_view code = row[column];
  if (code.empty()) return std::nullopt;
  auto at = area_codes_.find(code);
  if (at == area_codes_.end()) {
    auto known = areas_.find_by_code(code);
    if (!known) {
      fault(row, column, "no area has this code, neither in areas.csv nor in the database");
      return std::nullopt;
    }
    at = area_codes_.emplace(code, std::move(*known)).first;
  }
  return at->second;
}

std::optional<store::Area> Import::household(const CsvRow& row, std::string_view column) {
  auto found = area(row, column);
  // Its record went into another one in the field: its people are looked for there.
  while (found && found->kind == store::AreaKind::household && !found->parent) {
    auto into = merged_into_.one<AreaId>(found->id);
    auto kept = into ? areas_.find(std::get<0>(*into)) : std::nullopt;
    if (!kept) break;
    found = std::move(kept);
  }
  if (!found || found->kind == store::AreaKind::household) return found;
  fault(row, column, fmt::format("is the code of a {}, not of a household", community::name(found->kind)));
  return std::nullopt;
}

PersonId Import::person(const CsvRow& row, std::string_view column) {
  std::string_view code = row[column];
  if (code.empty()) return {};
  auto at = person_codes_.find(code);
  if (at != person_codes_.end()) return at->second.value_or(PersonId{});
  auto known = people_.find_by_code(code);
  if (!known) fault(row, column, "nobody has this code, neither in people.csv nor in the database");
  return known.value_or(PersonId{});
}

PostId Import::post(const CsvRow& row, std::string_view column) {
  std::string_view code = row[column];
  auto at = post_codes_.find(code);
  if (at != post_codes_.end()) return at->second.value_or(PostId{});
  auto known = shifts_.find_post_by_code(code);
  if (!known) fault(row, column, "no post has this code, neither in posts.csv nor in the database");
  return known ? known->id : PostId{};
}

OrganisationId Import::organisation(const CsvRow& row, std::string_view column) {
  std::string_view code = row[column];
  if (code.empty()) return {};
  auto at = organisation_codes_.find(code);
  if (at != organisation_codes_.end()) return at->second.value_or(OrganisationId{});
  auto known = organisations_.find_by_code(code);
  if (!known)
    fault(row, column, "no organisation has this code, neither in organisations.csv nor in the database");
  return known ? known->id : OrganisationId{};
}

}  // namespace linli::app
