#include "handlers/fallback.hpp"

#include <algorithm>
#include <initializer_list>

#include "bot/base/utf8.hpp"
#include "bot/dialog/router.hpp"

namespace linli::handlers {

using dialog::MessageKind;
using dialog::TextId;

namespace {

constexpr TextId welcome{"fallback.welcome"};
constexpr TextId menu{"fallback.menu"};
constexpr TextId help{"fallback.help"};
constexpr TextId unknown{"fallback.unknown"};
constexpr TextId digit_for_nothing{"fallback.digit_for_nothing"};
constexpr TextId courtesy{"fallback.courtesy"};
constexpr TextId unknown_kind{"fallback.unknown_kind"};
constexpr TextId apology{"fallback.apology"};

constexpr std::ptrdiff_t least_greeting = 3;  // characters
constexpr std::string_view short_greetings[] = {"早", "早啊", "早呀", "早安", "晚安"};

std::ptrdiff_t chinese(std::string_view normal) {
  return std::ranges::count_if(to_u32(normal), [](char32_t c) { return c >= 0x3400 && c <= 0x9FFF; });
}

void answer_text(dialog::Turn& turn) {
  const std::string& normal = turn.message().normal;
  bool number = !normal.empty() && normal.find_first_not_of("0123456789") == normal.npos;
  if (number) return turn.say(digit_for_nothing, {{"digit", normal}});
  const auto& words = turn.words();
  bool polite = words.is("thanks", normal) || words.is("received", normal) ||
                words.is_command("yes", normal) || words.is_command("no", normal) ||
                words.is_command("release", normal);
  turn.say(polite ? courtesy : unknown);
}

}  // namespace

std::vector<TextId> FallbackHandler::texts() const {
  std::vector<TextId> all = dialog::Router::texts();
  for (TextId id : {welcome, menu, help, unknown, courtesy, digit_for_nothing, unknown_kind, apology})
    all.push_back(id);
  return all;
}

void FallbackHandler::start(dialog::Turn& turn) {
  switch (turn.message().kind) {
    case MessageKind::follow:
      return turn.say(welcome);
    case MessageKind::unfollow:
      return;
    case MessageKind::text:
      return answer_text(turn);
    default:
      return turn.say(unknown_kind);
  }
}

/// A greeting, thanks, small talk: nothing has to be understood.
bool FallbackHandler::wish(dialog::Turn& turn, std::string_view) {
  const std::string& normal = turn.message().normal;
  bool asks = std::ranges::any_of(
      std::initializer_list<std::string_view>{"?", "啥", "吗", "咋", "怎", "什么", "为何", "哪"},
      [&](std::string_view word) { return normal.find(word) != normal.npos; });
  // A command that was not for this person, or a few letters, is not politeness.
  bool greets = std::ranges::find(short_greetings, normal) != std::end(short_greetings);
  if (asks || turn.words().command(normal) || (chinese(normal) < least_greeting && !greets)) return false;
  turn.say(courtesy);
  return true;
}

bool FallbackHandler::command(dialog::Turn& turn, const dialog::Command& command) {
  if (!command.exact) return false;
  turn.say(command.id == "menu" ? menu : help);
  return true;
}

}  // namespace linli::handlers
