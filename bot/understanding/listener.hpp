// What is heard in a message before it is admitted: what it wants, whether a life is in danger, which known
// story or question it may be. Values only; the turn gets them with the message. Belongs to one thread: the
// network's in the server, the only one in a replay.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "bot/understanding/question_form.hpp"
#include "bot/understanding/shelf.hpp"
#include "bot/understanding/taught.hpp"
#include "bot/understanding/understanding.hpp"

namespace linli::understanding {

struct Heard {
  Understood understood;
  Found stories;    // numbers of claims
  Found questions;  // numbers of the district's questions
  // The same of what carries each of several wishes, in the order of `understood.wishes`; empty if it wants
  // one.
  std::vector<Found> parts;
};

class Listener {
 public:
  Listener(std::shared_ptr<const Understanding> understanding, std::shared_ptr<const Storyteller> teller,
           std::shared_ptr<const QuestionForm> form, Thresholds stories, Thresholds questions);

  Heard listen(std::string_view text);
  // To be changed; what was heard in earlier messages may be another thing then.
  Shelf& stories() { return short_ones_.clear(), stories_; }
  /// Its books are in the form in which questions are compared.
  Shelf& questions() { return short_ones_.clear(), questions_; }
  Taught& taught() { return short_ones_.clear(), taught_; }
  const Understanding& understanding() const { return *understanding_; }

 private:
  Heard listen_anew(std::string_view text) const;

  std::shared_ptr<const Understanding> understanding_;
  std::shared_ptr<const Storyteller> teller_;
  std::shared_ptr<const QuestionForm> form_;
  Shelf stories_, questions_;
  Taught taught_;
  // "正常", "36.5" and their like come by the thousand every morning.
  std::unordered_map<std::string, Heard> short_ones_;
};

}  // namespace linli::understanding
