// Notices, suggestions, pairing and how much is asked of people, as they are kept.
#include "bot/store/ledgers.hpp"
#include "tests/store/fixture.hpp"

namespace linli::store {
namespace {

using community::AreaKind;

class VoiceLedgersTest : public StoreTest {
 protected:
  VoiceLedgersTest() {
    district = l.areas.add("d", AreaKind::district, "区", {}, false, {}, {});
    street = l.areas.add("s", AreaKind::street, "街", district, false, {}, {});
    community_a = l.areas.add("a", AreaKind::community, "甲社区", street, false, {}, {});
    community_b = l.areas.add("b", AreaKind::community, "乙社区", street, false, {}, {});
    home_a = l.areas.add("a-1", AreaKind::household, "101", community_a, false, {}, {});
    home_b = l.areas.add("b-1", AreaKind::household, "101", community_b, false, {}, {});
  }
  PersonId resident(AreaId home, bool follows = true) {
    std::string code = "p" + std::to_string(++people_);
    PersonId id = l.people.create(code, "某人", "", at(0));
    l.people.set_home(id, home);
    if (follows) l.people.add_contact(id, "demo", code);
    return id;
  }
  Notice notice(AreaId area, std::string audience = "residents") {
    Notice made{.area = area,
                .audience = std::move(audience),
                .author = resident(home_b, false),
                .text = "周三停水",
                .state = "scheduled",
                .created_at = at(10),
                .send_at = at(10)};
    l.notices.add(made);
    return made;
  }

  Ledgers l{*db, cipher};
  AreaId district, street, community_a, community_b, home_a, home_b;
  int people_ = 0;
};

TEST_F(VoiceLedgersTest, ANoticesAudienceIsWhoLivesThere) {
  PersonId one = resident(home_a), two = resident(home_a, false), other = resident(home_b);
  Notice made = notice(community_a);
  auto forecast = l.notices.forecast(made, at(20), 1);
  EXPECT_EQ(forecast.people, 2);
  EXPECT_EQ(forecast.card, 1);
  EXPECT_EQ(forecast.none, 1);
  auto audience = l.notices.audience(made, {}, l.notices.last_person(), at(20));
  ASSERT_EQ(audience.size(), 2u);
  EXPECT_EQ(audience[0].first, one);
  EXPECT_EQ(audience[1].first, two);
  EXPECT_EQ(l.notices.audience(made, one, other, at(20)).size(), 1u) << "a window begins behind its first id";
  auto found = l.notices.find(made.id);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->text, "周三停水");
  EXPECT_EQ(number("select count(*) from notice where text_sealed like '%停水%'"), 0);
}

TEST_F(VoiceLedgersTest, AWindowThatIsOpenCountsAsNow) {
  PersonId one = resident(home_a);
  auto contact = *l.people.contact_of(one);
  contact.window = {at(1000), 2};
  l.people.save(contact, "");
  EXPECT_EQ(l.notices.forecast(notice(community_a), at(20), 1).now, 1);
  EXPECT_EQ(l.notices.forecast(notice(community_a), at(20), 2).now, 0)
      << "the last ones are kept for what is urgent";
  EXPECT_EQ(l.notices.forecast(notice(community_a), at(2000), 1).now, 0);
}

TEST_F(VoiceLedgersTest, StaffAreChosenByRole) {
  PersonId leader = resident(home_b), volunteer = resident(home_b), gone = resident(home_b);
  l.appointments.add(leader, community::Role::grid_leader, community_a, at(0), {}, {});
  l.appointments.add(volunteer, community::Role::volunteer, community_a, at(0), {}, {});
  l.appointments.add(gone, community::Role::volunteer, community_a, at(0), at(5), {});
  Notice made = notice(community_a, "staff");
  EXPECT_EQ(l.notices.forecast(made, at(20), 1).people, 2);
  made.roles = "volunteer deputy";
  EXPECT_EQ(l.notices.forecast(made, at(20), 1).people, 1);
  auto audience = l.notices.audience(made, {}, l.notices.last_person(), at(20));
  ASSERT_EQ(audience.size(), 1u);
  EXPECT_EQ(audience[0].first, volunteer);
  EXPECT_EQ(audience[0].second, community_a);
}

TEST_F(VoiceLedgersTest, ReachIsWhatTheOutboxSays) {
  PersonId taken = resident(home_a), waits = resident(home_a), refused = resident(home_a),
           none = resident(home_a, false);
  Notice made = notice(community_a);
  made.started_at = at(100);
  l.notices.save(made);
  auto send = [&](PersonId person, const char* state) {
    Delivery d;
    d.contact = l.people.contact_of(person)->id;
    d.person = person;
    d.text_id = "notice.notice";
    d.body = "周三停水";
    d.dedupe = NoticeLedger::dedupe(made.id, person);
    d.state = state;
    ASSERT_TRUE(l.deliveries.add(d));
    EXPECT_TRUE(l.notices.put(made.id, {person, home_a, "told", {}, false}, at(100)));
  };
  send(taken, "accepted");
  send(waits, "waiting");
  send(refused, "failed");
  EXPECT_FALSE(l.notices.put(made.id, {taken, home_a, "told", {}, false}, at(101))) << "once a reader";
  l.notices.put(made.id, {none, home_a, "unreachable", {}, false}, at(100));
  auto check = [&](const NoticeReach& reach) {
    EXPECT_EQ(reach.people, 4);
    EXPECT_EQ(reach.reached, 1);
    EXPECT_EQ(reach.waiting, 1);
    EXPECT_EQ(reach.lost, 1);
    EXPECT_EQ(reach.unreachable, 1);
  };
  check(l.notices.reach_of(made.id));
  auto reach = l.notices.reach(community_a, at(100), at(101));
  ASSERT_EQ(reach.size(), 1u);
  check(reach[0]);
  EXPECT_TRUE(l.notices.reach(community_a, at(101), at(200)).empty());
  EXPECT_TRUE(l.notices.reach(community_b, at(0), at(200)).empty()) << "nobody there was meant";
  EXPECT_EQ(l.notices.not_reached(made.id, district, 10).size(), 2u);
  // What the platform said outlives the outbox's rows.
  PersonId at_person{};
  int slices = 0;
  do {
    at_person = l.notices.keep_outcomes(made.id, at_person, 2);
    ++slices;
  } while (at_person);
  EXPECT_EQ(slices, 3);
  db->execute("delete from outbox");
  check(l.notices.reach_of(made.id));
}

TEST_F(VoiceLedgersTest, TheQuotaIsCountedByDay) {
  EXPECT_EQ(l.notices.sends_on("2026-03-02"), 0);
  l.notices.add_sends("2026-03-02", 3);
  l.notices.add_sends("2026-03-02", 4);
  EXPECT_EQ(l.notices.sends_on("2026-03-02"), 7);
  EXPECT_EQ(l.notices.sends_on("2026-03-03"), 0);
}

TEST_F(VoiceLedgersTest, BurdenIsSummedByPersonAndArea) {
  PersonId one = resident(home_a), two = resident(home_a), other = resident(home_b), homeless = resident({});
  l.appointments.add(homeless, community::Role::volunteer, community_a, at(0), {}, {});
  l.burden.said(one, at(0), true, true);
  l.burden.said(one, at(0), false, false);
  l.burden.said(one, at(86400), false, true);
  l.burden.held(one, at(86400));
  l.burden.said(two, at(0), false, false);
  l.burden.said(other, at(0), false, false);
  l.burden.said(homeless, at(0), false, false);
  auto mine = l.burden.of(one, at(0), at(86401));
  EXPECT_EQ(mine.messages, 3);
  EXPECT_EQ(mine.questions, 1);
  EXPECT_EQ(mine.prompts, 2);
  EXPECT_EQ(mine.held, 1);
  EXPECT_EQ(l.burden.of(one, at(0), at(86400)).messages, 2) << "the end is not in it";
  auto area = l.burden.of_area(community_a, at(0), at(100000));
  EXPECT_EQ(area.people, 3);
  EXPECT_EQ(area.all.messages, 5);
  EXPECT_EQ(area.most_messages, 3);
  EXPECT_EQ(area.most_prompts, 2);
  EXPECT_EQ(l.burden.of_area(district, at(0), at(100000)).all.messages, 6) << "children sum to the parent";
}

TEST_F(VoiceLedgersTest, DeputiesSuggestionsComeFirst) {
  auto suggest = [&](AreaId area, bool deputy, Time by) {
    Task task;
    task.kind = TaskKind::suggestion;
    task.area = area;
    task.opened_at = at(10);
    l.tasks.open(task);
    l.suggestions.add({task.id, by, deputy, deputy ? "bot" : "", {}});
    return task;
  };
  Task plain = suggest(community_a, false, at(100)), deputy = suggest(community_a, true, at(200));
  suggest(community_b, false, at(50));
  auto open = l.suggestions.open_in(community_a);
  ASSERT_EQ(open.size(), 2u);
  EXPECT_EQ(open[0].task, deputy.id);
  plain.done_at = at(90);
  plain.state = TaskState::closed;
  plain.closed_how = community::CloseHow::confirmed;
  l.tasks.save(plain);
  l.suggestions.set_overdue(deputy.id, at(201));
  auto totals = l.suggestions.totals(community_a, at(0), at(100));
  EXPECT_EQ(totals.made, 2);
  EXPECT_EQ(totals.by_deputies, 1);
  EXPECT_EQ(totals.about_bot, 1);
  EXPECT_EQ(totals.answered, 1);
  EXPECT_EQ(totals.in_time, 1);
  EXPECT_EQ(totals.satisfied, 1);
  EXPECT_EQ(totals.overdue, 1);
  EXPECT_EQ(l.suggestions.open_in(community_a).size(), 1u);
}

TEST_F(VoiceLedgersTest, BoardsCountWhatMembersDidWhileEnlisted) {
  auto shop = l.organisations.add("shop", "某超市", community::OrganisationKind::shop, community_a);
  PersonId member = resident(home_a), plain = resident(home_a), asker = resident(home_a);
  EXPECT_TRUE(l.pairings.pair(shop, community_b, {}, at(0)));
  EXPECT_FALSE(l.pairings.pair(shop, community_b, {}, at(0)));
  EXPECT_EQ(l.pairings.of_area(home_b).size(), 1u);
  EXPECT_EQ(l.pairings.of_area(district).size(), 1u);
  EXPECT_TRUE(l.pairings.of_area(community_a).empty());
  EXPECT_TRUE(l.pairings.enlist({0, member, shop, "front", at(100)}));
  EXPECT_FALSE(l.pairings.enlist({0, member, {}, "front", at(101)}));
  auto solve = [&](PersonId owner, AreaId area, Time closed, community::CloseHow how) {
    Task task;
    task.kind = TaskKind::help;
    task.state = TaskState::closed;
    task.area = area;
    task.reporter = asker;
    task.owner = owner;
    l.tasks.open(task);
    task.closed_at = closed;
    task.closed_how = how;
    l.tasks.save(task);
  };
  solve(member, community_b, at(150), community::CloseHow::confirmed);
  solve(member, community_a, at(160), community::CloseHow::confirmed);
  solve(member, community_a, at(50), community::CloseHow::confirmed);  // before they enlisted
  solve(member, community_a, at(170), community::CloseHow::silent);    // nobody confirmed it
  solve(plain, community_a, at(150), community::CloseHow::confirmed);  // not a member
  auto board = l.pairings.board("front", at(0), at(1000));
  ASSERT_EQ(board.size(), 1u);
  EXPECT_EQ(board[0].organisation, shop);
  EXPECT_EQ(board[0].members, 1);
  EXPECT_EQ(board[0].done.tickets, 2);
  EXPECT_EQ(board[0].paired, 1);
  auto thanks = l.pairings.thanks(community_a, at(0), at(1000));
  ASSERT_EQ(thanks.size(), 2u);
  EXPECT_EQ(thanks[0].person, member);
  EXPECT_EQ(thanks[0].organisation, shop);
  EXPECT_EQ(thanks[0].done.tickets, 2);
  EXPECT_EQ(thanks[0].name, "") << "not without their consent";
  l.consents.grant(member,
                   {std::string(PairingLedger::named), std::string(PairingLedger::version), {}, at(200), {}});
  EXPECT_EQ(l.pairings.thanks(community_a, at(0), at(1000))[0].name, "某人");
  l.consents.withdraw(member, PairingLedger::named, {}, at(300));
  EXPECT_EQ(l.pairings.thanks(community_a, at(0), at(1000))[0].name, "");
  EXPECT_TRUE(l.pairings.leave(member, "front", at(400)));
  EXPECT_TRUE(l.pairings.board("front", at(400), at(1000)).empty());
}

TEST_F(VoiceLedgersTest, AMissedShiftSpoilsTheThanksUnlessItHadAReason) {
  PersonId person = resident(home_a);
  db->execute("insert into post (id, code, area, name, lat, lon, radius_m) values (1, 'gate', " +
              std::to_string(community_a.value) + ", '门', 0, 0, 100)");
  auto shift = [&](int starts, const char* rest) {
    db->execute(
        "insert into shift (post, person, starts_at, ends_at, state, in_at, missed_at, excuse_sealed) values "
        "(1, " +
        std::to_string(person.value) + ", " + std::to_string(starts) + ", " + std::to_string(starts + 10) +
        ", " + rest + ")");
  };
  shift(100, "'left', 100, null, ''");
  EXPECT_EQ(l.pairings.thanks(community_a, at(0), at(1000)).size(), 1u);
  shift(200, "'planned', null, 210, 'ill'");
  EXPECT_EQ(l.pairings.thanks(community_a, at(0), at(1000)).size(), 1u);
  shift(300, "'planned', null, 310, ''");
  EXPECT_TRUE(l.pairings.thanks(community_a, at(0), at(1000)).empty());
  EXPECT_EQ(l.pairings.of(person, at(0), at(1000)).missed, 1);
}

}  // namespace
}  // namespace linli::store
