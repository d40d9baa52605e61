// One message being answered, or one thing that fell due, inside one transaction. A handler gets a Turn and
// says, asks and tells through it; nothing it does is visible outside before the commit, and it may be run
// twice (a batch in which another turn threw is run again), so it keeps no state of its own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/community/quiet_hours.hpp"
#include "bot/community/task.hpp"
#include "bot/dialog/dialog.hpp"
#include "bot/dialog/message.hpp"
#include "bot/dialog/texts.hpp"
#include "bot/dialog/words.hpp"
#include "bot/store/ask_ledger.hpp"
#include "bot/store/burden_ledger.hpp"
#include "bot/store/delivery_ledger.hpp"
#include "bot/store/due_ledger.hpp"
#include "bot/store/person_ledger.hpp"

namespace linli::dialog {

using community::Urgency;

/// How something is told to a person outside the passive reply.
struct Tell {
  Urgency urgency = Urgency::normal;
  std::string dedupe = {};  // said once for ever under this key
  TaskId task = {};
  Time from = {};            // not said before then; at once if that is past
  Seconds keep{48 * 3600};   // not said any more after this long
  std::string accepts = {};  // digits that answer it ("12", "1 2"); with `topic` and `ref`
  std::string topic = {};
  std::int64_t ref = 0;
  std::string hint = {};  // how to say it in words: "接 12"
  bool optional = false;  // not said to somebody who asked for quiet ("别再发了")
  bool prompt =
      false;  // neither urgent nor their own matter: optional, and only so many a week (Surroundings)
};

/// What became of telling: in the outbox; not said to somebody who asked for quiet; held back, because the
/// week's cap of prompts is reached; nobody to say it to.
enum class Told { said, quiet, held, unreachable };

/// What a turn needs from its surroundings; the pipeline owns it.
struct Surroundings {
  const Texts& texts;
  const Words& words;
  const Zone& zone;
  store::PersonLedger& people;
  store::DeliveryLedger& deliveries;
  store::AskLedger& asks;
  store::DueLedger& dues;
  Seconds dialog_expiry{30 * 60};
  community::QuietHours quiet = {};
  store::BurdenLedger* burden = nullptr;  // counts what is told; none in tests that need no count
  int week_prompts = 0;                   // to one person in seven days; 0: as many as there are
};

/// One message to the sender: paragraphs, each of one text.
struct Said {
  std::string text;
  struct Paragraph {
    std::string id;
    std::size_t from{}, length{};  // where it stands in `text`
  };
  std::vector<Paragraph> paragraphs;
};

class Turn {
 public:
  /// A message. `act` numbers the turn (unique, rising).
  Turn(Surroundings& around, store::Admitted who, Message message, Time now, std::int64_t act);
  /// Something due: nobody is speaking.
  Turn(Surroundings& around, Time now, std::int64_t act);
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;

  Time now() const { return now_; }
  std::int64_t act() const { return act_; }
  const Zone& zone() const { return around_.zone; }
  const Words& words() const { return around_.words; }
  const Texts& texts() const { return around_.texts; }
  /// "23:40" today, "3月2日 23:40" otherwise.
  std::string when(Time at) const;

  bool has_sender() const { return who_.has_value(); }
  const store::Person& me() const { return who_->person; }
  PersonId sender() const { return who_ ? who_->person.id : PersonId{}; }
  const store::Contact& contact() const { return who_->contact; }
  bool is_new() const { return who_ && who_->is_new; }
  /// After a turn bound the contact to another person, or set the home: the rest of the turn speaks as that
  /// one.
  void become(const store::Person& person);
  const Message& message() const { return message_; }

  // --- speaking to the sender; the first message is the passive reply, which costs nothing
  /// Joins what this turn says, as a new paragraph of the same message.
  void say(TextId id, const Values& values = {});
  /// What is said next begins a message of its own.
  void new_message() { apart_ = true; }
  /// A message of its own, after what was said so far.
  void say_apart(TextId id, const Values& values = {});

  // --- speaking to anybody (the sender included)
  /// False if no contact of the person can be reached: the caller must then find another way.
  bool tell(PersonId to, TextId id, const Values& values = {}, const Tell& how = {}) {
    return try_tell(to, id, values, how) != Told::unreachable;
  }
  /// The same, for callers who account for what was not said.
  Told try_tell(PersonId to, TextId id, const Values& values = {}, const Tell& how = {});
  /// The first moment of the local day, `days` later.
  Time day_start(int days = 0) const { return zone().at(zone().next_day(zone().day(now_), days), 0); }

  // --- the dialog
  const Dialog& dialog() const { return dialog_; }
  std::string answer(std::string_view key) const;  // empty if not known
  void remember(std::string_view key, std::string_view value);
  /// Says `question` and waits for the answer at `step` of `topic`. `choices`: what 1, 2 ... stand for; the
  /// numbered lines are part of the text. An active dialog of another topic is suspended.
  void ask(std::string_view topic, std::string_view step, TextId question, const Values& values = {},
           std::vector<std::string> choices = {});
  /// The choice the message names, by digit or by its words; nothing if it names none.
  std::optional<std::string> choice() const;
  /// Back to the step before, asking its question again; false if there is none.
  bool back();
  /// Says the open question once more.
  void ask_again();
  /// Done with the dialog; an interrupted one will be resumed by the router.
  void leave();
  /// The dialog goes on and its clock starts anew.
  void keep_dialog(Seconds longer);
  /// Forgets everything the person was in the middle of.
  void leave_all();
  /// Puts another person into a dialog (a relay began); suspends what they were in.
  void put_into(PersonId person, Dialog dialog);
  void take_out(PersonId person, std::string_view topic);

  /// The router runs this command for the same person once the handler has returned.
  void redirect(std::string command_id) { redirect_ = std::move(command_id); }

  /// The router serves `text` as a message with this intent once the handler has returned: the person has
  /// said what it was meant to be.
  void redirect_wish(std::string text, std::string intent) { wish_ = {std::move(text), std::move(intent)}; }

  // --- for the router and the pipeline
  std::pair<std::string, std::string> take_wish() { return std::exchange(wish_, {}); }
  /// The rest of the turn answers this instead: a part of the message, or an earlier one.
  void hear(Message message) { message_ = std::move(message); }
  /// The open question was said just now and something else comes first: it is asked again later.
  void unsay_question();
  std::string take_redirect() { return std::exchange(redirect_, {}); }
  Dialog& mutable_dialog() { return dialog_; }
  store::Contact& mutable_contact() { return who_->contact; }
  const std::vector<Said>& said() const { return said_; }
  bool silent() const { return said_.empty(); }
  Surroundings& around() { return around_; }

 private:
  void push_trail();
  Told held_back(PersonId to, const Tell& how);
  void add_paragraph(TextId id, const Values& values, bool apart);

  Surroundings& around_;
  std::optional<store::Admitted> who_;
  Message message_;
  Time now_;
  std::int64_t act_;
  Dialog dialog_;
  std::vector<Said> said_;
  std::string redirect_;
  std::pair<std::string, std::string> wish_;  // text, intent
  bool apart_ = false;
};

}  // namespace linli::dialog
