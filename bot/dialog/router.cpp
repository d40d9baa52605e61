#include "bot/dialog/router.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "bot/base/text.hpp"

namespace linli::dialog {

namespace {

constexpr int most_wrong = 3;

constexpr TextId cancelled{"fallback.cancelled"};
constexpr TextId nothing_to_cancel{"fallback.nothing_to_cancel"};
constexpr TextId no_way_back{"fallback.no_way_back"};
constexpr TextId resumed{"fallback.resumed"};
constexpr TextId nothing_to_resume{"fallback.nothing_to_resume"};
constexpr TextId three_wrong{"fallback.three_wrong"};
constexpr TextId expired{"fallback.expired"};
constexpr TextId which_digit{"fallback.which_digit"};

bool is_digits(std::string_view text) {
  return !text.empty() && text.size() <= 9 &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool accepts(const store::Ask& ask, std::string_view digit) {
  std::string padded = " " + ask.accepts + " ";
  return padded.find(fmt::format(" {} ", digit)) != padded.npos;
}

/// What was typed, or which menu entry was tapped, as a command.
std::optional<Command> command_of(const Turn& turn) {
  const Message& message = turn.message();
  if (message.kind == MessageKind::click) return Command{message.key, std::nullopt, {}, true};
  if (message.kind != MessageKind::text) return std::nullopt;
  return turn.words().command(message.normal);
}

/// What carries one of several wishes, as a message of its own.
Message part_of(const Message& whole, const understanding::Wish& wish) {
  Message part = whole;
  part.text = whole.text.substr(wish.begin, wish.end - wish.begin);
  part.normal = normalise(part.text);
  part.heard = {};
  part.heard.understood.guess = {{wish.intent}, wish.confidence, {}};
  part.heard.understood.wishes = {wish};
  return part;
}

}  // namespace

std::vector<TextId> Router::texts() {
  return {cancelled,         nothing_to_cancel, no_way_back, resumed,
          nothing_to_resume, three_wrong,       expired,     which_digit};
}

Router::Router(std::vector<Handler*> handlers) : handlers_(std::move(handlers)) {}

Handler* Router::find(std::string_view topic) const {
  auto found = std::ranges::find_if(handlers_, [&](Handler* handler) { return handler->topic() == topic; });
  return found == handlers_.end() ? nullptr : *found;
}

void Router::left(std::string_view topic, std::string_view step, std::string_view how) const {
  if (observer_ && !topic.empty()) observer_(topic, step, how);
}

void Router::answer(Turn& turn) {
  const std::string topic = turn.dialog().topic;
  const std::string step = turn.dialog().step;
  Handler* safety = find("life_safety");
  if (safety && topic != "life_safety" && safety->fits(turn)) {
    left(topic, step, "interruption");
    if (turn.dialog().active() &&
        topic !=
            "human") {  // whatever was going on waits until the person says 继续; a talk with a human goes on
      turn.mutable_dialog().waits = true;
      suspend(turn);
    }
    safety->start(turn);
  } else {
    route(turn);
  }
  if (auto [text, intent] = turn.take_wish(); !intent.empty()) serve_chosen(turn, std::move(text), intent);
  if (auto redirect = turn.take_redirect(); !redirect.empty())
    run_command(turn, Command{redirect, {}, {}, true});
  const Dialog& now = turn.dialog();
  if (now.active() && (now.topic != topic || now.step != step)) left(now.topic, now.step, "enter");
}

void Router::route(Turn& turn) {
  if (turn.message().kind == MessageKind::unfollow) {  // no answer to anything
    turn.leave_all();
    return answer_by_rules(turn);
  }
  auto command = command_of(turn);
  if (turn.dialog().active()) {
    if (command && leave_by_command(turn, *command)) return;
    if (command && interrupt_by_command(turn, *command)) return;
    return answer_step(turn);
  }
  if (command && command_without_dialog(turn, *command)) return;
  if (command && run_command(turn, *command)) return resume(turn);
  if (is_digits(turn.message().normal)) {
    if (answer_digit(turn)) return resume(turn);
  }
  answer_by_rules(turn);
  resume(turn);
}

bool Router::leave_by_command(Turn& turn, const Command& command) {
  const std::string topic = turn.dialog().topic;
  const std::string step = turn.dialog().step;
  if (!command.exact) return false;
  if (command.id == "cancel") {
    left(topic, step, "cancel");
    if (Handler* handler = find(topic)) handler->cancelled(turn);
    turn.leave();
    if (turn.silent()) turn.say(cancelled);
    resume(turn);
    return true;
  }
  if (command.id == "back") {
    if (!turn.back()) turn.say(no_way_back);
    return true;
  }
  if (command.id == "resume") {
    turn.ask_again();
    return true;
  }
  if (command.id == "help") {
    if (Handler* handler = find(topic)) say_help(turn, *handler);
    return true;
  }
  if (command.id == "menu") {
    left(topic, step, "interruption");
    suspend(turn);
    run_command(turn, command);
    return true;
  }
  if (command.id == "human" && topic != "human") {
    left(topic, step, "human");
    turn.leave();
    run_command(turn, command);
    return true;
  }
  return false;
}

/// In the middle of something, a whole command of another topic, or one with a ticket's number, comes first.
bool Router::interrupt_by_command(Turn& turn, const Command& command) {
  return (command.exact || command.number) && interrupt(turn, command);
}

/// Another topic's command takes the turn, and what was going on goes on behind it; false if it is not for
/// this person now, or the step's own.
bool Router::interrupt(Turn& turn, const Command& command) {
  const std::string topic = turn.dialog().topic;
  const std::string step = turn.dialog().step;
  if (Handler* own = find(topic)) {
    auto commands = own->commands();
    if (std::ranges::find(commands, command.id) != commands.end())
      return false;  // its own words: the step reads them
  }
  suspend(turn);
  if (!run_command(turn, command)) {
    unsuspend(turn);
    return false;
  }
  left(topic, step, "interruption");
  resume(turn);
  return true;
}

bool Router::command_without_dialog(Turn& turn, const Command& command) {
  if (!command.exact) return false;
  if (command.id == "cancel") {
    bool waiting = !turn.dialog().suspended.empty();
    turn.leave_all();
    turn.say(waiting ? cancelled : nothing_to_cancel);
    return true;
  }
  if (command.id == "back" || command.id == "resume") {
    if (turn.dialog().suspended.empty()) {
      turn.say(nothing_to_resume);
    } else {
      turn.mutable_dialog().suspended.back().waits = false;
      resume(turn);
    }
    return true;
  }
  return false;
}

bool Router::run_command(Turn& turn, const Command& command) {
  for (Handler* handler : handlers_) {
    auto commands = handler->commands();
    if (std::ranges::find(commands, command.id) == commands.end()) continue;
    if (handler->command(turn, command)) return true;
  }
  return false;
}

void Router::answer_step(Turn& turn) {
  const std::string topic = turn.dialog().topic;
  const std::string step = turn.dialog().step;
  Handler* handler = find(topic);
  if (!handler) {  // a topic of an older version
    turn.leave_all();
    return answer_by_rules(turn);
  }
  bool digit = is_digits(turn.message().normal);
  if (digit && !turn.dialog().choices.empty() && answer_digit(turn)) return;
  switch (handler->answer(turn)) {
    case Answered::taken:
      left(topic, step, "answered");
      if (!turn.dialog().active()) resume(turn);
      return;
    case Answered::not_understood:
      if (digit && answer_digit(turn)) return;
      // "排查 3号楼 501完成" in the middle of a round: the step has no use for it, somebody else has.
      if (auto command = command_of(turn); command && interrupt(turn, *command)) return;
      return misunderstood(turn, *handler);
    case Answered::not_mine:
      left(topic, step, "interruption");
      suspend(turn);
      if (auto command = command_of(turn); !command || !run_command(turn, *command)) answer_by_rules(turn);
      return resume(turn);
  }
}

/// True if the digit was dealt with. It counts only if exactly one thing asked for it; an open step with
/// choices is one of the things.
bool Router::answer_digit(Turn& turn) {
  std::string_view digit = turn.message().normal;
  auto open = turn.around().asks.open(turn.sender(), turn.now());
  std::erase_if(open, [&](const store::Ask& ask) { return !accepts(ask, digit); });
  bool step = turn.dialog().active() && turn.choice().has_value();
  if (open.size() == 1 && !step) {
    if (Handler* handler = find(open.front().topic)) {
      handler->answer_ask(turn, open.front().ref, digit);
      return true;
    }
  }
  if (open.empty()) return false;  // the step's own, or for a topic that reads numbers (a code)
  std::string hints;
  for (const auto& ask : open) hints += (hints.empty() ? "" : "\n") + ("“" + ask.hint + "”");
  if (step) hints += "\n“" + *turn.choice() + "”";
  turn.say(which_digit, {{"digit", std::string(digit)}, {"hints", hints}});
  return true;
}

void Router::answer_by_rules(Turn& turn) {
  if (!answer_wishes(turn)) answer_one(turn);
}

/// The first topic whose rules fit has it; what only the fallback would take is served by what it resembles.
void Router::answer_one(Turn& turn) {
  for (Handler* handler : handlers_) {
    if (handler == handlers_.back() && answer_by_intent(turn)) return;
    if (!handler->fits(turn)) continue;
    handler->start(turn);
    return;
  }
}

Handler* Router::serving(std::string_view intent) const {
  for (Handler* handler : handlers_) {
    auto intents = handler->intents();
    if (std::ranges::find(intents, intent) != intents.end()) return handler;
  }
  return nullptr;
}

bool Router::serve(Turn& turn, std::string_view intent) {
  Handler* handler = serving(intent);
  return handler && handler->wish(turn, intent);
}

bool Router::answer_by_intent(Turn& turn) {
  const auto& understood = turn.message().heard.understood;
  if (understood.guess.intents.empty() || understood.ask) return false;
  return serve(turn, understanding::intent_names[understood.guess.intents.front()]);
}

/// "体温36.5，另外家里没米了": each part is answered by its topic, and each is asked about in its turn. What is for
/// one topic stays whole.
bool Router::answer_wishes(Turn& turn) {
  const Message whole = turn.message();
  const auto& wishes = whole.heard.understood.wishes;
  if (wishes.size() < 2) return false;
  const Handler* first = serving(understanding::intent_names[wishes.front().intent]);
  bool one_topic = std::ranges::all_of(wishes, [&](const understanding::Wish& wish) {
    return serving(understanding::intent_names[wish.intent]) == first;
  });
  if (one_topic) return false;
  for (const auto& wish : wishes) {
    if (turn.dialog().active()) {
      turn.unsay_question();
      suspend(turn);
    }
    turn.hear(part_of(whole, wish));
    answer_one(turn);
  }
  turn.hear(whole);
  return true;
}

/// The person has said what an earlier message was meant to be.
void Router::serve_chosen(Turn& turn, std::string text, std::string_view intent) {
  Message message;
  message.kind = MessageKind::text;
  message.normal = normalise(text);
  message.text = std::move(text);
  turn.hear(std::move(message));
  if (!serve(turn, intent)) handlers_.back()->start(turn);
}

void Router::say_help(Turn& turn, Handler& handler) {
  for (const Step& step : handler.steps()) {
    if (step.name == turn.dialog().step) turn.say(step.help, turn.dialog().values);
  }
}

void Router::misunderstood(Turn& turn, Handler& handler) {
  Dialog& dialog = turn.mutable_dialog();
  if (++dialog.wrong < most_wrong) return say_help(turn, handler);
  left(dialog.topic, dialog.step, "wrong");
  handler.given_up(turn);
  turn.leave_all();
  if (turn.silent()) turn.say(three_wrong);
}

void Router::suspend(Turn& turn) {
  if (!turn.dialog().active()) return;  // the topic has left it already
  Dialog outer = std::exchange(turn.mutable_dialog(), {});
  Dialog& now = turn.mutable_dialog();
  now.suspended = std::exchange(outer.suspended, {});
  now.suspended.push_back(std::move(outer));
}

void Router::unsuspend(Turn& turn) {
  Dialog& now = turn.mutable_dialog();
  auto suspended = std::exchange(now.suspended, {});
  Dialog outer = std::move(suspended.back());
  suspended.pop_back();
  outer.suspended = std::move(suspended);
  now = std::move(outer);
}

void Router::resume(Turn& turn) {
  if (turn.dialog().active() || turn.dialog().suspended.empty() || turn.dialog().suspended.back().waits)
    return;
  unsuspend(turn);
  turn.say(resumed);
  turn.ask_again();
}

void Router::due(Turn& turn, const store::Due& due) {
  if (due.topic != "dialog") {
    if (Handler* handler = find(due.topic)) handler->due(turn, due);
    return;
  }
  auto contact = turn.around().people.contact(ContactId{due.ref});
  if (!contact) return;
  auto stored = turn.around().people.dialog_of(contact->id);
  auto dialog = stored.empty() ? Result<Dialog>(Dialog{}) : dialog_from_json(stored);
  if (!dialog || !dialog->active()) return;
  if (dialog->expires_at > turn.now()) {
    turn.around().dues.set({due.key, dialog->expires_at, due.topic, due.ref, {}});
    return;
  }
  left(dialog->topic, dialog->step, "expiry");
  turn.around().people.save(*contact, {});
  if (Handler* handler = find(dialog->topic); handler && handler->expired(turn, contact->person, *dialog))
    return;
  turn.tell(contact->person, expired, {}, {.keep = Seconds{2 * 3600}, .optional = true});
}

}  // namespace linli::dialog
