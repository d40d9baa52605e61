// The proof over a whole community, as `linli rota check` and the chat ask for it.
#include <gtest/gtest.h>

#include "bot/app/import.hpp"
#include "bot/store/rota_world.hpp"

namespace linli::app {
namespace {

class RotaCheck : public ::testing::Test {
 protected:
  RotaCheck() {
    auto imported = import_folder(*db, cipher, LINLI_SOURCE_DIR "/config/sample",
                                  {.now = time("2026-03-02 08:00"),
                                   .zone = zone,
                                   .account = "main",
                                   .area_rules = LINLI_SOURCE_DIR "/config/areas.toml"});
    if (!imported) throw std::runtime_error(imported.error().text);
  }
  Time time(const char* text) { return parse_time(zone, text).value(); }
  PostId post(std::string_view code) { return shifts.find_post_by_code(code)->id; }
  std::optional<community::Counterexample> check(PostId one = {}) {
    store::RotaWorld world({shifts, appointments, areas, people},
                           policies.of(community::TaskKind::shift_cover), zone, 70);
    return community::counterexample(world.read(one, time("2026-03-03 00:00"), time("2026-03-10 00:00")));
  }

  Zone zone = Zone::find("Asia/Shanghai").value();
  SeededRandom random{1};
  FieldCipher cipher{Secret(std::string(32, 'k')), random};
  std::unique_ptr<store::Database> db = store::Database::open({}).value();
  store::ShiftLedger shifts{*db, cipher};
  store::AreaLedger areas{*db};
  store::AppointmentLedger appointments{*db, areas};
  store::PersonLedger people{*db, cipher};
  community::Policies policies = community::Policies::read(LINLI_SOURCE_DIR "/config/policies.toml").value();
};

TEST_F(RotaCheck, names_the_shortest_gap_of_the_sample) {
  auto found = check();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->fault, community::RotaFault::uncovered);
  EXPECT_EQ(found->post, post("hp-east"));
  EXPECT_EQ(found->span, (community::Span{time("2026-03-03 07:00"), time("2026-03-03 08:00")}));
}

TEST_F(RotaCheck, of_one_post_counts_its_drafts) {
  EXPECT_FALSE(check(post("hp-north")));
  EXPECT_FALSE(check(post("hp-east")));  // complete once what is drafted is published
  shifts.rotas().publish(post("hp-east"), time("2026-03-02 09:00"));
  auto found = check();
  ASSERT_TRUE(found);
  EXPECT_NE(found->post, post("hp-east"));
}

TEST_F(RotaCheck, a_shift_that_was_declined_is_open) {
  auto gate = post("hp-north");
  for (auto& duty : shifts.ahead_at(gate, time("2026-03-04 00:00"))) {
    if (duty.shift.starts_at != time("2026-03-04 06:00")) continue;
    duty.shift.state = store::ShiftState::declined;
    shifts.save(duty.shift);
  }
  auto found = check(gate);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->span, (community::Span{time("2026-03-04 06:00"), time("2026-03-04 08:00")}));
}

TEST_F(RotaCheck, nobody_who_can_be_reached_is_nobody) {
  db->execute("update contact set followed = 0");
  auto found = check(post("hp-north"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->fault, community::RotaFault::no_one_left);
  EXPECT_EQ(found->absences, 0);
}

}  // namespace
}  // namespace linli::app
