#include "bot/base/result.hpp"

#include <stdexcept>

namespace linli {

void throw_exception_from_error(const Error& error, const boost::source_location&) {
  throw std::runtime_error(error.text);
}

std::string_view name(Errc code) {
  switch (code) {
    case Errc::bad_input:
      return "bad_input";
    case Errc::bad_config:
      return "bad_config";
    case Errc::forbidden:
      return "forbidden";
    case Errc::not_found:
      return "not_found";
    case Errc::conflict:
      return "conflict";
    case Errc::too_large:
      return "too_large";
    case Errc::timed_out:
      return "timed_out";
    case Errc::unavailable:
      return "unavailable";
    case Errc::platform:
      return "platform";
    case Errc::storage:
      return "storage";
  }
  return "unknown";
}

}  // namespace linli
