#include "bot/app/routing.hpp"

#include <fmt/format.h>
#include <fstream>

#include "bot/app/house.hpp"
#include "bot/app/sample.hpp"
#include "bot/app/trained.hpp"
#include "bot/pipeline/hearing.hpp"

namespace linli::app {

namespace {

constexpr std::string_view account = "demo";
constexpr std::string_view morning = "2026-03-02 09:00";

/// "help_request.taken" is of the topic help_request.
std::string topics_of(const std::vector<dialog::Said>& said) {
  std::string topics;
  std::string last;
  for (const auto& message : said) {
    for (const auto& paragraph : message.paragraphs) {
      std::string topic = paragraph.id.substr(0, paragraph.id.find('.'));
      if (topic == last) continue;
      topics += (topics.empty() ? "" : " ") + topic;
      last = topic;
    }
  }
  return topics.empty() ? "-" : topics;
}

class Routing {
 public:
  Result<void> open(Settings settings, const std::filesystem::path& folder) {
    auto trained = train(settings);
    if (!trained) return trained.error();
    trained_ = std::move(*trained);
    auto sample = read_sample(folder.string());
    if (!sample) return sample.error();
    auto zone = Zone::find(settings.time_zone);
    if (!zone) return zone.error();
    clock_.set(*parse_time(*zone, morning));
    settings.intake_area = sample->intake_area;
    auto prepare = [&](store::Database& db, FieldCipher& cipher) {
      return fill(db, cipher, *sample, *zone, clock_.now(), std::string(account), settings.areas);
    };
    auto house = House::build(settings, {}, Secret(std::string(32, 'k')), clock_, random_, metrics_, prepare);
    if (!house) return house.error();
    house_ = std::move(*house);
    listener_ = make_listener(trained_, *house_);
    auto resident = openid_of(house_->ledgers().people, *sample, "居民甲");
    if (!resident) return resident.error();
    house_->pipeline().in_transaction(
        [&] { home_ = house_->ledgers().people.admit(account, *resident, clock_.now()).person.home; });
    return {};
  }

  /// `writer`: resident, volunteer (with a shift this morning) or patroller; somebody new each time.
  std::string topics(std::string_view writer, const std::string& text) {
    platform::Inbound in;
    in.kind = platform::InboundKind::text;
    in.text = text;
    in.account = account;
    in.openid = fmt::format("oResident{:018}", ++count_);
    in.to_user = "gh_demo";
    in.created = clock_.now();
    in.dedupe_key = fmt::format("m:{}", count_);
    house_->pipeline().in_transaction([&] { add_writer(writer, in.openid); });
    pipeline::Incoming incoming;
    incoming.inbound = in;
    incoming.body = text;
    incoming.heard = pipeline::listen(*listener_, in);
    incoming.seal_reply = [](const std::string& reply, Time) { return reply; };
    auto outcomes = house_->pipeline().process(std::span(&incoming, 1));
    return topics_of(outcomes.front().said);
  }

 private:
  void add_writer(std::string_view writer, const std::string& openid) {
    auto& l = house_->ledgers();
    Time now = clock_.now();
    auto person = l.people.create("routing-" + std::to_string(count_), "某人", "", now);
    l.people.add_contact(person, account, openid);
    l.people.set_home(person, home_);
    AreaId community = l.areas.above(home_, community::AreaKind::community)->id;
    if (writer == "patroller") l.appointments.add(person, community::Role::patroller, community, now, {}, {});
    if (writer != "volunteer") return;
    l.appointments.add(person, community::Role::volunteer, community, now, {}, {});
    l.shifts.add(l.shifts.posts().front().id, person, now + Seconds{600}, now + Seconds{7800});
  }

  Trained trained_;
  SettableClock clock_{Time{}};
  SeededRandom random_{1};
  Metrics metrics_;
  std::unique_ptr<House> house_;
  std::unique_ptr<understanding::Listener> listener_;
  AreaId home_;
  int count_ = 0;
};

}  // namespace

int print_topics(const Settings& settings, const std::filesystem::path& sample,
                 const std::filesystem::path& lines) {
  Routing routing;
  auto opened = routing.open(settings, sample);
  if (!opened) {
    fmt::print(stderr, "{}\n", opened.error().text);
    return 2;
  }
  std::ifstream file(lines);
  for (std::string line; std::getline(file, line);) {
    auto tab = std::min(line.find('\t'), line.size());
    fmt::print("{}\n", routing.topics(line.substr(0, tab), line.substr(std::min(tab + 1, line.size()))));
  }
  return 0;
}

}  // namespace linli::app
