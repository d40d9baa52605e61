#include "bot/app/simulation_bot.hpp"

namespace linli::app::simulation {

const std::vector<std::string>& Bot::breakers() {
  // clang-format off
  static const std::vector<std::string> names = {
      "on_time",
      "responsible",
      "once_a_slot",
      "quiet_hours",
      "answered",
      "window",
      "totals",
      "nothing_lost",
      "nothing_twice",
      "no_blind_spot",
      "rechecked",
      "lapses_found",
      "nobody_unproved",
      "bulletin_sums",
      "campaign_totals",
      "burden",
  };
  // clang-format on
  return names;
}

Bot::Bot(Settings settings, store::DatabaseOptions database, const Clock& clock, Secret key,
         std::uint64_t seed, std::string breaker)
    : settings_(std::move(settings)),
      database_(std::move(database)),
      clock_(clock),
      key_(std::move(key)),
      random_(seed),
      breaker_(std::move(breaker)) {
  auto& limits = settings_.limits;
  if (breaks("quiet_hours")) limits.quiet = {};
  if (breaks("burden")) settings_.voice.week_prompts = 0;
  if (breaks("nothing_twice")) database_.unique_keys = false;
}

Result<void> Bot::open(const House::Prepare& prepare) {
  metrics_ = std::make_unique<Metrics>();
  auto house = House::build(settings_, database_, key_, clock_, random_, *metrics_, prepare);
  if (!house) return house.error();
  house_ = std::move(*house);
  if (!trained_) {
    auto trained = train(settings_);
    if (!trained) return trained.error();
    trained_ = std::move(*trained);
  }
  listener_ = make_listener(*trained_, *house_);
  ++run_;
  house_->set_up_rounds(clock_.now());
  return {};
}

void Bot::break_rules() {
  auto& db = house_->database();
  if (breaks("on_time")) db.execute("delete from due where key like 'task:%' and ref % 4 = 0");
  if (breaks("responsible")) db.execute("delete from task_offer where task % 4 = 0");
  if (breaks("no_blind_spot")) db.execute("delete from due where key like 'round:patrol:%'");
  if (breaks("rechecked"))
    db.execute(
        "update task set state = 'closed', closed_how = 'silent', closed_at = opened_at "
        "where kind = 'rectification' and state <> 'closed'");
  if (breaks("totals")) db.execute("delete from checkin where id % 9 = 0");
  if (breaks("campaign_totals"))  // a count that one area misses
    db.execute("update campaign_count set households = 0 where state = 'done' and area % 4 = 0");
  if (breaks("window"))  // believes in windows that are not there
    db.execute("update contact set window_until = 9999999999, window_left = 9 where window_left < 9");
  if (breaks("lapses_found"))  // a report of the platform proves nothing any more
    db.execute("update outbox set state = 'accepted' where state = 'delivered'");
  if (breaks("nobody_unproved"))  // accepted by the platform is taken for delivered
    db.execute("update outbox set state = 'delivered' where state = 'accepted'");
  if (breaks("bulletin_sums"))
    db.execute("update bulletin set body = replace(body, '\"help_opened\":', '\"help_opened\":1')");
  if (breaks("once_a_slot"))  // a key that does not keep a slot to itself
    db.execute(
        "insert or ignore into due (key, at, topic, ref, data) select key || '+', at, topic, ref, data "
        "from due where key not like '%+' and data in ('remind', 'digest', 'soon')");
}

}  // namespace linli::app::simulation
