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
constexpr std::string_view words_purpose = "claim_variant.words";
constexpr std::string_view telling_purpose = "claim_telling.text";
constexpr std::string_view hash_purpose = "claim_variant.hash";
constexpr std::size_t most_pieces = 8;
constexpr std::int64_t no_piece = -1;  // pieces are not negative

std::string select(const char* rest) {
  return std::string(
             "select c.id, c.code, c.text_sealed, c.verdict, c.clarification, c.source, c.area, c.task, "
             "c.valid_until, c.created_at, c.decided_at, c.scope, c.withdrawn_at, c.merged_into from claim "
             "c ") +
         rest;
}

template <class... In>
std::optional<Claim> read_one(Statement& statement, FieldCipher& cipher, const In&... in) {
  using Text = std::string;
  auto row = statement.one<ClaimId, Text, Text, Text, Text, Text, AreaId, TaskId, MaybeTime, Time, MaybeTime,
                           AreaId, MaybeTime, ClaimId>(in...);
  if (!row) return std::nullopt;
  auto& [id, code, text, verdict, clarification, source, area, task, valid, created, decided, scope,
         withdrawn, merged] = *row;
  auto known = community::verdict(verdict);
  if (!known) throw StorageError(11, "a stored claim has a verdict that nobody knows");
  return Claim{.id = id,
               .code = code,
               .text = open_field(cipher, text, text_purpose),
               .verdict = *known,
               .clarification = clarification,
               .source = source,
               .area = area,
               .task = task,
               .scope = scope,
               .valid_until = valid,
               .created_at = created,
               .decided_at = decided,
               .withdrawn_at = withdrawn,
               .merged_into = merged};
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
           "created_at, decided_at, scope) values (coalesce(:code, 'r' || (select coalesce(max(id), 0) + 1 "
           "from "
           "claim)), "
           ":text, :verdict, :clarification, :source, :area, :task, :valid, :created, :decided, :scope) "
           "returning "
           "id, code"),
      variant_(
          db,
          "insert into claim_variant (claim, hash, text_sealed, words_sealed) values (:claim, :hash, :text, "
          ":words) "
          "on conflict (hash) do nothing returning id"),
      piece_(db, "insert into claim_piece (piece, length, variant) values (:piece, :length, :variant)"),
      save_(db,
            "update claim set text_sealed = :text, withdrawn_at = :withdrawn, verdict = :verdict, "
            "clarification = :clarification, source = :source, area = "
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
      wordings_(db,
                "select hash, text_sealed, words_sealed from claim_variant where claim = :claim order by id"),
      all_(db, "select id from claim order by id"),
      open_(db,
            "select id from claim where verdict = '' and merged_into is null and withdrawn_at is null "
            "order by id desc limit :most"),
      known_(db,
             "select id from claim where verdict <> '' and merged_into is null and withdrawn_at is null "
             "order by decided_at desc, id desc limit :most"),
      move_wordings_(db, "update claim_variant set claim = :kept where claim = :gone"),
      move_reports_(db,
                    "insert into claim_report (claim, person, at, told_at, told_verdict) "
                    "select :kept, person, at, told_at, told_verdict from claim_report where claim = :gone "
                    "on conflict (claim, person) do nothing"),
      drop_reports_(db, "delete from claim_report where claim = :gone"),
      move_retellings_(db,
                       "insert into claim_telling (claim, hash, text_sealed, times, at) "
                       "select :kept, hash, text_sealed, times, at from claim_telling where claim = :gone "
                       "on conflict (claim, hash) do nothing"),
      drop_retellings_(db, "delete from claim_telling where claim = :gone"),
      signpost_(db, "update claim set merged_into = :kept where id = :gone or merged_into = :also"),
      count_since_(db, "select count(*) from claim_report where claim = :claim and at >= :since"),
      retold_(db,
              "insert into claim_telling (claim, hash, text_sealed, at) values (:claim, :hash, :text, :at) "
              "on conflict (claim, hash) do update set times = times + 1"),
      retellings_(db,
                  "select id, text_sealed, times from claim_telling where claim = :claim "
                  "order by times desc, id limit :most"),
      drop_retelling_(db, "delete from claim_telling where id = :id") {}

void ClaimLedger::note_change(ClaimId claim) {
  if (std::ranges::find(changed_, claim) == changed_.end()) changed_.push_back(claim);
}

std::vector<ClaimId> ClaimLedger::all() {
  std::vector<ClaimId> ids;
  all_.each<ClaimId>([&](ClaimId id) { ids.push_back(id); });
  return ids;
}

std::vector<ClaimId> ClaimLedger::newest_open(int most) {
  std::vector<ClaimId> ids;
  open_.each<ClaimId>([&](ClaimId id) { ids.push_back(id); }, most);
  return ids;
}

std::vector<ClaimId> ClaimLedger::newest_known(int most) {
  std::vector<ClaimId> ids;
  known_.each<ClaimId>([&](ClaimId id) { ids.push_back(id); }, most);
  return ids;
}

/// What is left to compare, the words as written (of older rows the same), and whether it is a page.
template <class Visit>
void ClaimLedger::each_variant(ClaimId claim, Visit visit) {
  struct Row {
    std::string hash, text, words;
  };
  std::vector<Row> rows;
  wordings_.each<std::string, std::string, std::string>(
      [&](std::string key, const std::string& text, const std::string& words) {
        Row row{std::move(key), open_field(cipher_, text, variant_purpose), {}};
        row.words = words.empty() ? row.text : open_field(cipher_, words, words_purpose);
        rows.push_back(std::move(row));
      },
      claim);
  for (const Row& row : rows) visit(row.text, row.words, row.hash == hash("url", row.text, {}));
}

std::vector<std::string> ClaimLedger::wordings(ClaimId id) {
  auto claim = find(id);
  if (!claim || claim->merged_into) return {};
  std::vector<std::string> all{claim->text};
  const std::string own = to_utf8(community::read_story(claim->text).skeleton);
  each_variant(id, [&](const std::string& text, const std::string& words, bool) {
    if (text != own) all.push_back(words);
  });
  return all;
}

std::vector<std::string> ClaimLedger::urls(ClaimId id) {
  std::vector<std::string> all;
  each_variant(id, [&](const std::string& text, const std::string&, bool page) {
    if (page) all.push_back(text);
  });
  return all;
}

void ClaimLedger::merge(ClaimId kept, ClaimId gone) {
  move_wordings_.run(kept, gone);
  move_reports_.run(kept, gone);
  drop_reports_.run(gone);
  move_retellings_.run(kept, gone);
  drop_retellings_.run(gone);
  signpost_.run(kept, gone, gone);
  note_change(gone);
  note_change(kept);
}

void ClaimLedger::retold(ClaimId claim, std::string_view text, Time now) {
  const std::string skeleton = to_utf8(community::read_story(text).skeleton);
  if (skeleton.empty()) return;
  std::string key = cipher_.lookup_hash(skeleton, "claim_telling.hash");
  retold_.run(claim, key, seal_field(cipher_, text, telling_purpose), now);
}

std::vector<Retold> ClaimLedger::retellings(ClaimId claim, int most) {
  std::vector<Retold> found;
  retellings_.each<std::int64_t, std::string, std::int64_t>(
      [&](std::int64_t id, const std::string& sealed, std::int64_t times) {
        found.push_back({id, open_field(cipher_, sealed, telling_purpose), times});
      },
      claim, most);
  return found;
}

void ClaimLedger::drop_retelling(std::int64_t id) {
  drop_retelling_.run(id);
}

std::string ClaimLedger::hash(std::string_view kind, std::string_view text, AreaId scope) {
  return cipher_.lookup_hash(fmt::format("{}:{}:{}", kind, scope.value, text), hash_purpose);
}

void ClaimLedger::add(Claim& claim, AreaId scope) {
  claim.scope = scope;
  auto code = claim.code.empty() ? std::nullopt : std::optional(claim.code);
  auto row = add_.one<ClaimId, std::string>(
      code, seal_field(cipher_, claim.text, text_purpose), name(claim.verdict), claim.clarification,
      claim.source, none_if_zero(claim.area), none_if_zero(claim.task), claim.valid_until, claim.created_at,
      claim.decided_at, none_if_zero(claim.scope));
  std::tie(claim.id, claim.code) = *row;
  note_change(claim.id);
  add_wording(claim.id, claim.text, scope);
}

bool ClaimLedger::add_wording(ClaimId claim, std::string_view words, AreaId scope) {
  Story story = community::read_story(words);
  if (story.empty()) return false;
  std::string text = to_utf8(story.skeleton);
  auto row =
      variant_.one<std::int64_t>(claim, hash("text", text, scope), seal_field(cipher_, text, variant_purpose),
                                 seal_field(cipher_, words, words_purpose));
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
                                        seal_field(cipher_, url_identity, variant_purpose), std::string());
  if (row) note_change(claim);
  return row.has_value();
}

void ClaimLedger::save(const Claim& claim) {
  save_.run(seal_field(cipher_, claim.text, text_purpose), claim.withdrawn_at, name(claim.verdict),
            claim.clarification, claim.source, none_if_zero(claim.area), none_if_zero(claim.task),
            claim.valid_until, claim.decided_at, claim.id);
  note_change(claim.id);
}

std::optional<Claim> ClaimLedger::find(ClaimId id) {
  return read_one(find_, cipher_, id);
}
std::optional<Claim> ClaimLedger::find_standing(ClaimId id) {
  auto claim = find(id);
  return claim && claim->merged_into ? find(claim->merged_into) : claim;
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
std::int64_t ClaimLedger::count_since(ClaimId claim, Time since) {
  return std::get<0>(*count_since_.one<std::int64_t>(claim, since));
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
