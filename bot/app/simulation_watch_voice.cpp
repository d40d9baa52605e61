// The part of Watch that looks at how much is asked of people: nobody gets more in seven days of what is
// neither urgent nor their own matter than config/linli.toml allows. Counted from what lies in the outbox by
// which text it is, not from what the senders count.
#include <fmt/format.h>
#include <map>

#include "bot/app/simulation_watch.hpp"

namespace linli::app::simulation {

void Watch::look_at_burden(int week_prompts) {
  if (week_prompts == 0) return;
  std::map<std::int64_t, std::map<std::string, int>> by_person;  // and local day
  store::Statement rows(scene_.house().database(),
                        "select o.person, o.created_at from outbox o where o.text_id in ('notice.told', "
                        "'pairing.your_thanks', 'pairing.your_thanks_ask') order by o.id");
  rows.each<std::int64_t, Time>([&](std::int64_t person, Time at) {
    ++by_person[person][scene_.zone().iso_day(scene_.zone().day(at))];
  });
  for (const auto& [person, days] : by_person) {
    for (const auto& [day, ignored] : days) {
      Day last = parse_day(day).value();
      std::string first = scene_.zone().iso_day(scene_.zone().next_day(last, -6));
      int told = 0;
      for (const auto& [one, times] : days) told += one >= first && one <= day ? times : 0;
      check(
          "burden", told <= week_prompts,
          fmt::format("somebody was told {} things in seven days that could have been left, until {}; person",
                      told, day),
          person);
    }
  }
}

}  // namespace linli::app::simulation
