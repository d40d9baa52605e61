// How simulated residents live: they check in, ask for help in pieces, pass stories on, want a human, answer
// or keep silent, leave and come back. They know only what they read.
#pragma once

#include "bot/app/simulation_scene.hpp"
#include "bot/app/simulation_watch.hpp"

namespace linli::app::simulation {

class Residents {
 public:
  Residents(Scene& scene, Watch& watch) : scene_(scene), watch_(watch) {}

  /// What today holds for everybody; called soon after midnight.
  void plan_day();
  /// Somebody of the household has read this and acts on it, or not.
  void hears(Person& person, const Heard& heard);
  /// What the bot wrote down of what was said, as the passive reply says it.
  void noted(const pipeline::Outcome& outcome);

 private:
  void plan(Person& person, Time from, Time until);
  void check_in(Person& person);
  void ask_for_help(Person& person);
  void pass_on(Person& person);
  void want_human(Person& person);
  void alarm(Person& person);
  void chat(Person& person);
  void leave(Person& person);
  void answer_question(Person& person, const std::string& id);
  void answer_done(Person& person, const Heard& heard);
  void talk(Person& person);
  void soon(Person& person, std::string text);

  Scene& scene_;
  Watch& watch_;
};

}  // namespace linli::app::simulation
