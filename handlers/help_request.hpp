// Help requests: free text first, then only what is missing. What belongs together becomes one request; the
// reporter hears every change, and only the reporter (or silence after being asked) closes it.
//
//   help_request.cpp         what is asked for: a new request, or more words to one
//   help_request_about.cpp   what is said about a request
//   help_request_answers.cpp what is answered to questions
#pragma once

#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"

namespace linli::handlers {

class HelpRequestHandler final : public dialog::Handler {
 public:
  HelpRequestHandler(dialog::TaskDesk& desk, store::AreaLedger& areas) : desk_(desk), areas_(areas) {}

  std::string_view topic() const override { return "help_request"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  std::vector<std::string_view> commands() const override { return {"help_request", "my_requests"}; }
  bool fits(dialog::Turn& turn) override;
  double gives_way_above(dialog::Turn& turn) override;
  void start(dialog::Turn& turn) override;
  bool may_be_taken_apart() const override { return true; }
  std::vector<std::string_view> intents() const override {
    return {"help_supplies", "help_medical", "help_mental", "help_environment"};
  }
  bool wish(dialog::Turn& turn, std::string_view intent) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  void cancelled(dialog::Turn& turn) override;
  void given_up(dialog::Turn& turn) override;
  bool expired(dialog::Turn& turn, PersonId person, const dialog::Dialog& left) override;
  void answer_ask(dialog::Turn& turn, std::int64_t ref, std::string_view digit) override;

 private:
  static constexpr Seconds reopens_within{7 * 24 * 3600};
  using Tasks = std::vector<community::Task>;
  static bool is_request(const community::Task& task);
  Tasks open_ones(dialog::Turn& turn);
  /// What the person says about a request they have: true if it was that.
  bool about_open_one(dialog::Turn& turn, Tasks& open);
  bool about_done_one(dialog::Turn& turn, const Tasks& open);
  void settle_done(dialog::Turn& turn, community::Task& task, bool solved);
  void reopen(dialog::Turn& turn, community::Task& task, std::string_view why);
  bool settle(dialog::Turn& turn, Tasks& open, bool not_needed);
  bool urge(dialog::Turn& turn, Tasks& open);
  community::Task* meant(dialog::Turn& turn, Tasks& among);
  bool move(dialog::Turn& turn, community::Task& task);
  bool about_closed_one(dialog::Turn& turn);
  std::optional<community::Task> last_closed(dialog::Turn& turn);
  void complain(dialog::Turn& turn, const Tasks& open);
  void serve(dialog::Turn& turn, const dialog::HelpCategory* category);
  void add_to(dialog::Turn& turn, community::Task& task);
  void open_new(dialog::Turn& turn, const dialog::HelpCategory* category);
  void open_voice(dialog::Turn& turn, Tasks& open);
  void status(dialog::Turn& turn);
  void ask_what_is_missing(dialog::Turn& turn, const community::Task& task,
                           const dialog::HelpCategory* category);
  community::Task* fresh(dialog::Turn& turn, Tasks& open, const dialog::HelpCategory* category);
  std::optional<community::Task> current(dialog::Turn& turn);

  dialog::TaskDesk& desk_;
  store::AreaLedger& areas_;
};

}  // namespace linli::handlers
