#include "handlers/fallback.hpp"

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

bool FallbackHandler::command(dialog::Turn& turn, const dialog::Command& command) {
  if (!command.exact) return false;
  turn.say(command.id == "menu" ? menu : help);
  return true;
}

}  // namespace linli::handlers
