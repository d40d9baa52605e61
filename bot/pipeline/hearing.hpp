// Listening to a message before it goes to the store thread: by the intake in the server, by whoever makes
// the messages in a replay or a simulation.
#pragma once

#include "bot/platform/inbound.hpp"
#include "bot/understanding/listener.hpp"

namespace linli::pipeline {

/// What is heard in a text, or in a link's title and description; nothing in anything else.
understanding::Heard listen(understanding::Listener& listener, const platform::Inbound& in);

}  // namespace linli::pipeline
