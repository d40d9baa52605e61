#include "bot/store/shift_ledger.hpp"

#include <fmt/format.h>

#include "bot/store/sealed.hpp"
#include "bot/store/shift_outcome.hpp"

namespace linli::store {

using community::day_minutes;

namespace {

using MaybeTime = std::optional<Time>;

constexpr std::string_view note_purpose = "shift.note";
constexpr Seconds linger{4 * 3600};  // whoever forgot to leave is taken to have left so long after the end
constexpr Seconds handing_over{30 * 60};  // still at the gate although the hours are over

constexpr std::string_view excuse_purpose = "shift.excuse";
constexpr const char* post_columns =
    "select p.id, p.code, p.area, p.name, p.lat, p.lon, p.radius_m, p.code_word, p.what, p.task from post p ";

std::string select(const char* rest) {
  return std::string(
             "select s.id, s.person, s.starts_at, s.ends_at, s.state, s.confirmed_at, s.in_at, s.in_by, "
             "s.out_at, "
             "s.late_minutes, s.note_sealed, s.made_by, s.cover_of, s.excuse_sealed, s.missed_at, "
             "s.corrected_at, p.id, p.code, p.area, p.name, p.lat, p.lon, p.radius_m, p.code_word, p.what, "
             "p.task from shift s join post p on p.id = s.post ") +
         rest;
}

template <class... In>
std::vector<Duty> read(Statement& statement, FieldCipher& cipher, const In&... in) {
  std::vector<Duty> duties;
  using Text = std::string;
  statement.each<ShiftId, PersonId, Time, Time, Text, MaybeTime, MaybeTime, Text, MaybeTime, int, Text, Text,
                 ShiftId, Text, MaybeTime, MaybeTime, PostId, Text, AreaId, Text, double, double, int, Text,
                 Text, TaskId>(
      [&](ShiftId id, PersonId person, Time starts, Time ends, const Text& state, MaybeTime confirmed,
          MaybeTime in_at, Text in_by, MaybeTime out, int late, const Text& note, Text made_by,
          ShiftId cover_of, const Text& excuse, MaybeTime missed, MaybeTime corrected, PostId post, Text code,
          AreaId area, Text post_name, double lat, double lon, int radius, Text word, Text what,
          TaskId task) {
        auto known = community::shift_state(state);
        if (!known) throw StorageError(11, "a stored shift is in a state that nobody knows");
        duties.push_back({{id, post, person, starts, ends, *known, confirmed, in_at, out, in_by, late,
                           open_field(cipher, note, note_purpose), made_by, cover_of,
                           open_field(cipher, excuse, excuse_purpose), missed, corrected},
                          {post, code, area, post_name, {lat, lon}, radius, word, what, task}});
      },
      in...);
  return duties;
}

template <class... In>
std::optional<Duty> read_one(Statement& statement, FieldCipher& cipher, const In&... in) {
  auto duties = read(statement, cipher, in...);
  if (duties.empty()) return std::nullopt;
  return std::move(duties.front());
}

template <class... In>
std::vector<Post> read_posts(Statement& statement, const In&... in) {
  std::vector<Post> posts;
  using Text = std::string;
  statement.each<PostId, Text, AreaId, Text, double, double, int, Text, Text, TaskId>(
      [&](PostId id, Text code, AreaId area, Text post_name, double lat, double lon, int radius, Text word,
          Text what, TaskId task) {
        posts.push_back({id, code, area, post_name, {lat, lon}, radius, word, what, task});
      },
      in...);
  return posts;
}

template <class... In>
std::optional<Post> read_post(Statement& statement, const In&... in) {
  auto posts = read_posts(statement, in...);
  if (posts.empty()) return std::nullopt;
  return std::move(posts.front());
}

}  // namespace

ShiftLedger::ShiftLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      rotas_(db),
      openings_(db),
      add_post_(db,
                "insert into post (code, area, name, lat, lon, radius_m, code_word, what, task) "
                "values (:code, :area, :name, :lat, :lon, :radius, :word, :what, :task) returning id"),
      change_post_(db,
                   "update post set area = :area, name = :name, lat = :lat, lon = :lon, radius_m = :radius, "
                   "code_word = :word, what = :what where id = :id"),
      find_post_(db, std::string(post_columns) + "where p.id = :id"),
      post_code_(db, std::string(post_columns) + "where p.code = :code"),
      posts_(db, std::string(post_columns) + "where p.closed_at is null order by p.id"),
      add_hours_(db,
                 "insert into post_hours (post, weekdays, start_minute, end_minute) "
                 "values (:post, :days, :start, :end)"),
      hours_(db,
             "select weekdays, start_minute, end_minute from post_hours where post = :post "
             "order by weekdays, start_minute, end_minute"),
      standing_(db,
                "select starts_at, ends_at from shift where post = :post and starts_at < :until "
                "and ends_at > :from and person is not null and state not in ('declined', 'cancelled') "
                "order by starts_at, id"),
      close_post_(db, "update post set closed_at = :now where id = :id and closed_at is null"),
      drop_hours_(db, "delete from post_hours where post = :post"),
      add_(db,
           "insert into shift (post, person, starts_at, ends_at, made_by, cover_of) "
           "values (:post, :person, :starts, :ends, :by, :cover) "
           "on conflict (post, starts_at, person) do nothing returning id"),
      put_(db,
           "insert into shift (post, person, starts_at, ends_at, made_by, cover_of) "
           "values (:post, :person, :starts, :ends, :by, :cover) "
           "on conflict (post, starts_at, person) do update set state = 'planned', ends_at = "
           "excluded.ends_at, "
           "made_by = excluded.made_by, cover_of = excluded.cover_of, confirmed_at = null, excuse_sealed = "
           "'', "
           "missed_at = null where shift.state in ('declined', 'cancelled') returning id"),
      find_(db, select("where s.id = :id")),
      save_(db,
            "update shift set state = :state, confirmed_at = :confirmed, in_at = :in_at, in_by = :in_by, "
            "out_at = :out, late_minutes = :late, note_sealed = :note, excuse_sealed = :excuse, "
            "missed_at = :missed, corrected_at = :corrected where id = :id"),
      upcoming_(
          db,
          select(
              "where s.person = :person and s.ends_at > :now "
              "and s.state in ('planned', 'confirmed', 'on_post') order by s.starts_at, s.id limit :limit")),
      declined_(db, select("where s.person = :person and s.ends_at > :now and s.state = 'declined' "
                           "order by s.starts_at, s.id limit 1")),
      on_post_(db, select("where s.person = :person and s.state = 'on_post' and s.ends_at > :since "
                          "order by s.starts_at desc limit 1")),
      due_(db,
           select(
               "where s.person = :person and s.state in ('planned', 'confirmed') and s.starts_at <= :latest "
               "and s.ends_at > :now order by s.starts_at, s.id limit 1")),
      before_(db, select("where s.post = :post and s.starts_at < :start and ((s.state = 'on_post' and "
                         "s.ends_at > :since) "
                         "or (s.state in ('planned', 'confirmed') and s.ends_at >= :begin)) "
                         "order by case s.state when 'on_post' then 0 else 1 end, s.ends_at desc limit 1")),
      note_before_(db,
                   select("where s.post = :post and s.starts_at < :start and s.state = 'left' "
                          "and s.note_sealed <> '' and s.ends_at > :since order by s.ends_at desc limit 1")),
      after_(db, select("where s.post = :post and s.starts_at > :start and s.state not in ('declined', "
                        "'left', 'cancelled') "
                        "order by s.starts_at, s.id limit 1")),
      rows_(db,
            "select post, person, starts_at, ends_at, state not in ('declined', 'cancelled') from shift "
            "where starts_at < :until and ends_at > :from and person is not null order by id"),
      move_post_(db, "update post set lat = :lat, lon = :lon where id = :id"),
      between_(db, select("where s.starts_at < :until and s.ends_at > :from and s.person is not null "
                          "and s.state not in ('declined', 'cancelled') order by s.starts_at, s.id")),
      of_person_(db, select("where s.person = :person and s.starts_at < :until and s.ends_at > :from "
                            "and s.state not in ('declined', 'cancelled') order by s.starts_at, s.id")),
      ahead_at_(db, select("where s.post = :post and s.starts_at > :now and s.person is not null "
                           "and s.state in ('planned', 'confirmed') order by s.starts_at, s.id")),
      cover_(db, select("where s.cover_of = :shift and s.state not in ('declined', 'cancelled') "
                        "order by s.id desc limit 1")),
      last_missed_(db,
                   select("where s.person = :person and s.missed_at is not null and s.starts_at >= :since "
                          "and s.state in ('planned', 'confirmed') "
                          "order by s.starts_at desc, s.id desc limit 1")),
      record_(db, std::string(
                      "select sum(out_kind = 'stood'), sum(out_kind = 'late'), sum(out_kind = 'missing'), "
                      "sum(out_kind = 'excused'), sum(out_kind = 'declined') from (select ") +
                      shift_outcome +
                      " as out_kind from shift where person = :person and starts_at >= :since "
                      "and starts_at < :until)"),
      starting_(db, select("where s.starts_at >= :from and s.starts_at < :until and s.person is not null "
                           "and s.state not in ('declined', 'cancelled') order by s.starts_at, s.id")),
      // A post stands in the compound, or in something the compound is part of, short of a whole
      // neighbourhood.
      now_(db,
           "select s.person from area top cross join post p join area a on a.id = p.area join shift s "
           "on s.post = p.id where top.id = :area "
           "and (substr(a.path, 1, length(top.path)) = top.path or (substr(top.path, 1, length(a.path)) = "
           "a.path "
           "and a.kind not in ('district', 'street', 'township', 'community'))) "
           "and s.person is not null and ((s.state = 'on_post' and s.ends_at > :since) "
           "or (s.state in ('planned', 'confirmed') and s.starts_at <= :begun and s.ends_at > :now)) "
           "order by case s.state when 'on_post' then 0 else 1 end, s.starts_at desc limit 1") {}

void ShiftLedger::add_post(Post& post) {
  auto row = add_post_.one<PostId>(post.code, post.area, post.name, post.place.lat, post.place.lon,
                                   post.radius_m, post.code_word, post.what, none_if_zero(post.task));
  post.id = std::get<0>(*row);
}

void ShiftLedger::change_post(const Post& post) {
  change_post_.run(post.area, post.name, post.place.lat, post.place.lon, post.radius_m, post.code_word,
                   post.what, post.id);
}

std::optional<Post> ShiftLedger::find_post(PostId id) {
  return read_post(find_post_, id);
}
std::optional<Post> ShiftLedger::find_post_by_code(std::string_view code) {
  return read_post(post_code_, code);
}

std::vector<Post> ShiftLedger::posts() {
  return read_posts(posts_);
}

void ShiftLedger::add_hours(PostId post, const community::Hours& hours) {
  add_hours_.run(post, static_cast<std::int64_t>(hours.weekdays), hours.start_minute, hours.end_minute);
}

void ShiftLedger::set_hours(PostId post, const std::vector<community::Hours>& hours) {
  drop_hours_.run(post);
  for (const auto& one : hours) add_hours(post, one);
}

std::vector<community::Hours> ShiftLedger::hours(PostId post) {
  std::vector<community::Hours> found;
  hours_.each<std::int64_t, int, int>(
      [&](std::int64_t days, int start, int end) {
        found.push_back({static_cast<unsigned>(days), start, end});
      },
      post);
  return found;
}

std::vector<community::Span> ShiftLedger::standing(PostId post, Time from, Time until) {
  std::vector<community::Span> spans;
  standing_.each<Time, Time>(
      [&](Time starts, Time ends) {
        spans.push_back({starts, ends});
      },
      post, until, from);
  return spans;
}

void ShiftLedger::close_post(PostId post, Time now) {
  close_post_.run(now, post);
  drop_hours_.run(post);
  rotas_.end(post);
  openings_.close(post, now);
}

ShiftId ShiftLedger::add(PostId post, PersonId person, Time starts_at, Time ends_at, std::string_view made_by,
                         ShiftId cover_of) {
  auto row = add_.one<ShiftId>(post, person, starts_at, ends_at, made_by, none_if_zero(cover_of));
  return row ? std::get<0>(*row) : ShiftId{};
}

ShiftId ShiftLedger::put(PostId post, PersonId person, Time starts_at, Time ends_at, std::string_view made_by,
                         ShiftId cover_of) {
  auto row = put_.one<ShiftId>(post, person, starts_at, ends_at, made_by, none_if_zero(cover_of));
  return row ? std::get<0>(*row) : ShiftId{};
}

bool ShiftLedger::add_daily(PostId post, PersonId person, int start_minute, int end_minute) {
  return rotas_.add_daily(post, person, start_minute,
                          end_minute <= start_minute ? end_minute + day_minutes : end_minute);
}

void ShiftLedger::plan_daily(const Zone& zone, Time from, Time until) {
  for (const auto& rota : rotas_.published()) {
    for (const auto& planned : community::expand(rota, rotas_.calendar(), zone, from, until)) {
      const auto& [starts_at, ends_at] = planned.span;
      for (PersonId person : planned.people) add(planned.post, person, starts_at, ends_at, "rota");
      if (starts_at >= from) openings_.put(planned.post, starts_at, ends_at, planned.least, planned.most);
    }
  }
}

std::optional<Duty> ShiftLedger::find(ShiftId id) {
  return read_one(find_, cipher_, id);
}

void ShiftLedger::save(const Shift& shift) {
  save_.run(name(shift.state), shift.confirmed_at, shift.in_at, shift.in_by, shift.out_at, shift.late_minutes,
            seal_field(cipher_, shift.note, note_purpose), seal_field(cipher_, shift.excuse, excuse_purpose),
            shift.missed_at, shift.corrected_at, shift.id);
}

std::vector<Duty> ShiftLedger::upcoming(PersonId person, Time now, int limit) {
  return read(upcoming_, cipher_, person, now, limit);
}

std::optional<Duty> ShiftLedger::declined(PersonId person, Time now) {
  return read_one(declined_, cipher_, person, now);
}

std::optional<Duty> ShiftLedger::on_post(PersonId person, Time now) {
  return read_one(on_post_, cipher_, person, now - linger);
}

std::optional<Duty> ShiftLedger::due(PersonId person, Time now, const ShiftRules& rules) {
  return read_one(due_, cipher_, person, now + rules.checkin_before, now);
}

std::optional<Duty> ShiftLedger::before(const Duty& duty) {
  const Shift& shift = duty.shift;
  return read_one(before_, cipher_, shift.post, shift.starts_at, shift.starts_at - linger, shift.starts_at);
}

std::optional<Duty> ShiftLedger::note_before(const Duty& duty) {
  const Shift& shift = duty.shift;
  return read_one(note_before_, cipher_, shift.post, shift.starts_at, shift.starts_at - linger);
}

std::optional<Duty> ShiftLedger::after(const Duty& duty) {
  return read_one(after_, cipher_, duty.shift.post, duty.shift.starts_at);
}

std::vector<ShiftLedger::Row> ShiftLedger::rows(Time from, Time until) {
  std::vector<Row> found;
  rows_.each<PostId, PersonId, Time, Time, bool>(
      [&](PostId post, PersonId person, Time starts, Time ends, bool stands) {
        found.push_back({post, person, {starts, ends}, stands});
      },
      until, from);
  return found;
}

std::string ShiftLedger::new_code_word(std::string_view post_code) {
  std::string digits;
  for (char c : cipher_.lookup_hash(post_code, "post.code_word")) {
    if (digits.size() < 4) digits += static_cast<char>('0' + static_cast<unsigned char>(c) % 10);
  }
  return digits;
}

void ShiftLedger::move_post(PostId post, Place place) {
  move_post_.run(place.lat, place.lon, post);
}

std::vector<Duty> ShiftLedger::between(Time from, Time until) {
  return read(between_, cipher_, until, from);
}

std::vector<Duty> ShiftLedger::of_person(PersonId person, Time from, Time until) {
  return read(of_person_, cipher_, person, until, from);
}

std::vector<Duty> ShiftLedger::ahead_at(PostId post, Time now) {
  return read(ahead_at_, cipher_, post, now);
}

std::optional<Duty> ShiftLedger::cover(ShiftId shift) {
  return read_one(cover_, cipher_, shift);
}

std::optional<Duty> ShiftLedger::last_missed(PersonId person, Time since) {
  return read_one(last_missed_, cipher_, person, since);
}

ShiftRecord ShiftLedger::record(PersonId person, Time since, Time until) {
  using Count = std::optional<std::int64_t>;
  auto row = record_.one<Count, Count, Count, Count, Count>(person, since, until);
  auto number = [](Count count) { return static_cast<int>(count.value_or(0)); };
  auto [stood, late, missing, excused, declined] = *row;
  return {number(stood), number(late), number(missing), number(excused), number(declined)};
}

std::vector<Duty> ShiftLedger::starting(Time from, Time until) {
  return read(starting_, cipher_, from, until);
}

std::optional<PersonId> ShiftLedger::on_post_now(AreaId compound, Time now) {
  auto row = now_.one<PersonId>(compound, now - handing_over, now, now);
  if (!row) return std::nullopt;
  return std::get<0>(*row);
}

void schedule_shift(DueLedger& dues, const Zone& zone, const Shift& shift, Time now,
                    const ShiftRules& rules) {
  auto set = [&](std::string_view what, Time at) {
    if (at <= now) return;  // it has happened, or the shift was unknown then
    dues.set_once({fmt::format("shift:{}:{}", shift.id.value, what), at, "shift_checkin", shift.id.value,
                   std::string(what)});
  };
  set("evening", community::evening_before(rules, zone, shift.starts_at));
  set("soon", shift.starts_at - rules.remind_before);
  set("missing", shift.starts_at + rules.missing_after);
}

void schedule_shifts(ShiftLedger& shifts, DueLedger& dues, const Zone& zone, Time from, Time until,
                     const ShiftRules& rules) {
  shifts.plan_daily(zone, from, until);
  for (const Duty& duty : shifts.starting(from - std::chrono::hours(12), until))
    schedule_shift(dues, zone, duty.shift, from, rules);
  constexpr int after_midnight = 10;
  Time tomorrow = zone.at(zone.next_day(zone.day(from)), after_midnight);
  dues.set_once({"shift:schedule", tomorrow, "shift_checkin", 0, "schedule"});
}

}  // namespace linli::store
