// In the middle of a question: is the message plainly something of its own? The topics that ask people to
// choose read it, so that what nobody chose is not lost behind "回前面的数字就行".
#pragma once

#include <string_view>

#include "bot/dialog/message.hpp"
#include "bot/understanding/intents.hpp"

namespace linli::handlers {

/// The intent; nothing if that is in doubt, or if it is only said to us ("没看懂", "你说呢").
inline std::string_view plain_wish(const dialog::Message& message) {
  const auto& understood = message.heard.understood;
  if (message.kind != dialog::MessageKind::text || understood.guess.intents.empty() || understood.ask)
    return {};
  std::string_view intent = understanding::intent_names[understood.guess.intents.front()];
  return intent == "greeting_other" ? std::string_view{} : intent;
}

}  // namespace linli::handlers
