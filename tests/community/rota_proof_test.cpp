#include "bot/community/rota_proof.hpp"

#include <gtest/gtest.h>
#include <random>
#include <set>

namespace linli::community {
namespace {

Time minute(int at) {
  return Time{std::chrono::minutes(at)};
}
Span span(int from, int until) {
  return {minute(from), minute(until)};
}

// --- the same question answered by trying everything: minute by minute, absence by absence

struct Runs {
  explicit Runs(int minutes) : bad(static_cast<std::size_t>(minutes)) {}
  std::vector<bool> bad;
  std::vector<Span> spans() const {
    std::vector<Span> found;
    for (int at = 0; at < static_cast<int>(bad.size()); ++at) {
      if (!bad[static_cast<std::size_t>(at)]) continue;
      int end = at;
      while (end < static_cast<int>(bad.size()) && bad[static_cast<std::size_t>(end)]) ++end;
      found.push_back(span(at, end));
      at = end;
    }
    return found;
  }
};

bool within(const Span& span, int at) {
  return span.from <= minute(at) && minute(at) < span.until;
}
bool within(const std::vector<Span>& spans, int at) {
  return std::ranges::any_of(spans, [&](const Span& one) { return within(one, at); });
}

class BruteForce {
 public:
  BruteForce(const RotaCase& rota, int minutes, int people)
      : rota_(rota), minutes_(minutes), people_(people) {}

  std::optional<Counterexample> answer() {
    for (std::size_t post = 0; post < rota_.posts.size(); ++post) try_post(post);
    for (int person = 1; person <= people_; ++person) try_person(PersonId{person});
    return best_;
  }

 private:
  void see(const Counterexample& found) {
    if (!best_ || smaller(found, *best_)) best_ = found;
  }
  bool stands(std::size_t post, int at) {
    return std::ranges::any_of(rota_.shifts,
                               [&](const ShiftToProve& s) { return s.post == post && within(s.span, at); });
  }
  bool asked_in_turn(const EscalationChain& chain, std::set<std::int64_t> away) {
    for (const auto& level : chain.levels) {
      for (const Asked& asked : level) {
        std::vector<PersonId> in_turn = {asked.person};
        in_turn.insert(in_turn.end(), asked.stand_ins.begin(), asked.stand_ins.end());
        for (PersonId person : in_turn) {
          if (!away.contains(person.value)) return true;
        }
      }
    }
    return false;
  }
  void try_post(std::size_t index) {
    const PostToProve& post = rota_.posts[index];
    if (!post.proved) return;
    Runs open(minutes_);
    for (int at = 0; at < minutes_; ++at) open.bad[at] = within(post.needed, at) && !stands(index, at);
    for (const Span& run : open.spans()) see({0, run, RotaFault::uncovered, post.id, {}, {}, {}, {}});
    for (const EscalationChain& chain : post.chains) {
      for (int absent = 0; absent <= people_; ++absent) {
        std::set<std::int64_t> away;
        for (PersonId person : rota_.unreachable) away.insert(person.value);
        bool without = asked_in_turn(chain, away);
        if (absent > 0) away.insert(absent);
        if (asked_in_turn(chain, away) || (absent > 0 && !without)) continue;
        Runs bad(minutes_);
        for (int at = 0; at < minutes_; ++at)
          bad.bad[at] = within(chain.span, at) && (within(post.needed, at) || stands(index, at));
        for (const Span& run : bad.spans())
          see({absent > 0, run, RotaFault::no_one_left, post.id, {}, {}, PersonId{absent}, chain.name});
      }
    }
  }
  void try_person(PersonId person) {
    for (const ShiftToProve& a : rota_.shifts) {
      for (const ShiftToProve& b : rota_.shifts) {
        if (a.person != person || b.person != person || a.post == b.post) continue;
        if (std::tie(b.span, b.post) < std::tie(a.span, a.post)) continue;
        const PostToProve &here = rota_.posts[a.post], &there = rota_.posts[b.post];
        if (!here.proved && !there.proved) continue;
        std::vector<int> both;
        int last_here = -1, first_there = minutes_;
        for (int at = 0; at < minutes_; ++at) {
          if (within(a.span, at) && within(b.span, at)) both.push_back(at);
          if (within(a.span, at)) last_here = at;
          if (within(b.span, at)) first_there = std::min(first_there, at);
        }
        double way = distance_m(here.place, there.place) / rota_.metres_a_minute;
        Span run = both.empty() ? span(last_here + 1, first_there) : span(both.front(), both.back() + 1);
        if (both.empty() && first_there - (last_here + 1) >= way) continue;
        see({0, run, RotaFault::two_places, here.id, there.id, person, {}, {}});
      }
    }
  }

  const RotaCase& rota_;
  int minutes_, people_;
  std::optional<Counterexample> best_;
};

constexpr int minutes = 40, people = 5;

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  int to(int most) { return static_cast<int>(engine_() % static_cast<unsigned>(most + 1)); }
  bool one_in(int n) { return to(n - 1) == 0; }
  Span span_in() {
    int from = to(minutes - 2);
    return span(from, from + 1 + to(minutes - from - 1));
  }
  PersonId person() { return PersonId{1 + to(people - 1)}; }

 private:
  std::mt19937 engine_;
};

RotaCase random_case(unsigned seed) {
  Dice dice(seed);
  RotaCase rota;
  rota.metres_a_minute = 100;
  int posts = 1 + dice.to(2);
  for (int i = 0; i < posts; ++i) {
    PostToProve post{PostId{i + 1}, {37.87 + 0.002 * dice.to(3), 112.48}, {}, {}, !dice.one_in(6)};
    if (!dice.one_in(3)) post.needed.push_back(dice.span_in());
    if (dice.one_in(3)) post.needed.push_back(dice.span_in());
    for (int chains = dice.to(2); chains > 0; --chains) {
      EscalationChain chain{
          chains == 1 ? "shift_cover" : "appeal", dice.one_in(2) ? span(0, minutes) : dice.span_in(), {}};
      for (int levels = dice.to(3); levels > 0; --levels) {
        auto& level = chain.levels.emplace_back();
        for (int asked = dice.to(2); asked > 0; --asked) {
          level.push_back({dice.person(), {}});
          for (int more = dice.to(2); more > 0; --more) level.back().stand_ins.push_back(dice.person());
        }
      }
      post.chains.push_back(std::move(chain));
    }
    // half of the posts are mostly stood, so that many cases hold
    if (dice.one_in(2)) {
      for (const Span& need : post.needed)
        rota.shifts.push_back({static_cast<std::size_t>(i), PersonId{i + 1}, need});
    }
    rota.posts.push_back(std::move(post));
  }
  for (int shifts = dice.to(4); shifts > 0; --shifts)
    rota.shifts.push_back({static_cast<std::size_t>(dice.to(posts - 1)), dice.person(), dice.span_in()});
  for (int person = 1; person <= people; ++person) {
    if (dice.one_in(4)) rota.unreachable.insert(PersonId{person});
  }
  return rota;
}

std::string text(const std::optional<Counterexample>& c) {
  if (!c) return "proved";
  auto m = [](Time at) { return std::to_string(at.time_since_epoch().count() / 60); };
  return std::to_string(c->absences) + " absent, " + m(c->span.from) + "-" + m(c->span.until) + " fault " +
         std::to_string(static_cast<int>(c->fault)) + " post " + std::to_string(c->post.value) + "/" +
         std::to_string(c->other.value) + " person " + std::to_string(c->person.value) + " absent " +
         std::to_string(c->absent.value) + " " + c->chain;
}

TEST(RotaProof, agrees_with_brute_force_on_ten_thousand_small_rotas) {
  int proved = 0, by_fault[3] = {}, absences = 0;
  for (unsigned seed = 1; seed <= 10'000; ++seed) {
    RotaCase rota = random_case(seed);
    auto found = counterexample(rota);
    auto expected = BruteForce(rota, minutes, people).answer();
    ASSERT_EQ(found, expected) << "seed " << seed << ": " << text(found) << " but " << text(expected);
    if (!found) {
      ++proved;
      continue;
    }
    ++by_fault[static_cast<int>(found->fault)];
    absences += found->absences;
  }
  // every kind of answer is among them, none rare
  EXPECT_GT(proved, 300);
  EXPECT_GT(by_fault[0], 300);
  EXPECT_GT(by_fault[1], 300);
  EXPECT_GT(by_fault[2], 300);
  EXPECT_GT(absences, 300);
}

TEST(RotaProof, names_the_absence_that_breaks_the_chain) {
  RotaCase rota;
  rota.posts.push_back({PostId{1}, {37.87, 112.48}, {span(0, 60)}, {}, true});
  rota.shifts.push_back({0, PersonId{1}, span(0, 60)});
  rota.posts[0].chains.push_back(
      {"shift_cover", span(0, 600), {{{PersonId{2}, {}}}, {{PersonId{3}, {PersonId{2}}}}}});
  EXPECT_FALSE(counterexample(rota));
  rota.unreachable.insert(PersonId{3});
  auto found = counterexample(rota);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->absences, 1);
  EXPECT_EQ(found->absent, PersonId{2});
  EXPECT_EQ(found->span, span(0, 60));
}

TEST(RotaProof, prefers_what_needs_no_absence_then_the_shortest_then_the_earliest) {
  RotaCase rota;
  rota.posts.push_back({PostId{1}, {37.87, 112.48}, {span(0, 60), span(100, 110), span(200, 210)}, {}, true});
  rota.posts[0].chains.push_back({"shift_cover", span(0, 1), {{{PersonId{2}, {}}}}});
  auto found = counterexample(rota);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->fault, RotaFault::uncovered);
  EXPECT_EQ(found->span, span(100, 110));
}

}  // namespace
}  // namespace linli::community
