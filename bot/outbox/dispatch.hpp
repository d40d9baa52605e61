// The outbox's work on its rows, on the store thread, each call one transaction of the caller:
//
//   claim()    due rows become `sending` (committed before any call is made), one send a contact at a time
//   settle()   the answer: accepted, due again later, failed with a reason, or unknown and shown to a person
//   recover()  rows that were `sending` when the process died
//   report()   the platform's later word on a template message
//
// A digest instead of a flood: several messages to one contact whose window has few sends left go as one; and
// when many would have to go as templates, one card says how many there are, and they follow when the person
// writes. In quiet hours what is not urgent waits until they end, unless the person has just written; life
// safety and what somebody on duty must hear at once goes at any hour.
#pragma once

#include <string>
#include <vector>

#include "bot/base/random.hpp"
#include "bot/dialog/texts.hpp"
#include "bot/outbox/plan.hpp"
#include "bot/platform/sender.hpp"
#include "bot/store/due_ledger.hpp"

namespace linli::outbox {

/// One call to the platform, carrying one or more rows.
struct Send {
  std::vector<DeliveryId> rows;
  std::int64_t epoch{};  // of the claim: an answer that comes after another claim changes nothing
  std::string account;
  std::string openid;
  std::string text;  // of a customer-service message
  std::string card;  // of a template message: lines, newline-separated
  std::string client_msg_id;
  Way way{};
};

struct TemplateSettings {
  std::string id;                   // empty: the account has none, nothing goes outside a window
  std::vector<std::string> fields;  // thing1 ...: one a card line
};

class Dispatch {
 public:
  Dispatch(store::DeliveryLedger& deliveries, store::PersonLedger& people, store::DueLedger& dues,
           const dialog::Texts& texts, Random& random, Limits limits);

  std::vector<Send> claim(Time now, int limit);
  void settle(const Send& send, const platform::SendOutcome& outcome, Time now);
  /// How many rows were resent and how many are now unknown.
  struct Recovered {
    int resent{};
    int unknown{};
  };
  Recovered recover(Time now);
  /// TEMPLATESENDJOBFINISH: `status` is "success", "failed:user block" ...
  void report(std::string_view platform_msgid, std::string_view status, Time now);
  /// The contact has written: what waited for that is due.
  void window_opened(ContactId contact, Time now);

  /// The texts that the outbox itself says.
  static std::vector<dialog::TextId> texts();
  const Limits& limits() const { return limits_; }
  /// All senders stopped (the platform does not know our address): told once, cleared by a restart.
  bool stopped() const { return stopped_; }

 private:
  Send make(const store::Contact& contact, std::vector<store::Delivery>& rows, Way way, Time now);
  std::vector<store::Delivery> sendable(const store::Contact& contact, Time now);
  void digest(const store::Contact& contact, Time now);
  void end(store::Delivery& delivery, std::string_view state, Time now);
  void wait(store::Delivery& delivery);
  /// Nobody is there any more: the topic of what is known about people sees to what they had in hand.
  void lost(const store::Contact& contact, Time now);
  void again(store::Delivery& delivery, Seconds after, Time now, bool surely_not_sent = true);

  store::DeliveryLedger& deliveries_;
  store::PersonLedger& people_;
  store::DueLedger& dues_;
  const dialog::Texts& texts_;
  Random& random_;
  Limits limits_;
  ContactId cursor_;  // where the next claim goes on
  bool stopped_ = false;
};

}  // namespace linli::outbox
