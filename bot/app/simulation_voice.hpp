// What simulated people do with the voice of the place: publicists and officers write notices with and
// without receipts, readers answer them or do not, residents and deputies suggest, supervisors answer and
// hear whether it will do, people enlist and are thanked.
#pragma once

#include "bot/app/simulation_scene.hpp"
#include "bot/app/simulation_stories.hpp"

namespace linli::app::simulation {

class Voice {
 public:
  explicit Voice(Scene& scene) : scene_(scene) {}

  /// `number`: of the day, from 0.
  void plan_day(int number);
  void hears(Person& person, const Heard& heard);

 private:
  void officers(Person& person, int number);
  void everybody(Person& person);
  void wrote_notice(Person& person, const Heard& heard);
  void sometime(int from_hour, int until_hour, Person& person, std::string text);
  void soon(Person& person, std::string text);

  Scene& scene_;
  Stories stories_{scene_};
};

}  // namespace linli::app::simulation
