// The JSON between the phone page and the sandbox.
#pragma once

#include "bot/base/json.hpp"
#include "bot/base/result.hpp"
#include "bot/sandbox/platform.hpp"

namespace linli::sandbox {

/// Errc::bad_input if the body is not an object or has no kind.
Result<Action> read_action(std::string_view body);

/// `open_first`: 1, 2 ... for the phones that a new page shows, in this order; 0 for the others.
void write_person(JsonWriter& json, const Follower& person, int open_first, Time now);
void write_event(JsonWriter& json, const Event& event);

}  // namespace linli::sandbox
