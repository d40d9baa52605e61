// Known stories, those being verified, and who asked about each. Import adds known ones; the rumour topic
// looks stories up, adds new ones and keeps who has been told what. Stories are sealed; they are found by
// keyed hashes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/base/field_cipher.hpp"
#include "bot/community/claim_match.hpp"
#include "bot/community/verdict.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

using community::Story;
using community::Verdict;

struct Claim {
  ClaimId id = {};
  std::string code = {};  // unique; empty for one that people report: it gets its own
  std::string text = {};  // as first told
  Verdict verdict{};
  std::string clarification = {};
  std::string source = {};
  AreaId area = {};  // where it is about, if it is local
  TaskId task = {};  // who is verifying it
  std::optional<Time> valid_until = {};
  Time created_at{};
  std::optional<Time> decided_at = {};

  /// There is a verdict and it still holds.
  bool answered(Time now) const { return verdict != Verdict::none && (!valid_until || now < *valid_until); }
};

struct Asker {
  PersonId person;
  Verdict told{};  // what the person heard last
};

class ClaimLedger {
 public:
  ClaimLedger(Database& db, FieldCipher& cipher);

  /// Adds the claim and its own text as its first wording; fills id and code. `scope`: the place that the
  /// words leave open ("3号楼有人发烧" is another story in every compound); none if they name it or none is
  /// meant. Throws UniqueViolation if the code is taken.
  void add(Claim& claim, AreaId scope = {});
  /// Another wording, or the address of a page. False if it belongs to a claim already.
  bool add_wording(ClaimId claim, const Story& story, AreaId scope = {});
  bool add_url(ClaimId claim, std::string_view url_identity);
  /// Verdict, clarification, source, area, task, validity and the time of the decision.
  void save(const Claim& claim);

  std::optional<Claim> find(ClaimId id);
  std::optional<Claim> find_by_code(std::string_view code);
  std::optional<Claim> find_by_task(TaskId task);
  /// The claim with exactly this wording.
  std::optional<Claim> same(const Story& story, AreaId scope = {});
  /// The claim with this wording or one that is surely the same (community/claim_match.hpp).
  std::optional<Claim> match(const Story& story, AreaId scope = {});
  std::optional<Claim> match_url(std::string_view url_identity);

  /// What the story is told by: its own words and every other wording. Empty if it is no longer known.
  std::vector<std::string> wordings(ClaimId id);
  /// Every claim, for whoever has to know them all (at start).
  std::vector<ClaimId> all();
  /// Those added or changed since this was last asked, whether or not it was committed.
  std::vector<ClaimId> take_changed() { return std::exchange(changed_, {}); }

  /// False if the person had asked before.
  bool report(ClaimId claim, PersonId person, Time now);
  std::int64_t count(ClaimId claim);
  std::vector<Asker> askers(ClaimId claim);
  void set_told(ClaimId claim, PersonId person, Verdict verdict, Time now);

 private:
  std::string hash(std::string_view kind, std::string_view text, AreaId scope);
  std::optional<Claim> near(const Story& story, AreaId scope);
  bool add_variant(ClaimId claim, const std::string& hash, std::string_view text);

  void note_change(ClaimId claim);

  FieldCipher& cipher_;
  std::uint64_t seed_;
  std::vector<ClaimId> changed_;
  Statement add_, variant_, piece_, save_, find_, code_, task_, hash_, near_, report_, count_, askers_, told_, wordings_,
      all_;
};

}  // namespace linli::store
