#include "bot/outbox/dispatch.hpp"

#include <gtest/gtest.h>

#include "bot/base/field_cipher.hpp"

namespace linli::outbox {
namespace {

using platform::SendClass;
using platform::SendOutcome;

class DispatchTest : public ::testing::Test {
 protected:
  DispatchTest() {
    person = people.create("p", "某人", "", now);
    contact = people.add_contact(person, "demo", "oSomebody");
  }

  void open_window(int left) {
    auto c = *people.contact(contact);
    c.window = {now + Seconds{3600}, left};
    people.save(c, "");
  }

  DeliveryId say(std::string body, std::string card = "",
                 community::Urgency urgency = community::Urgency::normal) {
    store::Delivery d;
    d.contact = contact;
    d.person = person;
    d.text_id = "x";
    d.body = std::move(body);
    d.card = std::move(card);
    d.urgency = urgency;
    d.state = "due";
    d.created_at = d.not_before = now;
    d.expires_at = now + Seconds{48 * 3600};
    d.dedupe = "k" + std::to_string(++said);
    deliveries.add(d);
    return DeliveryId{said};
  }

  std::string state(DeliveryId id) { return deliveries.find(id)->state; }
  std::vector<Send> claim() { return dispatch.claim(now, 10); }

  Time now{Seconds{1'000'000}};
  SeededRandom random{1};
  FieldCipher cipher{Secret(std::string(32, 'k')), random};
  std::unique_ptr<store::Database> db = std::move(store::Database::open({})).value();
  store::PersonLedger people{*db, cipher};
  store::DeliveryLedger deliveries{*db, cipher};
  std::unique_ptr<dialog::Texts> texts =
      std::move(dialog::Texts::read(LINLI_SOURCE_DIR "/templates")).value();
  store::DueLedger dues{*db};
  Dispatch dispatch{deliveries, people, dues, *texts, random, {}};
  PersonId person;
  ContactId contact;
  std::int64_t said = 0;
};

TEST_F(DispatchTest, is_sending_before_the_call_and_accepted_after) {
  open_window(5);
  auto id = say("你好");
  auto sends = claim();
  ASSERT_EQ(sends.size(), 1u);
  EXPECT_EQ(state(id), "sending");
  EXPECT_EQ(people.contact(contact)->window.left, 4);
  dispatch.settle(sends[0], {SendClass::accepted, 0, "17", {}}, now);
  EXPECT_EQ(state(id), "accepted");
}

TEST_F(DispatchTest, whoever_is_gone_is_noticed_by_the_refusal) {
  open_window(5);
  auto id = say("你好");
  auto sends = claim();
  ASSERT_EQ(sends.size(), 1u);
  dispatch.settle(sends[0], {SendClass::final_refusal, 43004, {}, {}}, now);
  EXPECT_EQ(state(id), "failed");
  EXPECT_FALSE(people.contact_of(person));
  auto due = dues.due(now, 9);
  ASSERT_EQ(due.size(), 1u);
  EXPECT_EQ(due.front().data, "lost");
  EXPECT_EQ(due.front().ref, person.value);
}

TEST_F(DispatchTest, sends_one_at_a_time_to_a_contact_in_order) {
  open_window(5);
  say("一");
  say("二");
  auto first = claim();
  ASSERT_EQ(first.size(), 1u);
  EXPECT_EQ(first[0].text, "一");
  EXPECT_TRUE(claim().empty());
  dispatch.settle(first[0], {SendClass::accepted, 0, {}, {}}, now);
  auto second = claim();
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second[0].text, "二");
}

TEST_F(DispatchTest, puts_many_into_one_when_the_window_has_few_left) {
  open_window(2);
  for (const char* body : {"一", "二", "三"}) say(body);
  auto sends = claim();
  ASSERT_EQ(sends.size(), 1u);
  EXPECT_EQ(sends[0].rows.size(), 3u);
  EXPECT_EQ(sends[0].text, "一\n\n二\n\n三");
}

TEST_F(DispatchTest, one_card_says_that_many_wait) {
  std::vector<DeliveryId> ids;
  for (const char* body : {"一", "二", "三", "四"}) ids.push_back(say(body, "卡片"));
  auto sends = claim();
  ASSERT_EQ(sends.size(), 1u);
  EXPECT_NE(sends[0].card.find("4 条"), std::string::npos);
  dispatch.settle(sends[0], {SendClass::accepted, 0, "1", {}}, now);
  EXPECT_TRUE(claim().empty());
  for (auto id : ids) EXPECT_EQ(state(id), "waiting");
  open_window(3);
  dispatch.window_opened(contact, now);
  auto all = claim();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].rows.size(), 4u);
}

TEST_F(DispatchTest, life_safety_goes_first) {
  open_window(5);
  say("普通");
  say("紧急", "", community::Urgency::life);
  EXPECT_EQ(claim()[0].text, "紧急");
}

TEST_F(DispatchTest, waits_without_a_window_and_goes_when_the_person_writes) {
  auto id = say("没有卡片");
  EXPECT_TRUE(claim().empty());
  EXPECT_EQ(state(id), "waiting");
  open_window(5);
  dispatch.window_opened(contact, now);
  EXPECT_EQ(claim().size(), 1u);
}

TEST_F(DispatchTest, a_shut_window_sends_it_another_way) {
  open_window(5);
  auto id = say("正文", "卡片");
  auto sends = claim();
  dispatch.settle(sends[0], {SendClass::final_refusal, 45015, {}, {}}, now);
  EXPECT_EQ(state(id), "due");
  auto again = claim();
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].way, Way::template_message);
}

TEST_F(DispatchTest, retries_later_and_gives_up_visibly) {
  open_window(100);
  auto id = say("x");
  for (int i = 0; i < 8; ++i) {
    auto sends = claim();
    ASSERT_EQ(sends.size(), 1u) << i;
    dispatch.settle(sends[0], {SendClass::retry_later, 45011, {}, {}}, now);
    EXPECT_TRUE(claim().empty());
    now += Seconds{3600};
    open_window(100);
  }
  EXPECT_EQ(state(id), "failed");
}

TEST_F(DispatchTest, in_doubt_is_resent_only_under_its_key) {
  auto keyed = say("正文", "卡片");
  auto first = claim();
  dispatch.settle(first[0], {SendClass::in_doubt, 0, {}, {}}, now);
  EXPECT_EQ(state(keyed), "due");
  now += Seconds{10};
  auto again = claim();
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].client_msg_id, first[0].client_msg_id);
  now += Seconds{10 * 60};
  dispatch.settle(again[0], {SendClass::in_doubt, 0, {}, {}}, now);
  EXPECT_EQ(state(keyed), "unknown");
}

TEST_F(DispatchTest, in_doubt_without_a_key_is_unknown_at_once) {
  open_window(5);
  auto id = say("x");
  auto sends = claim();
  dispatch.settle(sends[0], {SendClass::in_doubt, 0, {}, {}}, now);
  EXPECT_EQ(state(id), "unknown");
}

TEST_F(DispatchTest, recovers_what_was_being_sent_when_the_process_died) {
  auto keyed = say("正文", "卡片");
  claim();
  EXPECT_EQ(dispatch.recover(now).resent, 0);  // its lease still runs
  now += Seconds{61};
  EXPECT_EQ(dispatch.recover(now).resent, 1);
  EXPECT_EQ(state(keyed), "due");
  auto again = claim();
  ASSERT_EQ(again.size(), 1u);
  dispatch.settle(again[0], {SendClass::accepted, 0, "7", {}}, now);
  open_window(5);
  say("x");
  ASSERT_EQ(claim().size(), 1u);
  now += Seconds{61};
  EXPECT_EQ(dispatch.recover(now).unknown, 1);
}

TEST_F(DispatchTest, a_card_in_doubt_is_never_repeated_as_a_message) {
  auto keyed = say("正文", "卡片");
  auto first = claim();
  dispatch.settle(first[0], {SendClass::in_doubt, 0, {}, {}}, now);
  open_window(1);  // the person has written meanwhile: a message could go now
  say("另一条", "另一张");
  now += Seconds{10};
  auto again = claim();
  ASSERT_EQ(again.size(), 1u);
  EXPECT_EQ(again[0].way, Way::template_message);
  EXPECT_EQ(again[0].rows, std::vector{keyed});
  dispatch.settle(again[0], {SendClass::in_doubt, 0, {}, {}}, now);
  now += Seconds{10 * 60};  // its key is forgotten
  claim();
  EXPECT_EQ(state(keyed), "unknown");
}

TEST_F(DispatchTest, by_night_what_is_not_urgent_waits_for_the_morning) {
  auto zone = *Zone::find("UTC");
  Limits limits;
  limits.quiet = community::QuietHours(zone, 22 * 60, 7 * 60);
  Dispatch by_night{deliveries, people, dues, *texts, random, limits};
  now = *parse_time(zone, "2026-03-02 23:30");
  open_window(5);
  auto id = say("x"), urgent = say("y", "", community::Urgency::high);
  auto sends = by_night.claim(now, 10);
  ASSERT_EQ(sends.size(), 1u);
  EXPECT_EQ(sends[0].rows, std::vector{urgent});
  by_night.settle(sends[0], {SendClass::accepted, 0, {}, {}}, now);
  EXPECT_TRUE(by_night.claim(*parse_time(zone, "2026-03-03 06:59"), 10).empty());
  now = *parse_time(zone, "2026-03-03 07:00");
  open_window(5);
  EXPECT_EQ(by_night.claim(now, 10).front().rows, std::vector{id});
}

TEST_F(DispatchTest, whoever_has_just_written_is_answered_by_night_too) {
  auto zone = *Zone::find("UTC");
  Limits limits;
  limits.quiet = community::QuietHours(zone, 22 * 60, 7 * 60);
  Dispatch by_night{deliveries, people, dues, *texts, random, limits};
  now = *parse_time(zone, "2026-03-02 23:30");
  auto c = *people.contact(contact);
  c.window = {now + Seconds{3600}, 5};
  c.last_message_at = now - Seconds{9 * 60};
  people.save(c, "");
  say("x");
  EXPECT_EQ(by_night.claim(now, 10).size(), 1u);
}

TEST_F(DispatchTest, an_answer_after_the_lease_changes_nothing) {
  auto id = say("正文", "卡片");
  auto stale = claim();
  now += Seconds{61};
  dispatch.recover(now);
  auto fresh = claim();
  dispatch.settle(stale[0], {SendClass::final_refusal, 43004, {}, {}}, now);
  EXPECT_EQ(state(id), "sending");
  dispatch.settle(fresh[0], {SendClass::accepted, 0, "9", {}}, now);
  EXPECT_EQ(state(id), "accepted");
}

TEST_F(DispatchTest, a_report_tells_delivered_from_failed) {
  auto one = say("正文", "卡片");
  auto sends = claim();
  dispatch.settle(sends[0], {SendClass::accepted, 0, "77", {}}, now);
  dispatch.report("77", "failed:user block", now);
  EXPECT_EQ(state(one), "failed");
  dispatch.report("78", "success", now);  // nobody's
}

TEST_F(DispatchTest, stops_everything_when_the_platform_does_not_know_us) {
  open_window(5);
  auto id = say("x");
  auto sends = claim();
  dispatch.settle(sends[0], {SendClass::stop_all, 40164, {}, "1.2.3.4"}, now);
  EXPECT_TRUE(dispatch.stopped());
  EXPECT_EQ(state(id), "due");
  now += Seconds{3600};
  EXPECT_TRUE(claim().empty());
}

}  // namespace
}  // namespace linli::outbox
