// What simulated people do about stories beyond asking and deciding: tell one in other words, choose among
// those offered; the publicist adds one before anybody asks, takes another wording, makes two into one,
// corrects, takes back.
#pragma once

#include "bot/app/simulation_scene.hpp"

namespace linli::app::simulation {

class Stories {
 public:
  explicit Stories(Scene& scene) : scene_(scene) {}

  void plan_day();
  void hears(Person& person, const Heard& heard);

 private:
  void publicist(Person& person);
  void residents(Person& person);
  std::string known_label();
  void sometime(Person& person, std::function<std::string()> text);
  void soon(Person& person, std::string text);

  Scene& scene_;
};

}  // namespace linli::app::simulation
