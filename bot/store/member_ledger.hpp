// Who belongs to a household, as told and as confirmed. States: `claimed` (said so, not confirmed: may report
// and ask for help, sees nothing of the household), `confirmed` (by the household's code, the grid leader, or
// the import), `rejected`, `left`; `helper` and `helper_asked` for somebody of elsewhere who helps the
// household for a while. A row without a person is somebody without a phone of their own ("居民甲、王秀兰" on
// one phone).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/field_cipher.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

struct Member {
  std::int64_t id{};  // what the chat calls it: "确认 12"
  AreaId household = {};
  PersonId person = {};
  std::string name = {};
  std::string relation = {};  // seen from the household: 本人, 母亲 ...; empty: not told
  std::optional<int> birth_year = {};
  std::string conditions = {};  // illnesses that helpers should know
  bool lives_alone{};
  std::string state = "confirmed";
  std::optional<Time> claimed_at = {};
  std::optional<Time> until = {};  // of a helper
};

class MemberLedger {
 public:
  MemberLedger(Database& db, FieldCipher& cipher);

  /// The new row's id.
  std::int64_t add(const Member& member);
  std::optional<Member> find(std::int64_t id);
  std::vector<Member> of_household(AreaId household);
  /// Of one person in these states ("claimed", "helper" ...), the newest first.
  std::vector<Member> of_person(PersonId person, std::string_view state);
  /// The household a person has said to live in and that nobody has denied; none if there is none.
  AreaId claimed_home(PersonId person);
  /// Claims and requests to help below an area that wait for a decision, oldest first. `path` is the area's.
  std::vector<Member> waiting_below(std::string_view path);
  void decide(std::int64_t id, std::string_view state, PersonId by, Time now, std::optional<Time> until = {});
  /// A claim, confirmed or not, and the people on the same phone with it.
  void decide_with_family(const Member& member, std::string_view state, PersonId by, Time now);
  /// A contact was bound to another person: what the old one had said about a household goes with it.
  void move(PersonId from, PersonId to);

 private:
  FieldCipher& cipher_;
  Statement add_, find_, household_, person_, claimed_home_, waiting_, decide_, family_, move_;
};

}  // namespace linli::store
