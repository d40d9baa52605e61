#include "bot/store/rota_world.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace linli::store {

using community::Asked;
using community::EscalationChain;
using community::PostToProve;
using community::RotaCase;

namespace {

constexpr int noon = 12 * 60;
constexpr std::size_t longest_chain_of_stand_ins = 5;

using Seat = std::tuple<PostId, PersonId, Time>;

/// The shifts that the drafts of a post take from somebody.
std::set<Seat> taken_away(ShiftLedger& shifts, const Zone& zone, PostId post) {
  std::set<Seat> gone;
  for (const auto& draft : shifts.rotas().only_drafts(post)) {
    for (const auto& rota : shifts.rotas().of_post(post, false)) {
      if (rota.id != draft.id) continue;
      for (const auto& change : draft.overrides) {
        if (change.slot >= rota.slots.size()) continue;
        Time start = community::moment(zone, change.day, rota.slots[change.slot].start_minute);
        if (change.instead_of) gone.insert({post, change.instead_of, start});
        if (change.kind != community::OverrideKind::nobody) continue;
        for (PersonId person : rota.people) gone.insert({post, person, start});
      }
    }
  }
  return gone;
}

}  // namespace

std::vector<PersonId> RotaWorld::stand_ins(const Appointment& appointment, Time at) {
  std::vector<PersonId> found;
  PersonId next = appointment.substitute;
  while (next && found.size() < longest_chain_of_stand_ins && std::ranges::find(found, next) == found.end()) {
    found.push_back(next);
    auto held = l_.appointments.of_person(next, at);
    auto same = std::ranges::find(held, appointment.role, &Appointment::role);
    next = same == held.end() ? PersonId{} : same->substitute;
  }
  std::erase(found, appointment.person);
  return found;
}

RotaWorld::Levels RotaWorld::levels(AreaId area, Time at) {
  Levels levels;
  for (const community::Level& level : cover_.levels) {
    auto& asked = levels.emplace_back();
    for (const Appointment& holder : l_.appointments.holders(level, area, at))
      asked.push_back({holder.person, stand_ins(holder, at)});
  }
  return levels;
}

void RotaWorld::add_shifts(RotaCase& rota, PostId post, Time from, Time until) {
  std::map<PostId, std::size_t> index;
  for (std::size_t i = 0; i < rota.posts.size(); ++i) index[rota.posts[i].id] = i;
  auto gone = taken_away(l_.shifts, zone_, post);
  std::set<Seat> known;
  for (const auto& row : l_.shifts.rows(from, until)) {
    auto at = index.find(row.post);
    if (at == index.end()) continue;
    known.insert({row.post, row.person, row.span.from});
    if (row.stands && !gone.contains({row.post, row.person, row.span.from}))
      rota.shifts.push_back({at->second, row.person, row.span});
  }
  auto plan = [&](const community::Rota& one) {
    auto at = index.find(one.post);
    if (at == index.end()) return;
    for (const auto& planned : community::expand(one, l_.shifts.rotas().calendar(), zone_, from, until)) {
      for (PersonId person : planned.people) {
        // What is made already stays as it is, declined or not.
        Seat seat{one.post, person, planned.span.from};
        if (!known.insert(seat).second) continue;
        rota.shifts.push_back({at->second, person, planned.span});
      }
    }
  };
  for (const auto& one : l_.shifts.rotas().published()) {
    if (one.post != post) plan(one);
  }
  if (!post) return;
  for (const auto& one : l_.shifts.rotas().of_post(post, true)) plan(one);
}

RotaCase RotaWorld::read(PostId post, Time from, Time until) {
  RotaCase rota;
  rota.metres_a_minute = metres_a_minute_;
  std::map<std::pair<AreaId, Time>, Levels> known;
  for (const Post& one : l_.shifts.posts()) {
    PostToProve entry{one.id, one.place, {}, {}, !post || one.id == post};
    if (entry.proved) {
      entry.needed = community::needed(l_.shifts.hours(one.id), zone_, from, until);
      for (Day day = zone_.day(from); zone_.at(day, 0) < until; day = zone_.next_day(day)) {
        Time at = zone_.at(day, noon);
        auto [found, is_new] = known.try_emplace({one.area, at});
        if (is_new) found->second = levels(one.area, at);
        entry.chains.push_back({std::string(community::name(community::TaskKind::shift_cover)),
                                {zone_.at(day, 0), zone_.at(zone_.next_day(day), 0)},
                                found->second});
      }
    }
    rota.posts.push_back(std::move(entry));
  }
  add_shifts(rota, post, from, until);
  std::set<PersonId> asked;
  for (const auto& [where, levels] : known) {
    for (const auto& level : levels) {
      for (const Asked& one : level) {
        asked.insert(one.person);
        asked.insert(one.stand_ins.begin(), one.stand_ins.end());
      }
    }
  }
  for (PersonId person : asked) {
    if (!l_.people.contact_of(person)) rota.unreachable.insert(person);
  }
  return rota;
}

}  // namespace linli::store
