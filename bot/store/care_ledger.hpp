// The care list: which households are looked after, how each contact went, what is to be asked again. One
// running row a household, so that nobody is asked twice a day because they are both old and ill.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/field_cipher.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

struct Care {
  std::int64_t id{};  // what the chat calls it: "联系了 5"
  AreaId household = {};
  std::string state = "running";             // "asked": somebody asked for it, nobody has agreed yet; "ended"
  std::vector<std::string> categories = {};  // ids of config/care.toml
  int every_days = 2;
  std::string role = {};  // whose holder at the door contacts them
  PersonId carer = {};    // a named one, before the role
  std::string consent =
      {};  // "given" or "refused" by the person, "said": told to staff; empty: not asked yet
  PersonId created_by = {};
  Time created_at{};
  PersonId asked_by = {};         // a resident who asked for it
  std::string next_day = {};      // the next regular contact
  std::string reminded_day = {};  // the last day on which a carer was reminded
  int no_answers{};               // in a row
  Time observed_until{};
};

struct CareContact {
  std::string day;
  Time at{};
  PersonId person;
  std::string how;  // ok, need, no_answer, self, missed
  std::string words;
};

struct CareFollow {
  std::int64_t id{};
  std::string day;
  std::string words;
};

/// Somebody of the members' list who is not on the care list.
struct CareCandidate {
  AreaId household;
  bool lives_alone{};
  std::string conditions;
};

class CareLedger {
 public:
  CareLedger(Database& db, FieldCipher& cipher);

  /// Fills the id.
  void add(Care& care);
  void save(const Care& care);
  void end(std::int64_t id, Time now);
  std::optional<Care> find(std::int64_t id);
  /// Running or asked for.
  std::optional<Care> of_household(AreaId household);
  std::vector<Care> below(std::string_view path);
  /// Running ones that name this person as their carer.
  std::vector<Care> of_carer(PersonId person);
  std::vector<CareCandidate> candidates(std::string_view path);

  void record(std::int64_t care, const CareContact& contact);
  std::optional<CareContact> last(std::int64_t care);
  /// Somebody was spoken to, or reported themselves, on that day.
  bool contacted(std::int64_t care, std::string_view day);
  /// Has the household checked in itself on that day?
  bool heard_itself(AreaId household, std::string_view day);

  void follow(std::int64_t care, std::string_view day, std::string_view words);
  std::vector<CareFollow> follows(std::int64_t care, std::string_view until_day);
  void followed(std::int64_t care, std::string_view until_day, Time now);
  /// Consent was refused or withdrawn: what was said goes.
  void erase_words(std::int64_t care);

 private:
  FieldCipher& cipher_;
  Statement add_, save_, end_, find_, household_, below_, carer_, candidates_, record_, last_, contacted_,
      heard_, follow_, follows_, followed_, erase_contacts_, erase_follows_;
};

}  // namespace linli::store
