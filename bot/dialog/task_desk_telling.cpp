// What people are told of a task: the values that texts may use, and which text it is.
#include <algorithm>
#include <fmt/format.h>

#include "bot/community/mask.hpp"
#include "bot/dialog/task_desk.hpp"

namespace linli::dialog {

namespace {

constexpr TextId offer{"my_tasks.offer"};
constexpr TextId added{"my_tasks.added"};
constexpr TextId urged{"my_tasks.urged"};
constexpr TextId placed{"my_tasks.placed"};
constexpr TextId escalated{"my_tasks.escalated"};
constexpr TextId late{"my_tasks.late"};
constexpr TextId reminder{"my_tasks.reminder"};
constexpr TextId taken_by_other{"my_tasks.taken_by_other"};
constexpr TextId reopened{"my_tasks.reopened"};
constexpr TextId confirmed{"my_tasks.confirmed"};
constexpr TextId withdrawn{"my_tasks.withdrawn"};
constexpr TextId handed_over{"my_tasks.handed_over"};

/// Written by the program, of numbers of households: nobody's door or phone is in it.
bool counts_only(TaskKind kind) {
  return kind == TaskKind::gap || kind == TaskKind::screening || kind == TaskKind::roll_up;
}

}  // namespace

std::vector<TextId> TaskDesk::texts() {
  return {offer,    urged,          added,    placed,    escalated, late,
          reminder, taken_by_other, reopened, confirmed, withdrawn, handed_over};
}

std::string duration_text(Seconds duration) {
  auto seconds = duration.count();
  if (seconds < 3600) return fmt::format("{}分钟", std::max<std::int64_t>(1, seconds / 60));
  if (seconds < 12 * 3600 && seconds % 3600 >= 1800) return fmt::format("{}个半小时", seconds / 3600);
  if (seconds < 48 * 3600) return fmt::format("{}小时", seconds / 3600);
  return fmt::format("{}天", seconds / 86400);
}

std::string TaskDesk::owner_text(const Task& task, Time now) {
  PersonId owner = task.owner;
  auto person = l_.people.find(owner);
  std::string name = person ? person->name : "";
  for (const auto& appointment : l_.appointments.of_person(owner, now)) {
    auto area = l_.areas.find(appointment.area);
    if (!area) continue;
    std::string title(community::title(appointment.role));
    bool same = name == title || name.empty();
    return area->name + title + (same ? "" : " " + name);
  }
  return name.empty() ? "工作人员" : name;
}

Values TaskDesk::values(Turn& turn, const Task& task, bool open_place, TextId text) {
  if (!text.id.empty() && turn.texts().needs_only(text.id, "number"))
    return {{"number", std::to_string(task.number)}};
  std::string building =
      task.area ? l_.areas.building_text(task.household ? task.household : task.area) : "地点还在问";
  std::string address = task.household ? l_.areas.address_text(task.household) : building;
  if (auto place = task.data.find("place"); place != task.data.end() && !task.household) {
    std::string plain = building;
    std::erase(plain, ' ');
    if (place->second != plain && place->second != building) address = building + "（" + place->second + "）";
  }
  auto reporter = task.reporter ? l_.people.find(task.reporter) : std::nullopt;
  std::string name = reporter && !reporter->name.empty() ? reporter->name
                     : task.reporter                     ? "未登记的居民"
                                                         : "系统";
  std::string phone;
  if (open_place && task.reporter) phone = l_.people.phone(task.reporter);
  if (auto told = task.data.find("phone"); open_place && told != task.data.end()) phone = told->second;
  return {{"title", std::string(community::title(task.kind))},
          {"number", std::to_string(task.number)},
          {"building", building},
          {"address", open_place ? address : building},
          {"phone", open_place ? (phone.empty() ? "没有留电话" : phone) : "接单后可见"},
          {"text", open_place || counts_only(task.kind) ? task.text : community::mask_place(task.text)},
          {"name", name},
          {"owner", task.owner ? owner_text(task, turn.now()) : "还没有人接"},
          {"opened", turn.when(task.opened_at)},
          {"urgent", task.kind == TaskKind::life_safety ? ""
                     : task.urgency == Urgency::life    ? "紧急"
                     : task.urgency == Urgency::high    ? "较急"
                                                        : ""}};
}

std::string TaskDesk::text_for(Turn& turn, const Task& task, std::string_view what) const {
  for (std::string_view stem : {community::name(task.kind), community::topic_of(task.kind)}) {
    std::string id = fmt::format("{}.{}", stem, what);
    if (turn.texts().has(id)) return id;
  }
  return {};
}

void TaskDesk::tell_staff(Turn& turn, const Task& task, PersonId to, std::string_view what, Values values,
                          bool ask) {
  std::string own = text_for(turn, task, "staff_" + std::string(what));
  std::string general = fmt::format("my_tasks.{}", what);
  bool good_to_know = what == "confirmed" || (what == "taken_by_other" && task.urgency != Urgency::life);
  Tell how{.urgency = good_to_know ? Urgency::normal : task.urgency, .task = task.id};
  how.optional = task.kind == TaskKind::acknowledge;  // whoever asked for quiet reads it once
  if (ask) {
    how.accepts = std::to_string(task.number);
    how.topic = "my_tasks";
    how.ref = task.id.value;
    how.hint = fmt::format("接 {}", task.number);
  }
  turn.tell(to, TextId{own.empty() ? general : own}, values, how);
}

void TaskDesk::tell_offered(Turn& turn, const Task& task, std::string_view what, const Values& values,
                            PersonId but) {
  for (PersonId person : l_.tasks.offered_to(task.id)) {
    if (person != but && person != turn.sender()) tell_staff(turn, task, person, what, values, false);
  }
}

void TaskDesk::tell_reporter(Turn& turn, const Task& task, std::string_view what, const Values& more,
                             std::string_view accepts) {
  std::string own = text_for(turn, task, "your_" + std::string(what));
  if (!task.reporter || own.empty()) return;
  Values all = values(turn, task, false);
  all.insert(all.end(), more.begin(), more.end());
  bool done =
      what.starts_with("done") || what == "silent";  // an alarm's end is told at once, the rest can wait
  bool alarm = task.urgency == Urgency::life && what == "done";
  Tell how{.urgency = done && !alarm ? Urgency::normal : task.urgency, .task = task.id};
  if (!accepts.empty()) {
    how.accepts = accepts;
    how.topic = community::topic_of(task.kind);
    how.ref = task.id.value;
    how.hint = fmt::format("{} 号解决了 / 还没解决", task.number);
  }
  for (PersonId person : reporters(task)) turn.tell(person, TextId{own}, all, how);
}

}  // namespace linli::dialog
