// The contract of a topic. A handler answers the turns of one topic; it has no Boost, no SQL, no clock, no
// coroutine, and no state: it sees a Turn and the ledgers that its row in handlers/handlers.cpp names.
#pragma once

#include <string_view>
#include <vector>

#include "bot/dialog/turn.hpp"

namespace linli::dialog {

enum class Answered {
  taken,           // the step got its answer
  not_understood,  // the router says the step's help; the third time it offers a human and leaves
  not_mine,        // plainly about something else: the dialog is suspended and the message routed anew
};

/// A step of a topic's dialog, and what is said to somebody whose answer was not understood there.
struct Step {
  std::string_view name;
  TextId help;
};

class Handler {
 public:
  virtual ~Handler() = default;

  virtual std::string_view topic() const = 0;
  virtual std::vector<Step> steps() const { return {}; }
  /// Every text this topic's code says, helps included.
  virtual std::vector<TextId> texts() const = 0;
  /// Ids of config/words/commands.toml (also menu keys) that come here.
  virtual std::vector<std::string_view> commands() const { return {}; }

  /// Does a message outside any dialog belong here? Asked in the order of the table; the first yes has it.
  virtual bool fits(Turn&) { return false; }
  /// A message that fits, or the topic's own start.
  virtual void start(Turn& turn) = 0;
  /// What this topic does for a message that no rule knows but that resembles the examples of these
  /// (understanding/intents.hpp). Each intent has one topic.
  virtual std::vector<std::string_view> intents() const { return {}; }
  /// Such a message. False if it is not for this person now: nothing is said, and the person is asked.
  virtual bool wish(Turn& turn, std::string_view /*intent*/) {
    start(turn);
    return true;
  }

  /// A command of this topic. False if it is not for this person now: the router goes on as if it were text.
  virtual bool command(Turn&, const Command&) { return false; }
  /// The answer to the dialog's open step.
  virtual Answered answer(Turn&) { return Answered::not_mine; }
  /// The person leaves the open step by 取消. What the topic says is said instead of the general words.
  virtual void cancelled(Turn&) {}
  /// Three answers were not understood. The same.
  virtual void given_up(Turn&) {}
  /// The open step expired; nobody is speaking. True if the topic has told the person itself.
  virtual bool expired(Turn&, PersonId /*person*/, const Dialog&) { return false; }
  /// The answer to something told with `accepts`: `digit` is one of those, `ref` what was asked about.
  virtual void answer_ask(Turn&, std::int64_t /*ref*/, std::string_view /*digit*/) {}
  /// A row of DueLedger with this topic fell due.
  virtual void due(Turn&, const store::Due&) {}
};

}  // namespace linli::dialog
