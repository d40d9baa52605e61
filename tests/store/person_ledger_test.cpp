#include "bot/store/person_ledger.hpp"

#include <gmock/gmock.h>

#include "tests/store/fixture.hpp"

namespace linli::store {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class PersonLedgerTest : public StoreTest {
 protected:
  PersonLedgerTest() {
    db->execute("insert into area (code, kind, name, path) values ('h', 'household', '501', '/1/')");
  }
  Admitted admit(const char* openid, std::int64_t now = 1000) {
    return people.admit("main", openid, at(now));
  }
  bool stored_anywhere(const std::string& plain) {
    std::string all =
        text("select coalesce(group_concat(name_sealed || phone_sealed || phone_hash), '') from person") +
        text("select coalesce(group_concat(dialog_sealed), '') from contact");
    return all.find(plain) != std::string::npos;
  }

  PersonLedger people{*db, cipher};
  AreaId home{1};
};

TEST_F(PersonLedgerTest, AStrangerIsAdmittedOnce) {
  Admitted first = admit("o1");
  EXPECT_TRUE(first.is_new);
  EXPECT_TRUE(first.contact.id && first.person.id);
  EXPECT_EQ(first.person.id, first.contact.person);
  EXPECT_TRUE(first.contact.followed);
  EXPECT_EQ(first.dialog, "");
  first.contact.last_message_at = at(1000);
  people.save(first.contact, "");

  Admitted again = admit("o1", 2000);
  EXPECT_FALSE(again.is_new);
  EXPECT_EQ(again.contact.id, first.contact.id);
  EXPECT_EQ(again.person.id, first.person.id);
  EXPECT_NE(admit("o2").person.id, first.person.id);
  EXPECT_NE(people.admit("other", "o1", at(1000)).person.id, first.person.id);
}

TEST_F(PersonLedgerTest, WhoWasImportedAndHasNeverWrittenIsNew) {
  PersonId id = people.create("resident-a", "居民甲", "19900000001", at(1));
  people.add_contact(id, "main", "o1");
  Admitted admitted = admit("o1");
  EXPECT_TRUE(admitted.is_new);
  EXPECT_EQ(admitted.person.id, id);
  EXPECT_EQ(admitted.person.name, "居民甲");
}

TEST_F(PersonLedgerTest, WhatATurnChangedIsThereAtTheNext) {
  Admitted admitted = admit("o1");
  Contact contact = admitted.contact;
  contact.followed = false;
  contact.window = {at(5000), 4};
  contact.last_message_at = at(1000);
  people.save(contact, R"({"topic":"help_request","words":"胸口疼"})");
  people.set_name(contact.person, "王大姐");
  people.set_home(contact.person, home);
  people.set_quiet(contact.person, true);

  Admitted again = admit("o1");
  EXPECT_FALSE(again.contact.followed);
  EXPECT_EQ(again.contact.window, (Window{at(5000), 4}));
  EXPECT_EQ(again.contact.last_message_at, at(1000));
  EXPECT_EQ(again.dialog, R"({"topic":"help_request","words":"胸口疼"})");
  EXPECT_EQ(again.person.name, "王大姐");
  EXPECT_EQ(again.person.home, home);
  EXPECT_TRUE(again.person.quiet);
  EXPECT_EQ(people.dialog_of(contact.id), again.dialog);
  EXPECT_EQ(people.contact(contact.id)->openid, "o1");
  EXPECT_EQ(people.find(contact.person)->name, "王大姐");
  EXPECT_FALSE(people.find(PersonId{999}));
}

TEST_F(PersonLedgerTest, PersonalDataIsSealed) {
  PersonId id = people.create("r", "王大姐", "13800138000", at(1));
  people.save({people.add_contact(id, "main", "o1"), id, "main", "o1", true, {}, at(5)}, "药没了");
  for (const char* plain : {"王大姐", "13800138000", "药没了"}) EXPECT_FALSE(stored_anywhere(plain)) << plain;
  EXPECT_EQ(people.phone(id), "13800138000");
  db->execute("update person set name_sealed = phone_sealed");  // a field moved to another column
  EXPECT_THROW(people.find(id), StorageError);
}

TEST_F(PersonLedgerTest, IsFoundByCodePhoneAndHome) {
  PersonId a = people.create("a", "甲", "+86 138-0013-8000", at(1));
  PersonId b = people.create("", "乙", "13800138000", at(1));
  PersonId c = people.create("", "丙", "", at(1));
  EXPECT_EQ(people.find_by_code("a"), a);
  EXPECT_FALSE(people.find_by_code("zzz"));
  EXPECT_FALSE(people.find_by_code(""));
  EXPECT_THAT(people.find_by_phone("138 0013 8000"), ElementsAre(a, b));
  EXPECT_THAT(people.find_by_phone(""), IsEmpty());
  people.set_phone(a, "13900139000");
  EXPECT_THAT(people.find_by_phone("13800138000"), ElementsAre(b));

  people.set_home(a, home);
  EXPECT_THAT(people.find_by_home(home), ElementsAre(a));
  Statement(*db, "insert into member (household, person, state) values (1, :p, 'confirmed')").run(b);
  Statement(*db, "insert into member (household, person, state) values (1, :p, 'claimed')").run(c);
  EXPECT_THAT(people.find_by_home(home), ElementsAre(a, b));  // a claim is not yet a home
}

TEST_F(PersonLedgerTest, MessagesGoToTheContactThatWroteLastOfThoseThatFollow) {
  PersonId id = people.create("", "", "", at(1));
  EXPECT_FALSE(people.contact_of(id));
  ContactId old = people.add_contact(id, "main", "o1"), recent = people.add_contact(id, "second", "o2");
  people.save({old, id, "main", "o1", true, {}, at(10)}, "");
  people.save({recent, id, "second", "o2", true, {}, at(20)}, "");
  EXPECT_EQ(people.contact_of(id)->id, recent);
  people.set_followed(recent, false);
  EXPECT_EQ(people.contact_of(id)->id, old);
  people.set_followed(old, false);
  EXPECT_FALSE(people.contact_of(id));
}

TEST_F(PersonLedgerTest, AContactMovesToTheStaffMemberWhoBoundIt) {
  PersonId staff = people.create("grid-hp", "网格长", "", at(1));
  Admitted admitted = admit("o1");
  people.move_contact(admitted.contact.id, staff);
  EXPECT_EQ(admit("o1").person.id, staff);
  EXPECT_EQ(people.contact_of(staff)->id, admitted.contact.id);
  EXPECT_TRUE(people.find(admitted.person.id));
  EXPECT_FALSE(people.contact_of(admitted.person.id));
}

TEST_F(PersonLedgerTest, TheWindowIsUsedUpAndNeverBelowNothing) {
  Contact contact = admit("o1").contact;
  contact.window = {at(5000), 1};
  people.save(contact, "");
  people.use_window(contact.id, at(100));
  people.use_window(contact.id, at(100));
  EXPECT_EQ(people.contact(contact.id)->window.left, 0);
}

TEST_F(PersonLedgerTest, WhoIsForgottenLeavesAnEmptyStub) {
  PersonId id = people.create("r", "王大姐", "13800138000", at(1));
  ContactId contact = people.add_contact(id, "main", "o1");
  people.save({contact, id, "main", "o1", true, {at(99), 3}, at(5)}, "药没了");
  people.set_home(id, home);
  auto insert = [&](const char* sql) { Statement(*db, sql).run(id); };
  insert(
      "insert into task (number, kind, state, urgency, reporter, opened_at, text_sealed, data_sealed) "
      "values (1, 'help', 'closed', 0, :p, 1, 'S', 'S')");
  insert("insert into task_event (task, at, what, actor, note_sealed) values (1, 1, 'done', :p, 'S')");
  insert("insert into member (household, person, name_sealed, conditions_sealed) values (1, :p, 'S', 'S')");
  insert(
      "insert into checkin (household, day, person, at, state, details_sealed) values (1, 'd', :p, 1, "
      "'fever', 'S')");
  insert(
      "insert into ask (person, topic, ref, accepts, asked_at, expires_at) values (:p, 't', 1, '1', 1, 9)");
  Statement(
      *db,
      "insert into outbox (contact, person, text_id, body_sealed, card_sealed, urgency, state, created_at, "
      "not_before, expires_at) values (:c, :p, 't', 'S', 'S', 0, 'waiting', 1, 1, 9)")
      .run(contact, id);

  people.ask_to_forget(id, at(10));
  EXPECT_THAT(people.waiting_to_be_forgotten(), ElementsAre(id));
  people.forget(id, at(20));
  EXPECT_THAT(people.waiting_to_be_forgotten(), IsEmpty());

  ASSERT_TRUE(people.find(id));
  EXPECT_EQ(people.find(id)->name, "");
  EXPECT_FALSE(people.find(id)->home);
  EXPECT_EQ(people.phone(id), "");
  EXPECT_FALSE(people.find_by_code("r"));
  EXPECT_THAT(people.find_by_phone("13800138000"), IsEmpty());
  EXPECT_FALSE(people.contact_of(id));
  EXPECT_EQ(number("select count(*) from ask"), 0);
  EXPECT_EQ(text("select state from outbox"), "expired");
  EXPECT_EQ(
      text("select (select text_sealed || data_sealed from task) || (select note_sealed from task_event) || "
           "(select name_sealed || conditions_sealed from member) || (select details_sealed from checkin) || "
           "(select body_sealed || card_sealed from outbox) || (select dialog_sealed from contact)"),
      "");
  EXPECT_EQ(number("select count(*) from checkin"), 1);  // counts stay right

  Contact stale{contact, id, "main", "o1", true, {at(99), 3}, at(5)};
  people.save(stale, "again");  // the turn that forgot ends with this
  EXPECT_FALSE(people.contact_of(id));
  EXPECT_EQ(people.dialog_of(contact), "");
  Admitted back = admit("o1");
  EXPECT_TRUE(back.is_new);
  EXPECT_NE(back.person.id, id);
}

}  // namespace
}  // namespace linli::store
