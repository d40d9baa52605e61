#include "bot/app/export_claims.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "bot/app/export.hpp"
#include "bot/base/file.hpp"
#include "bot/base/json.hpp"
#include "bot/store/area_ledger.hpp"
#include "bot/store/claim_ledger.hpp"

namespace linli::app {

namespace {

using store::Claim;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view header =
    "id,canonical_text,verdict,clarification,source,date,valid_until,area,variants\r\n";

struct Row {
  std::string id, text, verdict, clarification, source, date, valid_until, area;
  std::vector<std::string> variants;
};

Row row_of(const Claim& claim, store::ClaimLedger& claims, store::AreaLedger& areas, const Zone& zone) {
  Row row{claim.code,
          claim.text,
          std::string(community::name(claim.verdict)),
          claim.clarification,
          claim.source,
          {},
          {},
          {},
          {}};
  if (claim.decided_at) row.date = zone.iso_day(zone.day(*claim.decided_at));
  // The last day on which it holds; what ends within a day holds to that day's end in a file.
  if (claim.valid_until) row.valid_until = zone.iso_day(zone.day(*claim.valid_until - Seconds{1}));
  if (auto area = claim.area ? areas.find(claim.area) : std::nullopt) row.area = area->code;
  auto urls = claims.urls(claim.id);
  auto wordings = claims.wordings(claim.id);
  for (std::size_t i = 1; i < wordings.size(); ++i) {
    bool page = std::ranges::find(urls, wordings[i]) != urls.end();
    row.variants.push_back(page ? "https://" + wordings[i] : wordings[i]);
  }
  return row;
}

std::string csv_line(const Row& row) {
  std::string variants;
  for (std::string one : row.variants) {
    std::ranges::replace(one, '|', '/');
    variants += (variants.empty() ? "" : "|") + one;
  }
  std::string line;
  for (const auto* cell : {&row.id, &row.text, &row.verdict, &row.clarification, &row.source, &row.date,
                           &row.valid_until, &row.area})
    line += csv_cell(*cell) + ",";
  return line + csv_cell(variants) + "\r\n";
}

std::string json_line(const Row& row) {
  JsonWriter json;
  json.object();
  json.key("id").value(row.id).key("canonical_text").value(row.text).key("verdict").value(row.verdict);
  json.key("clarification").value(row.clarification).key("source").value(row.source);
  json.key("date").value(row.date).key("valid_until").value(row.valid_until).key("area").value(row.area);
  json.key("variants").array();
  for (const auto& one : row.variants) json.value(one);
  return json.end().end().text() + "\n";
}

}  // namespace

Result<std::size_t> export_claims(store::Database& db, FieldCipher& cipher, const Zone& zone,
                                  const std::filesystem::path& folder) {
  store::ClaimLedger claims(db, cipher);
  store::AreaLedger areas(db);
  std::string csv = std::string(byte_order_mark) + std::string(header), lines;
  std::size_t count = 0;
  for (ClaimId id : claims.all()) {
    auto claim = claims.find(id);
    bool told =
        claim && claim->verdict != store::Verdict::none && !claim->withdrawn_at && !claim->merged_into;
    if (!told) continue;
    Row row = row_of(*claim, claims, areas, zone);
    csv += csv_line(row);
    lines += json_line(row);
    ++count;
  }
  auto saved = write_file(folder / "claims.csv", csv);
  if (saved) saved = write_file(folder / "claims.jsonl", lines);
  if (!saved) return saved.error();
  return count;
}

}  // namespace linli::app
