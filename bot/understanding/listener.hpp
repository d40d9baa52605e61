// What is heard in a message before it is admitted: what it wants, whether a life is in danger, which known
// story or question it may be. Values only; the turn gets them with the message. Belongs to one thread: the
// network's in the server, the only one in a replay.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "bot/understanding/shelf.hpp"
#include "bot/understanding/understanding.hpp"

namespace linli::understanding {

struct Heard {
  Understood understood;
  Found stories;    // numbers of claims
  Found questions;  // numbers of the district's questions
};

class Listener {
 public:
  Listener(std::shared_ptr<const Understanding> understanding, std::shared_ptr<const Storyteller> teller,
           Thresholds thresholds);

  Heard listen(std::string_view text);
  Shelf& stories() { return stories_; }
  Shelf& questions() { return questions_; }
  const Understanding& understanding() const { return *understanding_; }

 private:
  std::shared_ptr<const Understanding> understanding_;
  std::shared_ptr<const Storyteller> teller_;
  Shelf stories_, questions_;
  // "正常", "36.5" and their like come by the thousand every morning.
  std::unordered_map<std::string, Understood> short_ones_;
};

}  // namespace linli::understanding
