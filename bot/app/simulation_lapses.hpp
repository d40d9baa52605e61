// What simulated officers do with bulletins and assessments: they ask for the week, look at their own record
// and at others', object to what they were told, decide on objections, praise. And the witness of lapses:
// what the platform has told the bot of each message, kept outside the bot, against which assessments are
// judged (simulation_watch_lapses.cpp). Staff who are away without a word (Staff::plan_day) make the lapses.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "bot/app/simulation_scene.hpp"

namespace linli::app::simulation {

/// Of the day's end of somebody on call, and of anybody on the staff.
void look_at_the_week(Scene& scene, Person& person);
/// Objecting and deciding; false if the text is of another topic.
bool hears_of_assessment(Scene& scene, Person& person, const Heard& heard);

class Witness {
 public:
  /// The platform reported a message about a task as delivered, alone in its template, and the bot took that
  /// in.
  void reported(const std::string& msgid, PersonId person, TaskId task, Time at);

  struct Proof {
    PersonId person;
    TaskId task;
    Time at{};
  };
  const std::vector<Proof>& proofs() const { return proofs_; }
  bool proved(PersonId person, TaskId task, Time until) const;

 private:
  std::set<std::string> seen_;
  std::vector<Proof> proofs_;
};

}  // namespace linli::app::simulation
