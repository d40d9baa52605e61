// Decides who answers a message. In order: life safety; what the dialog expects (a relay, a form's step),
// unless the message is plainly a command; commands and menu keys; digits, if exactly one thing asked for
// them; the topics' own rules in the order of the table; the fallback. Also owns what every step has in
// common: cancel, back, a human, interruption and resumption, wrong input, polite expiry.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "bot/dialog/handler.hpp"

namespace linli::dialog {

/// Told of every step that a dialog stands at and how it was left; `replay --coverage` listens.
using StepObserver = std::function<void(std::string_view topic, std::string_view step, std::string_view how)>;

class Router {
 public:
  /// `handlers` in routing order, the fallback last.
  explicit Router(std::vector<Handler*> handlers);

  void answer(Turn& turn);
  /// A due row: to its topic's handler, or the dialog's expiry.
  void due(Turn& turn, const store::Due& due);
  void observe(StepObserver observer) { observer_ = std::move(observer); }

  std::span<Handler* const> handlers() const { return handlers_; }
  /// The texts that the router itself says.
  static std::vector<TextId> texts();

 private:
  Handler* find(std::string_view topic) const;
  void alarm(Turn& turn, Handler& safety);
  void route(Turn& turn);
  void answer_read(Turn& turn);
  void answer_step(Turn& turn);
  bool is_about_open_request(Turn& turn, const Handler& asking) const;
  void interrupt_by_rules(Turn& turn);
  bool leave_by_command(Turn& turn, const Command& command);
  bool interrupt_by_command(Turn& turn, const Command& command);
  bool interrupt(Turn& turn, const Command& command);
  bool command_without_dialog(Turn& turn, const Command& command);
  bool run_command(Turn& turn, const Command& command);
  bool answer_digit(Turn& turn);
  void answer_by_rules(Turn& turn);
  bool answer_wishes(Turn& turn);
  void answer_parts(Turn& turn, const Message& whole, std::span<const understanding::Wish> parts);
  std::vector<understanding::Wish> hear_own_part(Turn& turn, const Handler& handler) const;
  void answer_one(Turn& turn);
  bool give_way(Turn& turn, Handler& handler);
  bool answer_by_intent(Turn& turn);
  bool serve(Turn& turn, std::string_view intent);
  void serve_chosen(Turn& turn, std::string text, std::string_view intent);
  Handler* serving(std::string_view intent) const;
  void misunderstood(Turn& turn, Handler& handler);
  void say_help(Turn& turn, Handler& handler);
  void suspend(Turn& turn);
  void unsuspend(Turn& turn);
  void resume(Turn& turn);
  void left(std::string_view topic, std::string_view step, std::string_view how) const;

  std::vector<Handler*> handlers_;
  StepObserver observer_;
};

}  // namespace linli::dialog
