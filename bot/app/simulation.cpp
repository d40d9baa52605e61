#include "bot/app/simulation.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "bot/app/import.hpp"
#include "bot/app/key_file.hpp"
#include "bot/app/simulation_world.hpp"

namespace linli::app::simulation {

namespace {

constexpr std::string_view account = "demo";
constexpr Seconds look_every{1800};
constexpr int most_steps_at_once = 100'000;

}  // namespace

Simulation::Simulation(const Settings& settings, Options options)
    : settings_(settings), options_(std::move(options)), chance_(options_.seed * 7 + 1) {}

Result<House::Prepare> Simulation::world() {
  auto start = parse_time(*zone_, options_.start);
  if (!start) return start.error();
  begins_ =
      options_.until ? zone_->at(zone_->next_day(zone_->day(*options_.until), -options_.days), 0) : *start;
  ends_ =
      options_.until ? *options_.until : zone_->at(zone_->next_day(zone_->day(begins_), options_.days), 0);
  clock_.set(begins_);
  if (!options_.sample.empty()) {
    auto sample = read_sample(options_.sample);
    if (!sample) return sample.error();
    sample_ = *sample;
    settings_.intake_area = sample->intake_area;
    return House::Prepare([this](store::Database& db, FieldCipher& cipher) {
      return fill(db, cipher, *sample_, *zone_, begins_, std::string(account));
    });
  }
  auto folder = options_.data / "world";
  auto written = write_world(folder, options_.claims, options_.residents, chance_);
  if (!written) return written.error();
  settings_.intake_area = "c1-";
  return House::Prepare([this, folder](store::Database& db, FieldCipher& cipher) -> Result<void> {
    auto imported = import_folder(db, cipher, folder.string(),
                                  {.now = begins_, .zone = *zone_, .account = std::string(account)});
    if (!imported) return imported.error();
    store::AreaLedger areas(db);
    areas.set_level(areas.find_by_code("d")->id, "emergency");
    return {};
  });
}

Result<void> Simulation::prepare() {
  auto zone = Zone::find(settings_.time_zone);
  if (!zone) return zone.error();
  zone_ = *zone;
  auto policies = community::Policies::read(settings_.policies);
  if (!policies) return policies.error();
  policies_ = std::make_unique<community::Policies>(std::move(*policies));
  std::filesystem::create_directories(options_.data);
  for (const char* old : {"linli.db", "linli.db-wal", "linli.db-shm", "linli.key"})
    std::filesystem::remove(options_.data / old);
  settings_.database = (options_.data / "linli.db").string();
  auto filled = world();
  if (!filled) return filled.error();
  SeededRandom random(options_.seed * 7 + 2);
  auto key = read_or_make_key((options_.data / "linli.key").string(), settings_.database, random);
  if (!key) return key.error();
  platform_ = std::make_unique<Platform>(std::string(account), counts_, options_.seed * 7 + 3);
  store::DatabaseOptions database{
      .path = settings_.database, .synchronous_full = false, .checkpoint_pages = 8000};
  settings_.voice.week_prompts = options_.days < 7 ? 1 : 2;  // so few that it is felt
  bot_ = std::make_unique<Bot>(settings_, database, clock_, *key, options_.seed * 7 + 4, options_.breaker);
  auto opened = bot_->open(*filled);
  if (!opened) return opened.error();
  scene_ = std::make_unique<Scene>(clock_, *zone, *bot_, *platform_, counts_, options_.seed * 7 + 5);
  scene_->faults = !sample_.has_value();
  watch_ = std::make_unique<Watch>(*scene_, *policies_, settings_.limits.quiet, settings_.limits.awake_for);
  residents_ = std::make_unique<Residents>(*scene_, *watch_);
  staff_ = std::make_unique<Staff>(*scene_, *watch_);
  volunteers_ = std::make_unique<Volunteers>(*scene_);
  errands_ = std::make_unique<Errands>(*scene_, options_.seed * 7 + 8);
  voice_ = std::make_unique<Voice>(*scene_);
  traffic_ = std::make_unique<Traffic>(*scene_, *watch_, *residents_, *staff_, *volunteers_, *errands_,
                                       *voice_, options_.seed * 7 + 6);
  return cast();
}

/// Everybody who has an account on the platform, as the import wrote them down.
Result<void> Simulation::cast() {
  auto& l = bot_->house().ledgers();
  store::Statement contacts(
      bot_->house().database(),
      "select c.openid, c.person, p.home from contact c join person p on p.id = c.person order by c.id");
  std::vector<std::tuple<std::string, PersonId, AreaId>> rows;
  contacts.each<std::string, PersonId, AreaId>(
      [&](std::string openid, PersonId id, AreaId home) { rows.emplace_back(std::move(openid), id, home); });
  for (auto& [openid, id, home] : rows) {
    auto person = std::make_unique<Person>();
    person->openid = std::move(openid);
    person->id = id;
    person->home = home;
    if (home) person->address = l.areas.address_text(home);
    for (const auto& held : l.appointments.of_person(id, clock_.now()))
      person->roles.emplace_back(held.role, held.area);
    scene_->add(std::move(person));
  }
  agree();
  if (!sample_) strangers();
  return {};
}

/// Most have agreed long ago; the others are asked at their first check-in.
void Simulation::agree() {
  auto& l = bot_->house().ledgers();
  bot_->house().pipeline().in_transaction([&] {
    for (const auto& person : scene_->people()) {
      if (!person->home || chance_.in(12)) continue;
      l.consents.grant(person->id, {std::string(store::ConsentLedger::health),
                                    std::string(store::ConsentLedger::health_version),
                                    {},
                                    clock_.now() - Seconds{30 * 86400},
                                    std::nullopt});
    }
  });
}

/// People who live here and are not in the lists: they follow the account some day and register.
void Simulation::strangers() {
  std::vector<std::string> addresses;
  for (const auto& person : scene_->people()) {
    if (person->home) addresses.push_back(person->address);
  }
  int count = std::max(3, options_.residents / 50);
  for (int i = 0; i < count && !addresses.empty(); ++i) {
    auto person = std::make_unique<Person>();
    person->openid = fmt::format("oStranger{:019}", i);
    person->address = chance_.of(addresses);
    person->registers = true;
    person->follows = false;
    Person& added = scene_->add(std::move(person));
    scene_->after(chance_.minutes(7 * 60, std::max(1, options_.days - 1) * 24 * 60 - 4 * 60),
                  [this, &added] { scene_->follow(added); });
  }
}

Result<void> Simulation::run() {
  auto prepared = prepare();
  if (!prepared) return prepared;
  traffic_->began();
  for (Day day = zone_->day(begins_); zone_->at(day, 0) < ends_; day = zone_->next_day(day)) {
    scene_->at(zone_->at(day, 12), [this, day] { plan_day(day); });
    scene_->at(zone_->at(day, 20 * 60), [this] { watch_->look_at_the_bulletin(); });
    scene_->at(zone_->at(day, 21 * 60 + 15), [this] {
      if (bot_->up()) watch_->look_at_stories();
    });
    for (int minute = 60; minute < 24 * 60; minute += 60)
      scene_->at(zone_->at(day, minute), [this] { watch_->look_at_campaigns(); });
    for (int minute = 30; minute < 24 * 60; minute += 30)
      scene_->at(zone_->at(day, minute), [this] { watch_->look_at_tasks(); });
  }
  if (sample_) behind_the_demo();
  live_until(ends_);
  if (!bot_->up()) {
    auto opened = bot_->open();
    if (!opened) return opened;
  }
  watch_->look_at_the_end();
  watch_->look_at_burden(settings_.voice.week_prompts);
  count_what_is_kept();
  if (sample_) leave_for_the_demo();
  return {};
}

/// The next moment in which anything happens.
std::optional<Time> Simulation::next() const {
  auto at = scene_->next();
  auto sooner = [&](std::optional<Time> other) {
    if (other && (!at || *other < *at)) at = other;
  };
  if (!bot_->up()) return at;
  sooner(bot_->house().ledgers().dues.next());
  auto send = bot_->house().ledgers().deliveries.next_due();
  if (send && *send <= stuck_at_) send = stuck_at_ + Seconds{1};  // a message to that person is on its way
  sooner(send);
  sooner(traffic_->next_recovery());
  return at;
}

void Simulation::live_until(Time end) {
  for (auto at = next(); at && *at < end; at = next()) {
    if (*at > clock_.now()) clock_.set(*at);
    scene_->run_due();
    traffic_->deliver();
    if (traffic_->crashed()) end_house(chance_.seconds(3, 90), "chance.crashes");
    for (int steps = 0;
         bot_->up() && steps < most_steps_at_once && bot_->house().pipeline().process_due() > 0; ++steps) {
    }
    traffic_->carry();
    stuck_at_ = clock_.now();
    if (traffic_->crashed()) end_house(chance_.seconds(3, 90), "chance.crashes");
    if (bot_->up()) bot_->break_rules();
  }
  clock_.set(end);
}

}  // namespace linli::app::simulation
