// What simulated people do beside their tickets: leave and illness with somebody standing in, an emergency
// level that changes and comes back, the gate's register, the care list, signing up and swapping shifts,
// appeals, a look at the coverage, a part of a task for a unit stationed here.
#pragma once

#include "bot/app/simulation_campaigns.hpp"
#include "bot/app/simulation_questions.hpp"
#include "bot/app/simulation_rounds.hpp"
#include "bot/app/simulation_scene.hpp"

namespace linli::app::simulation {

class Errands {
 public:
  Errands(Scene& scene, std::uint64_t seed) : scene_(scene), rounds_(scene, seed) {}

  /// `number`: of the day, from 0.
  void plan_day(int number);
  void hears(Person& person, const Heard& heard);

 private:
  void officers(Person& person, int number);
  void gates();
  void care(Person& person);
  void looked_after(Person& person, const Heard& heard);
  void asked_to_stand(Person& person, const Heard& heard);
  void leave(Person& person);
  void sometime(int from_hour, int until_hour, Person& person, std::string text);
  void soon(Person& person, std::string text);
  std::string home_in(AreaId area);

  Scene& scene_;
  Rounds rounds_;
  Campaigns campaigns_{scene_};
  Questions questions_{scene_};
};

}  // namespace linli::app::simulation
