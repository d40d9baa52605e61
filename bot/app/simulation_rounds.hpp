// What simulated people do on rounds: patrollers walk them, by place, by digits on a board, by a word, and do
// not always finish; findings are looked at again; compounds are inspected and shortcomings rechecked; cards
// are read and questions asked and answered.
#pragma once

#include "bot/app/simulation_scene.hpp"

namespace linli::app::simulation {

class Rounds {
 public:
  Rounds(Scene& scene, std::uint64_t seed) : scene_(scene), chance_(seed) {}

  void plan_day();
  void hears(Person& person, const Heard& heard);

 private:
  void walk(Person& person, const Heard& heard);
  void inspect(Person& person, const Heard& heard);
  void ask(Person& person, const Heard& heard);
  void sometime(int from_hour, int until_hour, Person& person, std::string text);
  void later(Person& person, Seconds after, std::string text);

  Scene& scene_;
  Chance chance_;
};

}  // namespace linli::app::simulation
