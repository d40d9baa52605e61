#include "bot/understanding/listener.hpp"

#include "bot/base/utf8.hpp"

namespace linli::understanding {

namespace {

constexpr std::size_t least_asked_about = 4;  // characters; fewer tell no story and ask no question
constexpr std::size_t most_short = 36;        // bytes
constexpr std::size_t most_kept = 8192;

/// Surely something else: comparing it with thousands of stories would cost many times what the rest of its
/// turn does.
bool tells_no_story(const Understood& understood) {
  constexpr double sure = 0.95, hardly = 0.01;
  static const Intent story = *intent_of("rumour_report");
  const auto& guess = understood.guess;
  return understood.wishes.size() == 1 && guess.confidence >= sure && guess.shares.at(story) < hardly;
}

}  // namespace

Listener::Listener(std::shared_ptr<const Understanding> understanding,
                   std::shared_ptr<const Storyteller> teller, std::shared_ptr<const QuestionForm> form,
                   Thresholds stories, Thresholds questions)
    : understanding_(std::move(understanding)),
      teller_(std::move(teller)),
      form_(std::move(form)),
      stories_(*teller_, stories),
      questions_(*teller_, questions) {}

Heard Listener::listen(std::string_view text) {
  if (text.size() > most_short) return listen_anew(text);
  std::string key(text);
  auto known = short_ones_.find(key);
  if (known == short_ones_.end()) {
    if (short_ones_.size() >= most_kept) short_ones_.clear();
    known = short_ones_.emplace(std::move(key), listen_anew(text)).first;
  }
  return known->second;
}

Heard Listener::listen_anew(std::string_view text) const {
  Heard heard;
  heard.understood = understanding_->understand(text);
  taught_.apply(text, heard.understood);
  if (heard.understood.alarm.alarm || utf8_length(text) < least_asked_about) return heard;
  if (!tells_no_story(heard.understood)) heard.stories = stories_.find(text);
  heard.questions = questions_.find(form_->of(text));
  const auto& wishes = heard.understood.wishes;
  for (std::size_t i = 0; wishes.size() > 1 && i < wishes.size(); ++i)
    heard.parts.push_back(
        questions_.find(form_->of(text.substr(wishes[i].begin, wishes[i].end - wishes[i].begin))));
  return heard;
}

}  // namespace linli::understanding
