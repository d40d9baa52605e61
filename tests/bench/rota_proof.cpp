// How long the proof of a rota takes: 60 posts around the clock, 300 people, one week. Prints milliseconds,
// and the ratio to the least that any proof does (looking at every minute of every post once).
#include "bot/community/rota_proof.hpp"

#include <chrono>
#include <cstdio>

namespace {

using namespace linli;
using namespace linli::community;

constexpr int posts = 60, people = 300, days = 7, shift_hours = 2;

RotaCase week() {
  RotaCase rota;
  Time start{std::chrono::hours(0)};
  Time end = start + std::chrono::hours(24 * days);
  for (int i = 0; i < posts; ++i) {
    PostToProve post{
        PostId{i + 1}, {37.87 + 0.001 * (i % 8), 112.48 + 0.001 * (i / 8)}, {{start, end}}, {}, true};
    for (int day = 0; day < days; ++day) {
      Time from = start + std::chrono::hours(24 * day);
      EscalationChain chain{"shift_cover", {from, from + std::chrono::hours(24)}, {}};
      for (int level = 0; level < 6; ++level) {
        PersonId holder{1 + (i + 7 * level) % people}, stand_in{1 + (i + 11 * level + 1) % people};
        chain.levels.push_back({{holder, {stand_in}}});
      }
      post.chains.push_back(std::move(chain));
    }
    rota.posts.push_back(std::move(post));
  }
  // five people a post, in turn
  for (int i = 0; i < posts; ++i) {
    int turn = 0;
    for (Time at = start; at < end; at += std::chrono::hours(shift_hours)) {
      rota.shifts.push_back({static_cast<std::size_t>(i),
                             PersonId{1 + i * 5 + turn++ % 5},
                             {at, at + std::chrono::hours(shift_hours)}});
    }
  }
  for (int person = 1; person <= people; person += 10) rota.unreachable.insert(PersonId{person});
  return rota;
}

/// Every minute of every post, once.
int floor_of(const RotaCase& rota) {
  std::vector<std::vector<char>> stood(posts, std::vector<char>(24 * 60 * days));
  for (const auto& shift : rota.shifts) {
    auto minute = [](Time at) { return at.time_since_epoch().count() / 60; };
    for (auto at = minute(shift.span.from); at < minute(shift.span.until); ++at)
      stood[shift.post][static_cast<std::size_t>(at)] = 1;
  }
  int open = 0;
  for (const auto& post : stood) {
    for (char minute : post) open += minute == 0;
  }
  return open;
}

template <class Work>
double milliseconds(Work work) {
  auto before = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - before).count();
}

}  // namespace

int main() {
  RotaCase rota = week();
  bool proved = false;
  int open = 0;
  double proof = milliseconds([&] { proved = !counterexample(rota); });
  double least = milliseconds([&] { open = floor_of(rota); });
  std::printf(
      "rota proof: %d posts, %d people, %zu shifts in one week: %s in %.1f ms (%.1f times the floor of %.1f "
      "ms)\n",
      posts, people, rota.shifts.size(), proved ? "proved" : "counterexample", proof, proof / least, least);
  return proved && open == 0 && proof < 1000 ? 0 : 1;
}
