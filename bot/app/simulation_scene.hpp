// The stage on which simulated people live: the clock, what will happen when, who there is, and how somebody
// says something. Residents, staff and volunteers act through it; the run (simulation.hpp) turns its handle.
#pragma once

#include <functional>
#include <memory>
#include <queue>
#include <unordered_map>

#include "bot/app/simulation_bot.hpp"
#include "bot/app/simulation_chance.hpp"
#include "bot/app/simulation_counts.hpp"
#include "bot/app/simulation_platform.hpp"
#include "bot/community/role.hpp"
#include "bot/dialog/turn.hpp"

namespace linli::app::simulation {

struct Person {
  std::size_t index{};
  std::string openid;
  std::string address;  // "和平苑 3号楼 2单元 501", empty for who lives elsewhere
  PersonId id;
  AreaId home;
  std::vector<std::pair<community::Role, AreaId>> roles;
  bool registers = false;  // a stranger, to whom the bot is new
  bool onlooker = false;   // of the demo's cast: does nothing of their own accord
  bool follows = true;
  bool left_unheard = false;  // the callback of their leaving was lost
  Time away_until{};          // staff who are ill or away
  Time last_wrote{};
  std::string last_told;  // the newest story, request ... for what comes next

  bool holds(community::Role role) const;
  bool staff() const {
    return !roles.empty() && !(roles.size() == 1 && roles[0].first == community::Role::volunteer);
  }
};

/// One message that somebody reads: which text it was, about which task, and its words.
struct Heard {
  std::string id;
  TaskId task;
  std::string text;
  std::int64_t number = 0;  // of the task, as the text says it
};

/// A callback of the platform, until it is acknowledged or given up.
struct Push {
  platform::Inbound in;
  std::size_t who{};
  bool by_system = false;  // nobody said it: a template's result
  int tries = 0;
  bool faulty = false;  // the sealing of its reply throws, but for an apology
  bool processed = false, acknowledged = false;
  Time answered_at{};
  pipeline::Outcome outcome;
};

class Scene {
 public:
  Scene(SettableClock& clock, Zone zone, Bot& bot, Platform& platform, Counts& counts, std::uint64_t seed);

  Time now() const { return clock_.now(); }
  const Zone& zone() const { return zone_; }
  Bot& bot() { return bot_; }
  House& house() { return bot_.house(); }
  Platform& platform() { return platform_; }
  Counts& counts() { return counts_; }

  // --- what will happen
  void at(Time when, std::function<void()> what);
  void after(Seconds delay, std::function<void()> what) { at(now() + delay, std::move(what)); }
  std::optional<Time> next() const;
  /// Lets everything happen whose time has come.
  void run_due();

  // --- who there is
  std::vector<std::unique_ptr<Person>>& people() { return people_; }
  Person& add(std::unique_ptr<Person> person);
  Person* find(const std::string& openid);

  // --- saying something: it reaches the bot as a callback within this moment
  void say(Person& person, std::string text);
  void click(Person& person, std::string key);
  void scan(Person& person, std::string scene);
  void place(Person& person, double lat, double lon);
  void show(Person& person, platform::InboundKind kind, std::string title = {});
  void follow(Person& person);
  void unfollow(Person& person);
  void report(const std::string& msgid, const std::string& status, std::size_t who);
  /// Pushes whose moment is now; the caller takes them away.
  std::vector<std::shared_ptr<Push>>& arriving() { return arriving_; }

  /// When somebody looks at what has come: by day soon; by night who is on duty, or what rings.
  Time read_at(const Person& person, bool on_duty, bool rings);
  Chance chance;
  bool faults = true;  // now and then a turn throws; not behind the demo, whose log a newcomer reads

 private:
  struct Happening {
    Time at;
    std::int64_t order;
    std::function<void()> what;
    bool operator>(const Happening& other) const {
      return std::pair(at, order) > std::pair(other.at, other.order);
    }
  };
  void send(Person& person, platform::Inbound in);

  SettableClock& clock_;
  Zone zone_;
  Bot& bot_;
  Platform& platform_;
  Counts& counts_;
  std::priority_queue<Happening, std::vector<Happening>, std::greater<>> queue_;
  std::int64_t order_ = 0, messages_ = 0;
  std::vector<std::unique_ptr<Person>> people_;
  std::unordered_map<std::string, Person*> by_openid_;
  std::vector<std::shared_ptr<Push>> arriving_;
};

}  // namespace linli::app::simulation
