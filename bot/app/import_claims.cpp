// claims.csv or claims.jsonl: which stories are known and what is true of them. `linli export` writes both;
// where both lie, the JSON lines are read, which keep every wording as it is.
//
// A row of a story that is known changes what it says otherwise. A verdict is changed only by a row whose
// date is not before the decision that stands, so that an old file does not undo what was decided in the chat
// since; whoever has asked hears of the change from the running house, or from the next one that starts.
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

#include "bot/app/import_rows.hpp"
#include "bot/base/file.hpp"
#include "bot/base/json.hpp"
#include "bot/community/mask.hpp"
#include "bot/community/verdict.hpp"

namespace linli::app {

namespace {

constexpr std::size_t most_file = std::size_t{64} << 20;
constexpr std::string_view fields[] = {"id",   "canonical_text", "verdict", "clarification", "source",
                                       "date", "valid_until",    "area",    "variants"};

}  // namespace

/// One story as a file says it. `text_field` is what the file calls the story's words.
struct Import::ClaimRow {
  std::size_t line{};
  std::optional<CsvRow> csv;
  std::string id, text, verdict, clarification, source, date, valid_until, area;
  std::vector<std::string> variants;
  std::string_view text_field = "canonical_text";
};

void Import::claim_fault(const ClaimRow& row, std::string_view field, std::string_view reason) {
  if (row.csv) return fault(*row.csv, field, reason);
  faults_.push_back(
      {row.line,
       fmt::format("{}:{}: {}: {}", (std::filesystem::path(folder_) / "claims.jsonl").filename().string(),
                   row.line, field, reason)});
}

std::vector<Import::ClaimRow> Import::claim_rows() {
  std::vector<ClaimRow> found;
  for (const CsvRow& row :
       rows("claims.csv", {"id", "verdict", "clarification"},
            {"text", "canonical_text", "variants", "source", "date", "valid_until", "area"})) {
    ClaimRow one;
    one.line = row.line();
    one.csv = row;
    if (!row.has("canonical_text")) one.text_field = "text";
    one.id = row["id"];
    one.text = row[one.text_field];
    one.verdict = row["verdict"];
    one.clarification = row["clarification"];
    one.source = row["source"];
    one.date = row["date"];
    one.valid_until = row["valid_until"];
    one.area = row["area"];
    one.variants = parts(row["variants"]);
    found.push_back(std::move(one));
  }
  return found;
}

Import::ClaimRow Import::claim_of_json(std::size_t line, std::string_view text) {
  ClaimRow row;
  row.line = line;
  auto json = parse_json(text);
  if (!json || json->kind() != JsonValue::Kind::object) {
    faults_.push_back({line, fmt::format("claims.jsonl:{}: {}", line,
                                         json ? "expected an object, {\"id\": ...}" : json.error().text)});
    return row;
  }
  std::pair<std::string_view, std::string*> texts[] = {{"id", &row.id},
                                                       {"canonical_text", &row.text},
                                                       {"verdict", &row.verdict},
                                                       {"clarification", &row.clarification},
                                                       {"source", &row.source},
                                                       {"date", &row.date},
                                                       {"valid_until", &row.valid_until},
                                                       {"area", &row.area}};
  for (const auto& member : json->members()) {
    auto known = std::ranges::find(texts, member.key, [](const auto& one) { return one.first; });
    if (known != std::end(texts)) {
      auto value = member.value.text();
      if (value) *known->second = std::string(*value);
      if (!value && !member.value.is_null()) claim_fault(row, member.key, "must be a text");
    } else if (member.key == "variants") {
      bool good = member.value.is_null() || member.value.kind() == JsonValue::Kind::array;
      for (const auto& one : member.value.items()) {
        auto value = one.text();
        good = good && value;
        if (value && !value->empty()) row.variants.emplace_back(*value);
      }
      if (!good) claim_fault(row, "variants", "must be a list of texts");
    } else {
      claim_fault(row, community::brief(member.key, 30),
                  fmt::format("is not known; known are {}", fmt::join(fields, ", ")));
    }
  }
  return row;
}

std::vector<Import::ClaimRow> Import::claim_lines() {
  std::vector<ClaimRow> found;
  auto path = std::filesystem::path(folder_) / "claims.jsonl";
  found_a_file_ = true;
  auto text = read_file(path.string(), most_file);
  if (!text) {
    faults_.push_back({0, text.error().text});
    return found;
  }
  std::size_t number = 0;
  for (std::size_t from = 0; from < text->size();) {
    const std::size_t end = std::min(text->find('\n', from), text->size());
    std::string_view line(text->data() + from, end - from);
    from = end + 1;
    ++number;
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    std::size_t before = faults_.size();
    ClaimRow row = claim_of_json(number, line);
    if (faults_.size() == before) found.push_back(std::move(row));
  }
  return found;
}

void Import::claims() {
  auto folder = std::filesystem::path(folder_);
  bool lines = std::filesystem::exists(folder / "claims.jsonl");
  if (lines && std::filesystem::exists(folder / "claims.csv"))
    summary_.encodings.emplace_back("claims.csv: not read, claims.jsonl lies beside it");
  std::set<std::string> codes;
  for (const ClaimRow& row : lines ? claim_lines() : claim_rows()) {
    auto before = row.id.empty() ? std::nullopt : claims_.find_by_code(row.id);
    store::Claim claim;
    bool good = sound([&] {
      if (row.id.empty()) claim_fault(row, "id", "must not be empty");
      if (!row.id.empty() && !codes.insert(row.id).second)
        claim_fault(row, "id",
                    row.csv ? "this code stands in the file twice" : "this id stands in the file twice");
      claim = read_claim(row, before);
    });
    if (!good) continue;
    if (before)
      change_claim(row, std::move(*before), claim);
    else
      add_claim(row, std::move(claim));
  }
}

store::Claim Import::read_claim(const ClaimRow& row, const std::optional<store::Claim>& before) {
  store::Claim claim;
  auto must = [&](const std::string& cell, std::string_view field) {
    if (cell.empty()) claim_fault(row, field, "must not be empty");
  };
  auto day_in = [&](const std::string& cell, std::string_view field) -> std::optional<Day> {
    if (cell.empty()) return std::nullopt;
    auto day = parse_day(cell);
    if (day) return *day;
    claim_fault(row, field, "is no day of the calendar in the form 2026-03-02");
    return std::nullopt;
  };
  must(row.text, row.text_field);
  must(row.clarification, "clarification");
  must(row.verdict, "verdict");
  auto verdict = community::verdict(row.verdict);
  if (!row.verdict.empty() && !verdict)
    claim_fault(row, "verdict", "must be false, true, misleading or unproven");
  claim.code = row.id;
  claim.text = row.text;
  claim.verdict = verdict.value_or(store::Verdict::none);
  claim.clarification = row.clarification;
  claim.source = row.source;
  if (auto last = day_in(row.valid_until, "valid_until"))
    claim.valid_until = options_.zone.at(options_.zone.next_day(*last), 0);
  if (auto day = day_in(row.date, "date")) {
    claim.decided_at = options_.zone.at(*day, 0);
    if (*claim.decided_at > options_.now) claim_fault(row, "date", "lies in the future");
  }
  if (!row.area.empty()) {
    auto at = area_codes_.find(row.area);
    auto area = at == area_codes_.end() ? areas_.find_by_code(row.area) : at->second;
    if (!area && at == area_codes_.end())
      claim_fault(row, "area", "no area has this code, neither in areas.csv nor in the database");
    if (area) claim.area = area->id;
  }
  auto owner = row.text.empty() ? std::nullopt : claims_.same(community::read_story(row.text));
  if (owner && (!before || owner->id != before->id) && !(before && before->merged_into))
    claim_fault(row, row.text_field, "is a wording of another claim already");
  return claim;
}

void Import::add_claim(const ClaimRow& row, store::Claim claim) {
  claim.created_at = options_.now;
  if (!claim.decided_at) claim.decided_at = options_.now;
  added("claim " + claim.code);
  claims_.add(claim);
  add_variants(row, claim);
  ++summary_.claims;
  tell_house(claim.id);
}

/// How many were new.
int Import::add_variants(const ClaimRow& row, const store::Claim& claim) {
  int fresh = 0;
  for (std::size_t i = 0; i < row.variants.size(); ++i) {
    const std::string& words = row.variants[i];
    auto url = community::find_url(words);
    bool page = url && words.starts_with("http") && url->size() == words.size();
    std::string identity = page ? community::url_identity(*url) : std::string();
    auto owner = page ? claims_.match_url(identity) : claims_.same(community::read_story(words), claim.scope);
    if (owner && owner->id == claim.id) continue;  // says the same as another once the trimmings are gone
    if (owner) {
      claim_fault(row, "variants", fmt::format("wording {} belongs to another claim already", i + 1));
    } else if (page ? claims_.add_url(claim.id, identity)
                    : claims_.add_wording(claim.id, words, claim.scope)) {
      ++fresh;
    } else {
      claim_fault(row, "variants", fmt::format("wording {} holds nothing to compare", i + 1));
    }
  }
  return fresh;
}

void Import::change_claim(const ClaimRow& row, store::Claim before, const store::Claim& now) {
  if (before.merged_into) {  // it turned out to be another one, which has a row of its own
    ++summary_.unchanged;
    return;
  }
  std::vector<std::string_view> columns;
  bool decided_since = before.decided_at && (!now.decided_at || *now.decided_at < *before.decided_at);
  bool other_verdict = before.verdict != now.verdict;
  if (other_verdict && decided_since)
    return claim_fault(
        row, "verdict",
        fmt::format("differs from what was decided on {}; to change it, give the row a date after that",
                    options_.zone.iso_day(options_.zone.day(*before.decided_at))));
  if (other_verdict) columns.push_back("verdict");
  bool again = before.withdrawn_at && now.decided_at && *now.decided_at > *before.withdrawn_at;
  if (again) before.withdrawn_at.reset();
  if (again && !other_verdict) columns.push_back("date");
  before.verdict = now.verdict;
  if (other_verdict || again)
    before.decided_at = now.decided_at ? now.decided_at : std::optional(options_.now);
  auto take = [&](auto& old, const auto& fresh, bool empty, std::string_view column) {
    if (empty || old == fresh) return;
    old = fresh;
    columns.push_back(column);
  };
  if (before.text != now.text) {
    claims_.add_wording(before.id, now.text, before.scope);
    before.text = now.text;
    columns.push_back(row.text_field);
  }
  take(before.clarification, now.clarification, false, "clarification");
  take(before.source, now.source, now.source.empty(), "source");
  take(before.valid_until, now.valid_until, !now.valid_until, "valid_until");
  take(before.area, now.area, !now.area, "area");
  if (!columns.empty()) claims_.save(before);
  if (add_variants(row, before) > 0) columns.push_back("variants");
  compared("claim " + before.code, columns);
  if (!columns.empty()) tell_house(before.id);
}

/// The house finds the story by what it says now, and tells whoever asked of another verdict.
void Import::tell_house(ClaimId claim) {
  if (!options_.beside_house) return;
  dues_.set({fmt::format("claim:{}", claim.value), options_.now, "rumour_report", claim.value, "imported"});
}

}  // namespace linli::app
