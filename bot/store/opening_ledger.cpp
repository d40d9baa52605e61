#include "bot/store/opening_ledger.hpp"

namespace linli::store {

namespace {

std::string select(const char* rest) {
  return std::string(
             "select o.id, o.post, o.starts_at, o.ends_at, o.least, o.most, "
             "(select count(*) from shift s where s.post = o.post and s.starts_at = o.starts_at "
             "and s.ends_at = o.ends_at and s.person is not null and s.state not in ('declined', "
             "'cancelled')), "
             "(select count(*) from opening_wait w where w.opening = o.id) "
             "from opening o where o.closed_at is null and ") +
         rest;
}

template <class... In>
std::vector<Opening> read(Statement& statement, const In&... in) {
  std::vector<Opening> found;
  statement.each<OpeningId, PostId, Time, Time, int, int, int, int>(
      [&](OpeningId id, PostId post, Time starts, Time ends, int least, int most, int taken, int waiting) {
        found.push_back({id, post, starts, ends, least, most, taken, waiting});
      },
      in...);
  return found;
}

template <class... In>
std::optional<Opening> read_one(Statement& statement, const In&... in) {
  auto found = read(statement, in...);
  if (found.empty()) return std::nullopt;
  return found.front();
}

std::vector<PersonId> people(std::vector<std::tuple<PersonId>> rows) {
  std::vector<PersonId> found;
  for (auto [person] : rows) found.push_back(person);
  return found;
}

}  // namespace

OpeningLedger::OpeningLedger(Database& db)
    : put_(db,
           "insert into opening (post, starts_at, ends_at, least, most) values (:post, :starts, :ends, "
           ":least, "
           ":most) on conflict (post, starts_at, ends_at) do update set least = excluded.least, "
           "most = excluded.most, closed_at = null returning id"),
      find_(db, select("o.id = :id")),
      of_span_(db, select("o.post = :post and o.starts_at = :starts and o.ends_at = :ends")),
      between_(db, select("o.starts_at >= :from and o.starts_at < :until order by o.starts_at, o.id")),
      close_(db, "update opening set closed_at = :now where post = :post and closed_at is null"),
      drop_waits_of_(db,
                     "delete from opening_wait where opening in (select id from opening where post = :post)"),
      wait_(db,
            "insert into opening_wait (opening, person, at) values (:opening, :person, :at) "
            "on conflict (opening, person) do nothing"),
      waits_(db, "select 1 from opening_wait where opening = :opening and person = :person"),
      waiting_(db, "select person from opening_wait where opening = :opening order by at, person"),
      stop_waiting_(db, "delete from opening_wait where opening = :opening and person = :person"),
      drop_past_(
          db, "delete from opening_wait where opening in (select id from opening where starts_at <= :now)"),
      waiting_at_(db,
                  "select distinct w.person from opening_wait w join opening o on o.id = w.opening "
                  "where o.post = :post order by w.person"),
      ask_(db,
           "insert into duty_ask (ref, person, what, at) values (:ref, :person, :what, :at) "
           "on conflict (ref, person) do update set what = excluded.what, at = excluded.at"),
      asked_(db, "select person, what from duty_ask where ref = :ref order by at, person"),
      stop_asking_(db, "delete from duty_ask where ref = :ref"),
      asked_at_(
          db,
          "select distinct a.ref from duty_ask a left join shift s on s.id = a.ref "
          "left join opening o on o.id = -a.ref where s.post = :post or o.post = :post2 order by a.ref") {}

OpeningId OpeningLedger::put(PostId post, Time starts_at, Time ends_at, int least, int most) {
  return std::get<0>(*put_.one<OpeningId>(post, starts_at, ends_at, least, most));
}
std::optional<Opening> OpeningLedger::find(OpeningId id) {
  return read_one(find_, id);
}
std::optional<Opening> OpeningLedger::of_span(PostId post, Time starts_at, Time ends_at) {
  return read_one(of_span_, post, starts_at, ends_at);
}
std::vector<Opening> OpeningLedger::between(Time from, Time until) {
  return read(between_, from, until);
}
void OpeningLedger::close(PostId post, Time now) {
  close_.run(now, post);
  drop_waits_of_.run(post);
}

void OpeningLedger::wait(OpeningId opening, PersonId person, Time now) {
  wait_.run(opening, person, now);
}
bool OpeningLedger::waits(OpeningId opening, PersonId person) {
  return waits_.one<std::int64_t>(opening, person).has_value();
}
std::vector<PersonId> OpeningLedger::waiting(OpeningId opening) {
  return people(waiting_.all<PersonId>(opening));
}
void OpeningLedger::stop_waiting(OpeningId opening, PersonId person) {
  stop_waiting_.run(opening, person);
}
void OpeningLedger::drop_past(Time now) {
  drop_past_.run(now);
}
std::vector<PersonId> OpeningLedger::waiting_at(PostId post) {
  return people(waiting_at_.all<PersonId>(post));
}

void OpeningLedger::ask(std::int64_t ref, PersonId person, std::string_view what, Time now) {
  ask_.run(ref, person, what, now);
}
std::vector<OpeningLedger::Asking> OpeningLedger::asked(std::int64_t ref) {
  std::vector<Asking> found;
  asked_.each<PersonId, std::string>(
      [&](PersonId person, std::string what) {
        found.push_back({person, std::move(what)});
      },
      ref);
  return found;
}
std::vector<std::int64_t> OpeningLedger::asked_at(PostId post) {
  std::vector<std::int64_t> refs;
  for (auto [ref] : asked_at_.all<std::int64_t>(post, post)) refs.push_back(ref);
  return refs;
}
void OpeningLedger::stop_asking(std::int64_t ref) {
  stop_asking_.run(ref);
}

}  // namespace linli::store
