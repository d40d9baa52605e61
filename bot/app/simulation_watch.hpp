// The invariants: what must hold whatever happened, checked while the simulation runs and once more at its
// end. They are judged from outside the rules they guard: from the tables, the policies and what people
// received, not by asking the code that acts on them.
#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "bot/app/simulation_lapses.hpp"
#include "bot/app/simulation_scene.hpp"
#include "bot/community/assessment.hpp"
#include "bot/community/bulletin.hpp"
#include "bot/community/campaign.hpp"
#include "bot/community/policy.hpp"

namespace linli::app::simulation {

class Watch {
 public:
  Watch(Scene& scene, const community::Policies& policies, community::QuietHours quiet, Seconds awake_for);

  // --- told by the run
  /// The house was not there, or the clock jumped: nothing could be done in between.
  void blind(Time from, Time until) { blind_.emplace_back(from, until); }
  void processed(const Push& push, const pipeline::Outcome& outcome);
  void duplicate(const Push& push, const pipeline::Outcome& outcome);
  void acknowledged(const Push& push) { journal_.push_back(push.in.account + "/" + push.in.dedupe_key); }
  void claimed(const outbox::Send& send);
  void called(const outbox::Send& send, const Platform::Answer& answer);
  /// A household said how it is, and heard that it was written down.
  void told_health(AreaId household, const std::string& day, bool fine);
  void entered_by_phone(int households) { by_phone_ += households; }

  // --- looking
  void look_at_tasks();
  /// The running week's bulletin, and the one kept before.
  void look_at_the_bulletin();
  void look_at_campaigns();
  void look_at_stories();
  void look_at_the_end();
  /// `week_prompts`: the cap that the settings name, whatever the bot goes by.
  void look_at_burden(int week_prompts);

  const std::map<std::string, std::int64_t>& checked() const { return checked_; }
  const std::map<std::string, std::vector<std::string>>& violations() const { return violations_; }
  std::int64_t households_heard() const { return static_cast<std::int64_t>(told_.size()); }

 private:
  struct OpenTask;
  void check(const std::string& rule, bool holds, std::string_view what, std::int64_t number = 0);
  void look_at(const OpenTask& task);
  std::optional<std::pair<Time, Seconds>> clock_of(const OpenTask& task) const;
  bool somebody_responsible(const OpenTask& task) const;
  bool may_ring(const store::Delivery& row, const Person& person);
  void look_at_rounds();
  void look_for_slots(const store::Delivery& row);
  void look_at_checkins();

  // --- simulation_watch_lapses.cpp
  struct Lapse {
    PersonId person;
    TaskId task;
    std::string what;
  };
  void witness(const std::string& msgid);
  bool away(PersonId person, Time from, Time until);
  std::vector<Lapse> silent_ones();
  std::vector<Lapse> broken_ones();
  void look_at_assessments();
  void look_at_fault(const community::AssessedItem& item);
  void compare_with_rows(const community::Bulletin& bulletin, const community::Week& week);
  Time seen_by(Time due) const;

  Scene& scene_;
  const community::Policies& policies_;
  community::QuietHours quiet_;
  Seconds awake_for_;
  std::vector<std::pair<Time, Time>> blind_;
  std::vector<std::string> journal_;
  std::unordered_set<std::int64_t> claimed_once_, arrived_;
  std::map<std::string, Time> slots_;
  std::map<std::pair<std::int64_t, std::string>, bool> told_;  // household and day: all fine?
  std::int64_t by_phone_ = 0;
  Witness witness_;
  std::string kept_week_;
  Time begins_;
  std::map<std::int64_t, community::CampaignTotals> closed_, confirmed_;  // as first seen so
  std::map<std::string, std::int64_t> checked_;
  std::map<std::string, std::vector<std::string>> violations_;
};

}  // namespace linli::app::simulation
