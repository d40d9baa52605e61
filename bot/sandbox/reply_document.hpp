// A passive reply as the platform reads it: the texts of the elements by their path below <xml>.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/base/result.hpp"

namespace linli::sandbox {

class ReplyDocument {
 public:
  /// Errc::bad_input if it is not well-formed, has a DOCTYPE, or its root is not <xml>.
  static Result<ReplyDocument> read(std::string_view xml);

  /// The first text at a path such as "Image/MediaId"; empty if there is none.
  std::string text(std::string_view path) const;
  std::vector<std::string> all(std::string_view path) const;

 private:
  std::vector<std::pair<std::string, std::string>> leaves_;  // path, text; in the order of the document
};

}  // namespace linli::sandbox
