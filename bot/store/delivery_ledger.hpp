// The outbox: what is to be said beside the passive reply. States:
//
//   due -> sending -> accepted -> delivered | failed
//      \-> waiting (no window; goes out when the person writes)   sending -> unknown (in doubt, shown to a
//      person)
//
// `sending` is committed before the call is made; rows of one contact go out in the order of their ids.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/field_cipher.hpp"
#include "bot/community/task.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

struct Delivery {
  DeliveryId id;
  ContactId contact;
  PersonId person;
  std::string text_id;
  std::string body;
  std::string card;  // up to four lines of a template message, newline-separated; empty: cannot go as one
  community::Urgency urgency{};
  std::string dedupe;  // empty: none
  std::string state;   // due, sending, waiting, accepted, delivered, failed, unknown, expired
  Time created_at{};
  Time not_before{};
  Time expires_at{};
  int attempts{};
  std::int64_t epoch{};
  std::string via;  // custom, template, passive
  std::string client_msg_id;
  std::string platform_msgid;
  int errcode{};
  TaskId task;
};

class DeliveryLedger {
 public:
  DeliveryLedger(Database& db, FieldCipher& cipher);

  /// False if its dedupe key was said before: nothing is added.
  bool add(const Delivery& delivery);
  /// Contacts that have something due at `now`, in the order of their ids after `after`: whoever asks goes
  /// round, so that one contact's long queue does not hide the others. Costs a look-up a contact, and passes
  /// over what is due later within the index.
  std::vector<ContactId> contacts_due(ContactId after, Time now, int limit);
  /// Is a message to the contact on its way right now?
  bool sending(ContactId contact);
  /// The first `limit` due rows of one contact, life safety first, otherwise in the order of writing.
  std::vector<Delivery> queue(ContactId contact, Time now, int limit);
  /// Every due row of the contact but life safety waits for the person's next word; how many that is.
  std::int64_t wait_all(ContactId contact);
  /// What waited is due.
  void release_waiting(ContactId contact, Time now);
  /// What has not left yet is not said any more; false if it has, or was never there.
  bool revoke(std::string_view dedupe);
  /// What waits to be said about the task is urgent and due now; how many rows that is.
  std::int64_t urge(TaskId task, Time now);
  std::optional<Delivery> find(DeliveryId id);
  std::vector<Delivery> of_platform_msgid(std::string_view msgid);
  /// Rows in `sending` whose lease has passed: the process died between the call and its answer.
  std::vector<Delivery> stale(Time now);
  /// Writes back everything but what is said and to whom. False, and nothing written, if the row has a later
  /// epoch: whoever took it over settles it.
  bool save(const Delivery& delivery, Time lease_until, std::optional<Time> settled_at);
  std::optional<Time> next_due();
  std::int64_t count(std::string_view state);
  /// By state, of the states that somebody should look at: not of what is accepted, delivered or expired.
  std::vector<std::pair<std::string, std::int64_t>> counts();
  /// Drops what was written and may not be said any more since before that moment, at most a thousand rows;
  /// how many went. Call again until none does.
  std::int64_t forget_before(Time before);

 private:
  FieldCipher& cipher_;
  Statement add_, contacts_, sending_, queue_, wait_all_, release_, find_, msgid_, stale_, save_, next_,
      count_, counts_, forget_, urge_, revoke_;
};

}  // namespace linli::store
