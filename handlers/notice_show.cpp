// Notices looked at, corrected and taken back; and the reader's 收到.
#include <algorithm>
#include <fmt/format.h>

#include "bot/community/mask.hpp"
#include "handlers/notice.hpp"
#include "handlers/notice_texts.hpp"

namespace linli::handlers {

using community::Role;
using dialog::Turn;
using dialog::Values;

namespace {

constexpr int longest_list = 8;
constexpr int longest_names = 30;

std::string_view state_text(std::string_view state) {
  if (state == "scheduled") return "还没发";
  if (state == "sending") return "正在发";
  if (state == "cancelled") return "已取消";
  if (state == "withdrawn") return "已收回";
  return "已发";
}

/// Whose job it is to know by name who has not heard something.
bool looks_after(Role role) {
  return role == Role::building_leader || role == Role::grid_leader || role == Role::on_call;
}

}  // namespace

void NoticeHandler::list(Turn& turn) {
  AreaId own = own_area(turn), area = own;
  if (!area) area = turn.me().home;
  if (auto held = l_.appointments.of_person(turn.sender(), turn.now()); !area && !held.empty())
    area = held.front().area;
  std::string lines;
  for (const auto& one : area ? l_.notices.recent(area, longest_list) : std::vector<Notice>{}) {
    bool mine = own || l_.notices.reader(one.id, turn.sender());
    if (!mine || (one.corrects != 0 && one.text.empty())) continue;
    lines += fmt::format("\n{} 号 {} {} {}", one.id, turn.when(one.send_at), state_text(one.state),
                         community::brief(one.text, 16));
  }
  turn.say(lines.empty() ? notice::list_none : notice::list, {{"lines", lines}});
}

std::string NoticeHandler::name_lines(const std::vector<store::NoticeReader>& readers, bool homes) {
  std::string lines;
  for (std::size_t i = 0; i < readers.size() && i < longest_names; ++i) {
    auto person = l_.people.find(readers[i].person);
    std::string name = person && !person->name.empty() ? person->name : "没留姓名";
    lines += fmt::format("\n{}{}", homes ? l_.areas.address_text(readers[i].area) + " " : "", name);
  }
  if (readers.size() > longest_names) lines += fmt::format("\n……还有 {} 人", readers.size() - longest_names);
  return lines.empty() ? "没有" : lines;
}

void NoticeHandler::show(Turn& turn, std::int64_t number, bool names) {
  auto one = l_.notices.find(number);
  bool writer = one && may_write(turn, one->area);
  auto reader = one ? l_.notices.reader(number, turn.sender()) : std::nullopt;
  AreaId near;  // what the sender looks after, of the notice's area
  for (const auto& held : l_.appointments.of_person(turn.sender(), turn.now())) {
    if (!one || !looks_after(held.role)) continue;
    auto up = l_.areas.chain(held.area), down = l_.areas.chain(one->area);
    if (std::ranges::find(up, one->area, &community::Area::id) != up.end()) near = held.area;
    if (std::ranges::find(down, held.area, &community::Area::id) != down.end()) near = one->area;
  }
  if (!one || (!writer && !reader && !near))
    return turn.say(notice::no_such, {{"number", std::to_string(number)}});
  Values said = values(*one);
  if (names) {
    if (!near) return turn.say(notice::names_refused);
    std::ranges::replace_if(
        said, [](const auto& v) { return v.first == "area"; },
        std::pair<std::string, std::string>("area", l_.areas.building_text(near)));
    said.emplace_back("owing",
                      name_lines(l_.notices.unacknowledged(number, near, 200), one->audience != "staff"));
    said.emplace_back("missing",
                      name_lines(l_.notices.not_reached(number, near, 200), one->audience != "staff"));
    return turn.say(notice::names, said);
  }
  if (!writer) {
    said.emplace_back("when", turn.when(one->send_at));
    said.emplace_back("state", one->state == "withdrawn" ? "（已收回，请不要照着做）" : "");
    return turn.say(notice::shown_reader, said);
  }
  auto reach = l_.notices.reach_of(number);
  said.emplace_back("state", one->state == "scheduled" ? "定在 " + turn.when(one->send_at) + " 发"
                                                       : std::string(state_text(one->state)));
  said.emplace_back("people", std::to_string(reach.people));
  said.emplace_back("reached", std::to_string(reach.reached));
  said.emplace_back("waiting", std::to_string(reach.waiting));
  said.emplace_back("lost", std::to_string(reach.lost));
  said.emplace_back("none", std::to_string(reach.unreachable));
  said.emplace_back("spared", std::to_string(reach.quiet + reach.held));
  said.emplace_back("acknowledged",
                    one->must_ack ? fmt::format("，回了“收到” {} 人", reach.acknowledged) : "");
  turn.say(notice::shown, said);
}

// --- correcting, taking back

/// The notice that the command names, if the sender may do this to it; otherwise says what is missing.
std::optional<NoticeHandler::Notice> NoticeHandler::manageable(Turn& turn, const dialog::Command& command) {
  if (!own_area(turn)) {
    refuse(turn);
    return std::nullopt;
  }
  auto one = command.number ? l_.notices.find(*command.number) : std::nullopt;
  bool lacks_words = command.id == "notice_correct" && command.rest.empty();
  if (!one || one->corrects != 0 || lacks_words || !may_write(turn, one->area)) {
    turn.say(notice::manage_how);
    return std::nullopt;
  }
  if (one->state == "withdrawn" || one->state == "cancelled") {
    turn.say(notice::ended_already, values(*one));
    return std::nullopt;
  }
  return one;
}

void NoticeHandler::withdraw(Turn& turn, Notice& one) {
  bool begun = one.state != "scheduled";
  one.state = begun ? "withdrawn" : "cancelled";
  one.ended_at = turn.now();
  l_.notices.save(one);
  for (const char* what : {"send", "deadline"})
    turn.around().dues.drop(fmt::format("notice:{}:{}", one.id, what));
  if (!begun) return turn.say(notice::cancelled, values(one));
  if (one.must_ack) schedule(turn, one, turn.now(), "close");
  auto reach = l_.notices.reach_of(one.id);
  Values said = values(one);
  said.emplace_back("count", std::to_string(reach.people - reach.held - reach.quiet - reach.unreachable));
  Notice word;
  word.area = one.area;
  word.audience = "people";
  word.author = turn.sender();
  word.state = "scheduled";
  word.created_at = turn.now();
  word.send_at = turn.around().quiet.end(turn.now());
  word.corrects = one.id;
  l_.notices.add(word);
  schedule(turn, word, word.send_at, "send");
  turn.say(notice::withdrawn, said);
}

/// Before it has gone nobody knows the wrong words: it goes with the right ones, at the same time.
void NoticeHandler::correct(Turn& turn, Notice& one, std::string words) {
  turn.remember("text", words);
  turn.remember("area", std::to_string(one.area.value));
  if (one.state == "scheduled") {
    Notice again = one;
    again.text = words;
    l_.notices.add(again);
    schedule(turn, again, again.send_at, "send");
    one.state = "cancelled";
    one.ended_at = turn.now();
    l_.notices.save(one);
    turn.around().dues.drop(fmt::format("notice:{}:send", one.id));
    Values said = values(again);
    said.emplace_back("when", turn.when(again.send_at));
    said.emplace_back("night", "");
    return turn.say(notice::planned, said);
  }
  turn.remember("audience", "people");
  turn.remember("corrects", std::to_string(one.id));
  preview(turn);
}

// --- the reader's side

/// "收到", "收到 7". In the middle of a question it answers that.
bool NoticeHandler::acknowledge_command(Turn& turn, const dialog::Command& command) {
  if (!turn.message().normal.starts_with("收到")) return false;
  if (command.exact && !turn.dialog().suspended.empty()) return false;
  std::vector<store::Ask> open = turn.around().asks.open(turn.sender(), turn.now());
  if (command.exact && !open.empty() && open.front().topic != topic()) return false;  // something newer asked
  std::erase_if(open, [&](const store::Ask& ask) { return ask.topic != topic(); });
  if (command.number) {
    auto reader = l_.notices.reader(*command.number, turn.sender());
    auto task = reader && reader->task ? desk_.tasks().find(reader->task) : std::nullopt;
    if (!task) return turn.say(notice::no_such, {{"number", std::to_string(*command.number)}}), true;
    return acknowledge(turn, *task), true;
  }
  if (!command.exact || open.empty()) return false;
  if (open.size() > 1) {
    std::string lines, number;
    for (const auto& ask : open) {
      auto task = desk_.tasks().find(TaskId{ask.ref});
      if (!task) continue;
      number = task->data["notice"];
      lines += fmt::format("\n{} 号：{}", number, community::brief(task->text, 20));
    }
    return turn.say(notice::which, {{"lines", lines}, {"number", number}}), true;
  }
  auto task = desk_.tasks().find(TaskId{open.front().ref});
  if (task) acknowledge(turn, *task);
  return task.has_value();
}

void NoticeHandler::answer_ask(Turn& turn, std::int64_t ref, std::string_view) {
  auto task = desk_.tasks().find(TaskId{ref});
  if (task) acknowledge(turn, *task);
}

void NoticeHandler::acknowledge(Turn& turn, community::Task& task) {
  bool again = task.closed_how == community::CloseHow::answered;
  if (task.state == community::TaskState::closed && !again) return turn.say(notice::thanks_late);
  if (!again) desk_.close(turn, task, community::CloseHow::answered);
  turn.say(notice::thanks);
}

}  // namespace linli::handlers
