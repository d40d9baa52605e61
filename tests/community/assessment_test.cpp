// Who is at fault, and who must not be: each kind of evidence with and without proof.
#include "bot/community/assessment.hpp"

#include <gtest/gtest.h>

namespace linli::community {
namespace {

constexpr PersonId zhang{1}, li{2};

class AssessmentTest : public ::testing::Test {
 protected:
  AssessmentTest() {
    rules = *AssessmentRules::read(std::string(LINLI_SOURCE_DIR) + "/config/assessment.toml");
    facts.from = at("2026-03-02 00:00");
    facts.until = at("2026-03-09 00:00");
    story = {TaskId{7}, TaskKind::help, Urgency::high, AreaId{3}, {}, {}};
  }
  Time at(const char* text) const { return *parse_time(zone, text); }
  void event(const char* when, const char* what, PersonId actor, PersonId person = {}) {
    story.events.push_back({at(when), actor, what, person});
  }
  /// "unanswered:fault:report solved:good:" of one person.
  std::string found(PersonId person) {
    facts.stories = {story};
    std::string text;
    for (const auto& item : assess(facts, rules, policies, quiet)) {
      if (item.person != person) continue;
      text += std::string(text.empty() ? "" : " ") + std::string(name(item.outcome)) + ":" +
              std::string(name(item.standing)) + (item.proof.empty() ? "" : ":" + item.proof);
      EXPECT_EQ(item.standing == Standing::fault, item.proved_at.has_value());
    }
    return text;
  }

  Zone zone = *Zone::find("Asia/Shanghai");
  Policies policies =
      *Policies::read(std::string(LINLI_SOURCE_DIR) + "/config/policies.toml");  // help: 30 minutes
  QuietHours quiet{zone, 22 * 60, 7 * 60};
  AssessmentRules rules;
  AssessmentFacts facts;
  TaskStory story;
};

TEST_F(AssessmentTest, AcceptedInTimeSolvedAndConfirmedIsGood) {
  event("2026-03-03 10:00", "offered", {}, zhang);
  event("2026-03-03 10:10", "accepted", zhang, zhang);
  event("2026-03-03 11:00", "done", zhang, zhang);
  event("2026-03-03 12:00", "confirmed", {});
  EXPECT_EQ(found(zhang), "response:good solved:good honest:good");
}

TEST_F(AssessmentTest, SilenceWithoutAReportIsUndelivered) {
  event("2026-03-03 10:00", "offered", {}, zhang);
  event("2026-03-03 10:30", "escalated", {});
  event("2026-03-03 10:40", "accepted", li, li);
  EXPECT_EQ(found(zhang), "response:undelivered");
}

TEST_F(AssessmentTest, SilenceAfterAReportIsAFaultOnlyAfterTheWholeTime) {
  event("2026-03-03 10:00", "offered", {}, zhang);
  story.reports = {{zhang, at("2026-03-03 10:20")}};
  event("2026-03-03 10:45", "accepted", li, li);  // 25 minutes after it came
  EXPECT_EQ(found(zhang), "");
  story.events.pop_back();
  event("2026-03-03 10:51", "accepted", li, li);
  EXPECT_EQ(found(zhang), "response:fault:report");
}

TEST_F(AssessmentTest, AMessageThatCameAfterAnotherTookItBlamesNobody) {
  event("2026-03-03 10:00", "offered", {}, zhang);
  event("2026-03-03 14:00", "accepted", li, li);
  story.reports = {{zhang, at("2026-03-03 15:00")}};
  EXPECT_EQ(found(zhang), "response:undelivered");
}

TEST_F(AssessmentTest, TakenLateButSoonAfterItCameIsGood) {
  event("2026-03-03 10:00", "offered", {}, zhang);
  story.reports = {{zhang, at("2026-03-03 13:00")}};
  event("2026-03-03 13:10", "accepted", zhang, zhang);
  EXPECT_EQ(found(zhang), "response:good");
}

TEST_F(AssessmentTest, TakenAndNotFinishedIsAFaultByTheirOwnAct) {
  event("2026-03-03 10:00", "offered", {}, zhang);
  event("2026-03-03 10:10", "accepted", zhang, zhang);
  event("2026-03-03 14:10", "escalated", {}, zhang);
  event("2026-03-03 18:00", "done", zhang, zhang);
  event("2026-03-03 19:00", "confirmed", {});
  EXPECT_EQ(found(zhang), "response:good solved:fault:act honest:good");
}

TEST_F(AssessmentTest, FalselyClosedIsAFault) {
  event("2026-03-03 10:00", "offered", {}, zhang);
  event("2026-03-03 10:10", "accepted", zhang, zhang);
  event("2026-03-03 11:00", "done", zhang, zhang);
  event("2026-03-03 12:00", "reopened", {}, zhang);
  EXPECT_EQ(found(zhang), "response:good honest:fault:act");
}

TEST_F(AssessmentTest, OpenedAgainAfterASilentClosingItIsTheirsAgain) {
  event("2026-03-03 10:00", "offered", {}, zhang);
  event("2026-03-03 10:10", "accepted", zhang, zhang);
  event("2026-03-03 11:00", "done", zhang, zhang);
  event("2026-03-05 11:00", "closed_silent", {});
  event("2026-03-05 12:00", "reopened", {}, zhang);
  event("2026-03-05 16:00", "escalated", {}, zhang);
  EXPECT_EQ(found(zhang), "response:good solved:good honest:fault:act solved:fault:act");
}

TEST_F(AssessmentTest, WhoIsAwayIsExcused) {
  event("2026-03-03 10:00", "offered", {}, zhang);
  story.reports = {{zhang, at("2026-03-03 10:01")}};
  facts.absences[zhang] = {{at("2026-03-03 09:00"), at("2026-03-04 09:00")}};
  EXPECT_EQ(found(zhang), "response:excused");
}

TEST_F(AssessmentTest, GivenBackPassedOnAndTakenOverIsHandedOver) {
  event("2026-03-03 10:00", "offered", {}, zhang);
  event("2026-03-03 10:10", "accepted", zhang, zhang);
  event("2026-03-03 10:20", "returned", zhang, zhang);
  EXPECT_EQ(found(zhang), "response:good solved:handed_over");
  story.events.pop_back();
  event("2026-03-03 10:20", "left_by", {}, zhang);
  EXPECT_EQ(found(zhang), "response:good solved:handed_over");
  story.events.pop_back();
  event("2026-03-03 10:20", "accepted", li, li);
  EXPECT_EQ(found(zhang), "response:good solved:handed_over");
}

TEST_F(AssessmentTest, WhoLeavesAfterTheirTimeHadPassedLetItLie) {
  event("2026-03-03 10:00", "offered", {}, zhang);
  event("2026-03-03 10:10", "left_by", {}, zhang);
  EXPECT_EQ(found(zhang), "response:handed_over");
  story.events.pop_back();
  event("2026-03-03 18:00", "left_by", {}, zhang);
  EXPECT_EQ(found(zhang), "response:undelivered");
  story.reports = {{zhang, at("2026-03-03 10:01")}};
  EXPECT_EQ(found(zhang), "response:fault:report");
  story.reports = {{zhang, at("2026-03-03 17:59")}};
  EXPECT_EQ(found(zhang), "response:handed_over");
}

TEST_F(AssessmentTest, UndoingTheirAcceptanceProvesThatTheyKnow) {
  event("2026-03-03 10:00", "offered", {}, zhang);
  event("2026-03-03 10:10", "accepted", zhang, zhang);
  event("2026-03-03 10:12", "undone", zhang, zhang);
  EXPECT_EQ(found(zhang), "response:good response:fault:act");
}

TEST_F(AssessmentTest, TheNightDoesNotCount) {
  story.urgency = Urgency::normal;
  event("2026-03-03 22:30", "offered", {}, zhang);
  story.reports = {{zhang, at("2026-03-04 07:00")}};
  event("2026-03-04 07:29", "accepted", zhang, zhang);
  EXPECT_EQ(found(zhang), "response:good");
}

TEST_F(AssessmentTest, AMissedShiftNeedsTheirConfirmation) {
  auto shift = [&](const char* outcome, bool confirmed) {
    StoodShift one{ShiftId{5}, zhang, AreaId{3}, at("2026-03-03 06:00"), at("2026-03-03 08:00"), outcome, {}};
    if (confirmed) one.confirmed_at = at("2026-03-02 20:00");
    facts.shifts = {one};
    auto items = assess(facts, rules, policies, quiet);
    return items.empty() ? std::string("none") : std::string(name(items.front().standing));
  };
  EXPECT_EQ(shift("stood", false), "good");
  EXPECT_EQ(shift("late", false), "fault");
  EXPECT_EQ(shift("missing", true), "fault");
  EXPECT_EQ(shift("missing", false), "undelivered");
  EXPECT_EQ(shift("excused", true), "excused");
  EXPECT_EQ(shift("declined", true), "handed_over");
  EXPECT_EQ(shift("", true), "none");
}

TEST_F(AssessmentTest, TheScoreWeighsOutcomesAndCountsNothingElse) {
  Tally tally{};
  EXPECT_FALSE(score(tally, rules));
  auto& duty = tally[static_cast<std::size_t>(Outcome::duty)];
  duty[static_cast<std::size_t>(Standing::good)] = 3;
  duty[static_cast<std::size_t>(Standing::fault)] = 1;
  EXPECT_EQ(score(tally, rules), 75);
  for (auto other : {Standing::excused, Standing::undelivered, Standing::handed_over, Standing::removed})
    duty[static_cast<std::size_t>(other)] = 9;
  EXPECT_EQ(score(tally, rules), 75);
  tally[static_cast<std::size_t>(Outcome::honest)][static_cast<std::size_t>(Standing::good)] =
      1;  // weighs half
  EXPECT_EQ(score(tally, rules), 83);
}

}  // namespace
}  // namespace linli::community
