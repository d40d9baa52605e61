// What transcripts have reached under an assertion: texts said, dialog steps entered, and each way of leaving
// them.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace linli::dialog {
class Router;
class Texts;
}  // namespace linli::dialog

namespace linli::app {

class ReplayCoverage {
 public:
  /// A step was entered or left; it counts once an assertion follows.
  void step(std::string_view topic, std::string_view step, std::string_view how);
  /// An assertion of at least four literal characters matched a message.
  void asserted(const std::vector<std::string>& literals,
                const std::vector<std::pair<std::string, std::string>>& paragraphs);

  /// Everything that exists and was not reached, one a line.
  std::vector<std::string> missing(const dialog::Router& router, const dialog::Texts& texts) const;

 private:
  std::set<std::string> texts_;
  std::set<std::string> steps_;
  std::vector<std::string> pending_;
};

}  // namespace linli::app
