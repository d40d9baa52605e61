#include "bot/store/claim_ledger.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "bot/base/digest.hpp"
#include "bot/base/utf8.hpp"
#include "bot/store/sealed.hpp"

namespace linli::store {

namespace {

using MaybeTime = std::optional<Time>;

constexpr std::string_view text_purpose = "claim.text";
constexpr std::string_view variant_purpose = "claim_variant.text";
constexpr std::string_view hash_purpose = "claim_variant.hash";
constexpr std::size_t most_pieces = 8;
constexpr std::int64_t no_piece = -1;  // pieces are not negative

std::string select(const char* rest) {
  return std::string(
             "select c.id, c.code, c.text_sealed, c.verdict, c.clarification, c.source, c.area, c.task, "
             "c.valid_until, c.created_at, c.decided_at from claim c ") +
         rest;
}

template <class... In>
std::optional<Claim> read_one(Statement& statement, FieldCipher& cipher, const In&... in) {
  using Text = std::string;
  auto row =
      statement.one<ClaimId, Text, Text, Text, Text, Text, AreaId, TaskId, MaybeTime, Time, MaybeTime>(in...);
  if (!row) return std::nullopt;
  auto& [id, code, text, verdict, clarification, source, area, task, valid, created, decided] = *row;
  auto known = community::verdict(verdict);
  if (!known) throw StorageError(11, "a stored claim has a verdict that nobody knows");
  return Claim{id,      code,          open_field(cipher, text, text_purpose),
               *known,  clarification, source,
               area,    task,          valid,
               created, decided};
}

/// A number that only the holder of the key can compute.
std::uint64_t secret_seed(FieldCipher& cipher) {
  std::string hash = cipher.lookup_hash("pieces", "claim_piece.seed");
  std::uint64_t seed = 0;
  for (char c : hash) seed = seed * 131 + static_cast<unsigned char>(c);
  return seed;
}

}  // namespace

ClaimLedger::ClaimLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      seed_(secret_seed(cipher)),
      add_(db,
           "insert into claim (code, text_sealed, verdict, clarification, source, area, task, valid_until, "
           "created_at, decided_at) values (coalesce(:code, 'r' || (select coalesce(max(id), 0) + 1 from "
           "claim)), "
           ":text, :verdict, :clarification, :source, :area, :task, :valid, :created, :decided) returning "
           "id, code"),
      variant_(db,
               "insert into claim_variant (claim, hash, text_sealed) values (:claim, :hash, :text) "
               "on conflict (hash) do nothing returning id"),
      piece_(db, "insert into claim_piece (piece, length, variant) values (:piece, :length, :variant)"),
      save_(db,
            "update claim set verdict = :verdict, clarification = :clarification, source = :source, area = "
            ":area, "
            "task = :task, valid_until = :valid, decided_at = :decided where id = :id"),
      find_(db, select("where c.id = :id")),
      code_(db, select("where c.code = :code")),
      task_(db, select("where c.task = :task")),
      hash_(db, select("join claim_variant v on v.claim = c.id where v.hash = :hash")),
      near_(db,
            "select v.claim, v.hash, v.text_sealed, count(*) from claim_piece p join claim_variant v "
            "on v.id = p.variant where p.piece in (:a, :b, :c, :d, :e, :f, :g, :h) "
            "and p.length between :least and :most group by v.id, v.claim, v.hash, v.text_sealed "
            "order by count(*) desc, v.id limit 20"),
      report_(db,
              "insert into claim_report (claim, person, at) values (:claim, :person, :at) "
              "on conflict (claim, person) do nothing"),
      count_(db, "select count(*) from claim_report where claim = :claim"),
      askers_(db, "select person, told_verdict from claim_report where claim = :claim order by id"),
      told_(db,
            "update claim_report set told_at = :at, told_verdict = :verdict where claim = :claim and person "
            "= :person"),
      wordings_(db, "select text_sealed from claim_variant where claim = :claim order by id"),
      all_(db, "select id from claim order by id") {}

void ClaimLedger::note_change(ClaimId claim) {
  if (std::ranges::find(changed_, claim) == changed_.end()) changed_.push_back(claim);
}

std::vector<ClaimId> ClaimLedger::all() {
  std::vector<ClaimId> ids;
  all_.each<ClaimId>([&](ClaimId id) { ids.push_back(id); });
  return ids;
}

std::vector<std::string> ClaimLedger::wordings(ClaimId id) {
  auto claim = find(id);
  if (!claim) return {};
  std::vector<std::string> all{claim->text};
  const std::string own = to_utf8(community::read_story(claim->text).skeleton);
  wordings_.each<std::string>(
      [&](const std::string& sealed) {
        std::string text = open_field(cipher_, sealed, variant_purpose);
        if (text != own) all.push_back(std::move(text));
      },
      id);
  return all;
}

std::string ClaimLedger::hash(std::string_view kind, std::string_view text, AreaId scope) {
  return cipher_.lookup_hash(fmt::format("{}:{}:{}", kind, scope.value, text), hash_purpose);
}

void ClaimLedger::add(Claim& claim, AreaId scope) {
  auto code = claim.code.empty() ? std::nullopt : std::optional(claim.code);
  auto row = add_.one<ClaimId, std::string>(code, seal_field(cipher_, claim.text, text_purpose),
                                            name(claim.verdict), claim.clarification, claim.source,
                                            none_if_zero(claim.area), none_if_zero(claim.task),
                                            claim.valid_until, claim.created_at, claim.decided_at);
  std::tie(claim.id, claim.code) = *row;
  note_change(claim.id);
  add_wording(claim.id, community::read_story(claim.text), scope);
}

bool ClaimLedger::add_wording(ClaimId claim, const Story& story, AreaId scope) {
  if (story.empty()) return false;
  std::string text = to_utf8(story.skeleton);
  auto row = variant_.one<std::int64_t>(claim, hash("text", text, scope),
                                        seal_field(cipher_, text, variant_purpose));
  if (!row) return false;
  note_change(claim);
  if (story.is_short()) return true;  // those must be equal to be the same: the hash finds them
  for (auto piece : community::pieces(story, seed_)) {
    piece_.run(piece, static_cast<std::int64_t>(story.skeleton.size()), std::get<0>(*row));
  }
  return true;
}

bool ClaimLedger::add_url(ClaimId claim, std::string_view url_identity) {
  if (url_identity.empty()) return false;
  auto row = variant_.one<std::int64_t>(claim, hash("url", url_identity, {}),
                                        seal_field(cipher_, url_identity, variant_purpose));
  if (row) note_change(claim);
  return row.has_value();
}

void ClaimLedger::save(const Claim& claim) {
  save_.run(name(claim.verdict), claim.clarification, claim.source, none_if_zero(claim.area),
            none_if_zero(claim.task), claim.valid_until, claim.decided_at, claim.id);
  note_change(claim.id);
}

std::optional<Claim> ClaimLedger::find(ClaimId id) {
  return read_one(find_, cipher_, id);
}
std::optional<Claim> ClaimLedger::find_by_code(std::string_view code) {
  return read_one(code_, cipher_, code);
}
std::optional<Claim> ClaimLedger::find_by_task(TaskId task) {
  return read_one(task_, cipher_, task);
}

std::optional<Claim> ClaimLedger::same(const Story& story, AreaId scope) {
  if (story.empty()) return std::nullopt;
  return read_one(hash_, cipher_, hash("text", to_utf8(story.skeleton), scope));
}

std::optional<Claim> ClaimLedger::match(const Story& story, AreaId scope) {
  if (auto claim = same(story, scope)) return claim;
  return story.is_short() ? std::nullopt : near(story, scope);
}

std::optional<Claim> ClaimLedger::near(const Story& story, AreaId scope) {
  auto found = community::pieces(story, seed_);
  std::array<std::int64_t, most_pieces> piece;
  piece.fill(no_piece);
  std::copy(found.begin(), found.end(), piece.begin());
  auto lengths = community::near_lengths(story);
  auto rows = near_.all<ClaimId, std::string, std::string, std::int64_t>(
      piece[0], piece[1], piece[2], piece[3], piece[4], piece[5], piece[6], piece[7], lengths.least,
      lengths.most);
  for (const auto& [claim, stored_hash, sealed, shared] : rows) {
    std::string text = open_field(cipher_, sealed, variant_purpose);
    bool same_place = hash("text", text, scope) == stored_hash;
    if (same_place && same_story(story, community::story_of_skeleton(to_u32(text)))) return find(claim);
  }
  return std::nullopt;
}

std::optional<Claim> ClaimLedger::match_url(std::string_view url_identity) {
  if (url_identity.empty()) return std::nullopt;
  return read_one(hash_, cipher_, hash("url", url_identity, {}));
}

bool ClaimLedger::report(ClaimId claim, PersonId person, Time now) {
  return report_.run(claim, person, now) == 1;
}
std::int64_t ClaimLedger::count(ClaimId claim) {
  return std::get<0>(*count_.one<std::int64_t>(claim));
}

std::vector<Asker> ClaimLedger::askers(ClaimId claim) {
  std::vector<Asker> rows;
  askers_.each<PersonId, std::string>(
      [&](PersonId person, const std::string& told) {
        rows.push_back({person, community::verdict(told).value_or(Verdict::none)});
      },
      claim);
  return rows;
}

void ClaimLedger::set_told(ClaimId claim, PersonId person, Verdict verdict, Time now) {
  told_.run(now, name(verdict), claim, person);
}

}  // namespace linli::store
