// How the imitated platform says no to the account's server: an errcode of the published list, its wording
// and, as the real one does, a request id. The account's server is meant to look at the errcode alone.
#pragma once

#include <string>
#include <string_view>

#include <boost/system/result.hpp>

#include "bot/base/clock.hpp"
#include "bot/base/random.hpp"

namespace linli::sandbox {

struct Refusal {
  int errcode{};
  std::string detail;  // replaces the published wording where that names a field
};

template <class T>
using Answered = boost::system::result<T, Refusal>;

[[noreturn]] void throw_exception_from_error(const Refusal& refusal, const boost::source_location& where);

/// The published wording; "system error" for a code that this imitation never gives.
std::string_view errmsg(int errcode);

/// `{"errcode":N,"errmsg":"... rid: 69a5b1c8-1f2e3d4c-5b6a7988"}`.
std::string refusal_json(const Refusal& refusal, Time now, Random& random);

}  // namespace linli::sandbox
