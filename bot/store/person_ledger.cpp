#include "bot/store/person_ledger.hpp"

#include "bot/store/sealed.hpp"

namespace linli::store {

namespace {

constexpr std::string_view name_purpose = "person.name";
constexpr std::string_view phone_purpose = "person.phone";
constexpr std::string_view dialog_purpose = "contact.dialog";
// Sends no further apart belong together; longer than the platform's three tries to deliver a message.
constexpr Seconds burst{60};

constexpr const char* contact_columns =
    "select id, person, account, openid, followed, window_until, window_left, last_message_at from contact ";

/// "+86 138-0013-8000" and "13800138000" are one number.
std::string plain_number(std::string_view phone) {
  std::string digits;
  for (char c : phone) {
    if (c >= '0' && c <= '9') digits += c;
  }
  if (digits.size() == 13 && digits.starts_with("86")) digits.erase(0, 2);
  return digits;
}

template <class... In>
std::optional<Contact> read_contact(Statement& statement, const In&... in) {
  auto row = statement.one<ContactId, PersonId, std::string, std::string, bool, Time, int, Time>(in...);
  if (!row) return std::nullopt;
  auto& [id, person, account, openid, followed, until, left, last] = *row;
  return Contact{id, person, std::move(account), std::move(openid), followed, {until, left}, last};
}

std::vector<PersonId> ids(std::vector<std::tuple<PersonId>> rows) {
  std::vector<PersonId> found;
  for (auto& [id] : rows) found.push_back(id);
  return found;
}

// What leaves with a person, in this order. The tables keep their rows, so that counts and histories stay
// right; what a person said or is leaves them. The contact gets a name that the platform never sends.
constexpr const char* forgetting[] = {
    "update checkin set details_sealed = '' where household = (select home from person where id = :id) "
    "and person = :id2",
    "update member set name_sealed = '', conditions_sealed = '', birth_year = null, "
    "state = 'left', person = null where person = :id",
    "update task_event set note_sealed = '' where task in (select id from task where reporter = :id)",
    "update task set text_sealed = '', data_sealed = '' where reporter = :id",
    "update outbox set body_sealed = '', card_sealed = '', "
    "state = case when state in ('due', 'waiting') then 'expired' else state end "
    "where contact in (select id from contact where person = :id)",
    "delete from ask where person = :id",
    "delete from task_follower where person = :id",
    "delete from guidance_read where person = :id",
    "delete from question_told where person = :id",
    "delete from asked_question_by where person = :id",
    "update asked_question set text_sealed = '', open = 0 where task in (select id from task where reporter "
    "= "
    ":id)",
    "update care_contact set words_sealed = '' where care in (select c.id from care c join person p "
    "on p.home = c.household where p.id = :id)",
    "delete from care_follow where care in (select c.id from care c join person p "
    "on p.home = c.household where p.id = :id)",
    "delete from picture where contact in (select id from contact where person = :id)",
    "update contact set account = '', openid = 'forgotten:' || id, followed = 0, window_until = 0, "
    "window_left = 0, dialog_sealed = '' where person = :id",
};

}  // namespace

PersonLedger::PersonLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      admit_(
          db,
          "select c.id, c.person, c.followed, c.window_until, c.window_left, c.last_message_at, "
          "c.dialog_sealed, p.name_sealed, p.home, p.quiet from contact c join person p on p.id = c.person "
          "where c.account = :account and c.openid = :openid"),
      new_person_(db, "insert into person (created_at) values (:now) returning id"),
      new_contact_(
          db,
          "insert into contact (person, account, openid) values (:person, :account, :openid) returning id"),
      save_(db,
            "update contact set followed = :followed, window_until = :until, window_left = :left, "
            "last_message_at = :last, dialog_sealed = :dialog where id = :id and account <> ''"),
      find_(db, "select name_sealed, home, quiet from person where id = :id"),
      find_code_(db, "select id from person where code = :code"),
      find_phone_(db, "select id from person where phone_hash = :hash and phone_hash <> '' order by id"),
      find_home_(db,
                 "select id from person where home = :household union "
                 "select person from member where household = :household2 and person is not null "
                 "and state = 'confirmed' and until_at is null order by 1"),
      contact_of_(
          db, std::string(contact_columns) +
                  "where person = :person and followed = 1 order by last_message_at desc, id desc limit 1"),
      contact_(db, std::string(contact_columns) + "where id = :id"),
      dialog_(db, "select dialog_sealed from contact where id = :id"),
      phone_(db, "select phone_sealed from person where id = :id"),
      create_(db,
              "insert into person (code, name_sealed, phone_sealed, phone_hash, created_at) "
              "values (:code, :name, :phone, :hash, :now) returning id"),
      name_(db, "update person set name_sealed = :name where id = :id"),
      set_phone_(db, "update person set phone_sealed = :phone, phone_hash = :hash where id = :id"),
      home_(db, "update person set home = :home where id = :id"),
      quiet_(db, "update person set quiet = :quiet where id = :id"),
      move_(db, "update contact set person = :person where id = :id"),
      followed_(db, "update contact set followed = :followed where id = :id"),
      use_window_(
          db,
          "update contact set window_left = max(window_left - 1, 0), "
          "spent = case when spent_at >= :burst then spent + 1 else 1 end, spent_at = :now where id = :id"),
      spent_(db, "select spent from contact where id = :id and spent_at >= :since"),
      ask_forget_(db, "update person set forget_asked_at = :now where id = :id and forgotten_at is null"),
      waiting_forget_(db,
                      "select id from person where forget_asked_at is not null and forgotten_at is null "
                      "order by forget_asked_at, id"),
      forget_(
          db,
          "update person set code = null, name_sealed = '', phone_sealed = '', phone_hash = '', home = null, "
          "forgotten_at = :now where id = :id") {
  for (const char* sql : forgetting) forget_rest_.push_back(std::make_unique<Statement>(db, sql));
}

Admitted PersonLedger::admit(std::string_view account, std::string_view openid, Time now) {
  auto row = admit_.one<ContactId, PersonId, bool, Time, int, Time, std::string, std::string, AreaId, bool>(
      account, openid);
  if (!row) {
    Admitted admitted;
    admitted.person.id = std::get<0>(*new_person_.one<PersonId>(now));
    ContactId id = add_contact(admitted.person.id, account, openid);
    admitted.contact = {id, admitted.person.id, std::string(account), std::string(openid), true, {}, {}};
    admitted.is_new = true;
    return admitted;
  }
  auto& [id, person, followed, until, left, last, dialog, name, home, quiet] = *row;
  return {{id, person, std::string(account), std::string(openid), followed, {until, left}, last},
          {person, open_field(cipher_, name, name_purpose), home, quiet},
          open_field(cipher_, dialog, dialog_purpose),
          last == Time{}};
}

void PersonLedger::save(const Contact& contact, std::string_view dialog) {
  save_.run(contact.followed, contact.window.until, contact.window.left, contact.last_message_at,
            seal_field(cipher_, dialog, dialog_purpose), contact.id);
}

std::optional<Person> PersonLedger::find(PersonId id) {
  auto row = find_.one<std::string, AreaId, bool>(id);
  if (!row) return std::nullopt;
  auto& [name, home, quiet] = *row;
  return Person{id, open_field(cipher_, name, name_purpose), home, quiet};
}

std::optional<PersonId> PersonLedger::find_by_code(std::string_view code) {
  auto row = find_code_.one<PersonId>(code);
  if (!row) return std::nullopt;
  return std::get<0>(*row);
}

std::vector<PersonId> PersonLedger::find_by_phone(std::string_view phone) {
  std::string digits = plain_number(phone);
  if (digits.empty()) return {};
  return ids(find_phone_.all<PersonId>(cipher_.lookup_hash(digits, phone_purpose)));
}

std::vector<PersonId> PersonLedger::find_by_home(AreaId household) {
  return ids(find_home_.all<PersonId>(household, household));
}

std::optional<Contact> PersonLedger::contact_of(PersonId id) {
  return read_contact(contact_of_, id);
}
std::optional<Contact> PersonLedger::contact(ContactId id) {
  return read_contact(contact_, id);
}

std::string PersonLedger::dialog_of(ContactId id) {
  auto row = dialog_.one<std::string>(id);
  return row ? open_field(cipher_, std::get<0>(*row), dialog_purpose) : std::string{};
}

std::string PersonLedger::phone(PersonId id) {
  auto row = phone_.one<std::string>(id);
  return row ? open_field(cipher_, std::get<0>(*row), phone_purpose) : std::string{};
}

PersonId PersonLedger::create(std::string_view code, std::string_view name, std::string_view phone,
                              Time now) {
  std::optional<std::string> known_as;
  if (!code.empty()) known_as = code;
  auto row = create_.one<PersonId>(known_as, seal_field(cipher_, name, name_purpose),
                                   seal_field(cipher_, phone, phone_purpose), phone_hash(phone), now);
  return std::get<0>(*row);
}

ContactId PersonLedger::add_contact(PersonId person, std::string_view account, std::string_view openid) {
  return std::get<0>(*new_contact_.one<ContactId>(person, account, openid));
}

std::string PersonLedger::phone_hash(std::string_view phone) {
  std::string digits = plain_number(phone);
  return digits.empty() ? digits : cipher_.lookup_hash(digits, phone_purpose);
}

void PersonLedger::set_name(PersonId id, std::string_view name) {
  name_.run(seal_field(cipher_, name, name_purpose), id);
}

void PersonLedger::set_phone(PersonId id, std::string_view phone) {
  set_phone_.run(seal_field(cipher_, phone, phone_purpose), phone_hash(phone), id);
}

void PersonLedger::set_home(PersonId id, AreaId household) {
  home_.run(none_if_zero(household), id);
}
void PersonLedger::set_quiet(PersonId id, bool quiet) {
  quiet_.run(quiet, id);
}
void PersonLedger::move_contact(ContactId contact, PersonId person) {
  move_.run(person, contact);
}
void PersonLedger::set_followed(ContactId contact, bool followed) {
  followed_.run(followed, contact);
}
void PersonLedger::use_window(ContactId contact, Time now) {
  use_window_.run(now - burst, now, contact);
}
int PersonLedger::spent_since(ContactId contact, Time since) {
  auto row = spent_.one<int>(contact, since);
  return row ? std::get<0>(*row) : 0;
}
void PersonLedger::ask_to_forget(PersonId id, Time now) {
  ask_forget_.run(now, id);
}
std::vector<PersonId> PersonLedger::waiting_to_be_forgotten() {
  return ids(waiting_forget_.all<PersonId>());
}

void PersonLedger::forget(PersonId id, Time now) {
  forget_rest_.front()->run(id, id);
  for (std::size_t i = 1; i < forget_rest_.size(); ++i) forget_rest_[i]->run(id);
  forget_.run(now, id);
}

}  // namespace linli::store
