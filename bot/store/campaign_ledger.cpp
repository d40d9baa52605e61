#include "bot/store/campaign_ledger.hpp"

#include <fmt/format.h>

#include "bot/store/path_range.hpp"
#include "bot/store/sealed.hpp"

namespace linli::store {

namespace {

constexpr std::string_view note_purpose = "campaign.note";
constexpr std::string_view found_ever = "found_ever";

std::string select(const char* rest) {
  return std::string(
             "select k.id, k.kind, k.area, k.audience, k.opened_at, k.deadline, k.opened_by, k.leader, "
             "k.opening_base, k.closed_at, k.cursor from campaign k ") +
         rest;
}

template <class... In>
std::vector<Campaign> read(Statement& statement, const In&... in) {
  std::vector<Campaign> rows;
  using Text = std::string;
  statement.each<std::int64_t, Text, AreaId, Text, Time, Time, PersonId, PersonId, std::int64_t,
                 std::optional<Time>, Text>(
      [&](std::int64_t id, Text kind, AreaId area, Text audience, Time opened, Time deadline, PersonId by,
          PersonId leader, std::int64_t base, std::optional<Time> closed, Text cursor) {
        rows.push_back({id, std::move(kind), area, std::move(audience), opened, deadline, by, leader, base,
                        closed, std::move(cursor)});
      },
      in...);
  return rows;
}

template <class... In>
std::optional<Campaign> read_one(Statement& statement, const In&... in) {
  auto rows = read(statement, in...);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

/// An area and everything above it, the area first.
std::string with_all_above(const char* rest) {
  return std::string(
             "with recursive up(id, parent) as (select id, parent from area where id = :area "
             "union all select a.id, a.parent from area a join up on a.id = up.parent) ") +
         rest;
}

constexpr const char* added_up = " do update set households = households + excluded.households";

std::string day_columns(const char* rest) {
  return std::string(
             "select id, campaign, area, day, at, base, not_yet, done, refused, unreachable, empty, moved, "
             "found, "
             "found_ever, confirmed_by, confirmed_at from campaign_day ") +
         rest;
}

template <class... In>
std::vector<CampaignDay> read_days(Statement& statement, const In&... in) {
  std::vector<CampaignDay> rows;
  using N = std::int64_t;
  statement.each<N, N, AreaId, std::string, Time, N, N, N, N, N, N, N, N, N, PersonId, std::optional<Time>>(
      [&](N id, N campaign, AreaId area, std::string day, Time at, N base, N not_yet, N done, N refused,
          N unreachable, N empty, N moved, N found, N ever, PersonId by, std::optional<Time> confirmed) {
        CampaignTotals totals{base, {not_yet, done, refused, unreachable, empty, moved, found}, ever};
        rows.push_back({id, campaign, area, std::move(day), at, totals, by, confirmed});
      },
      in...);
  return rows;
}

std::vector<CampaignLedger::Next> read_next(Statement& statement, const auto&... in) {
  std::vector<CampaignLedger::Next> rows;
  statement.each<AreaId, std::string, bool>(
      [&](AreaId id, std::string path, bool fresh) {
        rows.push_back({id, std::move(path), fresh});
      },
      in...);
  return rows;
}

}  // namespace

CampaignLedger::CampaignLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      open_(
          db,
          "insert into campaign (kind, area, audience, opened_at, deadline, opened_by, leader, opening_base) "
          "values (:kind, :area, :audience, :at, :deadline, :by, :leader, :base)"),
      find_(db, select("where k.id = :id")),
      running_(db, select("where k.closed_at is null order by k.id")),
      around_(db, select("join area a on a.id = k.area join area here on here.id = :area "
                         "where k.closed_at is null and (substr(here.path, 1, length(a.path)) = a.path "
                         "or substr(a.path, 1, length(here.path)) = here.path) order by k.id desc")),
      running_at_(db, with_all_above("select k.id, k.kind, k.area, k.audience, k.opened_at, k.deadline, "
                                     "k.opened_by, k.leader, k.opening_base, k.closed_at, k.cursor "
                                     "from up join campaign k on k.area = up.id and k.closed_at is null "
                                     "where k.kind = :kind order by k.id desc limit 1")),
      between_(db, select("where k.opened_at < :until and (k.closed_at is null or k.closed_at >= :from) "
                          "order by k.id")),
      deadline_(db, "update campaign set deadline = :deadline where id = :id and closed_at is null"),
      cursor_(db, "update campaign set cursor = :path where id = :id"),
      close_(db,
             "update campaign set closed_at = :now, closed_by = :by where id = :id and closed_at is null"),
      freeze_(db,
              "insert into campaign_base (campaign, area, households) select :id, r.area, r.households "
              "from register_count r join area a on a.id = r.area join area top on top.id = :area "
              "where a.path >= top.path and a.path < substr(top.path, 1, length(top.path) - 1) || '0'"),
      base_(
          db,
          "select case when a.kind = 'household' then 1 else coalesce((select households from register_count "
          "where area = a.id), 0) end from area a where a.id = :area"),
      kept_base_(db, "select households from campaign_base where campaign = :id and area = :area"),
      counts_(db, "select state, households from campaign_count where campaign = :id and area = :area"),
      covers_(db,
              "select case when substr(a.path, 1, length(c.path)) = c.path then a.id "
              "when substr(c.path, 1, length(a.path)) = a.path then c.id end "
              "from area a, area c where a.id = :area and c.id = :campaign_area"),
      place_(db, "select path from area where id = :id"),
      in_base_(db, "select 1 from campaign_base where campaign = :id and area = :household"),
      include_(db, "insert into campaign_base (campaign, area, households) " +
                       with_all_above("select :id, up.id, 1 from up where true ") +
                       "on conflict (campaign, area)" + added_up),
      of_(db,
          "select state, at, said_by, typed_by, via, note_sealed from campaign_household where campaign = "
          ":id "
          "and household = :household"),
      set_(db,
           "insert into campaign_household (campaign, household, state, at, said_by, typed_by, via, "
           "note_sealed) "
           "values (:id, :household, :state, :at, :said, :typed, :via, :note) on conflict (campaign, "
           "household) "
           "do update set state = excluded.state, at = excluded.at, said_by = excluded.said_by, "
           "typed_by = excluded.typed_by, via = excluded.via, note_sealed = excluded.note_sealed"),
      event_(
          db,
          "insert into campaign_event (campaign, household, state, at, said_by, typed_by, via, note_sealed) "
          "values (:id, :household, :state, :at, :said, :typed, :via, :note)"),
      count_(db, "insert into campaign_count (campaign, area, state, households) " +
                     with_all_above("select :id, up.id, :state, :households from up where true ") +
                     "on conflict (campaign, area, state)" + added_up),
      history_(db,
               "select state, at, said_by, typed_by, via, note_sealed from campaign_event "
               "where household = :household and campaign = :id order by id"),
      left_(db,
            "select a.id, a.name, a.path from area a left join campaign_household c on c.campaign = :id "
            "and c.household = a.id where a.kind = 'household' and a.path >= :from and a.path < :end "
            "and (c.household is null or c.state in ('not_yet', 'found', 'unreachable')) "
            "and (:listed = 0 or exists (select 1 from campaign_base b where b.campaign = :id2 "
            "and b.area = a.id)) order by a.id limit :limit"),
      next_(db,
            "select a.id, a.path, c.household is null and q.household is null from area a "
            "left join campaign_household c on c.campaign = :id and c.household = a.id "
            "left join campaign_asked q on q.campaign = :id2 and q.household = a.id "
            "where a.kind = 'household' and a.path > :cursor and a.path >= :from and a.path < :end "
            "and (:listed = 0 or exists (select 1 from campaign_base b where b.campaign = :id3 "
            "and b.area = a.id)) order by a.path limit :limit"),
      kind_(
          db,
          "select a.id, a.path, exists (select 1 from member m where m.household = a.id "
          "and m.state = 'confirmed' and ((:of = 'lives_alone' and m.lives_alone = 1) "
          "or (:of2 = 'conditions' and m.conditions_sealed <> '') "
          "or (:of3 = 'born' and m.birth_year is not null and m.birth_year <= :year))) "
          "from area a where a.kind = 'household' and a.path > :cursor and a.path >= :from and a.path < :end "
          "order by a.path limit :limit"),
      asked_(db,
             "insert into campaign_asked (campaign, household, person, at) values (:id, :household, :person, "
             ":now) on conflict (campaign, household) do nothing"),
      asked_lately_(db, "select 1 from campaign_asked where person = :person and at > :since limit 1"),
      set_team_(
          db,
          "insert into campaign_team (campaign, area, leader, task) values (:id, :area, :leader, :task) "
          "on conflict (campaign, area) do update set leader = excluded.leader, task = excluded.task"),
      teams_(db, "select area, leader, task from campaign_team where campaign = :id order by area"),
      team_at_(db, with_all_above("select t.area, t.leader, t.task from up join campaign_team t "
                                  "on t.area = up.id where t.campaign = :id limit 1")),
      day_add_(
          db,
          "insert into campaign_day (campaign, area, day, at, base, not_yet, done, refused, unreachable, "
          "empty, moved, found, found_ever) values (:campaign, :area, :day, :at, :base, :not_yet, :done, "
          ":refused, :unreachable, :empty, :moved, :found, :ever) on conflict (campaign, area, day) "
          "do nothing"),
      day_(db, day_columns("where id = :id")),
      day_save_(
          db,
          "update campaign_day set at = :at, base = :base, not_yet = :not_yet, done = :done, "
          "refused = :refused, unreachable = :unreachable, empty = :empty, moved = :moved, found = :found, "
          "found_ever = :ever where id = :id and confirmed_at is null"),
      day_confirm_(db,
                   "update campaign_day set confirmed_by = :by, confirmed_at = :now where id = :id "
                   "and confirmed_at is null"),
      days_(db, day_columns("where campaign = :campaign and day = :day order by area")) {}

void CampaignLedger::open(Campaign& campaign) {
  // Of a kind of households the audience is listed afterwards, in steps: nothing is in it yet.
  campaign.opening_base = 0;
  if (campaign.audience.empty()) {
    if (auto row = base_.one<std::int64_t>(campaign.area)) campaign.opening_base = std::get<0>(*row);
  }
  campaign.id =
      open_.insert(campaign.kind, campaign.area, campaign.audience, campaign.opened_at, campaign.deadline,
                   campaign.opened_by, none_if_zero(campaign.leader), campaign.opening_base);
}

std::optional<Campaign> CampaignLedger::find(std::int64_t id) {
  return read_one(find_, id);
}
std::vector<Campaign> CampaignLedger::running() {
  return read(running_);
}
std::optional<Campaign> CampaignLedger::running_at(AreaId area, std::string_view kind) {
  return read_one(running_at_, area, kind);
}
std::vector<Campaign> CampaignLedger::around(AreaId area) {
  return read(around_, area);
}
std::vector<Campaign> CampaignLedger::campaigns_between(Time from, Time until) {
  return read(between_, until, from);
}
void CampaignLedger::set_deadline(std::int64_t id, Time deadline) {
  deadline_.run(deadline, id);
}
void CampaignLedger::set_cursor(std::int64_t id, std::string_view path) {
  cursor_.run(path, id);
}

void CampaignLedger::close(std::int64_t id, PersonId by, Time now) {
  auto campaign = find(id);
  if (!campaign || close_.run(now, by, id) == 0) return;
  if (campaign->audience.empty()) freeze_.run(id, campaign->area);
}

CampaignTotals CampaignLedger::read_totals(const Campaign& campaign, AreaId area) {
  CampaignTotals totals;
  bool kept = campaign.closed_at || !campaign.audience.empty();
  auto base = kept ? kept_base_.one<std::int64_t>(campaign.id, area) : base_.one<std::int64_t>(area);
  if (base) totals.base = std::get<0>(*base);
  std::int64_t known = 0;
  counts_.each<std::string, std::int64_t>(
      [&](const std::string& state, std::int64_t households) {
        if (state == found_ever) return void(totals.found_ever = households);
        auto which = community::campaign_state(state);
        if (!which) throw StorageError(11, "a campaign counts a state that nobody knows");
        totals.by_state[static_cast<std::size_t>(*which)] = households;
        known += households;
      },
      campaign.id, area);
  totals.by_state[static_cast<std::size_t>(CampaignState::not_yet)] = totals.base - known;
  return totals;
}

CampaignTotals CampaignLedger::totals(const Campaign& campaign, AreaId area) {
  auto covered = covers_.one<AreaId>(area, campaign.area);
  AreaId counted = covered ? std::get<0>(*covered) : AreaId{};
  return counted ? read_totals(campaign, counted) : CampaignTotals{};
}

bool CampaignLedger::includes(const Campaign& campaign, AreaId household) {
  auto covered = covers_.one<AreaId>(household, campaign.area);
  if (!covered || std::get<0>(*covered) != household) return false;
  return campaign.audience.empty() || in_base_.one<int>(campaign.id, household).has_value();
}

void CampaignLedger::include(const Campaign& campaign, AreaId household) {
  if (campaign.audience.empty() || in_base_.one<int>(campaign.id, household)) return;
  include_.run(household, campaign.id);
}

std::optional<CampaignEntry> CampaignLedger::of(std::int64_t campaign, AreaId household) {
  auto row = of_.one<std::string, Time, PersonId, PersonId, std::string, std::string>(campaign, household);
  if (!row) return std::nullopt;
  auto& [state, at, said, typed, via, note] = *row;
  return CampaignEntry{household,
                       community::campaign_state(state).value_or(CampaignState::not_yet),
                       at,
                       said,
                       typed,
                       std::move(via),
                       open_field(cipher_, note, note_purpose)};
}

void CampaignLedger::count(std::int64_t campaign, AreaId household, std::string_view state, int households) {
  count_.run(household, campaign, state, households);
}

void CampaignLedger::set(std::int64_t campaign, const CampaignEntry& entry) {
  auto before = of(campaign, entry.household);
  CampaignState was = before ? before->state : CampaignState::not_yet;
  if (was != entry.state) {  // "not yet" is what the base leaves, and not counted
    if (was != CampaignState::not_yet) count(campaign, entry.household, community::name(was), -1);
    if (entry.state != CampaignState::not_yet)
      count(campaign, entry.household, community::name(entry.state), 1);
  }
  std::string note = seal_field(cipher_, entry.note, note_purpose);
  auto state = community::name(entry.state);
  set_.run(campaign, entry.household, state, entry.at, none_if_zero(entry.said_by),
           none_if_zero(entry.typed_by), entry.via, note);
  event_.run(campaign, entry.household, state, entry.at, none_if_zero(entry.said_by),
             none_if_zero(entry.typed_by), entry.via, note);
}

void CampaignLedger::found(const Campaign& campaign, const CampaignEntry& entry) {
  include(campaign, entry.household);
  count(campaign.id, entry.household, found_ever, 1);
  set(campaign.id, entry);
}

std::vector<CampaignEntry> CampaignLedger::history(std::int64_t campaign, AreaId household) {
  std::vector<CampaignEntry> rows;
  history_.each<std::string, Time, PersonId, PersonId, std::string, std::string>(
      [&](const std::string& state, Time at, PersonId said, PersonId typed, std::string via,
          const std::string& note) {
        rows.push_back({household, community::campaign_state(state).value_or(CampaignState::not_yet), at,
                        said, typed, std::move(via), open_field(cipher_, note, note_purpose)});
      },
      household, campaign);
  return rows;
}

std::vector<CampaignLedger::Left> CampaignLedger::left(const Campaign& campaign, std::string_view path,
                                                       int limit) {
  std::vector<Left> rows;
  left_.each<AreaId, std::string, std::string>(
      [&](AreaId id, std::string name, std::string where) {
        rows.push_back({id, std::move(name), std::move(where)});
      },
      campaign.id, path, end_of_below(path), !campaign.audience.empty(), campaign.id, limit);
  return rows;
}

std::vector<CampaignLedger::Next> CampaignLedger::next(const Campaign& campaign, int limit) {
  auto place = place_.one<std::string>(campaign.area);
  if (!place) return {};
  const std::string& path = std::get<0>(*place);
  return read_next(next_, campaign.id, campaign.id, campaign.cursor, path, end_of_below(path),
                   !campaign.audience.empty(), campaign.id, limit);
}

std::vector<CampaignLedger::Next> CampaignLedger::next_of_kind(const Campaign& campaign, std::string_view of,
                                                               int born_until, int limit) {
  auto place = place_.one<std::string>(campaign.area);
  if (!place) return {};
  const std::string& path = std::get<0>(*place);
  return read_next(kind_, of, of, of, born_until, campaign.cursor, path, end_of_below(path), limit);
}

void CampaignLedger::asked(std::int64_t campaign, AreaId household, PersonId person, Time now) {
  asked_.run(campaign, household, person, now);
}

bool CampaignLedger::asked_lately(PersonId person, Time since) {
  return asked_lately_.one<int>(person, since).has_value();
}

void CampaignLedger::set_team(std::int64_t campaign, const CampaignTeam& team) {
  set_team_.run(campaign, team.area, none_if_zero(team.leader), none_if_zero(team.task));
}

std::vector<CampaignTeam> CampaignLedger::teams(std::int64_t campaign) {
  std::vector<CampaignTeam> rows;
  teams_.each<AreaId, PersonId, TaskId>(
      [&](AreaId area, PersonId leader, TaskId task) {
        rows.push_back({area, leader, task});
      },
      campaign);
  return rows;
}

std::optional<CampaignTeam> CampaignLedger::team_at(std::int64_t campaign, AreaId area) {
  auto row = team_at_.one<AreaId, PersonId, TaskId>(area, campaign);
  if (!row) return std::nullopt;
  return CampaignTeam{std::get<0>(*row), std::get<1>(*row), std::get<2>(*row)};
}

std::optional<CampaignDay> CampaignLedger::roll_up(const Campaign& campaign, AreaId area,
                                                   std::string_view day, Time now) {
  CampaignTotals t = totals(campaign, area);
  using enum CampaignState;
  std::int64_t id =
      day_add_.insert(campaign.id, area, day, now, t.base, t.of(not_yet), t.of(done), t.of(refused),
                      t.of(unreachable), t.of(empty), t.of(moved), t.of(found), t.found_ever);
  if (id == 0) return std::nullopt;
  return this->day(id);
}

std::optional<CampaignDay> CampaignLedger::day(std::int64_t id) {
  auto rows = read_days(day_, id);
  if (rows.empty()) return std::nullopt;
  return rows.front();
}

std::optional<CampaignDay> CampaignLedger::recount_day(std::int64_t id, Time now) {
  auto before = day(id);
  auto campaign = before ? find(before->campaign) : std::nullopt;
  if (!campaign) return std::nullopt;
  CampaignTotals t = totals(*campaign, before->area);
  using enum CampaignState;
  day_save_.run(now, t.base, t.of(not_yet), t.of(done), t.of(refused), t.of(unreachable), t.of(empty),
                t.of(moved), t.of(found), t.found_ever, id);
  return day(id);
}

void CampaignLedger::confirm_day(std::int64_t id, PersonId by, Time now) {
  day_confirm_.run(by, now, id);
}

std::vector<CampaignDay> CampaignLedger::days(std::int64_t campaign, std::string_view day) {
  return read_days(days_, campaign, day);
}

}  // namespace linli::store
