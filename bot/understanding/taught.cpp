#include "bot/understanding/taught.hpp"

#include "bot/community/ask_back.hpp"

namespace linli::understanding {

namespace {

constexpr std::size_t longest = 600;  // bytes; nothing longer is approved, or looked up

}  // namespace

void Taught::know(std::span<const TaughtExample> examples) {
  intents_.clear();
  for (const auto& one : examples) {
    std::string key = community::wording_key(one.wording);
    if (!key.empty()) intents_[std::move(key)] = one.intent;
  }
}

void Taught::apply(std::string_view text, Understood& understood) const {
  if (intents_.empty() || text.size() > longest || understood.alarm.alarm) return;
  auto found = intents_.find(community::wording_key(text));
  if (found == intents_.end()) return;
  understood.guess.intents = {found->second};
  understood.guess.confidence = 1;
  understood.wishes = {{found->second, 0, text.size(), 1}};
  understood.ask = false;
}

}  // namespace linli::understanding
