// Patrol rounds 巡访: which points of a compound somebody must look at, longest not visited first; light
// evidence for each; and findings, which become tickets whose end the finder hears. In four files: patrol.cpp
// (whose rounds, the commands), patrol_round.cpp (the conversation on a round), patrol_findings.cpp and
// patrol_rounds.cpp (what falls due).
#pragma once

#include <map>

#include "bot/community/level_rules.hpp"
#include "bot/community/patrol_rules.hpp"
#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/patrol_ledger.hpp"

namespace linli::handlers {

class PatrolHandler final : public dialog::Handler {
 public:
  struct Ledgers {
    store::PatrolLedger& patrol;
    store::AppointmentLedger& appointments;
    store::AreaLedger& areas;
    store::PersonLedger& people;
  };
  /// `rules` outlive it.
  PatrolHandler(Ledgers ledgers, dialog::TaskDesk& desk, const community::PatrolRules& rules,
                const community::LevelRules& levels)
      : l_(ledgers), desk_(desk), rules_(rules), levels_(levels) {}

  std::string_view topic() const override { return "patrol"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  /// "done" too: a list of points is closed by visiting them; any other ticket goes on to my_tasks.
  std::vector<std::string_view> commands() const override { return {"patrol", "finding", "done"}; }
  bool fits(dialog::Turn& turn) override;
  void start(dialog::Turn& turn) override;
  std::vector<std::string_view> intents() const override { return {"patrol_report"}; }
  bool wish(dialog::Turn& turn, std::string_view intent) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  void cancelled(dialog::Turn& turn) override;
  /// What was visited is kept; the list needs no word when it is put away.
  bool expired(dialog::Turn&, PersonId, const dialog::Dialog& left) override { return left.step == "round"; }
  void answer_ask(dialog::Turn& turn, std::int64_t ref, std::string_view digit) override;
  void due(dialog::Turn& turn, const store::Due& due) override;

 private:
  using Area = community::Area;
  using Point = store::PatrolPoint;
  using Points = std::vector<Point>;
  using Task = community::Task;
  /// A compound, courtyard or village with the points that the sender may visit there.
  struct Site {
    Area area;
    Points points;
    int due = 0;
  };

  // --- whose rounds
  bool patrols(dialog::Turn& turn);
  std::vector<Area> own_areas(dialog::Turn& turn);
  std::vector<Site> sites(dialog::Turn& turn);
  AreaId site_of(AreaId area);
  std::string who_patrols(dialog::Turn& turn);
  void show_sites(dialog::Turn& turn, const std::vector<Site>& sites);
  bool duty_exists(AreaId area);

  // --- on a round
  void begin(dialog::Turn& turn, const Site& site);
  void list(dialog::Turn& turn, const Area& site, Time began, dialog::TextId text);
  Points left_of_round(dialog::Turn& turn, AreaId site, Time began);
  Points listed(dialog::Turn& turn);
  std::string line(dialog::Turn& turn, const Point& point);
  dialog::Answered answer_site(dialog::Turn& turn);
  dialog::Answered answer_round(dialog::Turn& turn);
  dialog::Answered answer_point(dialog::Turn& turn);
  dialog::Answered answer_found(dialog::Turn& turn);
  dialog::Answered at_location(dialog::Turn& turn, const Points& points);
  const Point* by_code(dialog::Turn& turn, const Points& points) const;
  std::vector<const Point*> meant(const Points& points, std::string_view normal,
                                  const community::RoundWords& said) const;
  void visit(dialog::Turn& turn, Point point, std::string_view how);
  void go_on(dialog::Turn& turn, const std::string& names);
  bool visit_alone(dialog::Turn& turn);

  // --- findings
  bool finding_command(dialog::Turn& turn, const dialog::Command& command);
  bool done_command(dialog::Turn& turn, const dialog::Command& command);
  void ask_found(dialog::Turn& turn, const Point* point);
  /// False if the place is not known and was asked for.
  bool found(dialog::Turn& turn, const std::string& words, const Point* point);
  AreaId place_of(dialog::Turn& turn, std::string_view normal, const Point* point);
  void open_finding(dialog::Turn& turn, const std::string& words, AreaId area, const Point* point);
  void settle(dialog::Turn& turn, Task& task, bool solved);

  // --- what falls due
  void round(dialog::Turn& turn);
  void settle_points(dialog::Turn& turn, AreaId site);
  void renew(dialog::Turn& turn, Task& task, const Points& points);
  void close_points(dialog::Turn& turn, Task& task);
  std::vector<PersonId> told_of(const Task& task);
  std::string text_of(const Points& points, Time now);

  Ledgers l_;
  dialog::TaskDesk& desk_;
  const community::PatrolRules& rules_;
  const community::LevelRules levels_;
};

/// Makes the due row of the next look at what is overdue; what is there stays.
void schedule_patrol(store::DueLedger& dues, const Zone& zone, Time now,
                     const std::vector<int>& minutes_of_day);

}  // namespace linli::handlers
