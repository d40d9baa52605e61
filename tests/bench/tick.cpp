// One tick of the schedule, everything that is due turned into turns and committed, with few open tasks and
// with many:
//
//   bench_tick [few] [many] [due] [rounds]        3000 300000 1000 7, from the project's root
//
// Two databases on disk that differ only in the number of open tasks; in each round 1,000 of them fall due,
// half to be asked of the next level, half to remind their owners. The two take turns; medians and their
// ratio are printed. What falls due in the same minute was mostly opened in the same minutes of some day, so
// the 1,000 lie in runs of 50 neighbours; exits 1 if the ratio, of wall or of CPU time, is over 1.5. Then
// once more, for comparison only, with every one on pages of its own: each costs three or four pages more to
// write, and nothing else.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <fmt/format.h>
#include <unistd.h>

#include "bot/app/house.hpp"
#include "bot/app/sample.hpp"

namespace {

using namespace linli;
using community::Task;
using community::TaskState;

constexpr std::int64_t leaders = 3000;  // grid leaders with a compound each
constexpr double most = 1.5;

template <class T>
T or_end(Result<T> result) {
  if (result) return std::move(*result);
  fmt::print(stderr, "{}\n", result.error().text);
  std::exit(2);
}

double cpu_ms() {
  return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double wall_ms() {
  using namespace std::chrono;
  return duration<double, std::milli>(steady_clock::now().time_since_epoch()).count();
}

struct Cost {
  double wall{}, cpu{};
};

class District {
 public:
  District(const std::filesystem::path& folder, int tasks, int due, int run) {
    std::filesystem::create_directories(folder);
    settings_ =
        or_end(app::read_settings("config/linli.toml", [](const std::string&) { return std::string(); }));
    auto sample = or_end(app::read_sample("config/sample"));
    settings_.intake_area = sample.intake_area;
    auto zone = or_end(Zone::find(settings_.time_zone));
    clock_.set(or_end(parse_time(zone, "2026-03-02 10:00")));
    auto prepare = [&](store::Database& db, FieldCipher& cipher) {
      return app::fill(db, cipher, sample, zone, clock_.now(), "demo");
    };
    house_ = or_end(app::House::build(settings_, {.path = folder / "linli.db"}, Secret(std::string(32, 'k')),
                                      clock_, random_, metrics_, prepare));
    house_->pipeline().in_transaction([&] { people(); });
    constexpr int together = 10000;
    for (int from = 0; from < tasks; from += together) {
      house_->pipeline().in_transaction([&] {
        for (int i = from; i < std::min(tasks, from + together); ++i) {
          TaskId id = task();
          if (i / run % (tasks / due) == 0 && static_cast<int>(chosen_.size()) < due) chosen_.push_back(id);
        }
      });
      house_->database().checkpoint_if_due();
    }
  }

  /// The chosen tasks fall due once more; then everything that is due, in as many commits as the pipeline
  /// makes of it.
  Cost tick() {
    clock_.advance(Seconds{60});
    house_->pipeline().in_transaction([&] {
      for (TaskId id : chosen_) make_due(id);
    });
    double wall = wall_ms(), cpu = cpu_ms();
    std::size_t acted = 0;
    for (int some = 1; some > 0; acted += static_cast<std::size_t>(some))
      some = house_->pipeline().process_due();
    Cost cost{wall_ms() - wall, cpu_ms() - cpu};
    if (acted == chosen_.size()) return cost;
    fmt::print(stderr, "{} were due instead of {}\n", acted, chosen_.size());
    std::exit(2);
  }

 private:
  void people() {
    auto& l = house_->ledgers();
    auto community = l.areas.find_by_code("hpsq");
    reporter_ = l.people.create("", "居民", "13900000000", clock_.now());
    l.people.add_contact(reporter_, "demo", "oReporter");
    for (int i = 0; i < leaders; ++i) {
      AreaId area = l.areas.add(fmt::format("bench-{}", i), community::AreaKind::compound,
                                fmt::format("小区{}", i), community->id, false, {}, {});
      PersonId person = l.people.create("", fmt::format("网格长{}", i), "13900000000", clock_.now());
      l.people.add_contact(person, "demo", fmt::format("oLeader{}", i));
      l.appointments.add(person, community::Role::grid_leader, area, clock_.now() - Seconds{86400}, {}, {});
      compounds_.emplace_back(area, person);
    }
  }

  /// One as the desk leaves it, due in a week: offered and not accepted, or accepted and not done.
  TaskId task() {
    auto& l = house_->ledgers();
    auto [area, leader] = compounds_[random_.below(compounds_.size())];
    bool accepted = random_.below(2) == 1;
    Task task;
    task.kind = community::TaskKind::help;
    task.state = accepted ? TaskState::accepted : TaskState::open;
    task.area = area;
    task.reporter = reporter_;
    if (accepted) task.owner = leader;
    task.opened_at = clock_.now() - Seconds{3600};
    task.offered_at = task.opened_at;
    if (accepted) task.accepted_at = task.opened_at;
    task.text = "家里没米没菜了，帮忙送一点";
    l.tasks.open(task);
    l.tasks.record({task.id, task.opened_at, 1, reporter_, "opened", {}, {}});
    l.tasks.record({task.id, task.opened_at, 1, {}, "offered", leader, {}});
    if (accepted) {
      l.tasks.record({task.id, task.opened_at, 2, leader, "accepted", {}, {}});
    } else {
      l.tasks.offer(task.id, leader, 0, task.opened_at);
      l.asks.put({leader, "my_tasks", task.id.value, std::to_string(task.number), "接", task.opened_at,
                  clock_.now() + Seconds{86400}});
    }
    set_due(task,
            clock_.now() + Seconds{7 * 86400} + Seconds{static_cast<std::int64_t>(random_.below(86400))});
    return task.id;
  }

  void make_due(TaskId id) {
    auto& l = house_->ledgers();
    auto task = l.tasks.find(id);
    task->level = 0;
    task->reminders = 0;
    l.tasks.save(*task);
    set_due(*task, clock_.now());
  }

  void set_due(const Task& task, Time at) {
    house_->ledgers().dues.set({fmt::format("task:{}", task.id.value), at, "my_tasks", task.id.value,
                                task.state == TaskState::accepted ? "remind" : "accept"});
  }

  app::Settings settings_;
  SettableClock clock_{Time{}};
  SeededRandom random_{1};
  Metrics metrics_;
  std::unique_ptr<app::House> house_;
  std::vector<std::pair<AreaId, PersonId>> compounds_;
  std::vector<TaskId> chosen_;
  PersonId reporter_;
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

/// True if many cost little more than few.
bool compare(const std::array<int, 2>& sizes, int due, int rounds, int run) {
  auto folder = std::filesystem::temp_directory_path() / fmt::format("linli-tick-{}-{}", ::getpid(), run);
  std::array<Cost, 2> cost;
  {
    std::array<std::unique_ptr<District>, 2> districts;
    for (std::size_t i = 0; i < 2; ++i) {
      districts[i] = std::make_unique<District>(folder / std::to_string(i), sizes[i], due, run);
      districts[i]->tick();  // fills the caches
    }
    std::array<std::vector<double>, 2> walls, cpus;
    for (int round = 0; round < rounds; ++round) {
      for (std::size_t i = 0; i < 2; ++i) {
        Cost one = districts[i]->tick();
        walls[i].push_back(one.wall);
        cpus[i].push_back(one.cpu);
      }
    }
    for (std::size_t i = 0; i < 2; ++i) cost[i] = {median(walls[i]), median(cpus[i])};
  }
  std::filesystem::remove_all(folder);
  for (std::size_t i = 0; i < 2; ++i) {
    fmt::print(
        "{:>7} open tasks, {} due, {} neighbours at a time: {:.1f} ms, {:.1f} ms of CPU (median of {})\n",
        sizes[i], due, run, cost[i].wall, cost[i].cpu, rounds);
  }
  double wall = cost[1].wall / cost[0].wall, cpu = cost[1].cpu / cost[0].cpu;
  fmt::print("ratio {:.2f}, of CPU {:.2f}\n", wall, cpu);
  return wall <= most && cpu <= most;
}

}  // namespace

int main(int argc, char** argv) {
  auto number = [&](int at, int otherwise) {
    return argc > at ? std::max(1, std::atoi(argv[at])) : otherwise;
  };
  const std::array<int, 2> sizes{number(1, 3000), number(2, 300000)};
  const int due = number(3, 1000), rounds = number(4, 7);
  bool good = compare(sizes, due, rounds, 50);
  fmt::print("for comparison, all of them far apart:\n");
  compare(sizes, due, rounds, 1);
  return good ? 0 : 1;
}
