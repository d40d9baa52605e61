// The conversation on a round: the points not visited for longest first, each ticked off by where somebody
// is, by the digits on its board, or by a word.
#include <algorithm>
#include <fmt/format.h>
#include <sstream>

#include "handlers/patrol.hpp"
#include "handlers/patrol_texts.hpp"

namespace linli::handlers {

using dialog::Answered;
using dialog::MessageKind;
using dialog::Turn;

namespace {

constexpr std::size_t page = 9;
constexpr Seconds round_open{2 * 3600};  // a round takes longer than a form
constexpr std::string_view ends[] = {"结束巡访", "走完了", "巡完了", "巡访结束", "转完了", "收工", "不走了"};
constexpr std::string_view fine_choice = "正常", found_choice = "有情况";

std::int64_t number_of(const std::string& text) {
  return text.empty() ? 0 : std::stoll(text);
}

}  // namespace

void PatrolHandler::begin(Turn& turn, const Site& site) {
  if (turn.dialog().topic == topic()) turn.leave();
  if (!duty_exists(site.area.id)) turn.say(patrol::no_duty, {{"where", site.area.name}});
  list(turn, site.area, turn.now(), patrol::round_list);
}

/// Of the site, what the sender may visit and nobody has visited since the round began.
PatrolHandler::Points PatrolHandler::left_of_round(Turn& turn, AreaId site, Time began) {
  Points left;
  for (Site& one : sites(turn)) {
    if (one.area.id != site) continue;
    for (Point& point : one.points) {
      bool since = point.last_at && *point.last_at >= began && point.last_by == turn.sender();
      if (!since) left.push_back(std::move(point));
    }
  }
  return left;
}

std::string PatrolHandler::line(Turn& turn, const Point& point) {
  std::string last = point.last_at ? turn.when(*point.last_at) + "去过" : "还没人去过";
  return fmt::format("{}：{}{}", point.name, last, point.due_at <= turn.now() ? "，该去了" : "");
}

void PatrolHandler::list(Turn& turn, const Area& site, Time began, dialog::TextId text) {
  auto left = left_of_round(turn, site.id, began);
  std::string lines, ids;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < left.size() && i < page; ++i) {
    lines += fmt::format("\n{} {}", i + 1, line(turn, left[i]));
    ids += fmt::format("{} ", left[i].id);
    names.push_back(left[i].name);
  }
  if (left.size() > page) lines += fmt::format("\n后面还有 {} 个", left.size() - page);
  turn.ask(topic(), "round", text,
           {{"where", site.name}, {"count", std::to_string(left.size())}, {"lines", lines}},
           std::move(names));
  turn.remember("site", std::to_string(site.id.value));
  turn.remember("began", std::to_string(began.time_since_epoch().count()));
  turn.remember("points", ids);
  turn.remember("point", "");
  turn.keep_dialog(round_open);
}

/// As they were listed: what the digits stand for.
PatrolHandler::Points PatrolHandler::listed(Turn& turn) {
  Points points;
  std::istringstream ids(turn.answer("points"));
  for (std::int64_t id = 0; ids >> id;) {
    if (auto point = l_.patrol.find(id)) points.push_back(std::move(*point));
  }
  return points;
}

const PatrolHandler::Point* PatrolHandler::by_code(Turn& turn, const Points& points) const {
  auto found = std::ranges::find_if(points, [&](const Point& point) {
    return !point.code_word.empty() && point.code_word == turn.message().normal;
  });
  return found == points.end() ? nullptr : &*found;
}

/// By the digits of the list, or by name; the only one left where nothing is said.
std::vector<const PatrolHandler::Point*> PatrolHandler::meant(const Points& points, std::string_view normal,
                                                              const community::RoundWords& said) const {
  std::vector<const Point*> found;
  for (int number : said.numbers) {
    if (number < 1 || static_cast<std::size_t>(number) > points.size()) return {};
    found.push_back(&points[static_cast<std::size_t>(number) - 1]);
  }
  if (!found.empty()) return found;
  for (const Point& point : points) {
    if (normal.find(point.name) != normal.npos) found.push_back(&point);
  }
  if (found.size() > 1) return {};
  if (found.empty() && said.fine && points.size() == 1) found.push_back(&points.front());
  return found;
}

void PatrolHandler::visit(Turn& turn, Point point, std::string_view how) {
  l_.patrol.visit(point, turn.sender(), turn.now(), how);
  settle_points(turn, site_of(point.area));
}

/// What was just ticked off, and what is left of the round.
void PatrolHandler::go_on(Turn& turn, const std::string& names) {
  AreaId site{number_of(turn.answer("site"))};
  Time began{Seconds{number_of(turn.answer("began"))}};
  auto area = l_.areas.find(site);
  if (!names.empty()) turn.say(patrol::visited, {{"names", names}});
  if (area && !left_of_round(turn, site, began).empty()) return list(turn, *area, began, patrol::round_on);
  turn.leave();
  turn.say(patrol::round_done,
           {{"where", area ? area->name : ""},
            {"took", dialog::duration_text(std::max(Seconds{60}, Seconds{turn.now() - began}))}});
}

Answered PatrolHandler::at_location(Turn& turn, const Points& points) {
  const auto& message = turn.message();
  const Point* nearest = nullptr;
  double least = 0;
  for (const Point& point : points) {
    double metres = community::distance_m({message.lat, message.lon}, point.place);
    if (nearest && metres - point.radius_m >= least) continue;
    nearest = &point;
    least = metres - point.radius_m;
  }
  if (!nearest) return Answered::not_understood;
  if (least > 0) {
    turn.say(patrol::too_far, {{"name", nearest->name},
                               {"metres", std::to_string(static_cast<int>(least) + nearest->radius_m)}});
    turn.keep_dialog(round_open);
    return Answered::taken;
  }
  visit(turn, *nearest, "location");
  go_on(turn, nearest->name);
  return Answered::taken;
}

Answered PatrolHandler::answer_round(Turn& turn) {
  const auto& message = turn.message();
  AreaId site{number_of(turn.answer("site"))};
  Time began{Seconds{number_of(turn.answer("began"))}};
  if (message.kind == MessageKind::location) return at_location(turn, left_of_round(turn, site, began));
  if (message.kind != MessageKind::text) return Answered::not_understood;
  const std::string& normal = message.normal;
  if (std::ranges::find(ends, normal) != std::end(ends)) {
    turn.leave();
    turn.say(patrol::round_left);
    return Answered::taken;
  }
  auto left = left_of_round(turn, site, began);
  if (const Point* here = by_code(turn, left)) {
    visit(turn, *here, "code");
    go_on(turn, here->name);
    return Answered::taken;
  }
  auto points = listed(turn);
  auto said = community::read_round_words(normal);
  auto chosen = meant(points, normal, said);
  bool finding = rules_.kind_in(normal) != nullptr;
  if (said.fine && chosen.empty()) {
    turn.say(patrol::which_point);
    return Answered::taken;
  }
  bool named_fine = chosen.size() == 1 && normal.ends_with("正常");
  if (said.fine || (named_fine && !finding)) {
    std::string names;
    for (const Point* point : chosen) {
      visit(turn, *point, "word");
      names += (names.empty() ? "" : "、") + point->name;
    }
    go_on(turn, names);
    return Answered::taken;
  }
  if (chosen.size() == 1 && (said.rest.empty() || said.rest == chosen.front()->name)) {
    turn.ask(topic(), "point", patrol::at_point, {{"name", chosen.front()->name}},
             {std::string(fine_choice), std::string(found_choice)});
    turn.remember("point", std::to_string(chosen.front()->id));
    return Answered::taken;
  }
  if (!finding) return Answered::not_understood;
  const Point* at = chosen.size() == 1 ? chosen.front() : nullptr;
  if (at) visit(turn, *at, "word");
  if (found(turn, at && !said.rest.empty() ? said.rest : message.text, at)) go_on(turn, at ? at->name : "");
  return Answered::taken;
}

Answered PatrolHandler::answer_point(Turn& turn) {
  auto point = l_.patrol.find(number_of(turn.answer("point")));
  if (!point) {
    turn.leave();
    return Answered::not_mine;
  }
  const auto& message = turn.message();
  if (message.kind == MessageKind::location) return at_location(turn, {*point});
  if (message.kind != MessageKind::text) return Answered::not_understood;
  auto said = community::read_round_words(message.normal);
  auto choice = turn.choice();
  bool code = by_code(turn, {*point}) != nullptr;
  if (code || said.fine || (choice && *choice == fine_choice)) {
    visit(turn, *point, code ? "code" : "word");
    go_on(turn, point->name);
    return Answered::taken;
  }
  if (choice) {
    visit(turn, *point, "word");
    ask_found(turn, &*point);
    return Answered::taken;
  }
  if (!rules_.kind_in(message.normal)) return Answered::not_understood;
  visit(turn, *point, "word");
  if (found(turn, message.text, &*point)) go_on(turn, point->name);
  return Answered::taken;
}

/// Outside a round: a location at a point, or its digits.
bool PatrolHandler::visit_alone(Turn& turn) {
  const auto& message = turn.message();
  for (const Site& site : sites(turn)) {
    const Point* here = message.kind == MessageKind::text ? by_code(turn, site.points) : nullptr;
    for (const Point& point : site.points) {
      bool located = message.kind == MessageKind::location &&
                     community::distance_m({message.lat, message.lon}, point.place) <= point.radius_m;
      if (located && !here) here = &point;
    }
    if (!here) continue;
    visit(turn, *here, message.kind == MessageKind::text ? "code" : "location");
    turn.say(patrol::visited_alone, {{"name", here->name}, {"where", site.area.name}});
    return true;
  }
  return false;
}

}  // namespace linli::handlers
