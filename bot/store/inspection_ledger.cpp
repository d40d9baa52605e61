#include "bot/store/inspection_ledger.hpp"

#include "bot/store/path_range.hpp"
#include "bot/store/sealed.hpp"

namespace linli::store {

namespace {

constexpr std::string_view words_purpose = "inspection_item.words";

std::string select(const char* rest) {
  return std::string("select id, site, inspector, begun_at, ended_at from inspection ") + rest;
}

template <class... In>
std::vector<Inspection> read(Statement& statement, const In&... in) {
  std::vector<Inspection> rows;
  statement.each<std::int64_t, AreaId, PersonId, Time, std::optional<Time>>(
      [&](std::int64_t id, AreaId site, PersonId inspector, Time begun, std::optional<Time> ended) {
        rows.push_back({id, site, inspector, begun, ended});
      },
      in...);
  return rows;
}

}  // namespace

InspectionLedger::InspectionLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      begin_(db, "insert into inspection (site, inspector, begun_at) values (:site, :inspector, :at)"),
      end_(db, "update inspection set ended_at = :at where id = :id"),
      drop_items_(db, "delete from inspection_item where inspection = :id"),
      drop_(db, "delete from inspection where id = :id"),
      find_(db, select("where id = :id")),
      under_way_(db, select("where inspector = :inspector and site = :site and ended_at is null "
                            "order by id desc limit 1")),
      last_(
          db,
          select("where site = :site and ended_at is not null order by begun_at desc, id desc limit :most")),
      answer_(db,
              "insert into inspection_item (inspection, item, good, words_sealed) values (:id, :item, :good, "
              ":words) on conflict (inspection, item) do update set good = excluded.good, "
              "words_sealed = excluded.words_sealed"),
      set_task_(db, "update inspection_item set task = :task where inspection = :id and item = :item"),
      items_(
          db,
          "select item, good, words_sealed, task from inspection_item where inspection = :id order by item"),
      path_(db, "select path from area where id = :id"),
      totals_(db,
              "select count(*) from inspection i join area a on a.id = i.site where i.ended_at >= :since "
              "and i.ended_at < :until and a.path >= :from and a.path < :end"),
      item_totals_(db,
                   "select m.good, count(*) from inspection_item m join inspection i on i.id = m.inspection "
                   "join area a on a.id = i.site where i.ended_at >= :since and i.ended_at < :until "
                   "and a.path >= :from and a.path < :end group by m.good") {}

void InspectionLedger::begin(Inspection& inspection) {
  inspection.id = begin_.insert(inspection.site, inspection.inspector, inspection.begun_at);
}

void InspectionLedger::end(std::int64_t id, Time at) {
  end_.run(at, id);
}

void InspectionLedger::drop(std::int64_t id) {
  drop_items_.run(id);
  drop_.run(id);
}

std::optional<Inspection> InspectionLedger::find(std::int64_t id) {
  auto rows = read(find_, id);
  return rows.empty() ? std::nullopt : std::optional(rows.front());
}

std::optional<Inspection> InspectionLedger::under_way(PersonId inspector, AreaId site) {
  auto rows = read(under_way_, inspector, site);
  return rows.empty() ? std::nullopt : std::optional(rows.front());
}

std::vector<Inspection> InspectionLedger::last(AreaId site, int most) {
  return read(last_, site, most);
}

void InspectionLedger::answer(std::int64_t inspection, const InspectionItem& item) {
  answer_.run(inspection, item.item, item.good, seal_field(cipher_, item.words, words_purpose));
}

void InspectionLedger::set_task(std::int64_t inspection, std::string_view item, TaskId task) {
  set_task_.run(task, inspection, item);
}

std::vector<InspectionItem> InspectionLedger::items(std::int64_t inspection) {
  std::vector<InspectionItem> rows;
  items_.each<std::string, bool, std::string, TaskId>(
      [&](std::string item, bool good, const std::string& words, TaskId task) {
        rows.push_back({std::move(item), good, open_field(cipher_, words, words_purpose), task});
      },
      inspection);
  return rows;
}

InspectionTotals InspectionLedger::totals(AreaId area, Time from, Time until) {
  InspectionTotals found;
  auto path = path_.one<std::string>(area);
  if (!path) return found;
  const std::string& start = std::get<0>(*path);
  std::string end = end_of_below(start);
  found.inspections = std::get<0>(*totals_.one<std::int64_t>(from, until, start, end));
  item_totals_.each<bool, std::int64_t>(
      [&](bool good, std::int64_t items) { (good ? found.good : found.bad) = items; }, from, until, start,
      end);
  return found;
}

}  // namespace linli::store
