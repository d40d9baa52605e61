// Signing up for an open place, and waiting for one that is full.
#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <sstream>

#include "handlers/rota.hpp"
#include "handlers/rota_texts.hpp"

namespace linli::handlers {

using community::Span;
using dialog::Answered;
using dialog::Turn;

void RotaHandler::ask_lines(Turn& turn, std::string_view step, dialog::TextId question,
                            const std::vector<Line>& lines) {
  std::string text, ids;
  std::vector<std::string> choices;
  for (const Line& line : lines) {
    choices.push_back(line.text);
    text += fmt::format("\n{} {}{}", choices.size(), line.text, line.more);
    ids += fmt::format("{} ", line.id);
  }
  turn.ask(topic(), step, question, {{"lines", text}}, std::move(choices));
  turn.remember("ids", ids);
}

std::optional<std::int64_t> RotaHandler::chosen(Turn& turn) const {
  auto choice = turn.choice();
  if (!choice) return std::nullopt;
  std::istringstream ids(turn.answer("ids"));
  for (const std::string& line : turn.dialog().choices) {
    std::int64_t id = 0;
    ids >> id;
    if (line == *choice) return id;
  }
  return std::nullopt;
}

namespace {

constexpr std::size_t listed = 8;
constexpr Seconds ahead{7 * 24 * 3600};
constexpr Seconds longest_shift{24 * 3600};

}  // namespace

bool RotaHandler::list_open(Turn& turn) {
  if (!desk_.is_volunteer(turn.sender(), turn.now())) {
    turn.say(rota::only_volunteers);
    return true;
  }
  auto& l = desk_.ledgers();
  AreaId home = turn.me().home;
  if (!home) {
    for (const auto& held : l.appointments.of_person(turn.sender(), turn.now())) home = held.area;
  }
  auto here = l.areas.place(home);
  struct Place {
    bool full{};
    store::Opening opening;
    store::Post post;
  };
  // A district has thousands of places in a week, and few of them nearby.
  std::map<PostId, store::Post> nearby;
  for (store::Post& post : l.shifts.posts()) {
    if (here && community::distance_m(*here, post.place) <= desk_.rules().ask_within_m)
      nearby.emplace(post.id, std::move(post));
  }
  auto mine = l.shifts.of_person(turn.sender(), turn.now(), turn.now() + ahead + longest_shift);
  std::vector<Place> places;
  for (const store::Opening& opening : l.shifts.openings().between(turn.now(), turn.now() + ahead)) {
    auto post = nearby.find(opening.post);
    if (post == nearby.end()) continue;
    bool has_it = std::ranges::any_of(mine, [&](const Duty& duty) {
      return duty.post.id == opening.post && duty.shift.starts_at < opening.ends_at &&
             opening.starts_at < duty.shift.ends_at;
    });
    if (!has_it) places.push_back({opening.taken >= opening.most, opening, post->second});
  }
  std::ranges::stable_sort(places, {}, &Place::full);
  // Full ones are shown only for the lack of others.
  if (!places.empty() && !places.front().full)
    std::erase_if(places, [](const Place& place) { return place.full; });
  if (places.size() > listed) places.erase(places.begin() + listed, places.end());
  if (places.empty()) {
    turn.say(rota::open_none);
    return true;
  }
  std::vector<Line> lines;
  for (const Place& place : places) {
    const auto& opening = place.opening;
    std::string free =
        place.full ? "（满了，可以排队）" : fmt::format("（还要 {} 人）", opening.most - opening.taken);
    lines.push_back(
        {-opening.id.value,
         desk_.span_text(turn, {opening.starts_at, opening.ends_at}) + " " + desk_.post_name(place.post),
         free});
  }
  for (const auto& ask : turn.around().asks.open(turn.sender(), turn.now())) {
    if (ask.topic == topic() && ask.ref < 0)
      turn.around().asks.drop(turn.sender(), topic(), ask.ref);  // in the list
  }
  ask_lines(turn, "open", rota::open, lines);
  return true;
}

bool RotaHandler::say_yes(Turn& turn, const dialog::Command& command) {
  auto asks = turn.around().asks.open(turn.sender(), turn.now());
  bool only_rota = std::ranges::all_of(asks, [&](const store::Ask& ask) { return ask.topic != "my_tasks"; });
  std::erase_if(asks, [&](const store::Ask& ask) { return ask.topic != topic(); });
  if (asks.empty() || command.number || !command.exact || !only_rota) return false;
  if (asks.size() == 1) {
    answer_ask(turn, asks.front().ref, {});
    return true;
  }
  std::vector<Line> lines;
  for (const store::Ask& ask : asks) {
    turn.around().asks.drop(turn.sender(), topic(), ask.ref);  // the list asks instead
    if (ask.ref < 0) {
      auto opening = desk_.ledgers().shifts.openings().find(OpeningId{-ask.ref});
      auto post = opening ? desk_.ledgers().shifts.find_post(opening->post) : std::nullopt;
      if (post)
        lines.push_back({ask.ref, desk_.span_text(turn, {opening->starts_at, opening->ends_at}) + " " +
                                      desk_.post_name(*post)});
    } else if (auto duty = desk_.ledgers().shifts.find(ShiftId{ask.ref})) {
      lines.push_back({ask.ref, desk_.span_text(turn, {duty->shift.starts_at, duty->shift.ends_at}) + " " +
                                    desk_.post_name(duty->post)});
    }
  }
  ask_lines(turn, "open", rota::open, lines);
  return true;
}

Answered RotaHandler::answer_open(Turn& turn) {
  auto choice = chosen(turn);
  if (!choice) return another_command(turn) ? Answered::taken : Answered::not_understood;
  turn.leave();
  answer_ask(turn, *choice, {});
  return Answered::taken;
}

void RotaHandler::sign_up(Turn& turn, const store::Opening& opening) {
  auto& l = desk_.ledgers();
  auto post = l.shifts.find_post(opening.post);
  if (!post) return turn.say(rota::open_none);
  Span span{opening.starts_at, opening.ends_at};
  auto said = desk_.values(turn, *post, span);
  if (auto why = desk_.refusal(turn, turn.sender(), *post, span)) {
    said.emplace_back("why", *why);
    return turn.say(rota::refused, said);
  }
  if (opening.taken >= opening.most) {
    l.shifts.openings().wait(opening.id, turn.sender(), turn.now());
    auto line = l.shifts.openings().waiting(opening.id);
    auto mine = std::ranges::find(line, turn.sender());
    said.emplace_back("place", std::to_string(mine - line.begin() + 1));
    return turn.say(rota::waiting, said);
  }
  desk_.put_on(turn, turn.sender(), *post, span, "signup");
  l.shifts.openings().stop_waiting(opening.id, turn.sender());
  turn.say(rota::signed_up, said);
  bool full = opening.taken + 1 >= opening.most;
  if (full) desk_.stop_asking(turn, -opening.id.value, said, turn.sender());
}

}  // namespace linli::handlers
