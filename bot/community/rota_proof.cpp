#include "bot/community/rota_proof.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <unordered_map>

namespace linli::community {

namespace {

/// Keeps the smallest of what it is shown.
class Smallest {
 public:
  void see(Counterexample found) {
    if (!best_ || smaller(found, *best_)) best_ = std::move(found);
  }
  std::optional<Counterexample> take() { return std::move(best_); }

 private:
  std::optional<Counterexample> best_;
};

std::vector<std::vector<Span>> spans_by_post(const RotaCase& rota) {
  std::vector<std::vector<Span>> spans(rota.posts.size());
  for (const ShiftToProve& shift : rota.shifts) spans[shift.post].push_back(shift.span);
  return spans;
}

void see_uncovered(const RotaCase& rota, const std::vector<std::vector<Span>>& standing, Smallest& smallest) {
  for (std::size_t i = 0; i < rota.posts.size(); ++i) {
    if (!rota.posts[i].proved) continue;
    for (const Span& open : uncovered(rota.posts[i].needed, standing[i])) {
      smallest.see({0, open, RotaFault::uncovered, rota.posts[i].id, {}, {}, {}, {}});
    }
  }
}

/// The time in which a person would be at both places, or has to get from one to the other.
std::optional<Span> too_near(const Span& a, const Span& b, Seconds way) {
  const Span& first = a.from <= b.from ? a : b;
  const Span& second = a.from <= b.from ? b : a;
  if (second.from < first.until) return Span{second.from, std::min(first.until, second.until)};
  if (second.from - first.until < way) return Span{first.until, second.from};
  return std::nullopt;
}

void see_two_places(const RotaCase& rota, Smallest& smallest) {
  std::unordered_map<PersonId, std::vector<const ShiftToProve*>> of_person;
  for (const ShiftToProve& shift : rota.shifts) of_person[shift.person].push_back(&shift);
  for (const auto& [person, shifts] : of_person) {
    for (std::size_t i = 0; i < shifts.size(); ++i) {
      for (std::size_t j = i + 1; j < shifts.size(); ++j) {
        const ShiftToProve *a = shifts[i], *b = shifts[j];
        if (std::tie(b->span, b->post) < std::tie(a->span, a->post)) std::swap(a, b);
        const PostToProve &here = rota.posts[a->post], &there = rota.posts[b->post];
        if (a->post == b->post || (!here.proved && !there.proved)) continue;
        auto span = too_near(a->span, b->span, walk(here.place, there.place, rota.metres_a_minute));
        if (span) smallest.see({0, *span, RotaFault::two_places, here.id, there.id, person, {}, {}});
      }
    }
  }
}

class Reach {
 public:
  explicit Reach(const RotaCase& rota) : rota_(rota) {}

  bool anybody(const EscalationChain& chain, PersonId absent) const {
    for (const auto& level : chain.levels) {
      for (const Asked& asked : level) {
        if (there(asked.person, absent)) return true;
        for (PersonId stand_in : asked.stand_ins) {
          if (there(stand_in, absent)) return true;
        }
      }
    }
    return false;
  }

 private:
  bool there(PersonId person, PersonId absent) const {
    return person != absent && !rota_.unreachable.contains(person);
  }
  const RotaCase& rota_;
};

/// Whoever is not in the chain changes nothing by being absent.
std::vector<PersonId> people_of(const EscalationChain& chain) {
  std::vector<PersonId> people;
  for (const auto& level : chain.levels) {
    for (const Asked& asked : level) {
      people.push_back(asked.person);
      people.insert(people.end(), asked.stand_ins.begin(), asked.stand_ins.end());
    }
  }
  std::ranges::sort(people);
  people.erase(std::unique(people.begin(), people.end()), people.end());
  return people;
}

void see_no_one_left(const RotaCase& rota, const std::vector<std::vector<Span>>& standing,
                     Smallest& smallest) {
  Reach reach(rota);
  for (std::size_t i = 0; i < rota.posts.size(); ++i) {
    const PostToProve& post = rota.posts[i];
    if (!post.proved) continue;
    std::vector<Span> busy = standing[i];
    busy.insert(busy.end(), post.needed.begin(), post.needed.end());
    busy = joined(std::move(busy));
    for (const EscalationChain& chain : post.chains) {
      auto see = [&](int absences, PersonId absent) {
        for (const Span& span : busy) {
          Span part{std::max(span.from, chain.span.from), std::min(span.until, chain.span.until)};
          if (part.from < part.until)
            smallest.see({absences, part, RotaFault::no_one_left, post.id, {}, {}, absent, chain.name});
        }
      };
      if (!reach.anybody(chain, {})) {
        see(0, {});
        continue;
      }
      for (PersonId absent : people_of(chain)) {
        if (!reach.anybody(chain, absent)) see(1, absent);
      }
    }
  }
}

}  // namespace

bool smaller(const Counterexample& a, const Counterexample& b) {
  auto length = [](const Counterexample& c) { return c.span.until - c.span.from; };
  return std::tuple(a.absences, length(a), a.span.from, a.fault, a.post, a.other, a.person, a.absent,
                    a.chain) < std::tuple(b.absences, length(b), b.span.from, b.fault, b.post, b.other,
                                          b.person, b.absent, b.chain);
}

std::optional<Counterexample> counterexample(const RotaCase& rota) {
  Smallest smallest;
  auto standing = spans_by_post(rota);
  see_uncovered(rota, standing, smallest);
  see_two_places(rota, smallest);
  see_no_one_left(rota, standing, smallest);
  return smallest.take();
}

Seconds walk(Place from, Place to, double metres_a_minute) {
  constexpr double minute = 60;
  return Seconds{static_cast<std::int64_t>(std::ceil(distance_m(from, to) / metres_a_minute * minute))};
}

}  // namespace linli::community
