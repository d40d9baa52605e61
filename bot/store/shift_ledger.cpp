#include "bot/store/shift_ledger.hpp"

#include <fmt/format.h>

#include "bot/store/sealed.hpp"

namespace linli::store {

namespace {

using MaybeTime = std::optional<Time>;

constexpr std::string_view note_purpose = "shift.note";
constexpr Seconds linger{4 * 3600};  // whoever forgot to leave is taken to have left so long after the end
constexpr Seconds handing_over{30 * 60};  // still at the gate although the hours are over
constexpr int day_minutes = 24 * 60;

constexpr const char* post_columns =
    "select p.id, p.code, p.area, p.name, p.lat, p.lon, p.radius_m, p.code_word, p.what from post p ";

std::string select(const char* rest) {
  return std::string(
             "select s.id, s.person, s.starts_at, s.ends_at, s.state, s.confirmed_at, s.in_at, s.in_by, "
             "s.out_at, "
             "s.late_minutes, s.note_sealed, p.id, p.code, p.area, p.name, p.lat, p.lon, p.radius_m, "
             "p.code_word, "
             "p.what from shift s join post p on p.id = s.post ") +
         rest;
}

template <class... In>
std::vector<Duty> read(Statement& statement, FieldCipher& cipher, const In&... in) {
  std::vector<Duty> duties;
  using Text = std::string;
  statement.each<ShiftId, PersonId, Time, Time, Text, MaybeTime, MaybeTime, Text, MaybeTime, int, Text,
                 PostId, Text, AreaId, Text, double, double, int, Text, Text>(
      [&](ShiftId id, PersonId person, Time starts, Time ends, const Text& state, MaybeTime confirmed,
          MaybeTime in_at, Text in_by, MaybeTime out, int late, const Text& note, PostId post, Text code,
          AreaId area, Text post_name, double lat, double lon, int radius, Text word, Text what) {
        auto known = community::shift_state(state);
        if (!known) throw StorageError(11, "a stored shift is in a state that nobody knows");
        duties.push_back({{id, post, person, starts, ends, *known, confirmed, in_at, out, in_by, late,
                           open_field(cipher, note, note_purpose)},
                          {post, code, area, post_name, {lat, lon}, radius, word, what}});
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
std::optional<Post> read_post(Statement& statement, const In&... in) {
  auto row =
      statement.one<PostId, std::string, AreaId, std::string, double, double, int, std::string, std::string>(
          in...);
  if (!row) return std::nullopt;
  auto& [id, code, area, name, lat, lon, radius, word, what] = *row;
  return Post{id, code, area, name, {lat, lon}, radius, word, what};
}

}  // namespace

ShiftLedger::ShiftLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      add_post_(db,
                "insert into post (code, area, name, lat, lon, radius_m, code_word, what) "
                "values (:code, :area, :name, :lat, :lon, :radius, :word, :what) returning id"),
      change_post_(db,
                   "update post set area = :area, name = :name, lat = :lat, lon = :lon, radius_m = :radius, "
                   "code_word = :word, what = :what where id = :id"),
      find_post_(db, std::string(post_columns) + "where p.id = :id"),
      post_code_(db, std::string(post_columns) + "where p.code = :code"),
      add_(db,
           "insert into shift (post, person, starts_at, ends_at) values (:post, :person, :starts, :ends) "
           "on conflict (post, starts_at, person) do nothing returning id"),
      add_daily_(
          db,
          "insert into daily_shift (post, person, start_minute, end_minute) values (:post, :person, :start, "
          ":end) on conflict (post, person, start_minute) do update set end_minute = excluded.end_minute "
          "where end_minute <> excluded.end_minute"),
      daily_(db,
             "select post, person, start_minute, end_minute from daily_shift order by post, start_minute, "
             "person"),
      find_(db, select("where s.id = :id")),
      save_(db,
            "update shift set state = :state, confirmed_at = :confirmed, in_at = :in_at, in_by = :in_by, "
            "out_at = :out, late_minutes = :late, note_sealed = :note where id = :id"),
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
      after_(db,
             select("where s.post = :post and s.starts_at > :start and s.state not in ('declined', 'left') "
                    "order by s.starts_at, s.id limit 1")),
      starting_(db, select("where s.starts_at >= :from and s.starts_at < :until and s.person is not null "
                           "and s.state <> 'declined' order by s.starts_at, s.id")),
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
                                   post.radius_m, post.code_word, post.what);
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

ShiftId ShiftLedger::add(PostId post, PersonId person, Time starts_at, Time ends_at) {
  auto row = add_.one<ShiftId>(post, person, starts_at, ends_at);
  return row ? std::get<0>(*row) : ShiftId{};
}

bool ShiftLedger::add_daily(PostId post, PersonId person, int start_minute, int end_minute) {
  return add_daily_.run(post, person, start_minute, end_minute) > 0;
}

void ShiftLedger::plan_daily(const Zone& zone, Time from, Time until) {
  auto rows = daily_.all<PostId, PersonId, int, int>();
  auto moment = [&](Day day, int minute) {
    return zone.at(zone.next_day(day, minute / day_minutes), minute % day_minutes);
  };
  for (Day day = zone.next_day(zone.day(from), -1); day <= zone.day(until); day = zone.next_day(day)) {
    for (const auto& [post, person, start, end] : rows) {
      Time starts_at = moment(day, start), ends_at = moment(day, end <= start ? end + day_minutes : end);
      if (ends_at > from && starts_at < until) add(post, person, starts_at, ends_at);
    }
  }
}

std::optional<Duty> ShiftLedger::find(ShiftId id) {
  return read_one(find_, cipher_, id);
}

void ShiftLedger::save(const Shift& shift) {
  save_.run(name(shift.state), shift.confirmed_at, shift.in_at, shift.in_by, shift.out_at, shift.late_minutes,
            seal_field(cipher_, shift.note, note_purpose), shift.id);
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

std::vector<Duty> ShiftLedger::starting(Time from, Time until) {
  return read(starting_, cipher_, from, until);
}

std::optional<PersonId> ShiftLedger::on_post_now(AreaId compound, Time now) {
  auto row = now_.one<PersonId>(compound, now - handing_over, now, now);
  if (!row) return std::nullopt;
  return std::get<0>(*row);
}

void schedule_shifts(ShiftLedger& shifts, DueLedger& dues, const Zone& zone, Time from, Time until,
                     const ShiftRules& rules) {
  shifts.plan_daily(zone, from, until);
  for (const Duty& duty : shifts.starting(from - std::chrono::hours(12), until)) {
    const Shift& shift = duty.shift;
    auto set = [&](std::string_view what, Time at) {
      if (at <= from) return;  // it has happened, or the shift was unknown then
      dues.set_once({fmt::format("shift:{}:{}", shift.id.value, what), at, "shift_checkin", shift.id.value,
                     std::string(what)});
    };
    set("evening", community::evening_before(rules, zone, shift.starts_at));
    set("soon", shift.starts_at - rules.remind_before);
    set("missing", shift.starts_at + rules.missing_after);
  }
  constexpr int after_midnight = 10;
  Time tomorrow = zone.at(zone.next_day(zone.day(from)), after_midnight);
  dues.set_once({"shift:schedule", tomorrow, "shift_checkin", 0, "schedule"});
}

}  // namespace linli::store
