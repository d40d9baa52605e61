// Everything the bot says, by id ("help_request.taken"), from templates/*.toml. Parsed once at start; checked
// against the handlers both ways: an id that nobody says and one that nobody wrote both stop the start.
//
//   [taken]
//   zh = "记下了，编号 {{number}}。"
//   card = ["求助已记下", "编号 {{number}}"]     # how it reads as a template message, four lines of 20
//   characters
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/result.hpp"
#include "bot/dialog/dialog.hpp"

namespace linli::dialog {

/// An id as handlers write it; a literal, so that the check at start sees it.
struct TextId {
  std::string_view id;
};

struct Rendered {
  std::string body;
  std::string card;  // lines separated by '\n'; empty if the text has none
};

class Texts {
 public:
  /// Reads every templates/*.toml. Errc::bad_config names file, key and what is wrong.
  static Result<std::unique_ptr<Texts>> read(const std::filesystem::path& folder);
  ~Texts();

  bool has(std::string_view id) const;
  /// Values are put in once and literally: "{{x}}" in a value stays as it is. A missing value throws
  /// std::logic_error, which the transcripts would show.
  Rendered render(std::string_view id, const Values& values) const;
  /// Does a text, its card with it, need no other value than this one?
  bool needs_only(std::string_view id, std::string_view name) const;
  std::vector<std::string> ids() const;
  /// Errc::bad_config listing ids that are declared and not written, or written and not declared.
  Result<void> check(std::span<const TextId> declared) const;

 private:
  Texts();
  struct Entry;
  std::map<std::string, std::unique_ptr<Entry>, std::less<>> entries_;
};

}  // namespace linli::dialog
