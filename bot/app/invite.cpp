#include "bot/app/invite.hpp"

#include <fmt/format.h>

#include "bot/app/house.hpp"

namespace linli::app {

namespace {

Result<std::string> make_code(store::Ledgers& l, const InviteOptions& options, Time now) {
  if (!options.household.empty()) {
    auto area = l.areas.find_by_code(options.household);
    if (!area || area->kind != community::AreaKind::household) {
      return Error{Errc::not_found,
                   fmt::format("there is no household with the code '{}'; use a code of areas.csv",
                               options.household)};
    }
    return l.codes.create_household(area->id, {}, now);
  }
  auto person = l.people.find_by_code(options.person);
  if (!person)
    return Error{
        Errc::not_found,
        fmt::format("there is no person with the code '{}'; use a code of people.csv", options.person)};
  auto held = l.appointments.of_person(*person, now);
  std::string role = held.empty() ? "" : std::string(community::name(held.front().role));
  return l.codes.create_bind(*person, role, held.empty() ? AreaId{} : held.front().area, {}, now);
}

}  // namespace

int invite(const Settings& settings, const InviteOptions& options) {
  SystemClock clock;
  SystemRandom random;
  Metrics metrics;
  auto house = House::open(settings, clock, random, metrics);
  if (!house) {
    fmt::print(stderr, "{}\n", house.error().text);
    return 1;
  }
  Result<std::string> code = Error{};
  (*house)->pipeline().in_transaction([&] { code = make_code((*house)->ledgers(), options, clock.now()); });
  if (!code) {
    fmt::print(stderr, "{}\n", code.error().text);
    return 1;
  }
  fmt::print("{}\n", *code);
  fmt::print(stderr, "Valid for 24 hours, for one person. They send it to the account as a message.\n");
  return 0;
}

}  // namespace linli::app
