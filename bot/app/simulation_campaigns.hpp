// Campaigns in the simulation: opened by officers, answered by residents, entered in lines with mistakes and
// corrections by whoever goes round; households are newly found, move away, are merged and parted again; days
// are confirmed. Not in the demo, whose people decide themselves.
#pragma once

#include "bot/app/simulation_scene.hpp"

namespace linli::app::simulation {

class Campaigns {
 public:
  explicit Campaigns(Scene& scene) : scene_(scene) {}

  /// `number`: of the day, from 0.
  void plan_day(int number);
  void hears(Person& person, const Heard& heard);

 private:
  void officer(Person& person, const community::Area& area, int number);
  void round(Person& person, AreaId area);
  void line(Person& person, AreaId area);
  void register_changes(Person& person, AreaId area);
  void resident(Person& person, const Heard& heard);
  std::string address(const community::Area& area) const;
  void sometime(int from_hour, int until_hour, Person& person, std::string text);
  void soon(Person& person, std::string text);

  Scene& scene_;
};

}  // namespace linli::app::simulation
