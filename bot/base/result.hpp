// Expected failures as values: a code the program can act on and a sentence that tells a person what to do.
// Unexpected ones are exceptions, caught once a turn, a request or a worker loop.
#pragma once

#include <string>
#include <string_view>

#include <boost/system/result.hpp>

namespace linli {

enum class Errc {
  bad_input,    // what was given cannot be read; the text names file, line, field or element
  bad_config,   // a setting is wrong; the text names file, key, what was found and what is allowed
  forbidden,    // not authenticated, or not this person's to do; the text holds no detail
  not_found,    // no such person, task, code ...
  conflict,     // somebody or something was there first (a used code, a taken ticket)
  too_large,    // over a stated limit
  timed_out,    // no answer in time; whether it was done is unknown
  unavailable,  // the other side could not be reached; nothing was done
  platform,     // the messaging platform refused; the text names its errcode
  storage,      // the database failed; nothing was committed
};

struct Error {
  Errc code{};
  std::string text;
};

template <class T>
using Result = boost::system::result<T, Error>;

/// What `Result::value()` throws when there is no value; the sentence is what().
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& where);

/// "bad_input" and so on: for logs and metrics.
std::string_view name(Errc code);

}  // namespace linli
