#include "bot/store/burden_ledger.hpp"

#include "bot/store/path_range.hpp"

namespace linli::store {

BurdenLedger::BurdenLedger(Database& db)
    : said_(db,
            "insert into burden (person, day_at, messages, questions, prompts) "
            "values (:person, :day, 1, :question, :prompt) on conflict (person, day_at) do update set "
            "messages = burden.messages + 1, questions = burden.questions + excluded.questions, "
            "prompts = burden.prompts + excluded.prompts"),
      held_(db,
            "insert into burden (person, day_at, held) values (:person, :day, 1) "
            "on conflict (person, day_at) do update set held = burden.held + 1"),
      of_(db,
          "select coalesce(sum(messages), 0), coalesce(sum(questions), 0), coalesce(sum(prompts), 0), "
          "coalesce(sum(held), 0) from burden where person = :person and day_at >= :from and day_at < "
          ":until"),
      area_path_(db, "select path from area where id = :id"),
      of_area_(
          db,
          "select coalesce(sum(messages), 0), coalesce(sum(questions), 0), coalesce(sum(prompts), 0), "
          "coalesce(sum(held), 0), count(*), coalesce(max(messages), 0), coalesce(max(prompts), 0) from ("
          "select sum(b.messages) as messages, sum(b.questions) as questions, sum(b.prompts) as prompts, "
          "sum(b.held) as held from burden b join person p on p.id = b.person "
          "join area a on a.id = coalesce(p.home, (select ap.area from appointment ap "
          "where ap.person = p.id order by ap.id limit 1)) "
          "where b.day_at >= :from and b.day_at < :until and a.path >= :path and a.path < :end "
          "group by b.person) as each_person") {}

void BurdenLedger::said(PersonId person, Time day, bool question, bool prompt) {
  said_.run(person, day, question, prompt);
}

void BurdenLedger::held(PersonId person, Time day) {
  held_.run(person, day);
}

Burden BurdenLedger::of(PersonId person, Time from, Time until) {
  auto [messages, questions, prompts, held] = *of_.one<int, int, int, int>(person, from, until);
  return {messages, questions, prompts, held};
}

AreaBurden BurdenLedger::of_area(AreaId area, Time from, Time until) {
  auto path = area_path_.one<std::string>(area);
  if (!path) return {};
  auto& [at] = *path;
  auto [messages, questions, prompts, held, people, most, most_prompts] =
      *of_area_.one<int, int, int, int, int, int, int>(from, until, at, end_of_below(at));
  return {{messages, questions, prompts, held}, people, most, most_prompts};
}

}  // namespace linli::store
