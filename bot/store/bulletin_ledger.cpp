#include "bot/store/bulletin_ledger.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "bot/base/digest.hpp"
#include "bot/community/task.hpp"
#include "bot/store/shift_outcome.hpp"

namespace linli::store {

namespace {

using community::AreaKind;
using community::TaskKind;

constexpr int noon = 12 * 60;

std::size_t index_of(std::string_view figure) {
  return *community::figure_index(figure);
}

/// What an event of a task of that kind adds to. A task counts once in a figure and week.
struct EventRow {
  TaskKind kind;
  std::string_view what, figure;
};
using enum TaskKind;
constexpr EventRow event_rows[] = {
    {help, "opened", "help_opened"},
    {life_safety, "opened", "help_opened"},
    {help, "done", "help_solved"},
    {life_safety, "done", "help_solved"},
    {help, "confirmed", "help_confirmed"},
    {life_safety, "confirmed", "help_confirmed"},
    {help, "closed_silent", "help_silent"},
    {life_safety, "closed_silent", "help_silent"},
    {help, "reopened", "help_reopened"},
    {life_safety, "reopened", "help_reopened"},
    {rumour_review, "opened", "rumour_opened"},
    {rumour_review, "closed", "rumour_checked"},
    {suggestion, "opened", "suggestion_opened"},
    {suggestion, "done", "suggestion_answered"},
    {suggestion, "closed", "suggestion_answered"},
    {gap, "opened", "gap_opened"},
    {gap, "closed", "gap_filled"},
    {screening, "opened", "screening_opened"},
    {screening, "closed", "screening_closed"},
    {patrol_point, "opened", "patrol_missed"},
    {finding, "opened", "finding_opened"},
    {finding, "done", "finding_solved"},
    {finding, "closed", "finding_solved"},
    {rectification, "opened", "rectify_opened"},
    {rectification, "closed", "rectify_closed"},
    {rectification, "confirmed", "rectify_closed"},
    {acknowledge, "opened", "notice_asked"},
    {acknowledge, "closed", "notice_acknowledged"},
    {care, "opened", "care_missed"},
};

/// What a task of that kind that is still open adds to, beside "overdue".
struct OpenRow {
  TaskKind kind;
  std::string_view figure;
};
constexpr OpenRow open_rows[] = {{help, "help_open"}, {life_safety, "help_open"}, {gap, "gap_open"}};

struct ShiftRow {
  std::string_view outcome, figure;
  bool due;
};
constexpr ShiftRow shift_rows[] = {{"stood", "duty_stood", true},
                                   {"late", "duty_late", true},
                                   {"missing", "duty_missing", true},
                                   {"excused", "duty_excused", false}};

struct Change {
  Time at;
  std::string level, before;
};

}  // namespace

struct BulletinLedger::Reading {
  const Zone& zone;
  const community::LevelRules& levels;
  community::BulletinFacts facts = {};
  struct Node {
    AreaId parent, line;
    std::string level;  // its own now, empty if it has none
  };
  std::unordered_map<AreaId, Node> nodes = {};
  std::unordered_map<AreaId, std::vector<Change>> changes = {};  // the oldest first
  std::unordered_map<AreaId, std::int64_t> households = {};      // by what they stand in
  std::vector<std::string> days = {};                            // that have had their noon
  std::vector<Time> noons = {};
  std::unordered_map<AreaId, std::vector<bool>> due = {};  // check-in was on, by day

  void add(AreaId line, std::size_t figure, std::int64_t number) {
    if (number != 0 || community::figures()[figure].shape != community::Shape::count)
      facts.facts.push_back({line, figure, number});
  }
  std::string level_at(AreaId area, Time at) const;
  const std::vector<bool>& due_days(AreaId area);
};

/// The newest change at or above the area until then; before the first one, what that one says was before;
/// without any, what stands there now.
std::string BulletinLedger::Reading::level_at(AreaId area, Time at) const {
  const Change *newest = nullptr, *first_later = nullptr;
  std::string standing;
  for (AreaId up = area; up;) {
    auto node = nodes.find(up);
    if (node == nodes.end()) break;
    if (standing.empty()) standing = node->second.level;
    if (auto own = changes.find(up); own != changes.end()) {
      for (const Change& change : own->second) {
        if (change.at <= at && (!newest || change.at >= newest->at)) newest = &change;
        if (change.at > at && (!first_later || change.at < first_later->at)) first_later = &change;
      }
    }
    up = node->second.parent;
  }
  if (newest) return newest->level;
  if (first_later) return first_later->before;
  return standing;
}

const std::vector<bool>& BulletinLedger::Reading::due_days(AreaId area) {
  auto [found, is_new] = due.try_emplace(area);
  if (!is_new) return found->second;
  for (Time at : noons)
    found->second.push_back(levels.exists(community::LevelDuty::daily_checkin, level_at(area, at)));
  return found->second;
}

BulletinLedger::BulletinLedger(Database& db)
    : areas_(
          db,
          "select id, code, kind, name, coalesce(parent, 0), path, coalesce(level, '') from area "
          "where kind in ('district', 'street', 'township', 'community', 'village', 'compound', 'courtyard', "
          "'building', 'unit') order by length(path), id"),
      path_(db, "select path from area where id = :id"),
      changes_(db, "select area, level, before, at from level_change order by at, id"),
      households_(db, "select parent, count(*) from area where kind = 'household' group by parent"),
      checkins_(
          db,
          "select h.parent, c.day, sum(c.state in ('fine', 'symptom')), "
          "sum(c.state in ('fine', 'symptom') and c.via <> 'self'), sum(c.state = 'symptom'), "
          "sum(c.state in ('unreachable', 'refused')), sum(c.state in ('empty', 'moved')) "
          "from checkin c join area h on h.id = c.household "
          "where c.day >= :first and c.day <= :last and c.objected_at is null group by h.parent, c.day"),
      events_(db,
              "select distinct coalesce(t.area, 0), t.kind, e.what, e.task from task_event e "
              "join task t on t.id = e.task where e.at >= :from and e.at < :until"),
      spans_(
          db,
          "select coalesce(t.area, 0), max(e.at) - t.opened_at from task_event e join task t on t.id = "
          "e.task "
          "where e.what = 'done' and e.at >= :from and e.at < :until and t.kind in ('help', 'life_safety') "
          "group by t.id"),
      // Open then: not closed until then, by the last of what opens and what closes. Late: it has climbed.
      open_(db,
            "select coalesce(t.area, 0), t.kind, count(*), sum(exists (select 1 from task_event l "
            "where l.task = t.id and l.at < :until and l.what in ('escalated', 'top_reminded'))) from task t "
            "where t.opened_at < :until2 and (t.closed_at is null or t.closed_at >= :until3) "
            "and (select case when e.what in ('confirmed', 'withdrawn', 'closed', 'closed_silent', 'merged') "
            "then 0 else 1 end from task_event e where e.task = t.id and e.at < :until4 and e.what in "
            "('opened', "
            "'reopened', 'undone', 'confirmed', 'withdrawn', 'closed', 'closed_silent', 'merged') "
            "order by e.id desc limit 1) = 1 group by t.area, t.kind"),
      shifts_(
          db,
          std::string("select p.area, ") + shift_outcome +
              " as became, count(*) from shift s join post p on p.id = s.post "
              "where s.starts_at >= :from and s.starts_at < :until and s.person is not null group by 1, 2"),
      care_(db,
            "select h.id, count(*) from care_contact k join care c on c.id = k.care join area h on h.id = "
            "c.household "
            "where k.day >= :first and k.day <= :last and k.how in ('ok', 'need', 'self') group by h.id"),
      stood_(
          db,
          std::string("select p.area, s.person, max(coalesce(") + shift_outcome +
              ", 'planned') not in ('stood', 'excused', 'declined')), sum(coalesce(" + shift_outcome +
              ", '') = 'stood') from shift s join post p on p.id = s.post where s.starts_at >= :from "
              "and s.starts_at < :until and s.person is not null and s.state <> 'cancelled' group by 1, 2"),
      helped_(db,
              "select distinct coalesce(t.area, 0), t.owner from task_event e join task t on t.id = e.task "
              "where e.what = 'confirmed' and e.at >= :from and e.at < :until "
              "and t.kind in ('help', 'life_safety') and t.owner is not null"),
      campaigns_(db,
                 "select k.id, k.area, k.audience <> '' or k.closed_at is not null, a.path from campaign k "
                 "join area a on a.id = k.area where k.opened_at < :until "
                 "and (k.closed_at is null or k.closed_at >= :from) order by k.id"),
      bases_(db,
             "select b.area, b.households from campaign_base b join area a on a.id = b.area "
             "where b.campaign = :campaign and a.kind <> 'household' order by b.area"),
      // What each household was then: its last event until then.
      campaign_states_(
          db,
          "select h.parent, e.state, count(*) from campaign_event e join area h on h.id = e.household "
          "where e.campaign = :campaign and e.at < :until and e.id = (select max(l.id) "
          "from campaign_event l where l.household = e.household and l.campaign = e.campaign "
          "and l.at < :until2) group by h.parent, e.state"),
      burden_(
          db,
          "select coalesce(h.parent, (select ap.area from appointment ap where ap.person = p.id order by "
          "ap.id "
          "limit 1), 0), sum(b.messages), sum(b.questions) from burden b join person p on p.id = b.person "
          "left join area h on h.id = p.home where b.day_at >= :from and b.day_at < :until group by 1"),
      find_(db, "select week, until_at, issued_at, body, sha256 from bulletin where week = :week"),
      keep_(db,
            "insert into bulletin (week, until_at, issued_at, body, sha256) values (:week, :until, :issued, "
            ":body, "
            ":sha) on conflict (week) do update set until_at = excluded.until_at, issued_at = "
            "excluded.issued_at, "
            "body = excluded.body, sha256 = excluded.sha256 where bulletin.issued_at is null"),
      issued_(db, "select week from bulletin where issued_at is not null order by week desc limit :limit"),
      add_erratum_(db,
                   "insert into bulletin_erratum (week, area, figure, was, now_is, why, found_at) "
                   "values (:week, :area, :figure, :was, :is, :why, :at)"),
      errata_(
          db,
          "select week, area, figure, was, now_is, why from bulletin_erratum e where week = :week and id = "
          "(select max(l.id) from bulletin_erratum l where l.week = e.week and l.area = e.area "
          "and l.figure = e.figure) order by id") {}

community::BulletinFacts BulletinLedger::facts(const Zone& zone, const community::LevelRules& levels,
                                               const community::Week& week, Time until) {
  Reading reading{zone, levels};
  reading.facts.week = week;
  reading.facts.until = std::min(until, week.until);
  for (Day day = zone.day(week.from); zone.at(day, noon) < reading.facts.until; day = zone.next_day(day)) {
    reading.days.push_back(zone.iso_day(day));
    reading.noons.push_back(zone.at(day, noon));
  }
  read_areas(reading);
  read_levels(reading);
  read_households(reading);
  read_checkins(reading);
  read_task_events(reading);
  read_open_tasks(reading);
  read_shifts(reading);
  read_care(reading);
  read_thanks(reading);
  read_campaigns(reading);
  read_burden(reading);
  return std::move(reading.facts);
}

void BulletinLedger::read_areas(Reading& reading) {
  areas_.each<AreaId, std::string, std::string, std::string, AreaId, std::string, std::string>(
      [&](AreaId id, std::string code, const std::string& kind, std::string name, AreaId parent,
          std::string path, std::string level) {
        auto known = community::area_kind(kind);
        if (!known) throw StorageError(11, "a stored area is of a kind nobody knows");
        bool has_line = *known <= AreaKind::village;
        AreaId line = id;
        if (!has_line) {
          auto above = reading.nodes.find(parent);
          line = above == reading.nodes.end() ? AreaId{} : above->second.line;
        }
        reading.nodes[id] = {parent, line, std::move(level)};
        if (has_line)
          reading.facts.areas.push_back(
              {id, std::move(code), *known, std::move(name), parent, std::move(path), false});
      });
}

/// The line that an area's figures stand in; homes are asked for one by one, since nothing much happens at
/// them.
AreaId BulletinLedger::line_of(Reading& reading, AreaId area) {
  if (!area) return {};
  auto node = reading.nodes.find(area);
  if (node != reading.nodes.end()) return node->second.line;
  auto path = path_.one<std::string>(area);
  if (!path) return {};
  auto above = community::ids_of_path(std::get<0>(*path));
  for (auto up = above.rbegin(); up != above.rend(); ++up) {
    node = reading.nodes.find(*up);
    if (node != reading.nodes.end()) return node->second.line;
  }
  return {};
}

void BulletinLedger::read_levels(Reading& reading) {
  changes_.each<AreaId, std::string, std::string, Time>(
      [&](AreaId area, std::string level, std::string before, Time at) {
        reading.changes[area].push_back({at, std::move(level), std::move(before)});
      });
}

void BulletinLedger::read_households(Reading& reading) {
  households_.each<AreaId, std::int64_t>([&](AreaId parent, std::int64_t count) {
    AreaId line = line_of(reading, parent);
    reading.add(line, index_of("households"), count);
    reading.households[parent] = count;
    std::int64_t days = std::ranges::count(reading.due_days(parent), true);
    reading.add(line, index_of("checkin_due"), days * count);
  });
}

void BulletinLedger::read_checkins(Reading& reading) {
  if (reading.days.empty()) return;
  checkins_.each<AreaId, std::string, std::int64_t, std::int64_t, std::int64_t, std::int64_t, std::int64_t>(
      [&](AreaId parent, const std::string& day, std::int64_t done, std::int64_t proxy, std::int64_t unwell,
          std::int64_t unreached, std::int64_t away) {
        auto number = static_cast<std::size_t>(std::ranges::find(reading.days, day) - reading.days.begin());
        if (number >= reading.days.size() || !reading.due_days(parent)[number]) return;
        AreaId line = line_of(reading, parent);
        reading.add(line, index_of("checkin_done"), done);
        reading.add(line, index_of("checkin_proxy"), proxy);
        reading.add(line, index_of("checkin_unwell"), unwell);
        reading.add(line, index_of("checkin_unreached"), unreached);
        reading.add(line, index_of("checkin_due"), -away);
      },
      reading.days.front(), reading.days.back());
}

void BulletinLedger::read_task_events(Reading& reading) {
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> wanted;
  for (const auto& row : event_rows) wanted[{community::name(row.kind), row.what}] = index_of(row.figure);
  std::set<std::pair<std::size_t, std::int64_t>> counted;
  std::vector<std::pair<AreaId, std::size_t>> found;
  events_.each<AreaId, std::string, std::string, std::int64_t>(
      [&](AreaId area, const std::string& kind, const std::string& what, std::int64_t task) {
        auto row = wanted.find({kind, what});
        if (row != wanted.end() && counted.insert({row->second, task}).second)
          found.emplace_back(area, row->second);
      },
      reading.facts.week.from, reading.facts.until);
  for (const auto& [area, figure] : found) reading.add(line_of(reading, area), figure, 1);
  auto spans = spans_.all<AreaId, std::int64_t>(reading.facts.week.from, reading.facts.until);
  for (const auto& [area, seconds] : spans)
    reading.add(line_of(reading, area), index_of("help_span"), std::max<std::int64_t>(seconds, 0));
}

void BulletinLedger::read_open_tasks(Reading& reading) {
  Time until = reading.facts.until;
  auto rows = open_.all<AreaId, std::string, std::int64_t, std::int64_t>(until, until, until, until);
  for (const auto& [area, kind, open, late] : rows) {
    AreaId line = line_of(reading, area);
    reading.add(line, index_of("overdue"), late);
    for (const auto& row : open_rows) {
      if (kind == community::name(row.kind)) reading.add(line, index_of(row.figure), open);
    }
  }
}

void BulletinLedger::read_shifts(Reading& reading) {
  auto rows = shifts_.all<AreaId, std::optional<std::string>, std::int64_t>(reading.facts.week.from,
                                                                            reading.facts.until);
  for (const auto& [area, outcome, count] : rows) {
    for (const auto& row : shift_rows) {
      if (outcome != row.outcome) continue;
      AreaId line = line_of(reading, area);
      reading.add(line, index_of(row.figure), count);
      if (row.due) reading.add(line, index_of("duty_due"), count);
    }
  }
}

void BulletinLedger::read_care(Reading& reading) {
  if (reading.days.empty()) return;
  auto rows = care_.all<AreaId, std::int64_t>(reading.days.front(), reading.days.back());
  for (const auto& [home, count] : rows)
    reading.add(line_of(reading, home), index_of("care_contacts"), count);
}

/// Whoever stood every shift they had there; whoever solved what people confirmed. A person once a line.
void BulletinLedger::read_thanks(Reading& reading) {
  Time from = reading.facts.week.from, until = reading.facts.until;
  std::map<std::pair<AreaId, std::int64_t>, std::pair<bool, bool>> stood;  // all of them, and at least one
  for (const auto& [area, person, failed, times] :
       stood_.all<AreaId, std::int64_t, bool, std::int64_t>(from, until)) {
    auto& all = stood.try_emplace({line_of(reading, area), person}, true, false).first->second;
    all.first = all.first && !failed;
    all.second = all.second || times > 0;
  }
  for (const auto& [who, all] : stood) {
    if (all.first && all.second) reading.add(who.first, index_of("thanks_duty"), 1);
  }
  std::set<std::pair<AreaId, std::int64_t>> helped;
  for (const auto& [area, person] : helped_.all<AreaId, std::int64_t>(from, until))
    helped.emplace(line_of(reading, area), person);
  for (const auto& who : helped) reading.add(who.first, index_of("thanks_help"), 1);
}

/// The base of a running campaign over all households is the register's; any other is kept by area, of which
/// each area's own is what its children's leave.
void BulletinLedger::read_campaigns(Reading& reading) {
  const std::size_t base = index_of("campaign_base");
  Time from = reading.facts.week.from, until = reading.facts.until;
  for (const auto& [id, area, is_kept, path] :
       campaigns_.all<std::int64_t, AreaId, bool, std::string>(until, from)) {
    auto inside = [&, top = area](AreaId one) {
      for (AreaId up = one; up;) {
        if (up == top) return true;
        auto node = reading.nodes.find(up);
        up = node == reading.nodes.end() ? AreaId{} : node->second.parent;
      }
      return false;
    };
    if (!is_kept) {
      for (const auto& [parent, count] : reading.households) {
        if (inside(parent)) reading.add(line_of(reading, parent), base, count);
      }
    } else {
      for (const auto& [where, count] : bases_.all<AreaId, std::int64_t>(id)) {
        auto node = reading.nodes.find(where);
        if (node == reading.nodes.end() || !inside(where)) continue;
        bool has_line = node->second.line == where;
        if (!has_line && where != area) continue;
        reading.add(node->second.line, base, count);
        if (has_line && where != area) reading.add(line_of(reading, node->second.parent), base, -count);
      }
    }
    for (const auto& [parent, state, count] :
         campaign_states_.all<AreaId, std::string, std::int64_t>(id, until, until)) {
      AreaId line = line_of(reading, parent);
      if (state == "unreachable")
        reading.add(line, index_of("campaign_unreachable"), count);
      else if (state != "not_yet")
        reading.add(line, index_of("campaign_known"), count);
    }
  }
}

void BulletinLedger::read_burden(Reading& reading) {
  auto rows = burden_.all<AreaId, std::int64_t, std::int64_t>(reading.facts.week.from, reading.facts.until);
  for (const auto& [area, messages, questions] : rows) {
    AreaId line = line_of(reading, area);
    reading.add(line, index_of("burden_messages"), messages);
    reading.add(line, index_of("burden_questions"), questions);
  }
}

// --- what is kept

Result<std::optional<KeptBulletin>> BulletinLedger::find(std::string_view week) {
  using MaybeTime = std::optional<Time>;
  auto row = find_.one<std::string, Time, MaybeTime, std::string, std::string>(week);
  if (!row) return std::optional<KeptBulletin>{};
  auto& [name, until, issued, body, sha] = *row;
  if (sha256_hex(body) != sha)
    return Error{Errc::storage,
                 "the bulletin of " + name + " is not what was issued: restore it from a backup"};
  return std::optional<KeptBulletin>({name, until, issued, body, sha});
}

bool BulletinLedger::keep(const KeptBulletin& bulletin) {
  return keep_.run(bulletin.week, bulletin.until, bulletin.issued_at, bulletin.body,
                   sha256_hex(bulletin.body)) > 0;
}

std::vector<std::string> BulletinLedger::issued(int limit) {
  std::vector<std::string> weeks;
  for (auto& [week] : issued_.all<std::string>(limit)) weeks.push_back(week);
  return weeks;
}

std::vector<community::Erratum> BulletinLedger::add_errata(const std::vector<community::Erratum>& found,
                                                           Time now) {
  std::vector<community::Erratum> fresh;
  if (found.empty()) return fresh;
  auto known = errata(found.front().week);
  for (const auto& erratum : found) {
    auto same = std::ranges::find_if(known, [&](const community::Erratum& old) {
      return old.area == erratum.area && old.figure == erratum.figure;
    });
    if (same != known.end() && same->is == erratum.is) continue;
    add_erratum_.run(erratum.week, erratum.area, erratum.figure, erratum.was, erratum.is, erratum.why, now);
    fresh.push_back(erratum);
  }
  return fresh;
}

std::vector<community::Erratum> BulletinLedger::errata(std::string_view week) {
  std::vector<community::Erratum> errata;
  using Text = std::string;
  errata_.each<Text, Text, Text, std::int64_t, std::int64_t, Text>(
      [&](Text name, Text area, Text figure, std::int64_t was, std::int64_t is, Text why) {
        errata.push_back({std::move(name), std::move(area), std::move(figure), was, is, std::move(why)});
      },
      week);
  return errata;
}

}  // namespace linli::store
