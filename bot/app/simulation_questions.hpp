// What simulated people do with the question list: residents ask what is on it, in words of their own, and
// what is not; several ask the same; officers answer, put answers on the list, change and withdraw them.
#pragma once

#include "bot/app/simulation_scene.hpp"

namespace linli::app::simulation {

class Questions {
 public:
  explicit Questions(Scene& scene) : scene_(scene) {}

  void plan_day();
  void hears(Person& person, const Heard& heard);

 private:
  void neighbours();
  void asks(Person& person, const Heard& heard);
  void keeps(Person& person, const Heard& heard);
  void sometime(Person& person, std::string text);
  void soon(Person& person, std::string text);

  Scene& scene_;
};

}  // namespace linli::app::simulation
