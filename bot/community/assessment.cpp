#include "bot/community/assessment.hpp"

#include <algorithm>

namespace linli::community {

namespace {

struct OutcomeRow {
  std::string_view name, title;
};
constexpr std::array<OutcomeRow, outcomes> outcome_rows = {{{"duty", "按时到岗"},
                                                            {"response", "及时回应"},
                                                            {"solved", "按时办好"},
                                                            {"honest", "办结属实"},
                                                            {"asked", "过问住户"},
                                                            {"answers", "按时答复"}}};
constexpr std::array<std::string_view, standings> standing_names = {"good",        "fault",       "excused",
                                                                    "undelivered", "handed_over", "removed"};

constexpr std::string_view by_report = "report", by_act = "act";

bool closes(std::string_view what) {
  return what == "confirmed" || what == "closed" || what == "closed_silent" || what == "withdrawn" ||
         what == "merged";
}

/// Follows one task's history and says what it means for each person in it.
class Following {
 public:
  Following(const TaskStory& story, const AssessmentFacts& facts, const AssessmentRules& rules,
            const TaskPolicy& policy, const QuietHours& quiet, std::vector<AssessedItem>& items)
      : story_(story), facts_(facts), rules_(rules), policy_(policy), quiet_(quiet), items_(items) {}

  void run() {
    for (const auto& event : story_.events) {
      if (event.at >= facts_.until) break;
      take(event);
    }
    stop_waiting(facts_.until, {});
  }

 private:
  struct Waiting {
    Time since;
    std::optional<Time> acted;  // on this task, without taking it
  };

  void take(const TaskStory::Event& event) {
    const auto& what = event.what;
    if (what == "offered" || what == "handed_over") waiting_.try_emplace(event.person, Waiting{event.at, {}});
    if (what == "accepted") accepted(event);
    if (what == "returned") {
      leave(event.person, event.at);
      respond(event.person, event.at);
    }
    if (what == "transferred") {
      leave(event.actor, event.at);
      stop_waiting(event.at, event.actor);
      waiting_.try_emplace(event.person, Waiting{event.at, {}});
    }
    if (what == "left_by" || what == "owner_gone") {
      gone(event.person, event.at);
      leave(event.person, event.at);
    }
    if (what == "undone") undone(event);
    if (what == "escalated" && event.person && event.person == owner_) late(event.at);
    if (what == "done") done_by_ = event.actor;
    if (what == "reopened") reopened(event);
    if (closes(what)) closed(event);
    if (what == "accepted" || what == "done" || what == "returned") last_ = what;  // what can be undone
  }

  void accepted(const TaskStory::Event& event) {
    if (owner_ && owner_ != event.actor && !late_)
      add(owner_, rules_.of(story_.kind), Standing::handed_over, event.at);  // somebody took it over
    respond(event.actor, event.at);
    stop_waiting(event.at, event.actor);
    owner_ = event.actor;
    owned_since_ = event.at;
    late_ = false;
  }

  /// Whoever leaves with something before them has handed it over, unless its time had passed already.
  void gone(PersonId person, Time at) {
    auto found = waiting_.find(person);
    if (found == waiting_.end()) return;
    Waiting waited = found->second;
    waiting_.erase(found);
    if (owner_ == person) return;
    if (at <= deadline(waited.since)) return add(person, Outcome::response, Standing::handed_over, at);
    judge(person, waited, at, Standing::handed_over);
  }

  /// They own it no longer, and it is nobody's fault.
  void leave(PersonId person, Time at) {
    if (!person || owner_ != person) return;
    if (!late_) add(person, rules_.of(story_.kind), Standing::handed_over, at);
    owner_ = {};
  }

  void undone(const TaskStory::Event& event) {
    if (last_ == "done") {
      done_by_ = {};
    } else if (last_ == "returned") {
      owner_ = event.actor;
    } else if (owner_ == event.actor) {
      owner_ = {};
      waiting_[event.actor] = {event.at, event.at};  // it lies before them again, and they know it
    }
  }

  void late(Time at) {
    if (std::exchange(late_, true)) return;
    bool away = absent(owner_, owned_since_, at);
    add(owner_, rules_.of(story_.kind), away ? Standing::excused : Standing::fault, at, by_act, owned_since_);
  }

  void reopened(const TaskStory::Event& event) {
    if (done_by_ && done_by_ == event.person)
      add(done_by_, Outcome::honest, Standing::fault, event.at, by_act, event.at);
    done_by_ = {};
    owner_ = event.person;  // it is theirs again; if they serve no more, others are asked
    owned_since_ = event.at;
    late_ = false;
  }

  void closed(const TaskStory::Event& event) {
    bool by_owner = owner_ && (done_by_ == owner_ || (event.what == "closed" && event.actor == owner_));
    if (by_owner && event.what != "withdrawn" && event.what != "merged" && !late_)
      add(owner_, rules_.of(story_.kind), Standing::good, event.at);
    if (owner_ && done_by_ == owner_ && event.what == "confirmed")
      add(owner_, Outcome::honest, Standing::good, event.at);
    stop_waiting(event.at, {});
    owner_ = {};
    // Nobody has confirmed it: if it is opened again, what they reported was not so.
    if (event.what != "closed_silent") done_by_ = {};
  }

  /// By night nobody has to answer what is not urgent; the same clock as the desk's.
  Time deadline(Time from) const {
    if (story_.urgency != Urgency::normal) return from + policy_.accept_within;
    return quiet_.end(quiet_.end(from) + policy_.accept_within);
  }

  void respond(PersonId person, Time at) {
    auto found = waiting_.find(person);
    if (found == waiting_.end()) return;
    Waiting waited = found->second;
    waiting_.erase(found);
    if (at <= deadline(waited.since)) return add(person, Outcome::response, Standing::good, at);
    judge(person, waited, at, Standing::good);
  }

  /// Somebody else has it, or nobody needs it, or the week is over.
  void stop_waiting(Time at, PersonId but) {
    for (const auto& [person, waited] : waiting_) {
      if (person != but && at > deadline(waited.since)) judge(person, waited, at, std::nullopt);
    }
    std::erase_if(waiting_, [&](const auto& one) { return one.first != but; });
  }

  /// They have let the time pass. `in_time`: what it is if they answered in time after they knew.
  void judge(PersonId person, const Waiting& waited, Time at, std::optional<Standing> in_time) {
    auto proved = waited.acted;
    std::string_view proof = by_act;
    for (const auto& report : story_.reports) {
      if (report.person != person || report.at < waited.since || report.at >= at) continue;
      if (proved && *proved <= report.at) break;
      proved = report.at;
      proof = by_report;
      break;
    }
    if (absent(person, waited.since, std::min(at, deadline(proved.value_or(waited.since)))))
      return add(person, Outcome::response, Standing::excused, deadline(waited.since));
    if (!proved) return add(person, Outcome::response, Standing::undelivered, deadline(waited.since));
    if (at > deadline(*proved))
      return add(person, Outcome::response, Standing::fault, deadline(*proved), proof, proved);
    if (in_time) add(person, Outcome::response, *in_time, at);
  }

  bool absent(PersonId person, Time from, Time until) const {
    auto spans = facts_.absences.find(person);
    if (spans == facts_.absences.end()) return false;
    return std::ranges::any_of(spans->second,
                               [&](const Span& span) { return span.from <= until && span.until >= from; });
  }

  static std::string_view what_of(Outcome of, Standing standing) {
    if (standing == Standing::good || standing == Standing::handed_over) return {};
    return of == Outcome::response ? "unanswered" : of == Outcome::honest ? "reopened" : "overdue";
  }

  void add(PersonId person, Outcome of, Standing standing, Time at, std::string_view proof = {},
           std::optional<Time> proved = {}) {
    if (!person || at < facts_.from || at >= facts_.until) return;
    bool fault = standing == Standing::fault;
    items_.push_back({person,
                      story_.area,
                      of,
                      standing,
                      story_.task,
                      {},
                      at,
                      std::string(what_of(of, standing)),
                      std::string(fault ? proof : ""),
                      fault ? proved : std::nullopt});
  }

  const TaskStory& story_;
  const AssessmentFacts& facts_;
  const AssessmentRules& rules_;
  const TaskPolicy& policy_;
  const QuietHours& quiet_;
  std::vector<AssessedItem>& items_;
  std::map<PersonId, Waiting> waiting_;
  PersonId owner_, done_by_;
  Time owned_since_{};
  bool late_ = false;
  std::string last_;
};

void assess_shift(const StoodShift& shift, const AssessmentFacts& facts, std::vector<AssessedItem>& items) {
  if (shift.outcome.empty() || shift.starts_at < facts.from || shift.starts_at >= facts.until) return;
  auto spans = facts.absences.find(shift.person);
  bool away = spans != facts.absences.end() && std::ranges::any_of(spans->second, [&](const Span& span) {
                return span.from < shift.ends_at && span.until > shift.starts_at;
              });
  AssessedItem item{shift.person, shift.area,  Outcome::duty,  Standing::good,
                    {},           shift.shift, shift.starts_at};
  if (shift.outcome == "excused") item.standing = Standing::excused;
  if (shift.outcome == "declined") item.standing = Standing::handed_over;
  if (shift.outcome == "late" || shift.outcome == "missing") {
    // Whoever was late has checked in; whoever was missing knew of it only if they had confirmed.
    bool knew = shift.outcome == "late" || shift.confirmed_at.has_value();
    item.what = shift.outcome;
    item.standing = away ? Standing::excused : knew ? Standing::fault : Standing::undelivered;
    if (item.standing == Standing::fault) {
      item.proof = by_act;
      item.proved_at = shift.confirmed_at.value_or(shift.starts_at);
    }
  }
  items.push_back(std::move(item));
}

}  // namespace

std::string_view name(Outcome outcome) {
  return outcome_rows[static_cast<std::size_t>(outcome)].name;
}
std::string_view title(Outcome outcome) {
  return outcome_rows[static_cast<std::size_t>(outcome)].title;
}
std::optional<Outcome> outcome(std::string_view wanted) {
  auto found = std::ranges::find(outcome_rows, wanted, &OutcomeRow::name);
  if (found == outcome_rows.end()) return std::nullopt;
  return static_cast<Outcome>(found - outcome_rows.begin());
}
std::string_view name(Standing standing) {
  return standing_names[static_cast<std::size_t>(standing)];
}
std::optional<Standing> standing(std::string_view wanted) {
  auto found = std::ranges::find(standing_names, wanted);
  if (found == standing_names.end()) return std::nullopt;
  return static_cast<Standing>(found - standing_names.begin());
}

Outcome AssessmentRules::of(TaskKind kind) const {
  auto found = kinds.find(kind);
  return found == kinds.end() ? Outcome::solved : found->second;
}

std::vector<AssessedItem> assess(const AssessmentFacts& facts, const AssessmentRules& rules,
                                 const Policies& policies, const QuietHours& quiet) {
  std::vector<AssessedItem> items;
  for (const TaskStory& story : facts.stories)
    Following(story, facts, rules, policies.of(story.kind), quiet, items).run();
  for (const StoodShift& shift : facts.shifts) assess_shift(shift, facts, items);
  return items;
}

std::optional<int> score(const Tally& tally, const AssessmentRules& rules) {
  std::int64_t weight = 0, sum = 0;  // in ten-thousandths
  for (std::size_t i = 0; i < outcomes; ++i) {
    int good = tally[i][static_cast<std::size_t>(Standing::good)];
    int all = good + tally[i][static_cast<std::size_t>(Standing::fault)];
    if (all == 0) continue;
    weight += rules.weight[i];
    sum += rules.weight[i] * std::int64_t{10000} * good / all;
  }
  if (weight == 0) return std::nullopt;
  return static_cast<int>((sum / weight + 50) / 100);
}

}  // namespace linli::community
