#include "bot/app/replay_coverage.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "bot/base/utf8.hpp"
#include "bot/dialog/router.hpp"

namespace linli::app {

namespace {

constexpr std::size_t enough_characters = 4;
constexpr std::string_view ways[] = {"enter", "cancel", "human", "interruption", "expiry", "wrong"};

std::string key(std::string_view topic, std::string_view step, std::string_view how) {
  return fmt::format("{}.{} {}", topic, step, how);
}

/// A relay cannot be left to a human, it is one; and nothing said in it is wrong, all of it is passed on.
bool exists(std::string_view topic, std::string_view how) {
  return !(topic == "human" && (how == "human" || how == "wrong"));
}

}  // namespace

void ReplayCoverage::step(std::string_view topic, std::string_view step, std::string_view how) {
  pending_.push_back(key(topic, step, how));
}

void ReplayCoverage::asserted(const std::vector<std::string>& literals,
                              const std::vector<std::pair<std::string, std::string>>& paragraphs) {
  std::size_t characters = 0;
  for (const auto& literal : literals) characters += utf8_length(literal);
  if (characters < enough_characters) return;
  for (const auto& [id, text] : paragraphs) {
    bool seen = std::ranges::any_of(literals, [&](const std::string& literal) {
      return utf8_length(literal) >= enough_characters && text.find(literal) != text.npos;
    });
    if (seen) texts_.insert(id);
  }
  for (auto& event : pending_) steps_.insert(std::move(event));
  pending_.clear();
}

std::vector<std::string> ReplayCoverage::missing(const dialog::Router& router,
                                                 const dialog::Texts& texts) const {
  std::vector<std::string> missing;
  for (const auto& id : texts.ids()) {
    if (!texts_.contains(id)) missing.push_back("text " + id);
  }
  for (const auto* handler : router.handlers()) {
    for (const auto& step : handler->steps()) {
      for (auto how : ways) {
        std::string wanted = key(handler->topic(), step.name, how);
        if (exists(handler->topic(), how) && !steps_.contains(wanted)) missing.push_back("step " + wanted);
      }
    }
  }
  return missing;
}

}  // namespace linli::app
