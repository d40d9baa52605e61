// Rotas in the chat: the coming week of a post, changing and publishing it (rota.cpp, rota_publish.cpp),
// signing up and waiting for a place (rota_signup.cpp), exchange and answering when asked to stand
// (rota_swap.cpp), posts that a ticket opens (rota_post.cpp), appeals (rota_appeal.cpp).
#pragma once

#include "bot/community/rota_proof.hpp"
#include "bot/dialog/handler.hpp"
#include "handlers/duty_desk.hpp"

namespace linli::handlers {

class RotaHandler final : public dialog::Handler {
 public:
  explicit RotaHandler(const DutyDesk& desk) : desk_(desk) {}

  std::string_view topic() const override { return "rota"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  std::vector<std::string_view> commands() const override {
    return {"rota",       "rota_publish", "signup",  "swap",   "post_open",
            "post_close", "appeal",       "confirm", "reject", "accept"};
  }
  bool fits(dialog::Turn& turn) override;
  void start(dialog::Turn& turn) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  void answer_ask(dialog::Turn& turn, std::int64_t ref, std::string_view digit) override;
  void due(dialog::Turn& turn, const store::Due& due) override;

 private:
  using Duty = store::Duty;

  /// A command of this topic typed at a step of it: the step is left for it.
  bool another_command(dialog::Turn& turn);

  // --- the week of a post
  bool show(dialog::Turn& turn, const dialog::Command& command);
  bool publish_named(dialog::Turn& turn, std::string_view rest);
  void ask_draft(dialog::Turn& turn, const store::Post& post);
  dialog::Answered answer_draft(dialog::Turn& turn);
  bool change_shift(dialog::Turn& turn, const store::Post& post);
  bool add_line(dialog::Turn& turn, const store::Post& post);
  std::string week_lines(dialog::Turn& turn, const store::Post& post);
  /// The post that is named among those the sender leads; says what is wrong and answers nothing otherwise.
  std::optional<store::Post> post_meant(dialog::Turn& turn, std::string_view words, std::string_view verb);
  std::vector<store::Post> posts_led(dialog::Turn& turn);
  community::Span coming_week(dialog::Turn& turn) const;

  bool publish(dialog::Turn& turn, const store::Post& post);
  void say_counterexample(dialog::Turn& turn, const community::Counterexample& found);
  void apply_changes(dialog::Turn& turn, const store::Post& post, const std::vector<community::Rota>& drafts);
  std::size_t tell_week(dialog::Turn& turn, const store::Post& post, const std::vector<ShiftId>& before);

  // --- sign-up
  bool list_open(dialog::Turn& turn);
  /// "我来" of somebody who was asked to stand.
  bool say_yes(dialog::Turn& turn, const dialog::Command& command);
  dialog::Answered answer_open(dialog::Turn& turn);
  void sign_up(dialog::Turn& turn, const store::Opening& opening);

  // --- exchange, and being asked
  bool swap(dialog::Turn& turn);
  dialog::Answered answer_swap(dialog::Turn& turn);
  void offer_swap(dialog::Turn& turn, const Duty& duty);
  void stand_in(dialog::Turn& turn, const Duty& duty);
  void tell_around(dialog::Turn& turn, const Duty& before, ShiftId now);

  // --- posts that a ticket opens
  bool open_post(dialog::Turn& turn, const dialog::Command& command);
  /// The hours run already: the rest of the shift is open from the next quarter of an hour on.
  void open_rest(dialog::Turn& turn, const store::Post& post, const community::Hours& hours, Time now);
  dialog::Answered answer_close(dialog::Turn& turn);
  void give_up(dialog::Turn& turn, const store::Post& post);
  bool close_post(dialog::Turn& turn, const dialog::Command& command);
  dialog::Answered answer_where(dialog::Turn& turn);

  // --- appeals
  bool appeal(dialog::Turn& turn);
  bool decide(dialog::Turn& turn, const dialog::Command& command);

  /// A step whose numbered lines stand for ids: asks it, and reads which line was chosen.
  struct Line {
    std::int64_t id{};
    std::string text;
    std::string more = {};  // after the text, not part of the choice
  };
  void ask_lines(dialog::Turn& turn, std::string_view step, dialog::TextId question,
                 const std::vector<Line>& lines);
  std::optional<std::int64_t> chosen(dialog::Turn& turn) const;

  DutyDesk desk_;
};

}  // namespace linli::handlers
