#include "bot/store/rota_ledger.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace linli::store {

using community::Rota;
using community::RotaOverride;
using community::RotaSlot;

namespace {

constexpr std::string_view below = "rota in (select id from rota where post = :post)";
const Day from_the_beginning{2020, 1, 1};

std::string text_of(Day day) {
  return fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day);
}

Day day_of(const std::string& stored) {
  auto day = parse_day(stored);
  if (!day) throw StorageError(11, "a stored rota has a day that is none");
  return *day;
}

}  // namespace

RotaLedger::RotaLedger(Database& db)
    : add_(db,
           "insert into rota (post, advance, anchor, published_at) values (:post, :advance, :anchor, :at) "
           "returning id"),
      add_slot_(
          db,
          "insert into rota_slot (rota, position, weekdays, kinds, start_minute, end_minute, least, most) "
          "values (:rota, :position, :days, :kinds, :start, :end, :least, :most)"),
      add_person_(db, "insert into rota_person (rota, position, person) values (:rota, :position, :person)"),
      fixed_of_(db,
                "select id from rota where post = :post and advance = 'fixed' and published_at is not null "
                "order by id limit 1"),
      slots_of_(db, "select count(*) from rota_slot where rota = :rota"),
      same_slot_(db,
                 "select s.position from rota_slot s join rota_person p on p.rota = s.rota "
                 "and p.position = s.position where s.rota = :rota and s.start_minute = :start "
                 "and p.person = :person"),
      set_end_(db,
               "update rota_slot set end_minute = :end where rota = :rota and position = :position and "
               "end_minute <> :same"),
      add_override_(db,
                    "insert into rota_override (rota, slot, day, kind, person, instead_of) "
                    "values (:rota, :slot, :day, :kind, :person, :instead)"),
      of_post_(db,
               "select id, post, advance, anchor from rota where post = :post "
               "and (published_at is not null or :drafts = 1) order by id"),
      rotas_(db, "select id, post, advance, anchor from rota where published_at is not null order by id"),
      slots_(
          db,
          "select weekdays, kinds, start_minute, end_minute, least, most from rota_slot where rota = :rota "
          "order by position"),
      people_(db, "select person from rota_person where rota = :rota order by position"),
      overrides_(
          db,
          "select slot, day, kind, person, instead_of from rota_override where rota = :rota "
          "and ((published_at is not null and :published = 1) or (published_at is null and :drafts = 1)) "
          "order by id"),
      has_draft_(db,
                 "select (select count(*) from rota where post = :post and published_at is null) + "
                 "(select count(*) from rota_override o join rota r on r.id = o.rota where r.post = :post2 "
                 "and o.published_at is null)"),
      publish_(db, "update rota set published_at = :at where post = :post and published_at is null"),
      publish_changes_(db,
                       fmt::format("update rota_override set published_at = :at where published_at is null "
                                   "and {}",
                                   below)),
      drop_changes_(db, fmt::format("delete from rota_override where published_at is null and {}", below)),
      end_changes_(db, fmt::format("delete from rota_override where {}", below)),
      end_people_(db, fmt::format("delete from rota_person where {}", below)),
      end_slots_(db, fmt::format("delete from rota_slot where {}", below)),
      end_(db, "delete from rota where post = :post") {}

RotaId RotaLedger::add(const Rota& rota, std::optional<Time> published_at) {
  RotaId id = std::get<0>(
      *add_.one<RotaId>(rota.post, community::name(rota.advance), text_of(rota.anchor), published_at));
  for (std::size_t i = 0; i < rota.slots.size(); ++i) {
    const RotaSlot& slot = rota.slots[i];
    add_slot_.run(id, static_cast<std::int64_t>(i), static_cast<std::int64_t>(slot.when.weekdays),
                  static_cast<std::int64_t>(slot.when.kinds), slot.start_minute, slot.end_minute, slot.least,
                  slot.most);
  }
  for (std::size_t i = 0; i < rota.people.size(); ++i)
    add_person_.run(id, static_cast<std::int64_t>(i), rota.people[i]);
  for (const RotaOverride& change : rota.overrides) add_override(id, change);
  return id;
}

bool RotaLedger::add_daily(PostId post, PersonId person, int start_minute, int end_minute) {
  auto found = fixed_of_.one<RotaId>(post);
  RotaId rota = found ? std::get<0>(*found)
                      : add({{}, post, from_the_beginning, community::Advance::fixed, {}, {}, {}}, Time{});
  if (auto same = same_slot_.one<std::int64_t>(rota, start_minute, person)) {
    return set_end_.run(end_minute, rota, std::get<0>(*same), end_minute) > 0;
  }
  std::int64_t position = std::get<0>(*slots_of_.one<std::int64_t>(rota));
  const community::Recurrence daily;
  add_slot_.run(rota, position, static_cast<std::int64_t>(daily.weekdays),
                static_cast<std::int64_t>(daily.kinds), start_minute, end_minute, 1, 1);
  add_person_.run(rota, position, person);
  return true;
}

void RotaLedger::add_override(RotaId rota, const RotaOverride& change) {
  add_override_.run(rota, static_cast<std::int64_t>(change.slot), text_of(change.day),
                    community::name(change.kind), none_if_zero(change.person),
                    none_if_zero(change.instead_of));
}

std::vector<Rota> RotaLedger::read(PostId post, bool drafts) {
  std::vector<Rota> rotas;
  auto take = [&](RotaId id, PostId of, const std::string& advance, const std::string& anchor) {
    auto known = community::advance(advance);
    if (!known) throw StorageError(11, "a stored rota moves on in a way that nobody knows");
    rotas.push_back({id, of, day_of(anchor), *known, {}, {}, {}});
  };
  using Text = std::string;
  if (post)
    of_post_.each<RotaId, PostId, Text, Text>(take, post, drafts);
  else
    rotas_.each<RotaId, PostId, Text, Text>(take);
  for (Rota& rota : rotas) {
    slots_.each<std::int64_t, std::int64_t, int, int, int, int>(
        [&](std::int64_t days, std::int64_t kinds, int start, int end, int least, int most) {
          rota.slots.push_back(
              {{static_cast<unsigned>(days), static_cast<unsigned>(kinds)}, start, end, least, most});
        },
        rota.id);
    people_.each<PersonId>([&](PersonId person) { rota.people.push_back(person); }, rota.id);
    overrides_.each<std::int64_t, Text, Text, PersonId, PersonId>(
        [&](std::int64_t slot, const Text& day, const Text& kind, PersonId person, PersonId instead) {
          auto known = community::override_kind(kind);
          if (!known) throw StorageError(11, "a stored change of a rota is of a kind that nobody knows");
          rota.overrides.push_back({static_cast<std::size_t>(slot), day_of(day), *known, person, instead});
        },
        rota.id, true, drafts);
  }
  return rotas;
}

std::vector<Rota> RotaLedger::of_post(PostId post, bool drafts) {
  return read(post, drafts);
}

std::vector<Rota> RotaLedger::published() {
  return read({}, false);
}

bool RotaLedger::has_draft(PostId post) {
  return std::get<0>(*has_draft_.one<std::int64_t>(post, post)) > 0;
}

std::vector<Rota> RotaLedger::only_drafts(PostId post) {
  auto now = read(post, false), then = read(post, true);
  for (Rota& rota : then) {
    auto before = std::ranges::find(now, rota.id, &Rota::id);
    if (before == now.end()) continue;  // the whole rota is new
    rota.overrides.erase(rota.overrides.begin(),
                         rota.overrides.begin() + static_cast<std::ptrdiff_t>(before->overrides.size()));
    rota.slots.clear();
  }
  std::erase_if(then, [](const Rota& rota) { return rota.slots.empty() && rota.overrides.empty(); });
  return then;
}

void RotaLedger::publish(PostId post, Time now) {
  publish_.run(now, post);
  publish_changes_.run(now, post);
}

void RotaLedger::drop_changes(PostId post) {
  drop_changes_.run(post);
}

void RotaLedger::end(PostId post) {
  for (Statement* statement : {&end_changes_, &end_people_, &end_slots_, &end_}) statement->run(post);
}

}  // namespace linli::store
