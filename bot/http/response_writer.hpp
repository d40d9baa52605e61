// An answer as bytes. Written by hand into one reused string: this is the hot path.
#pragma once

#include <ctime>
#include <string>
#include <string_view>

#include "bot/http/message.hpp"

namespace linli::http {

/// The 500 for whatever went wrong on this side.
Response internal_error();

class ResponseWriter {
 public:
  struct Framing {
    bool keep_alive = true;
    bool http_1_0 = false;
    bool is_head = false;
  };

  /// Replaces what bytes() holds. A header field that would break its line turns the answer into a 500.
  void compose(const Response& response, Framing framing);
  const std::string& bytes() const { return bytes_; }

 private:
  std::string_view date();

  std::string bytes_;
  std::time_t date_at_ = 0;
  std::string date_;
};

}  // namespace linli::http
