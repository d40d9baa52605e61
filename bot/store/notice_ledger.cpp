#include "bot/store/notice_ledger.hpp"

#include <fmt/format.h>
#include <limits>

#include "bot/store/path_range.hpp"
#include "bot/store/sealed.hpp"

namespace linli::store {

namespace {

using MaybeTime = std::optional<Time>;
using Text = std::string;

constexpr std::string_view text_purpose = "notice.text";

std::string select(const char* rest) {
  return Text(
             "select n.id, n.area, n.audience, n.roles, n.care_kind, n.author, n.text_sealed, n.must_ack, "
             "n.ack_until, n.state, n.created_at, n.send_at, n.started_at, n.finished_at, n.ended_at, "
             "n.cursor, "
             "coalesce(n.corrects, 0) from notice n ") +
         rest;
}

template <class... In>
std::vector<Notice> read(Statement& statement, FieldCipher& cipher, const In&... in) {
  std::vector<Notice> rows;
  statement.each<std::int64_t, AreaId, Text, Text, Text, PersonId, Text, bool, MaybeTime, Text, Time, Time,
                 MaybeTime, MaybeTime, MaybeTime, PersonId, std::int64_t>(
      [&](std::int64_t id, AreaId area, Text audience, Text roles, Text care, PersonId author,
          const Text& text, bool must, MaybeTime until, Text state, Time created, Time send,
          MaybeTime started, MaybeTime finished, MaybeTime ended, PersonId cursor, std::int64_t corrects) {
        rows.push_back({id, area, std::move(audience), std::move(roles), std::move(care), author,
                        open_field(cipher, text, text_purpose), must, until, std::move(state), created, send,
                        started, finished, ended, cursor, corrects});
      },
      in...);
  return rows;
}

template <class... In>
std::vector<NoticeReader> read_readers(Statement& statement, const In&... in) {
  std::vector<NoticeReader> rows;
  statement.each<PersonId, AreaId, Text, TaskId, bool>(
      [&](PersonId person, AreaId area, Text state, TaskId task, bool acknowledged) {
        rows.push_back({person, area, std::move(state), task, acknowledged});
      },
      in...);
  return rows;
}

/// Who lives in the area.
constexpr const char* residents_from = "from area a join person p on p.home = a.id ";
/// Who holds a role there; one row a person.
constexpr const char* staff_from =
    "from (select ap.person as person, min(ap.area) as area from appointment ap join area w on w.id = "
    "ap.area "
    "where w.path >= :path and w.path < :end and ap.from_at <= :now and (ap.until_at is null or ap.until_at "
    "> "
    ":now2) and (:roles = '' or :roles2 like '% ' || ap.role || ' %') group by ap.person) as held "
    "join person p on p.id = held.person ";

std::string forecast_sql(const char* from, const char* where) {
  return fmt::format(
      "select count(*), coalesce(sum(case when c.window_until > :soon and c.window_left > :kept then 1 else "
      "0 "
      "end), 0), coalesce(sum(case when c.id is null then 1 else 0 end), 0), coalesce(sum(p.quiet), 0) {}"
      "left join contact c on c.id = (select k.id from contact k where k.person = p.id and k.followed = 1 "
      "order by k.last_message_at desc, k.id desc limit 1) where p.forgotten_at is null {}",
      from, where);
}

/// `o`: the row of the outbox, while it is there; `r.outcome` once it has been copied.
constexpr const char* counts =
    "count(*), "
    "coalesce(sum(case when s.how in ('accepted', 'delivered') then 1 else 0 end), 0), "
    "coalesce(sum(case when s.how in ('due', 'sending', 'waiting') then 1 else 0 end), 0), "
    "coalesce(sum(case when s.how in ('failed', 'unknown', 'expired', 'gone') then 1 else 0 end), 0), "
    "coalesce(sum(case when s.how = 'held' then 1 else 0 end), 0), "
    "coalesce(sum(case when s.how = 'quiet' then 1 else 0 end), 0), "
    "coalesce(sum(case when s.how = 'unreachable' then 1 else 0 end), 0), "
    "coalesce(sum(case when t.closed_how = 'answered' then 1 else 0 end), 0) ";
constexpr const char* how =
    "select r.notice as notice, r.area as area, r.task as task, case when r.state <> 'told' then r.state "
    "when r.outcome <> '' then r.outcome else coalesce((select o.state from outbox o where o.dedupe = "
    "'notice:' || r.notice || ':' || r.person), 'gone') end as how from notice_reader r ";

std::string reader_select(const char* rest) {
  return Text(
             "select r.person, r.area, r.state, r.task, case when t.closed_how = 'answered' then 1 else 0 "
             "end "
             "from notice_reader r left join task t on t.id = r.task ") +
         rest;
}

NoticeReach reach_row(std::int64_t id, Time started, bool must, int people, int reached, int waiting,
                      int lost, int held, int quiet, int unreachable, int acknowledged) {
  return {id, started, must, people, reached, waiting, lost, held, quiet, unreachable, acknowledged};
}

}  // namespace

NoticeLedger::NoticeLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      add_(db,
           "insert into notice (area, audience, roles, care_kind, author, text_sealed, must_ack, ack_until, "
           "state, "
           "created_at, send_at, corrects) values (:area, :audience, :roles, :care, :author, :text, :must, "
           ":until, "
           ":state, :created, :send, :corrects)"),
      save_(db,
            "update notice set state = :state, send_at = :send, ack_until = :until, started_at = :started, "
            "finished_at = :finished, ended_at = :ended, cursor = :cursor where id = :id"),
      find_(db, select("where n.id = :id")),
      recent_(db, select("join area a on a.id = n.area where (a.path >= :path and a.path < :end) or "
                         ":path2 like a.path || '%' order by n.id desc limit :limit")),
      path_(db, "select path from area where id = :id"),
      residents_forecast_(db, forecast_sql(residents_from, "and a.path >= :path and a.path < :end")),
      staff_forecast_(db, forecast_sql(staff_from, "")),
      // The empty text keeps the path's index out of it: the window of ids is what makes a slice cheap.
      residents_(
          db,
          "select p.id, p.home from person p join area a on a.id = p.home where p.id > :after and p.id <= "
          ":until and p.forgotten_at is null and a.path || '' >= :path and a.path || '' < :end order by "
          "p.id"),
      staff_(db,
             "select ap.person, min(ap.area) from appointment ap join area w on w.id = ap.area where "
             "ap.person > "
             ":after and ap.person <= :until and w.path || '' >= :path and w.path || '' < :end and "
             "ap.from_at <= "
             ":now and (ap.until_at is null or ap.until_at > :now2) and (:roles = '' or :roles2 like '% ' || "
             "ap.role || ' %') group by ap.person order by ap.person"),
      last_(db, "select coalesce(max(id), 0) from person"),
      put_(db,
           "insert into notice_reader (notice, person, area, state, at, task) values (:notice, :person, "
           ":area, "
           ":state, :at, :task) on conflict (notice, person) do nothing"),
      reader_(db, reader_select("where r.notice = :notice and r.person = :person")),
      told_(db, reader_select("where r.notice = :notice and r.person > :after and r.state = 'told' "
                              "order by r.person limit :limit")),
      unacknowledged_(
          db, reader_select("join area a on a.id = r.area where r.notice = :notice and r.state = 'told' "
                            "and r.task is not null and t.closed_how <> 'answered' and a.path >= :path "
                            "and a.path < :end order by a.path, r.person limit :limit")),
      not_reached_(
          db, reader_select("join area a on a.id = r.area where r.notice = :notice and a.path >= :path and "
                            "a.path < :end and (r.state = 'unreachable' or (r.state = 'told' and (case "
                            "when r.outcome <> '' then r.outcome else coalesce((select o.state from outbox "
                            "o where o.dedupe = 'notice:' || r.notice || ':' || r.person), 'gone') end) in "
                            "('failed', 'unknown', 'expired', 'gone'))) "
                            "order by a.path, r.person limit :limit")),
      next_readers_(
          db,
          "select person from notice_reader where notice = :notice and person > :after order by person "
          "limit 1 offset :offset"),
      keep_(db,
            "update notice_reader set outcome = coalesce((select o.state from outbox o where o.dedupe = "
            "'notice:' || "
            "notice_reader.notice || ':' || notice_reader.person), 'gone') where notice = :notice and person "
            "> :after and person <= :until and "
            "state = 'told' and outcome = ''"),
      reach_one_(
          db, fmt::format("select n.id, n.started_at, n.must_ack, {} from notice n join ({} where r.notice = "
                          ":notice) as s on s.notice = n.id left join task t on t.id = s.task where n.id = "
                          ":id group by n.id, n.started_at, n.must_ack",
                          counts, how)),
      reach_(db, fmt::format(
                     "select n.id, n.started_at, n.must_ack, {} from notice n join ({}) as s on s.notice = "
                     "n.id join area a on a.id = s.area left join task t on t.id = s.task where "
                     "n.started_at >= :from and n.started_at < :until and a.path >= :path and a.path < :end "
                     "group by n.id, n.started_at, n.must_ack order by n.id",
                     counts, how)),
      sends_(db, "select sends from notice_day where day = :day"),
      add_sends_(
          db,
          "insert into notice_day (day, sends) values (:day, :sends) on conflict (day) do update set sends "
          "= notice_day.sends + excluded.sends") {}

std::string NoticeLedger::path_of(AreaId area) {
  auto row = path_.one<Text>(area);
  return row ? std::get<0>(*row) : "-";  // no path begins with it
}

std::string NoticeLedger::dedupe(std::int64_t notice, PersonId person) {
  return fmt::format("notice:{}:{}", notice, person.value);
}

void NoticeLedger::add(Notice& n) {
  std::optional<std::int64_t> corrects;
  if (n.corrects) corrects = n.corrects;
  n.id = add_.insert(n.area, n.audience, n.roles, n.care_kind, n.author,
                     seal_field(cipher_, n.text, text_purpose), n.must_ack, n.ack_until, n.state,
                     n.created_at, n.send_at, corrects);
}

void NoticeLedger::save(const Notice& n) {
  save_.run(n.state, n.send_at, n.ack_until, n.started_at, n.finished_at, n.ended_at, n.cursor, n.id);
}

std::optional<Notice> NoticeLedger::find(std::int64_t id) {
  auto rows = read(find_, cipher_, id);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

std::vector<Notice> NoticeLedger::recent(AreaId area, int limit) {
  std::string path = path_of(area);
  return read(recent_, cipher_, path, end_of_below(path), path, limit);
}

NoticeForecast NoticeLedger::forecast(const Notice& notice, Time now, int kept_for_urgent) {
  std::string path = path_of(notice.area), end = end_of_below(path);
  Time soon = now + Seconds{5};
  auto row = notice.audience == "staff"
                 ? staff_forecast_.one<int, int, int, int>(soon, kept_for_urgent, path, end, now, now,
                                                           notice.roles, " " + notice.roles + " ")
                 : residents_forecast_.one<int, int, int, int>(soon, kept_for_urgent, path, end);
  auto [people, open, none, quiet] = *row;
  return {people, open, people - open - none, none, quiet};
}

std::vector<std::pair<PersonId, AreaId>> NoticeLedger::audience(const Notice& notice, PersonId after,
                                                                PersonId until, Time now) {
  std::vector<std::pair<PersonId, AreaId>> people;
  auto keep = [&](PersonId person, AreaId area) { people.emplace_back(person, area); };
  std::string path = path_of(notice.area), end = end_of_below(path);
  if (notice.audience == "staff")
    staff_.each<PersonId, AreaId>(keep, after, until, path, end, now, now, notice.roles,
                                  " " + notice.roles + " ");
  else
    residents_.each<PersonId, AreaId>(keep, after, until, path, end);
  return people;
}

PersonId NoticeLedger::last_person() {
  return std::get<0>(*last_.one<PersonId>());
}

bool NoticeLedger::put(std::int64_t notice, const NoticeReader& r, Time at) {
  return put_.run(notice, r.person, none_if_zero(r.area), r.state, at, none_if_zero(r.task)) == 1;
}

std::optional<NoticeReader> NoticeLedger::reader(std::int64_t notice, PersonId person) {
  auto rows = read_readers(reader_, notice, person);
  if (rows.empty()) return std::nullopt;
  return rows.front();
}

std::vector<NoticeReader> NoticeLedger::told(std::int64_t notice, PersonId after, int limit) {
  return read_readers(told_, notice, after, limit);
}

std::vector<NoticeReader> NoticeLedger::unacknowledged(std::int64_t notice, AreaId area, int limit) {
  std::string path = path_of(area);
  return read_readers(unacknowledged_, notice, path, end_of_below(path), limit);
}

std::vector<NoticeReader> NoticeLedger::not_reached(std::int64_t notice, AreaId area, int limit) {
  std::string path = path_of(area);
  return read_readers(not_reached_, notice, path, end_of_below(path), limit);
}

PersonId NoticeLedger::keep_outcomes(std::int64_t notice, PersonId after, int limit) {
  auto last = next_readers_.one<PersonId>(notice, after, limit - 1);
  PersonId until = last ? std::get<0>(*last) : PersonId{std::numeric_limits<std::int64_t>::max()};
  keep_.run(notice, after, until);
  return last ? until : PersonId{};
}

NoticeReach NoticeLedger::reach_of(std::int64_t notice) {
  NoticeReach found{.notice = notice};
  reach_one_.each<std::int64_t, Time, bool, int, int, int, int, int, int, int, int>(
      [&](auto... column) { found = reach_row(column...); }, notice, notice);
  return found;
}

std::vector<NoticeReach> NoticeLedger::reach(AreaId area, Time from, Time until) {
  std::vector<NoticeReach> rows;
  std::string path = path_of(area);
  reach_.each<std::int64_t, Time, bool, int, int, int, int, int, int, int, int>(
      [&](auto... column) { rows.push_back(reach_row(column...)); }, from, until, path, end_of_below(path));
  return rows;
}

int NoticeLedger::sends_on(std::string_view day) {
  auto row = sends_.one<int>(day);
  return row ? std::get<0>(*row) : 0;
}

void NoticeLedger::add_sends(std::string_view day, int sends) {
  if (sends > 0) add_sends_.run(day, sends);
}

}  // namespace linli::store
