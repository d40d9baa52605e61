#include "handlers/rota.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>

#include "bot/base/text.hpp"
#include "bot/store/rota_world.hpp"
#include "handlers/command_rest.hpp"
#include "handlers/rota_texts.hpp"
#include "handlers/rota_words.hpp"

namespace linli::handlers {

using community::Span;
using dialog::Answered;
using dialog::MessageKind;
using dialog::Turn;

namespace {

constexpr int shown_days = 7;
constexpr Seconds kept_open{30 * 60};
constexpr std::string_view publish_choice = "发布", leave_choice = "不改了";

std::string day_text(Day day) {
  return fmt::format("{}月{}日", day.month, day.day);
}

}  // namespace

std::vector<dialog::Step> RotaHandler::steps() const {
  return {{"draft", rota::draft_help},
          {"open", rota::open_help},
          {"swap", rota::swap_which_help},
          {"where", rota::where_help},
          {"close", rota::close_help}};
}

std::vector<dialog::TextId> RotaHandler::texts() const {
  return {std::begin(rota::all), std::end(rota::all)};
}

bool RotaHandler::fits(Turn& turn) {
  return turn.message().kind == MessageKind::text && says_was_there(turn.message().normal) &&
         desk_.is_volunteer(turn.sender(), turn.now());
}

void RotaHandler::start(Turn& turn) {
  appeal(turn);
}

bool RotaHandler::command(Turn& turn, const dialog::Command& command) {
  if (command.id == "rota") return show(turn, command);
  if (command.id == "rota_publish") return publish_named(turn, behind_command(turn.message().normal));
  if (command.id == "signup") return list_open(turn);
  if (command.id == "swap") return swap(turn);
  if (command.id == "post_open") return open_post(turn, command);
  if (command.id == "post_close") return close_post(turn, command);
  if (command.id == "appeal") return appeal(turn);
  if (command.id == "accept") return say_yes(turn, command);
  return decide(turn, command);
}

Answered RotaHandler::answer(Turn& turn) {
  const std::string& step = turn.dialog().step;
  if (step == "draft") return answer_draft(turn);
  if (step == "open") return answer_open(turn);
  if (step == "swap") return answer_swap(turn);
  if (step == "close") return answer_close(turn);
  return answer_where(turn);
}

bool RotaHandler::another_command(Turn& turn) {
  constexpr std::string_view whole[] = {"rota",      "rota_publish", "signup", "swap",
                                        "post_open", "post_close",   "appeal"};
  auto typed = turn.words().command(turn.message().normal);
  if (!typed || std::ranges::find(whole, typed->id) == std::end(whole)) return false;
  turn.leave();
  return command(turn, *typed);
}

/// "排班": of whoever leads posts the post's week; of others their own shifts, which is another topic's.
bool RotaHandler::show(Turn& turn, const dialog::Command& command) {
  auto words = behind_command(turn.message().normal);
  if (words.empty() && (!command.exact || posts_led(turn).empty())) return false;
  auto post = post_meant(turn, words, "排班");
  if (post) ask_draft(turn, *post);
  return true;
}

bool RotaHandler::publish_named(Turn& turn, std::string_view words) {
  auto post = post_meant(turn, words, "发布排班");
  if (post) publish(turn, *post);
  return true;
}

std::vector<store::Post> RotaHandler::posts_led(Turn& turn) {
  auto posts = desk_.ledgers().shifts.posts();
  std::map<AreaId, bool> leads;
  std::erase_if(posts, [&](const store::Post& post) {
    auto [known, is_new] = leads.try_emplace(post.area);
    if (is_new) known->second = desk_.leads(turn.sender(), post.area, turn.now());
    return !known->second;
  });
  return posts;
}

std::optional<store::Post> RotaHandler::post_meant(Turn& turn, std::string_view words,
                                                   std::string_view verb) {
  auto posts = posts_led(turn);
  if (posts.empty()) {
    turn.say(rota::not_yours);
    return std::nullopt;
  }
  auto named = [&](const store::Post& post) {
    return words.empty() || words.find(normalise(post.name)) != words.npos;
  };
  auto exactly = [&](const store::Post& post) {
    return words.find(normalise(desk_.post_name(post))) != words.npos;
  };
  std::vector<store::Post> fitting;
  for (const store::Post& post : posts) {
    if (!words.empty() && exactly(post)) return post;
    if (named(post)) fitting.push_back(post);
  }
  bool drafts_only = words.empty() && verb == "发布排班";
  if (drafts_only)
    std::erase_if(fitting,
                  [&](const auto& post) { return !desk_.ledgers().shifts.rotas().has_draft(post.id); });
  if (fitting.size() == 1) return fitting.front();
  std::string lines;
  for (const store::Post& post : fitting.empty() ? posts : fitting) lines += "\n" + desk_.post_name(post);
  turn.say(rota::which_post, {{"lines", lines}, {"verb", std::string(verb)}});
  return std::nullopt;
}

Span RotaHandler::coming_week(Turn& turn) const {
  const Zone& zone = turn.zone();
  Day tomorrow = zone.next_day(zone.day(turn.now()));
  return {zone.at(tomorrow, 0), zone.at(zone.next_day(tomorrow, shown_days), 0)};
}

/// One line for each day, or for several that are the same.
std::string RotaHandler::week_lines(Turn& turn, const store::Post& post) {
  auto& l = desk_.ledgers();
  const Zone& zone = turn.zone();
  Span week = coming_week(turn);
  store::RotaWorld world({l.shifts, l.appointments, l.areas, l.people},
                         desk_.tasks().policies().of(community::TaskKind::shift_cover), zone,
                         desk_.rules().limits.metres_a_minute);
  auto rota = world.read(post.id, week.from, week.until);
  std::map<Day, std::map<Span, std::string>> days;
  std::vector<Span> standing, needed;
  for (const auto& shift : rota.shifts) {
    if (rota.posts[shift.post].id != post.id) continue;
    standing.push_back(shift.span);
    std::string& who = days[zone.day(shift.span.from)][shift.span];
    who += (who.empty() ? "" : "、") + desk_.name_of(shift.person);
  }
  for (const auto& one : rota.posts) {
    if (one.id == post.id) needed = one.needed;
  }
  std::map<Day, std::string> open;
  for (const Span& span : community::uncovered(needed, standing)) {
    for (Day day = zone.day(span.from); zone.at(day, 0) < span.until; day = zone.next_day(day)) {
      Time from = std::max(span.from, zone.at(day, 0)),
           until = std::min(span.until, zone.at(zone.next_day(day), 0));
      std::string end = until == zone.at(zone.next_day(day), 0) ? "24:00" : zone.clock_text(until);
      open[day] += fmt::format("{}{}到{}", open[day].empty() ? "；没人：" : "、", zone.clock_text(from), end);
    }
  }
  struct Days {
    Day first, last;
    std::string text;
  };
  std::vector<Days> lines;
  for (Day day = zone.day(week.from); zone.at(day, 0) < week.until; day = zone.next_day(day)) {
    std::string text;
    for (const auto& [span, who] : days[day])
      text += fmt::format("{}{} {}", text.empty() ? "" : "，", zone.clock_text(span.from), who);
    text += open[day];
    if (text.empty()) text = "没有班";
    if (!lines.empty() && lines.back().text == text)
      lines.back().last = day;
    else
      lines.push_back({day, day, text});
  }
  std::string all;
  for (const Days& line : lines) {
    std::string when = line.first == line.last ? day_text(line.first)
                                               : day_text(line.first) + "到" + day_text(line.last) + "每天";
    all += fmt::format("\n{}：{}", when, line.text);
  }
  return all;
}

void RotaHandler::ask_draft(Turn& turn, const store::Post& post) {
  bool drafted = desk_.ledgers().shifts.rotas().has_draft(post.id);
  turn.ask(topic(), "draft", rota::draft,
           {{"post", desk_.post_name(post)},
            {"state", drafted ? "（有改动没发布）：" : "："},
            {"lines", week_lines(turn, post)}},
           {std::string(publish_choice), std::string(leave_choice)});
  turn.remember("post", std::to_string(post.id.value));
}

Answered RotaHandler::answer_draft(Turn& turn) {
  auto post = desk_.ledgers().shifts.find_post(PostId{std::stoll(turn.answer("post"))});
  if (!post ||
      !desk_.leads(turn.sender(), post->area, turn.now())) {  // lost the role, or the post, meanwhile
    turn.leave();
    turn.say(rota::not_yours);
    return Answered::taken;
  }
  auto command = turn.words().command(turn.message().normal);
  bool publishes = turn.choice() == publish_choice || (command && command->id == "rota_publish");
  if (publishes) {
    if (publish(turn, *post))
      turn.leave();
    else
      turn.keep_dialog(kept_open);  // so that what is wrong can be put right at once
    return Answered::taken;
  }
  if (turn.choice() == leave_choice) {
    turn.leave();
    desk_.ledgers().shifts.rotas().drop_changes(post->id);
    turn.say(rota::left_as_is, {{"post", desk_.post_name(*post)}});
    return Answered::taken;
  }
  if (change_shift(turn, *post) || add_line(turn, *post) || another_command(turn)) return Answered::taken;
  return Answered::not_understood;
}

/// "改 3月5日 06:00 张三": a draft until it is published.
bool RotaHandler::change_shift(Turn& turn, const store::Post& post) {
  auto change = read_change(turn.message().normal, turn.zone(), turn.zone().day(turn.now()));
  if (!change) return false;
  auto& rotas = desk_.ledgers().shifts.rotas();
  PersonId person;
  if (change->kind != community::OverrideKind::nobody) {
    person = desk_.named(post, change->name, turn.now());
    if (!person) {
      turn.say(rota::no_such_person, {{"name", change->name}});
      return true;
    }
  }
  const Zone& zone = turn.zone();
  Time from = community::moment(zone, change->day, change->minute);
  for (const auto& one : rotas.of_post(post.id, true)) {
    for (const auto& planned : community::expand(one, rotas.calendar(), zone, from, from + Seconds{60})) {
      if (planned.span.from != from || from <= turn.now()) continue;
      PersonId out = planned.people.empty() || change->kind == community::OverrideKind::extra
                         ? PersonId{}
                         : planned.people.front();
      rotas.add_override(one.id, {planned.slot, planned.day, change->kind, person, out});
      ask_draft(turn, post);
      return true;
    }
  }
  turn.say(rota::no_such_slot, {{"post", desk_.post_name(post)}, {"when", turn.when(from)}});
  return true;
}

/// "每天 08:00-10:00 张三、李四": a rota of one slot, a day each.
bool RotaHandler::add_line(Turn& turn, const store::Post& post) {
  auto line = read_line(turn.message().normal);
  if (!line) return false;
  community::Rota one;
  one.post = post.id;
  one.anchor = turn.zone().next_day(turn.zone().day(turn.now()));
  one.advance = line->names.size() > 1 ? community::Advance::day : community::Advance::fixed;
  one.slots.push_back({line->when, line->start_minute, line->end_minute, 1, 1});
  for (const std::string& name : line->names) {
    PersonId person = desk_.named(post, name, turn.now());
    if (!person) {
      turn.say(rota::no_such_person, {{"name", name}});
      return true;
    }
    one.people.push_back(person);
  }
  desk_.ledgers().shifts.rotas().add(one, {});
  ask_draft(turn, post);
  return true;
}

}  // namespace linli::handlers
