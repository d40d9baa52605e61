// The district's question list, who was answered what by it, and the questions that wait for an officer, each
// with everybody who asks it. Import and the officers keep the list; the policy_question topic answers by it.
// What the words of a message may be is found beside the store (understanding/shelf.hpp): the shelf knows
// entries of the list by their ids and waiting questions by theirs below nought.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/base/field_cipher.hpp"
#include "bot/community/question.hpp"
#include "bot/store/asker_list.hpp"

namespace linli::store {

using community::Question;

/// A question that waits for an officer.
struct Asked {
  AskedId id = {};
  TaskId task = {};
  AreaId scope = {};  // the place that its words leave open ("东门几点开"): another place asks something else
  bool open = true;
};

class QuestionLedger {
 public:
  QuestionLedger(Database& db, FieldCipher& cipher);

  // --- the list
  /// Fills id and code. Throws UniqueViolation if the code is taken.
  void add(Question& question, PersonId by, Time now);
  /// Writes everything but the code. A new answer is a new version, as is taking the entry off the list.
  void change(const Question& question, PersonId by, Time now);
  std::optional<Question> find(QuestionId id);
  std::optional<Question> find_by_code(std::string_view code);
  /// Those that answer the same question (community::question_key of their first wording), not withdrawn.
  std::vector<Question> alike(std::string_view title_key);
  /// All that are not withdrawn.
  std::vector<Question> list();
  std::int64_t version(QuestionId id);

  // --- waiting questions
  Asked add_asked(TaskId task, AreaId scope, std::string_view words);
  std::optional<Asked> find_asked(AskedId id);
  std::optional<Asked> asked_of(TaskId task);
  /// The open one with exactly these words.
  std::optional<Asked> same_asked(AreaId scope, std::string_view words);
  void close_asked(AskedId id);

  /// Who was answered by an entry; `told` is the version of its answer.
  AskerList& answered() { return answered_; }
  /// Who asks a waiting question.
  AskerList& askers() { return askers_; }

  // --- for the shelf
  /// What an entry (or, below nought, a waiting question) is found by; nothing if it is found no more.
  std::vector<std::string> wordings(std::int64_t shelved);
  std::vector<std::int64_t> all_shelved();
  /// Those added or changed since this was last asked, whether or not it was committed.
  std::vector<std::int64_t> take_changed() { return std::exchange(changed_, {}); }
  /// Another program (import) has changed it.
  void note_change(std::int64_t shelved);

 private:
  std::string hash(AreaId scope, std::string_view words);

  FieldCipher& cipher_;
  std::vector<std::int64_t> changed_;
  AskerList answered_, askers_;
  Statement add_, change_, find_, code_, alike_, list_, version_, add_asked_, asked_, asked_of_, same_asked_,
      close_asked_, asked_text_, shelved_;
};

}  // namespace linli::store
