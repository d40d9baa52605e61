// People and their contacts (a person's address on one platform account). The first statement of every turn
// is admit(); the last but one is save().
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/field_cipher.hpp"
#include "bot/base/ids.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

/// What the platform still lets us send to a contact without asking, see platform documents 3.2.
struct Window {
  Time until{};
  int left{};
  bool operator==(const Window&) const = default;
};

struct Contact {
  ContactId id;
  PersonId person;
  std::string account;
  std::string openid;
  bool followed{};
  Window window;
  Time last_message_at{};
};

struct Person {
  PersonId id;
  std::string name;  // empty until told
  AreaId home;       // the confirmed household, if any
  bool quiet{};      // asked for no more than necessary ("别再发了")
};

/// Who writes, and what they were in the middle of.
struct Admitted {
  Contact contact;
  Person person;
  std::string dialog;  // as Dialog wrote it, empty when in the middle of nothing
  bool is_new{};       // has never written before
};

class PersonLedger {
 public:
  PersonLedger(Database& db, FieldCipher& cipher);

  /// Finds the contact, or makes a new contact with a new, nameless person.
  Admitted admit(std::string_view account, std::string_view openid, Time now);
  /// Writes back what a turn changed on the contact.
  void save(const Contact& contact, std::string_view dialog);

  std::optional<Person> find(PersonId id);
  std::optional<PersonId> find_by_code(std::string_view code);
  std::vector<PersonId> find_by_phone(std::string_view phone);
  std::vector<PersonId> find_by_home(AreaId household);
  /// Where messages to the person go: the contact that wrote last, of those that follow. None: not reachable.
  std::optional<Contact> contact_of(PersonId id);
  std::optional<Contact> contact(ContactId id);
  std::string dialog_of(ContactId id);
  std::string phone(PersonId id);

  PersonId create(std::string_view code, std::string_view name, std::string_view phone, Time now);
  ContactId add_contact(PersonId person, std::string_view account, std::string_view openid);
  void set_name(PersonId id, std::string_view name);
  void set_phone(PersonId id, std::string_view phone);
  void set_home(PersonId id, AreaId household);
  void set_quiet(PersonId id, bool quiet);
  /// The contact now belongs to `person` (a staff member has bound it); the person it had before stays,
  /// empty.
  void move_contact(ContactId contact, PersonId person);
  void set_followed(ContactId contact, bool followed);
  /// One of the window's sends is used.
  void use_window(ContactId contact, Time now);
  /// How many sends were used since then, at least: all of one burst count if its last one does.
  int spent_since(ContactId contact, Time since);

  /// Deletion was asked for; what is open must be settled first.
  void ask_to_forget(PersonId id, Time now);
  std::vector<PersonId> waiting_to_be_forgotten();
  /// Name, phone, home and contacts go, and with them what the person wrote and was told; the id stays as an
  /// empty stub so that counts stay right. Whoever writes again from the same account is a new person.
  void forget(PersonId id, Time now);

 private:
  std::string phone_hash(std::string_view phone);

  FieldCipher& cipher_;
  Statement admit_, new_person_, new_contact_, save_, find_, find_code_, find_phone_, find_home_, contact_of_,
      contact_, dialog_, phone_, create_, name_, set_phone_, home_, quiet_, move_, followed_, use_window_,
      spent_, ask_forget_, waiting_forget_, forget_;
  std::vector<std::unique_ptr<Statement>> forget_rest_;
};

}  // namespace linli::store
