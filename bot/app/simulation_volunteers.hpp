// How simulated volunteers stand their shifts: they say yes, no or nothing the evening before, come early,
// late or not at all, check in by place, code or the relieved one's word, and hand over.
#pragma once

#include "bot/app/simulation_scene.hpp"

namespace linli::app::simulation {

class Volunteers {
 public:
  explicit Volunteers(Scene& scene) : scene_(scene) {}

  void plan_day();
  void hears(Person& person, const Heard& heard);
  /// Has the person a shift about now? Then the phone is looked at by night too.
  bool on_duty(const Person& person);

 private:
  void attend(Person& person, ShiftId shift);
  void come(Person& person, ShiftId shift);
  void go(Person& person, ShiftId shift, int tries);
  void soon(Person& person, int from, int to, std::string text);
  Person* of(PersonId person);

  Scene& scene_;
};

}  // namespace linli::app::simulation
