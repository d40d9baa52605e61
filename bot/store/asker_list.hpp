// Who asked the same thing, each once, and what each heard of it last: of stories, of questions that wait for
// an officer, of answers that the question list gave. One table a subject, all of one shape.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "bot/store/statement.hpp"

namespace linli::store {

class AskerList {
 public:
  struct One {
    PersonId person;
    std::string told;  // empty: nothing yet
  };
  /// `table` has the columns id, `about`, person, at, told_at and `told`.
  AskerList(Database& db, const std::string& table, const std::string& about,
            const std::string& told = "told");

  /// False if the person had asked before.
  bool add(std::int64_t about, PersonId person, Time now);
  std::int64_t count(std::int64_t about);
  /// In the order in which they asked.
  std::vector<One> all(std::int64_t about);
  /// Those who heard something since then.
  std::vector<One> told_since(std::int64_t about, Time since);
  void set_told(std::int64_t about, PersonId person, std::string_view told, Time now);

 private:
  Statement add_, count_, all_, told_since_, set_told_;
};

}  // namespace linli::store
