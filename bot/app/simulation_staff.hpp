// How simulated staff work: they take what they are offered or let it climb, give it back with a reason, pass
// it on, finish it, take a word back, say what is true about a story, talk with people who wait, phone
// households that were not heard from, and are ill or away at times.
#pragma once

#include "bot/app/simulation_scene.hpp"
#include "bot/app/simulation_watch.hpp"

namespace linli::app::simulation {

class Staff {
 public:
  Staff(Scene& scene, Watch& watch) : scene_(scene), watch_(watch) {}

  void plan_day();
  void hears(Person& person, const Heard& heard);
  void noted(const pipeline::Outcome& outcome);

 private:
  void offered(Person& person, const Heard& heard);
  void accepted(Person& person, const community::Task& task);
  void work_on(Person& person, const community::Task& task);
  void reminded(Person& person, const Heard& heard);
  void decide(Person& person, std::int64_t number);
  void talk(Person& person, std::int64_t number);
  void phone_round(Person& person);
  void claims_to_live_there(Person& person, const std::string& text);
  void later(Person& person, Seconds delay, std::string text);
  std::optional<community::Task> task_of(const Heard& heard);

  Scene& scene_;
  Watch& watch_;
};

}  // namespace linli::app::simulation
