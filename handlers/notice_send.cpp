// What falls due about a notice: its readers, a slice a turn; the deadline of its receipts; what the platform
// said, kept before the outbox forgets it.
#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <set>

#include "bot/community/mask.hpp"
#include "handlers/notice.hpp"
#include "handlers/notice_texts.hpp"

namespace linli::handlers {

using community::Role;
using dialog::Told;
using dialog::Turn;
using dialog::Values;

namespace {

constexpr std::int64_t window = 2000;   // ids looked through at once
constexpr int most_windows = 20;        // in one turn
constexpr int close_at_once = 200;      // readers whose receipts are closed in one turn
constexpr int keep_at_once = 2000;      // outcomes copied in one turn
constexpr Seconds keep_for{3 * 86400};  // a notice is not said any more after so long
constexpr int longest_names = 1000;

std::int64_t behind(std::string_view data) {
  auto colon = data.find(':');
  std::int64_t number = 0;
  if (colon != data.npos) std::from_chars(data.data() + colon + 1, data.data() + data.size(), number);
  return number;
}

}  // namespace

/// One row for each thing that a notice waits for: "notice:7:send".
void NoticeHandler::schedule(Turn& turn, const Notice& made, Time at, std::string data) {
  std::string what = data.substr(0, data.find(':'));
  turn.around().dues.set(
      {fmt::format("notice:{}:{}", made.id, what), at, std::string(topic()), made.id, std::move(data)});
}

void NoticeHandler::due(Turn& turn, const store::Due& due) {
  auto made = l_.notices.find(due.ref);
  if (!made) return;
  if (due.data == "send") return send_slice(turn, *made);
  PersonId after{behind(due.data)};
  if (due.data.starts_with("keep")) {
    if (PersonId last = l_.notices.keep_outcomes(made->id, after, keep_at_once))
      schedule(turn, *made, turn.now() + rules_.notice_every, fmt::format("keep:{}", last.value));
    return;
  }
  if (due.data == "deadline") deadline_lists(turn, *made);
  close_slice(turn, *made, after);
}

/// Those whose households are on the care list, with a home in the area, by id.
std::vector<std::pair<PersonId, AreaId>> NoticeHandler::care_audience(const Notice& made) {
  std::set<std::pair<PersonId, AreaId>> people;
  auto area = l_.areas.find(made.area);
  if (!area) return {};
  for (const auto& care : l_.care.below(area->path)) {
    bool meant = care.state == "running" &&
                 (made.care_kind.empty() ||
                  std::ranges::find(care.categories, made.care_kind) != care.categories.end());
    if (!meant) continue;
    for (PersonId person : l_.people.find_by_home(care.household)) people.emplace(person, care.household);
  }
  return {people.begin(), people.end()};
}

/// The next ones, at most `most`; moves the cursor, and sets finished_at when there is nobody behind them.
std::vector<std::pair<PersonId, AreaId>> NoticeHandler::next_readers(Turn& turn, Notice& made, int most) {
  std::vector<std::pair<PersonId, AreaId>> found;
  auto take = [&](const std::vector<std::pair<PersonId, AreaId>>& people) {
    for (const auto& one : people) {
      if (one.first <= made.cursor || static_cast<int>(found.size()) == most) continue;
      found.push_back(one);
    }
  };
  if (made.audience == "care" || made.audience == "people") {
    if (made.audience == "care") {
      take(care_audience(made));
    } else {
      for (const auto& reader : l_.notices.told(made.corrects, made.cursor, most))
        found.emplace_back(reader.person, reader.area);
    }
    if (!found.empty()) made.cursor = found.back().first;
    if (static_cast<int>(found.size()) < most) made.finished_at = turn.now();
    return found;
  }
  PersonId last = l_.notices.last_person();
  for (int i = 0; i < most_windows && static_cast<int>(found.size()) < most && made.cursor < last; ++i) {
    PersonId until{std::min(made.cursor.value + window, last.value)};
    auto people = l_.notices.audience(made, made.cursor, until, turn.now());
    bool cut = static_cast<int>(people.size() + found.size()) > most;
    take(people);
    made.cursor = cut ? found.back().first : until;
  }
  if (made.cursor >= last) made.finished_at = turn.now();
  return found;
}

void NoticeHandler::send_slice(Turn& turn, Notice& made) {
  if (made.state != "scheduled" && made.state != "sending") return;
  if (turn.around().quiet.at(turn.now()))
    return schedule(turn, made, turn.around().quiet.end(turn.now()), "send");
  std::string today = turn.zone().iso_day(turn.zone().day(turn.now()));
  int most = std::min(rules_.notice_batch, rules_.notice_sends_a_day - l_.notices.sends_on(today));
  if (most <= 0) return schedule(turn, made, turn.around().quiet.end(turn.day_start(1)), "send");
  made.state = "sending";
  if (!made.started_at) made.started_at = turn.now();
  int sent = 0;
  for (const auto& [person, area] : next_readers(turn, made, most))
    sent += tell_reader(turn, made, person, area);
  l_.notices.add_sends(today, sent);
  if (made.finished_at) {
    finished(turn, made);
  } else {
    schedule(turn, made, turn.now() + rules_.notice_every, "send");
  }
  l_.notices.save(made);
}

/// True if it cost a send. A correction reaches whoever was reached by what it corrects, and so does a
/// withdrawal (a correction without words), but for those whom the wrong words have not left for yet.
bool NoticeHandler::tell_reader(Turn& turn, const Notice& made, PersonId person, AreaId area) {
  bool withdrawal = made.corrects != 0 && made.text.empty();
  if (made.corrects != 0) {
    bool stopped = turn.around().deliveries.revoke(store::NoticeLedger::dedupe(made.corrects, person));
    if (stopped && withdrawal) return false;
  }
  Values said = values(made);
  if (withdrawal) {
    auto old = l_.notices.find(made.corrects);
    said = old ? values(*old) : said;
    said.emplace_back("old", std::to_string(made.corrects));
    std::ranges::replace_if(
        said, [](const auto& v) { return v.first == "old"; },
        std::pair<std::string, std::string>("old", std::to_string(made.corrects)));
  }
  store::NoticeReader reader{person, area, "unreachable", {}, false};
  if (!l_.people.contact_of(person)) {
    l_.notices.put(made.id, reader, turn.now());
    return false;
  }
  dialog::Tell how{.dedupe = store::NoticeLedger::dedupe(made.id, person),
                   .keep = keep_for,
                   .prompt = !made.must_ack && made.corrects == 0};
  if (made.must_ack) {
    auto task = desk_.open_owed(turn,
                                {.kind = community::TaskKind::acknowledge,
                                 .area = area,
                                 .text = community::brief(made.text, 40),
                                 .data = {{"notice", std::to_string(made.id)}}},
                                person);
    reader.task = task.id;
    how.task = task.id;
    how.accepts = "1";
    how.topic = topic();
    how.ref = task.id.value;
    how.hint = fmt::format("收到 {}", made.id);
    if (made.ack_until) how.keep = std::chrono::duration_cast<Seconds>(*made.ack_until - turn.now());
  }
  auto text = withdrawal      ? notice::withdrawal
              : made.corrects ? notice::correction
              : made.must_ack ? notice::told_ack
                              : notice::told;
  switch (turn.try_tell(person, text, said, how)) {
    case Told::said:
      reader.state = "told";
      break;
    case Told::held:
      reader.state = "held";
      break;
    case Told::quiet:
      reader.state = "quiet";
      break;
    case Told::unreachable:
      break;
  }
  l_.notices.put(made.id, reader, turn.now());
  return reader.state == "told";
}

void NoticeHandler::finished(Turn& turn, Notice& made) {
  made.state = "sent";
  auto reach = l_.notices.reach_of(made.id);
  Values said = values(made);
  said.emplace_back("people", std::to_string(reach.people));
  said.emplace_back("sent", std::to_string(reach.reached + reach.waiting + reach.lost));
  said.emplace_back("none", std::to_string(reach.unreachable));
  said.emplace_back("spared", std::to_string(reach.quiet + reach.held));
  turn.tell(made.author, notice::finished, said, {.dedupe = fmt::format("notice_finished:{}", made.id)});
  schedule(turn, made, turn.now() + keep_for + Seconds{86400}, "keep");
  if (made.must_ack && made.ack_until)
    schedule(turn, made, std::max(*made.ack_until, turn.now()), "deadline");
}

// --- the deadline of receipts

/// Each grid leader (for staff: the officer on call) hears once how many in their area have not answered.
void NoticeHandler::deadline_lists(Turn& turn, const Notice& made) {
  Role near = made.audience == "staff" ? Role::on_call : Role::grid_leader;
  std::set<PersonId> asked;
  for (const auto& held : l_.appointments.below(made.area, turn.now())) {
    if (held.role != near) continue;
    auto owing = l_.notices.unacknowledged(made.id, held.area, longest_names);
    if (owing.empty() || !asked.insert(held.person).second) continue;
    Values said = values(made);
    std::ranges::replace_if(
        said, [](const auto& v) { return v.first == "area"; },
        std::pair<std::string, std::string>("area", l_.areas.building_text(held.area)));
    said.emplace_back("count", std::to_string(owing.size()));
    turn.tell(held.person, notice::owing, said,
              {.dedupe = fmt::format("notice_owing:{}:{}", made.id, held.person.value)});
  }
  auto reach = l_.notices.reach_of(made.id);
  Values said = values(made);
  said.emplace_back("people", std::to_string(reach.people));
  said.emplace_back("reached", std::to_string(reach.reached));
  said.emplace_back("acknowledged", std::to_string(reach.acknowledged));
  turn.tell(made.author, notice::result, said, {.dedupe = fmt::format("notice_result:{}", made.id)});
}

/// Nobody owes it any more, a slice a turn.
void NoticeHandler::close_slice(Turn& turn, Notice& made, PersonId after) {
  auto readers = l_.notices.told(made.id, after, close_at_once);
  auto how = made.state == "withdrawn" ? community::CloseHow::withdrawn : community::CloseHow::silent;
  for (const auto& reader : readers) {
    auto task = reader.task && !reader.acknowledged ? desk_.tasks().find(reader.task) : std::nullopt;
    if (task && task->state != community::TaskState::closed) desk_.close(turn, *task, how);
  }
  if (static_cast<int>(readers.size()) == close_at_once)
    schedule(turn, made, turn.now() + rules_.notice_every,
             fmt::format("close:{}", readers.back().person.value));
}

}  // namespace linli::handlers
