#include "bot/app/rota_check.hpp"

#include <fmt/format.h>

#include "bot/app/house.hpp"
#include "bot/store/rota_world.hpp"

namespace linli::app {

namespace {

using community::Counterexample;
using community::RotaFault;

std::string sentence(store::Ledgers& l, const Zone& zone, const Counterexample& found) {
  auto post = [&](PostId id) {
    auto known = l.shifts.find_post(id);
    return known ? l.areas.building_text(known->area) + known->name : std::string("?");
  };
  auto code = [&](PersonId id) { return fmt::format("person {}", id.value); };
  std::string span =
      fmt::format("{} to {}", zone.date_time_text(found.span.from), zone.date_time_text(found.span.until));
  switch (found.fault) {
    case RotaFault::uncovered:
      return fmt::format("{}: nobody stands at {}", span, post(found.post));
    case RotaFault::two_places:
      return fmt::format("{}: {} is to be at {} and at {}, and cannot get there in time", span,
                         code(found.person), post(found.post), post(found.other));
    case RotaFault::no_one_left:
      break;
  }
  std::string absent = found.absences == 0 ? "" : fmt::format(" with {} absent", code(found.absent));
  return fmt::format("{}: {} of {} reaches nobody{}", span, found.chain, post(found.post), absent);
}

}  // namespace

int rota_check(const Settings& settings, const RotaCheckRun& run) {
  SystemClock clock;
  SystemRandom random;
  Metrics metrics;
  auto house = House::open(settings, clock, random, metrics);
  if (!house) {
    fmt::print(stderr, "{}\n", house.error().text);
    return 1;
  }
  const Zone& zone = (*house)->zone();
  Day first = zone.next_day(zone.day(clock.now()));
  if (!run.from.empty()) {
    auto day = parse_day(run.from);
    if (!day) {
      fmt::print(stderr, "--from: {}\n", day.error().text);
      return 2;
    }
    first = *day;
  }
  Day last = zone.next_day(first, run.days);
  auto& l = (*house)->ledgers();
  auto policies = community::Policies::read(settings.policies);
  if (!policies) {
    fmt::print(stderr, "{}\n", policies.error().text);
    return 1;
  }
  store::RotaWorld world({l.shifts, l.appointments, l.areas, l.people},
                         policies->of(community::TaskKind::shift_cover), zone,
                         settings.duty.limits.metres_a_minute);
  community::RotaCase rota;
  (*house)->pipeline().in_transaction([&] { rota = world.read({}, zone.at(first, 0), zone.at(last, 0)); });
  auto found = community::counterexample(rota);
  if (found) {
    fmt::print("{}\n", sentence(l, zone, *found));
    return 1;
  }
  fmt::print("proved from {} to {}: {} posts, {} shifts\n", zone.iso_day(first), zone.iso_day(last),
             rota.posts.size(), rota.shifts.size());
  return 0;
}

}  // namespace linli::app
