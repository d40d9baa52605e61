// What people meant by words that were not understood: suggested by their own choice, decided by an office.
// Wordings are sealed and hold nobody's name, phone or room (community/ask_back.hpp); who wrote them is not
// kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/base/field_cipher.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

struct Example {
  std::int64_t id{};  // what the chat calls it: "例句 3 是"
  std::string wording;
  std::string intent;
  int times{};
  std::string state;  // suggested, approved, rejected
};

class ExampleLedger {
 public:
  ExampleLedger(Database& db, FieldCipher& cipher);

  /// Somebody meant `intent` by these words, once more. Of more than `most` undecided ones the rarest goes.
  void suggest(std::string_view wording, std::string_view intent, Time now, int most);
  std::optional<Example> find(std::int64_t id);
  /// The undecided ones, the most frequent first.
  std::vector<Example> suggested(int limit);
  int count_suggested();
  /// The words mean `intent` from now on; every other suggestion for them is rejected.
  void approve(const Example& example, std::string_view intent, PersonId by, Time now);
  void reject(const Example& example, PersonId by, Time now);
  /// Wording and intent of all approved ones, in the order of their approval.
  std::vector<std::pair<std::string, std::string>> approved();
  /// Suggestions and rejected ones not chosen since then go. When the oldest that is left was chosen; none if
  /// nothing is left.
  std::optional<Time> forget_before(Time before);

  /// Has anything been approved since this was last asked, whether or not it was committed?
  bool take_changed() { return std::exchange(changed_, false); }

 private:
  FieldCipher& cipher_;
  bool changed_ = false;
  Statement suggest_, trim_, find_, list_, count_, decide_, same_, drop_, others_, approved_, forget_,
      oldest_;
};

}  // namespace linli::store
