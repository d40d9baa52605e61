// What goes between platform and bot in the simulation: callbacks with their second and third try, late
// answers, duplicates and replays; and the outbox's calls with slow, lost and late answers.
#pragma once

#include "bot/app/simulation_errands.hpp"
#include "bot/app/simulation_residents.hpp"
#include "bot/app/simulation_staff.hpp"
#include "bot/app/simulation_voice.hpp"
#include "bot/app/simulation_volunteers.hpp"

namespace linli::app::simulation {

class Traffic {
 public:
  Traffic(Scene& scene, Watch& watch, Residents& residents, Staff& staff, Volunteers& volunteers,
          Errands& errands, Voice& voice, std::uint64_t seed);

  /// Every callback of this moment, as one batch or some.
  void deliver();
  /// Everything the outbox has to send now.
  void carry();
  /// A process began: rows that the last one left `sending` are looked after for a while.
  void began();
  /// When recover() is due next, if it is.
  std::optional<Time> next_recovery() const;
  void recover();
  /// The next claim is followed by the end of the process, before anything is settled.
  void crash_after_claim() { crash_after_claim_ = true; }
  /// The next batch is committed, and the process ends before anybody is answered.
  void crash_before_answer() { crash_before_answer_ = true; }
  bool crashed() { return std::exchange(crashed_, false); }

 private:
  using Batch = std::vector<std::shared_ptr<Push>>;
  void process(const Batch& batch);
  void answered(const std::shared_ptr<Push>& push, const pipeline::Outcome& outcome);
  void not_answered(const std::shared_ptr<Push>& push);
  void again(const std::shared_ptr<Push>& push, Seconds after);
  void heard_reply(const Push& push);
  void call(const outbox::Send& send);
  void settle(const outbox::Send& send, const Platform::Answer& answer, int run);
  void arrive(const outbox::Send& send, const Platform::Answer& answer);
  void hears(Person& person, const Heard& heard);

  Scene& scene_;
  Watch& watch_;
  Residents& residents_;
  Staff& staff_;
  Volunteers& volunteers_;
  Errands& errands_;
  Voice& voice_;
  Chance chance_;
  Time recover_until_{}, recovered_at_{};
  bool crash_after_claim_ = false, crash_before_answer_ = false, crashed_ = false;
};

}  // namespace linli::app::simulation
