#include "bot/understanding/listener.hpp"

#include "bot/base/utf8.hpp"

namespace linli::understanding {

namespace {

constexpr std::size_t least_asked_about = 4;  // characters; fewer tell no story and ask no question
constexpr std::size_t most_short = 36;        // bytes
constexpr std::size_t most_kept = 8192;

}  // namespace

Listener::Listener(std::shared_ptr<const Understanding> understanding,
                   std::shared_ptr<const Storyteller> teller, Thresholds thresholds)
    : understanding_(std::move(understanding)),
      teller_(std::move(teller)),
      stories_(*teller_, thresholds),
      questions_(*teller_, thresholds) {}

Heard Listener::listen(std::string_view text) {
  Heard heard;
  if (text.size() <= most_short) {
    std::string key(text);
    auto known = short_ones_.find(key);
    if (known == short_ones_.end()) {
      if (short_ones_.size() >= most_kept) short_ones_.clear();
      known = short_ones_.emplace(std::move(key), understanding_->understand(text)).first;
    }
    heard.understood = known->second;
  } else {
    heard.understood = understanding_->understand(text);
  }
  if (heard.understood.alarm.alarm || utf8_length(text) < least_asked_about) return heard;
  heard.stories = stories_.find(text);
  heard.questions = questions_.find(text);
  return heard;
}

}  // namespace linli::understanding
