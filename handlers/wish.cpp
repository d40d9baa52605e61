#include "handlers/wish.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "bot/base/utf8.hpp"
#include "handlers/wish_texts.hpp"

namespace linli::handlers {

using dialog::Answered;
using dialog::MessageKind;
using dialog::Turn;

namespace {

constexpr std::size_t most_choices = 3;
constexpr double least_share = 0.06;      // less likely than this is no choice
constexpr double least_alone = 0.30;      // the only choice must be this likely
constexpr std::size_t least_written = 3;  // characters; less says nothing that could be asked about
constexpr std::size_t longest_example =
    60;  // characters; a longer text is a story, and nobody's wording again
constexpr std::string_view none_of_them = "都不是";
constexpr std::string_view forget_key = "examples:forget";

std::size_t written(std::string_view text) {
  return utf8_length(community::wording_key(text));
}

/// Said to us, and no wish.
bool courtesy(Turn& turn) {
  const auto& words = turn.words();
  const std::string& normal = turn.message().normal;
  return words.is("thanks", normal) || words.is("received", normal) || words.is_command("yes", normal) ||
         words.is_command("no", normal) || words.is_command("release", normal);
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < text.size();) {
    auto end = std::min(text.find(' ', begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

}  // namespace

std::vector<dialog::Step> WishHandler::steps() const {
  return {{"choose", wish::choose_help}, {"decide", wish::decide_help}};
}

std::vector<dialog::TextId> WishHandler::texts() const {
  return {std::begin(wish::all), std::end(wish::all)};
}

/// Has a role or a shift: may have something to say about posts and rounds.
bool WishHandler::on_duty(Turn& turn) {
  return !l_.appointments.of_person(turn.sender(), turn.now()).empty() ||
         !l_.shifts.upcoming(turn.sender(), turn.now(), 1).empty();
}

/// What the message may mean, the likeliest first, at most three.
std::vector<std::string> WishHandler::likely(Turn& turn) {
  const auto& shares = turn.message().heard.understood.guess.shares;
  std::vector<understanding::Intent> order;
  for (understanding::Intent intent = 0; intent < shares.size(); ++intent) {
    std::string_view name = understanding::intent_names[intent];
    if (shares[intent] >= least_share && !rules_.name(name).empty()) order.push_back(intent);
  }
  std::ranges::stable_sort(order, [&](auto a, auto b) { return shares[a] > shares[b]; });
  std::vector<std::string> intents;
  std::optional<bool> duty;
  for (auto intent : order) {
    std::string_view name = understanding::intent_names[intent];
    bool of_staff = name == "patrol_report" || name == "shift_checkin";
    if (of_staff && !duty) duty = on_duty(turn);
    if ((!of_staff || *duty) && intents.size() < most_choices) intents.emplace_back(name);
  }
  return intents;
}

bool WishHandler::fits(Turn& turn) {
  const auto& message = turn.message();
  if (message.kind != MessageKind::text || courtesy(turn)) return false;
  if (message.normal.find_first_not_of("0123456789") == message.normal.npos) return false;
  if (written(message.text) < least_written) return false;
  auto intents = likely(turn);
  if (intents.size() != 1) return !intents.empty();
  auto only = understanding::intent_of(intents.front());
  return only && message.heard.understood.guess.shares[*only] >= least_alone;
}

void WishHandler::start(Turn& turn) {
  std::string intents, lines;
  std::vector<std::string> choices;
  for (const auto& intent : likely(turn)) {
    intents += (intents.empty() ? "" : " ") + intent;
    choices.push_back(rules_.name(intent));
  }
  choices.emplace_back(none_of_them);
  for (std::size_t i = 0; i < choices.size(); ++i)
    lines += fmt::format("\n{} {}{}", i + 1, choices[i], choices[i] == none_of_them ? "，找人看看" : "");
  turn.ask(topic(), "choose", wish::ask, {{"lines", lines}}, std::move(choices));
  turn.remember("words", turn.message().text);
  turn.remember("intents", intents);
}

Answered WishHandler::answer(Turn& turn) {
  return turn.dialog().step == "decide" ? answer_decision(turn) : answer_choice(turn);
}

Answered WishHandler::answer_choice(Turn& turn) {
  const auto& message = turn.message();
  if (message.kind != MessageKind::text) return Answered::not_mine;
  auto choice = turn.choice();
  auto is = [&](std::string_view word) { return message.normal == word; };
  if (choice == none_of_them || turn.words().is_command("no", message.normal) || is("都不对") || is("都不"))
    return hand_over(turn), Answered::taken;
  auto intents = split(turn.answer("intents"));
  std::string intent = choice ? std::string() : rules_.named(message.normal, intents);
  for (const auto& one : intents) {
    if (choice == rules_.name(one)) intent = one;
  }
  if (!intent.empty()) return choose(turn, intent), Answered::taken;
  bool says_nothing = message.normal.find_first_not_of("0123456789") == message.normal.npos ||
                      written(message.text) < least_written;
  bool same = community::wording_key(message.text) == community::wording_key(turn.answer("words"));
  return says_nothing || same ? Answered::not_understood : Answered::not_mine;
}

/// Nobody has to write twice: the human reads what was written.
void WishHandler::hand_over(Turn& turn) {
  std::string words = turn.answer("words");
  turn.leave();
  turn.remember("words", words);
  turn.redirect("human");
}

void WishHandler::choose(Turn& turn, const std::string& intent) {
  std::string words = turn.answer("words");
  learn(turn, words, intent);
  turn.leave();
  turn.redirect_wish(words, intent);
}

void WishHandler::learn(Turn& turn, const std::string& words, const std::string& intent) {
  if (utf8_length(words) > longest_example) return;
  std::vector<std::string> names{turn.me().name};
  if (AreaId home = turn.me().home) {
    for (auto& member : l_.members.of_household(home)) names.push_back(std::move(member.name));
  }
  std::string wording = community::without_people(words, names);
  if (written(wording) < least_written) return;
  l_.examples.suggest(wording, intent, turn.now(), rules_.most);
  turn.around().dues.set_once(
      {std::string(forget_key), turn.now() + rules_.keep, std::string(topic()), 0, {}});
}

/// What nobody has decided for so long goes.
void WishHandler::due(Turn& turn, const store::Due&) {
  auto oldest = l_.examples.forget_before(turn.now() - rules_.keep);
  if (!oldest) return;
  turn.around().dues.set(
      {std::string(forget_key), *oldest + rules_.keep + Seconds{1}, std::string(topic()), 0, {}});
}

}  // namespace linli::handlers
