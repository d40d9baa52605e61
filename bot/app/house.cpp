#include "bot/app/house.hpp"

#include <fmt/format.h>

#include "bot/app/key_file.hpp"
#include "bot/community/area_rules.hpp"
#include "handlers/assessment.hpp"
#include "handlers/bulletin.hpp"
#include "handlers/campaign.hpp"
#include "handlers/coverage.hpp"
#include "handlers/health_checkin.hpp"
#include "handlers/pairing.hpp"
#include "handlers/patrol.hpp"

namespace linli::app {

namespace {

/// The area that hears of people whose place is not known; the root if the setting names none.
Result<AreaId> find_intake(store::AreaLedger& areas, const std::string& code) {
  if (!code.empty()) {
    auto area = areas.find_by_code(code);
    if (!area)
      return Error{
          Errc::bad_config,
          fmt::format("intake_area: there is no area with the code '{}'; use a code of areas.csv", code)};
    return area->id;
  }
  auto roots = areas.below({}, community::AreaKind::district);
  return roots.empty() ? AreaId{} : roots.front().id;
}

/// All but greetings, which nobody is asked about.
std::vector<std::string_view> asked_intents() {
  return {understanding::intent_names.begin(), understanding::intent_names.end() - 1};
}

std::int64_t last_act(store::Database& db) {
  store::Statement read(db, "select coalesce(max(act), 0) from task_event");
  return std::get<0>(*read.one<std::int64_t>());
}

}  // namespace

House::House(Zone zone, const Secret& key, Random& random) : zone_(zone), cipher_(key, random) {}

Result<std::unique_ptr<House>> House::open(const Settings& settings, const Clock& clock, Random& random,
                                           Metrics& metrics) {
  auto key = read_or_make_key(settings.key_file, settings.database, random);
  if (!key) return key.error();
  return build(settings, {.path = settings.database}, *key, clock, random, metrics);
}

Result<std::unique_ptr<House>> House::build(const Settings& settings, const store::DatabaseOptions& database,
                                            const Secret& key, const Clock& clock, Random& random,
                                            Metrics& metrics, const Prepare& prepare) {
  auto zone = Zone::find(settings.time_zone);
  if (!zone) return zone.error();
  std::unique_ptr<House> house(new House(*zone, key, random));
  auto db = store::Database::open(database);
  if (!db) return db.error();
  house->db_ = std::move(*db);
  if (prepare) {
    auto prepared = prepare(*house->db_, house->cipher_);
    if (!prepared) return prepared.error();
  }
  house->ledgers_ = std::make_unique<store::Ledgers>(*house->db_, house->cipher_);
  auto assembled = house->assemble(settings, clock, random, metrics);
  if (!assembled) return assembled.error();
  return house;
}

Result<void> House::assemble(const Settings& settings, const Clock& clock, Random& random, Metrics& metrics) {
  auto texts = dialog::Texts::read(settings.templates);
  if (!texts) return texts.error();
  texts_ = std::move(*texts);
  auto words = dialog::Words::read(settings.words);
  if (!words) return words.error();
  words_ = std::move(*words);
  auto policies = community::Policies::read(settings.policies);
  if (!policies) return policies.error();
  policies_ = std::move(*policies);
  auto coverage = community::CoverageRules::read(settings.coverage);
  if (!coverage) return coverage.error();
  coverage_ = std::move(*coverage);
  auto care = community::CareRules::read(settings.care);
  if (!care) return care.error();
  care_ = std::move(*care);
  auto patrol = community::PatrolRules::read(settings.patrol, settings.words / "patrol.toml");
  if (!patrol) return patrol.error();
  patrol_ = std::move(*patrol);
  auto inspection = community::InspectionRules::read(settings.inspection);
  if (!inspection) return inspection.error();
  inspection_ = std::move(*inspection);
  auto guidance = community::GuidanceCards::read(settings.guidance, settings.guidance_cards);
  if (!guidance) return guidance.error();
  guidance_ = std::move(*guidance);
  auto questions = community::QuestionRules::read(settings.questions);
  if (!questions) return questions.error();
  questions_ = std::move(*questions);
  auto bulletin = community::BulletinRules::read(settings.bulletin);
  if (!bulletin) return bulletin.error();
  bulletin_ = std::move(*bulletin);
  auto assessment = community::AssessmentRules::read(settings.assessment);
  if (!assessment) return assessment.error();
  assessment_ = std::move(*assessment);
  auto campaigns = community::CampaignRules::read(settings.campaign);
  if (!campaigns) return campaigns.error();
  campaigns_ = std::move(*campaigns);
  auto activities = community::ActivityRules::read(settings.activities);
  if (!activities) return activities.error();
  activities_ = std::move(*activities);
  auto ask_back = community::AskBack::read(settings.understanding / "ask_back.toml", asked_intents());
  if (!ask_back) return ask_back.error();
  ask_back_ = std::move(*ask_back);
  auto area_rules = community::AreaRules::read(settings.areas);  // import asks them; a fault shows at once
  if (!area_rules) return area_rules.error();
  auto levels = community::LevelRules::read(settings.levels);
  if (!levels) return levels.error();
  coverage_.levels = *levels;
  auto& l = *ledgers_;
  auto calendar = community::Calendar::read(settings.calendar);
  if (!calendar) return calendar.error();
  l.shifts.rotas().set_calendar(std::move(*calendar));
  auto intake = find_intake(l.areas, settings.intake_area);
  if (!intake) return intake.error();
  desk_ = std::make_unique<dialog::TaskDesk>(
      dialog::TaskDesk::Ledgers{l.tasks, l.appointments, l.areas, l.people, l.links}, policies_, *intake);
  digest_at_ = settings.digest_at;
  voice_ = settings.voice;
  // clang-format off
  handlers_ = handlers::make_handlers(l, *desk_, {
      .digest_at = settings.digest_at,
      .coverage = coverage_,
      .care = care_,
      .campaigns = campaigns_,
      .patrol = patrol_,
      .inspection = inspection_,
      .guidance = guidance_,
      .questions = questions_,
      .gate = settings.gate,
      .levels = *levels,
      .duty = settings.duty,
      .bulletin = bulletin_,
      .assessment = assessment_,
      .voice = voice_,
      .activities = activities_,
      .ask_back = ask_back_,
      .kept_for_urgent = settings.limits.kept_for_urgent,
      .read_within = settings.pictures.within,
  });
  // clang-format on
  std::vector<dialog::Handler*> in_order;
  std::vector<dialog::TextId> declared;
  for (const auto& handler : handlers_) {
    in_order.push_back(handler.get());
    for (dialog::TextId id : handler->texts()) declared.push_back(id);
  }
  for (dialog::TextId id : outbox::Dispatch::texts()) declared.push_back(id);
  auto matched = texts_->check(declared);
  if (!matched) return matched.error();
  router_ = std::make_unique<dialog::Router>(std::move(in_order));
  around_ = std::make_unique<dialog::Surroundings>(
      dialog::Surroundings{*texts_, words_, zone_, l.people, l.deliveries, l.asks, l.dues,
                           settings.dialog_expiry, settings.limits.quiet, &l.burden, voice_.week_prompts});
  dispatch_ =
      std::make_unique<outbox::Dispatch>(l.deliveries, l.people, l.dues, *texts_, random, settings.limits);
  agenda_ = std::make_unique<schedule::Agenda>(l.dues);
  pipeline_ = std::make_unique<pipeline::Pipeline>(
      pipeline::Parts{*db_, l.people, l.inbox, l.deliveries, *router_, *around_, *dispatch_, *agenda_, clock,
                      metrics, last_act(*db_) + 1, &l.pictures, settings.map_datum});
  return {};
}

void House::set_up_rounds(Time now) {
  pipeline_->in_transaction([&] {
    handlers::schedule_rounds(ledgers_->dues, zone_, now, digest_at_);
    handlers::schedule_assessment(ledgers_->dues, zone_, now, assessment_);
    handlers::schedule_bulletin(ledgers_->dues, zone_, now, bulletin_);
    handlers::schedule_roll_up(ledgers_->dues, zone_, now, campaigns_.roll_up_minute);
    handlers::schedule_coverage(ledgers_->dues, zone_, now, coverage_.check_minute);
    handlers::schedule_patrol(ledgers_->dues, zone_, now, patrol_.check_minutes());
    handlers::schedule_thanks(ledgers_->dues, zone_, now);
    store::schedule_shifts(ledgers_->shifts, ledgers_->dues, zone_, now, now + store::shift_horizon);
  });
}

}  // namespace linli::app
