#include "bot/app/bulletin_restore.hpp"

#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <map>

#include "bot/base/json.hpp"
#include "bot/store/statement.hpp"

namespace linli::app {

namespace {

using store::Statement;

/// One line of an exported file.
class Row {
 public:
  Row(JsonValue value, const Zone& zone) : value_(std::move(value)), zone_(zone) {}

  std::string text(std::string_view key) const { return std::string(value_.text_at(key).value_or("")); }
  std::optional<std::int64_t> number(std::string_view key) const { return value_.integer_at(key); }
  std::optional<Time> time(std::string_view key) const {
    auto text = value_.text_at(key);
    if (!text || text->size() < 19) return std::nullopt;
    auto minute = parse_time(zone_, text->substr(0, 16));
    if (!minute) return std::nullopt;
    return *minute + Seconds{std::stoi(std::string(text->substr(17, 2)))};
  }

 private:
  JsonValue value_;
  const Zone& zone_;
};

class Restoring {
 public:
  Restoring(store::Database& db, const std::filesystem::path& folder, const Zone& zone)
      : folder_(folder),
        zone_(zone),
        area_(db,
              "insert into area (code, kind, name, path, unmanaged, level) "
              "values (:code, :kind, :name, '', :unmanaged, :level)"),
        home_(db,
              "insert into area (code, kind, name, parent, path) values (:code, 'household', '', :parent, "
              ":path)"),
        place_(db, "update area set parent = :parent, path = :path where id = :id"),
        person_(db, "insert or ignore into person (id, created_at) values (:id, 0)"),
        post_(db,
              "insert into post (code, area, name, lat, lon, radius_m, closed_at) "
              "values (:code, :area, '', 0, 0, 0, :closed)"),
        shift_(db,
               "insert into shift (post, person, starts_at, ends_at, state, in_at, out_at, late_minutes, "
               "cover_of, "
               "excuse_sealed, missed_at, corrected_at, id) values (:post, :person, :starts, :ends, :state, "
               ":in, "
               ":out, :late, :cover, :excuse, :missed, :corrected, :id)"),
        task_(db,
              "insert into task (number, kind, state, urgency, area, reporter, owner, reminders, reopened, "
              "opened_at, "
              "offered_at, accepted_at, done_at, closed_at, closed_how) values (:number, :kind, :state, "
              ":urgency, "
              ":area, :reporter, :owner, :reminders, :reopened, :opened, :offered, :accepted, :done, "
              ":closed, :how)"),
        event_(db,
               "insert into task_event (task, at, act, actor, what, person) "
               "values (:task, :at, :act, :actor, :what, :person)"),
        checkin_(db,
                 "insert into checkin (household, day, person, at, state, via, objected_at) "
                 "values (:household, :day, 0, :at, :state, :via, :objected)"),
        level_(db, "insert into level_change (area, level, before, at) values (:area, :level, :before, :at)"),
        care_(db,
              "insert into care (household, state, every_days, created_by, created_at) "
              "values (:household, 'ended', 1, 0, 0)"),
        campaign_(
            db,
            "insert into campaign (id, kind, area, audience, opened_at, deadline, opened_by, opening_base, "
            "closed_at) values (:id, :kind, :area, :audience, :opened, 0, 0, 0, :closed)"),
        base_(
            db,
            "insert into campaign_base (campaign, area, households) values (:campaign, :area, :households)"),
        campaign_event_(db,
                        "insert into campaign_event (campaign, household, state, at, via) "
                        "values (:campaign, :household, :state, :at, '')"),
        serves_(
            db,
            "insert into appointment (person, role, area, from_at) values (:person, 'volunteer', :area, 0)"),
        burden_(db,
                "insert into burden (person, day_at, messages, questions) "
                "values (:person, :day, :messages, :questions)"),
        contact_(db, "insert into care_contact (care, day, at, how) values (:care, :day, :at, :how)") {}

  Result<void> run() {
    auto done = areas();
    auto step = [&](const char* name, const std::function<Result<void>(const Row&)>& take) {
      if (done) done = each(name, take);
    };
    step("posts", [this](const Row& row) { return post(row); });
    step("level_changes", [this](const Row& row) { return level(row); });
    step("checkins", [this](const Row& row) { return checkin(row); });
    step("shifts", [this](const Row& row) { return shift(row); });
    step("tasks", [this](const Row& row) { return task(row); });
    step("task_events", [this](const Row& row) { return event(row); });
    step("campaigns", [this](const Row& row) { return campaign(row); });
    step("campaign_bases", [this](const Row& row) { return base(row); });
    step("campaign_events", [this](const Row& row) { return campaign_event(row); });
    step("burden", [this](const Row& row) { return burden(row); });
    step("care_contacts", [this](const Row& row) { return contact(row); });
    return done;
  }

 private:
  Result<void> each(const std::string& name, const std::function<Result<void>(const Row&)>& take) {
    auto file = folder_ / (name + ".jsonl");
    std::ifstream in(file, std::ios::binary);
    if (!in) {
      return Error{
          Errc::not_found,
          fmt::format("{}: cannot be read; name a folder that `linli export` has written", file.string())};
    }
    std::string line;
    for (std::size_t number = 1; std::getline(in, line); ++number) {
      auto json = parse_json(line);
      auto taken = json ? take(Row(std::move(*json), zone_)) : Result<void>(json.error());
      if (!taken)
        return Error{Errc::bad_input, fmt::format("{}:{}: {}", file.string(), number, taken.error().text)};
    }
    return {};
  }

  /// All first, then who stands in whom: a parent may have been added after its child.
  Result<void> areas() {
    std::vector<std::pair<std::string, std::string>> in_order;  // code, parent's code
    std::map<std::string, std::int64_t> homes;
    auto read = each("areas", [&](const Row& row) -> Result<void> {
      std::optional<std::string> level;
      if (!row.text("level").empty()) level = row.text("level");
      areas_[row.text("code")].id = AreaId{area_.insert(row.text("code"), row.text("kind"), row.text("name"),
                                                        row.number("unmanaged").value_or(0), level)};
      areas_[row.text("code")].home_of_many = row.text("kind") == "unit";
      in_order.emplace_back(row.text("code"), row.text("parent"));
      homes[row.text("code")] = row.number("households").value_or(0);
      return {};
    });
    if (!read) return read;
    for (const auto& [code, parent] : in_order) areas_[code].parent = parent;
    for (const auto& [code, parent] : in_order) {
      Place& place = areas_[code];
      place_.run(store::none_if_zero(parent.empty() ? AreaId{} : areas_[parent].id), path_of(code), place.id);
      // Check-ins in a unit were exported at its building.
      Place& counted = place.home_of_many && !parent.empty() ? areas_[parent] : place;
      for (std::int64_t i = 0; i < homes[code]; ++i) add_home(code, place, counted, i);
    }
    return {};
  }

  struct Place {
    AreaId id;
    std::string parent;
    bool home_of_many = false;
    std::vector<AreaId> homes;
    std::map<std::string, std::size_t> reported;  // by day
    std::int64_t care = 0;
    std::size_t entered = 0;  // homes that a campaign has spoken of
  };

  void add_home(const std::string& code, const Place& where, Place& counted, std::int64_t number) {
    std::string name = fmt::format("{}#{}", code, number);
    AreaId home{home_.insert(name, where.id, path_of(code))};
    place_.run(where.id, fmt::format("{}{}/", path_of(code), home.value), home);
    counted.homes.push_back(home);
  }

  std::string path_of(const std::string& code) {
    std::string path = "/";
    for (std::string up = code; !up.empty(); up = areas_[up].parent)
      path = fmt::format("/{}{}", areas_[up].id.value, path);
    return path;
  }

  Result<AreaId> area(const Row& row) {
    auto found = areas_.find(row.text("area"));
    if (found == areas_.end())
      return Error{Errc::bad_input, fmt::format("areas.jsonl has no area '{}'", row.text("area"))};
    return found->second.id;
  }
  std::optional<AreaId> area_if_any(const Row& row) {
    auto found = areas_.find(row.text("area"));
    if (found == areas_.end()) return std::nullopt;
    return found->second.id;
  }
  std::optional<std::int64_t> person(const Row& row, std::string_view key) {
    auto id = row.number(key);
    if (id) person_.run(*id);
    return id;
  }

  Result<void> post(const Row& row) {
    auto where = area(row);
    if (!where) return where.error();
    posts_[row.text("code")] = post_.insert(row.text("code"), *where, row.time("closed_at"));
    return {};
  }
  Result<void> level(const Row& row) {
    auto where = area(row);
    if (!where) return where.error();
    level_.run(*where, row.text("level"), row.text("before"), row.time("at").value_or(Time{}));
    return {};
  }
  Result<void> checkin(const Row& row) {
    auto where = area(row);
    if (!where) return where.error();
    Place& place = areas_[row.text("area")];
    std::size_t number = place.reported[row.text("day")]++;
    if (number >= place.homes.size())
      return Error{Errc::bad_input,
                   fmt::format("{} has more check-ins on a day than homes", row.text("area"))};
    checkin_.run(place.homes[number], row.text("day"), row.time("at").value_or(Time{}), row.text("state"),
                 row.text("via"), row.time("objected_at"));
    return {};
  }
  Result<void> shift(const Row& row) {
    shift_.run(posts_[row.text("post")], person(row, "person"), row.time("starts_at").value_or(Time{}),
               row.time("ends_at").value_or(Time{}), row.text("state"), row.time("in_at"), row.time("out_at"),
               row.number("late_minutes").value_or(0), row.number("cover_of"),
               row.number("excused").value_or(0) ? "x" : "", row.time("missed_at"), row.time("corrected_at"),
               row.number("id").value_or(0));
    return {};
  }
  Result<void> task(const Row& row) {
    tasks_[row.number("number").value_or(0)] = task_.insert(
        row.number("number").value_or(0), row.text("kind"), row.text("state"),
        row.number("urgency").value_or(0), area_if_any(row), person(row, "reporter"), person(row, "owner"),
        row.number("reminders").value_or(0), row.number("reopened").value_or(0),
        row.time("opened_at").value_or(Time{}), row.time("offered_at"), row.time("accepted_at"),
        row.time("done_at"), row.time("closed_at"), row.text("closed_how"));
    return {};
  }
  Result<void> event(const Row& row) {
    event_.run(tasks_[row.number("task").value_or(0)], row.time("at").value_or(Time{}),
               row.number("act").value_or(0), person(row, "actor"), row.text("what"), person(row, "person"));
    return {};
  }
  Result<void> campaign(const Row& row) {
    auto where = area(row);
    if (!where) return where.error();
    campaign_.run(row.number("id").value_or(0), row.text("kind"), *where, row.text("audience"),
                  row.time("opened_at").value_or(Time{}), row.time("closed_at"));
    return {};
  }
  Result<void> base(const Row& row) {
    auto where = area(row);
    if (!where) return where.error();
    base_.run(row.number("campaign").value_or(0), *where, row.number("households").value_or(0));
    return {};
  }
  Result<void> campaign_event(const Row& row) {
    auto where = area(row);
    if (!where) return where.error();
    Place& place = areas_[row.text("area")];
    auto [home, is_new] = homes_.try_emplace(row.number("home").value_or(0));
    if (is_new) {
      if (place.entered >= place.homes.size())
        return Error{Errc::bad_input, fmt::format("{} has more homes entered than it has", row.text("area"))};
      home->second = place.homes[place.entered++];
    }
    campaign_event_.run(row.number("campaign").value_or(0), home->second, row.text("state"),
                        row.time("at").value_or(Time{}));
    return {};
  }
  Result<void> burden(const Row& row) {
    auto whose = person(row, "person");
    if (auto where = area_if_any(row); where && whose)
      serves_.run(*whose, *where);  // it counts there, whether they live or serve there
    burden_.run(whose, row.time("day_at").value_or(Time{}), row.number("messages").value_or(0),
                row.number("questions").value_or(0));
    return {};
  }
  Result<void> contact(const Row& row) {
    auto where = area(row);
    if (!where) return where.error();
    Place& place = areas_[row.text("area")];
    if (!place.care) place.care = care_.insert(*where);
    contact_.run(place.care, row.text("day"), row.time("at").value_or(Time{}), row.text("how"));
    return {};
  }

  const std::filesystem::path& folder_;
  const Zone& zone_;
  Statement area_, home_, place_, person_, post_, shift_, task_, event_, checkin_, level_, care_, campaign_,
      base_, campaign_event_, serves_, burden_, contact_;
  std::map<std::string, Place> areas_;
  std::map<std::string, std::int64_t> posts_;
  std::map<std::int64_t, AreaId> homes_;        // by their number
  std::map<std::int64_t, std::int64_t> tasks_;  // by number
};

}  // namespace

Result<void> restore_export(store::Database& db, const std::filesystem::path& folder, const Zone& zone) {
  db.execute("pragma foreign_keys = off");  // rows refer to people whom nobody exported
  db.begin();
  auto restored = Restoring(db, folder, zone).run();
  db.commit();
  return restored;
}

}  // namespace linli::app
