#include "bot/dialog/router.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "bot/base/utf8.hpp"

namespace linli::dialog {

namespace {

constexpr int most_wrong = 3;
constexpr std::size_t longest_command =
    12;  // characters; a longer text may begin with a command's word by chance

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
  if (understanding::intent_names[wish.intent] == "rumour_report") part.heard.stories = whole.heard.stories;
  part.heard.understood.guess = {{wish.intent}, wish.confidence, {}};
  part.heard.understood.wishes = {wish};
  const auto& wishes = whole.heard.understood.wishes;
  auto number = std::ranges::find(wishes, wish.begin, &understanding::Wish::begin) - wishes.begin();
  if (static_cast<std::size_t>(number) < whole.heard.parts.size())
    part.heard.questions = whole.heard.parts[static_cast<std::size_t>(number)];
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
  if (turn.message().picture) {
    answer_read(turn);
  } else if (safety && topic != "life_safety" && safety->fits(turn)) {
    alarm(turn, *safety);
  } else {
    route(turn);
  }
  if (auto [text, intent] = turn.take_wish(); !intent.empty()) {
    serve_chosen(turn, std::move(text), intent);
    resume(turn);
  }
  if (auto redirect = turn.take_redirect(); !redirect.empty())
    run_command(turn, Command{redirect, {}, {}, true});
  const Dialog& now = turn.dialog();
  if (now.active() && (now.topic != topic || now.step != step)) left(now.topic, now.step, "enter");
}

void Router::alarm(Turn& turn, Handler& safety) {
  left(turn.dialog().topic, turn.dialog().step, "interruption");
  // Whatever was going on waits until the person says 继续; a talk with a human goes on.
  if (turn.dialog().active() && turn.dialog().topic != "human") {
    turn.mutable_dialog().waits = true;
    suspend(turn);
  }
  safety.start(turn);
}

/// What was read in a picture, for the step that waits for it, which may have been suspended meanwhile: then
/// what the person is in the middle of stays in front, and a question of this one comes after it. Without
/// such a step the person has said it in words, or given up: nothing is said.
void Router::answer_read(Turn& turn) {
  const PictureId picture = turn.message().picture;
  Dialog front = std::exchange(turn.mutable_dialog(), {});
  Dialog& waiting = turn.mutable_dialog();
  const bool at_front = is_reading(front, picture);
  if (at_front) {
    auto suspended = std::exchange(front.suspended, {});
    waiting = std::exchange(front, {});
    front.suspended = std::move(suspended);
  } else {
    auto found =
        std::ranges::find_if(front.suspended, [&](const Dialog& d) { return is_reading(d, picture); });
    if (found != front.suspended.end()) {
      waiting = std::move(*found);
      front.suspended.erase(found);
    }
  }
  Handler* handler = find(waiting.topic);
  if (!handler) {
    waiting = std::move(front);
    return;
  }
  const bool waits = waiting.waits;
  if (waits) {  // a life was in danger a moment ago: no stories now
    Message silent = turn.message();
    silent.text.clear(), silent.normal.clear(), silent.heard = {};
    turn.hear(std::move(silent));
  }
  if (Handler* safety = find("life_safety"); safety && safety->fits(turn)) {
    waiting = std::move(front);
    return alarm(turn, *safety);
  }
  const std::string topic = waiting.topic, step = waiting.step;
  handler->read(turn);
  if (!waiting.active()) {
    left(topic, step, "answered");
    waiting = std::move(front);
    if (at_front) resume(turn);
  } else if (at_front) {
    waiting.suspended = std::move(front.suspended);
  } else {
    turn.unsay_question();
    waiting.waits = waits;
    front.suspended.push_back(std::move(waiting));
    waiting = std::move(front);
  }
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
    std::string words = turn.answer("words");  // what is to be handed over, so that nobody writes it twice
    turn.leave();
    if (!words.empty()) turn.remember("words", words);
    run_command(turn, command);
    return true;
  }
  return false;
}

/// In the middle of something, a whole command of another topic, or one with a ticket's number, comes first.
bool Router::interrupt_by_command(Turn& turn, const Command& command) {
  if (turn.choice()) return false;  // the words of a choice, even where they are a command elsewhere
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
  Dialog before = turn.dialog();
  suspend(turn);
  if (!run_command(turn, command)) {
    turn.mutable_dialog() = std::move(before);
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
  const Message whole = turn.message();
  auto others = hear_own_part(turn, *handler);
  Answered answered = handler->answer(turn);
  if (!others.empty()) {  // "36.5，另外家里没米了": the step has its answer, the rest is another topic's
    if (answered == Answered::taken) {
      left(topic, step, "answered");
      answer_parts(turn, whole, others);
      return resume(turn);
    }
    turn.hear(whole);
    answered = Answered::not_mine;
  }
  switch (answered) {
    case Answered::taken:
      left(topic, step, "answered");
      if (!turn.dialog().active()) resume(turn);
      return;
    case Answered::not_understood:
      if (digit && answer_digit(turn)) return;
      if (is_about_open_request(turn, *handler)) return interrupt_by_rules(turn);
      // "排查 3号楼 501完成" in the middle of a round: the step has no use for it, somebody else has.
      if (auto command = command_of(turn); command && interrupt(turn, *command)) return;
      return misunderstood(turn, *handler);
    case Answered::not_mine:
      return interrupt_by_rules(turn);
  }
}

/// "人醒了，没事了" in the middle of a form is no wrong answer to it: whoever is on the way has to hear it.
bool Router::is_about_open_request(Turn& turn, const Handler& asking) const {
  Handler* requests = find("help_request");
  if (!requests || requests == &asking || turn.message().kind != MessageKind::text) return false;
  return turn.words().mentions("settled", turn.message().normal) && requests->fits(turn);
}

/// The message is not for the open step: whatever it is for comes first, and the step after it.
void Router::interrupt_by_rules(Turn& turn) {
  left(turn.dialog().topic, turn.dialog().step, "interruption");
  suspend(turn);
  if (auto command = command_of(turn); !command || !run_command(turn, *command)) answer_by_rules(turn);
  resume(turn);
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
  const Handler* asking = find("wish");  // asks back what is not clear
  const Handler* before_asking = asking ? asking : handlers_.back();
  // "确认" of somebody who has nothing to confirm is a command all the same, and resembles nothing.
  // "多会儿能出去上班" only begins with one's word; what is said to a command stands behind a blank or a
  // number.
  auto command = command_of(turn);
  const std::string& normal = turn.message().normal;
  bool by_chance = command && !command->exact && !command->number && normal.find(' ') == normal.npos;
  bool declined = command && !by_chance && utf8_length(normal) <= longest_command;
  for (Handler* handler : handlers_) {
    if (handler == before_asking && !declined && answer_by_intent(turn)) return;
    if (handler == asking && declined) continue;
    if (!handler->fits(turn)) continue;
    if (!give_way(turn, *handler)) handler->start(turn);
    return;
  }
}

/// The message fits a topic by a word, and is plainly another's. A greeting is not another topic's: whoever
/// greets and says something means what they say.
bool Router::give_way(Turn& turn, Handler& handler) {
  const auto& understood = turn.message().heard.understood;
  if (understood.guess.intents.empty() || understood.ask) return false;
  std::string_view intent = understanding::intent_names[understood.guess.intents.front()];
  Handler* other = serving(intent);
  if (!other || other == &handler || other == handlers_.back()) return false;
  return understood.guess.confidence >= handler.gives_way_above(turn) && other->wish(turn, intent);
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

/// "体温36.5，另外家里没米了": each part is answered by its topic, and each is asked about in its turn. What
/// is for one topic stays whole.
bool Router::answer_wishes(Turn& turn) {
  const Message whole = turn.message();
  const auto& wishes = whole.heard.understood.wishes;
  if (wishes.size() < 2) return false;
  const Handler* first = serving(understanding::intent_names[wishes.front().intent]);
  bool one_topic = std::ranges::all_of(wishes, [&](const understanding::Wish& wish) {
    return serving(understanding::intent_names[wish.intent]) == first;
  });
  if (one_topic) return false;
  for (Handler* handler : handlers_) {
    if (handler == handlers_.back() || !handler->fits(turn)) continue;
    if (!handler->may_be_taken_apart()) return false;
    break;
  }
  answer_parts(turn, whole, wishes);
  return true;
}

/// One question at a time: what the part before asks is asked again when this one is through.
void Router::answer_parts(Turn& turn, const Message& whole, std::span<const understanding::Wish> parts) {
  for (const auto& wish : parts) {
    if (turn.dialog().active()) {
      turn.unsay_question();
      suspend(turn);
    }
    turn.hear(part_of(whole, wish));
    answer_one(turn);
  }
  turn.hear(whole);
}

/// If one of several wishes is for the topic whose step is open, the turn goes on with that part alone; the
/// others are the caller's to serve. Otherwise nothing changes.
std::vector<understanding::Wish> Router::hear_own_part(Turn& turn, const Handler& handler) const {
  std::vector<understanding::Wish> own, others;
  if (!handler.may_be_taken_apart()) return {};
  for (const auto& wish : turn.message().heard.understood.wishes) {
    bool its = serving(understanding::intent_names[wish.intent]) == &handler;
    (its ? own : others).push_back(wish);
  }
  if (own.size() != 1 || others.empty()) return {};
  turn.hear(part_of(turn.message(), own.front()));
  return others;
}

/// The person has said what an earlier message was meant to be.
void Router::serve_chosen(Turn& turn, std::string text, std::string_view intent) {
  Message message;
  message.kind = MessageKind::text;
  message.normal = normalise(text);
  message.text = std::move(text);
  auto meant = understanding::intent_of(intent);
  if (meant) {
    message.heard.understood.guess = {{*meant}, 1, {}};
    message.heard.understood.wishes = {{*meant, 0, message.text.size(), 1}};
  }
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
  if (Handler* handler = find(turn.dialog().topic); handler && !handler->is_gone_on_with())
    return turn.leave();
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
  if (turn.wish_waits()) return;  // first what the person has just chosen
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
