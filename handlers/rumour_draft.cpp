// The part of RumourReportHandler that asks for what is missing of a verdict or of a new story, one question
// at a time, shows what will happen and how many will hear of it, and does it when that is confirmed.
#include <charconv>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "bot/base/utf8.hpp"
#include "bot/community/validity_words.hpp"
#include "handlers/rumour_report.hpp"
#include "handlers/rumour_report_texts.hpp"

namespace linli::handlers {

using community::Verdict;
using community::VerdictOrder;
using dialog::Answered;
using dialog::MessageKind;
using dialog::Turn;
using dialog::Values;
using store::Claim;

namespace {

constexpr std::size_t longest_part = 500;  // characters
constexpr std::string_view no_clarification = "不用说明", usual_source = "就这样写", without_end = "长期有效";
constexpr std::string_view publish = "发布", not_now = "不发";

// A part that is known is kept with a mark, so that an empty one is known too.
void keep(Turn& turn, std::string_view key, std::string_view value) {
  turn.remember(key, "=" + std::string(value));
}
bool has(const Turn& turn, std::string_view key) {
  return !turn.answer(key).empty();
}
std::string kept(const Turn& turn, std::string_view key) {
  std::string value = turn.answer(key);
  return value.empty() ? value : value.substr(1);
}

std::int64_t number_of(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

void RumourReportHandler::begin_draft(Turn& turn, std::string_view kind) {
  if (turn.dialog().topic == topic()) turn.leave();
  turn.remember("draft", kind);
}

void RumourReportHandler::draft_verdict(Turn& turn, const Claim& claim, const VerdictOrder& order) {
  begin_draft(turn, "verdict");
  turn.remember("claim", std::to_string(claim.id.value));
  if (order.verdict != Verdict::none) {  // told in one line: only what was not understood is asked
    keep(turn, "clarification", order.clarification);
    keep(turn, "source", order.source);
    if (order.validity.empty()) keep(turn, "validity", "");
  }
  take_parts(turn, order);
  ask_next(turn);
}

/// "假 明天全区停水 澄清：没有停水计划 来源：供水站 有效到3月8日", or nothing: asked from the beginning.
void RumourReportHandler::begin_new(Turn& turn, std::string_view typed) {
  begin_draft(turn, "add");
  auto told = community::read_new_story(typed);
  if (!told.story.empty() && !take_new_story(turn, told.story)) return;
  take_parts(turn, told.order);
  ask_next(turn);
}

/// What an order says; a validity that names no time, or one that has passed, is asked for.
void RumourReportHandler::take_parts(Turn& turn, const VerdictOrder& order) {
  if (order.verdict != Verdict::none) keep(turn, "verdict", community::name(order.verdict));
  if (!order.clarification.empty()) keep(turn, "clarification", order.clarification);
  if (!order.source.empty()) keep(turn, "source", order.source);
  if (order.validity.empty()) return;
  auto read = community::read_validity(normalise(order.validity), turn.zone(), turn.now());
  if (!read.understood) return;
  keep(turn, "validity", read.until ? std::to_string(read.until->time_since_epoch().count()) : "");
}

/// False, and said so, if the story is known already or plays where others decide.
bool RumourReportHandler::take_new_story(Turn& turn, std::string_view story) {
  auto place = areas_.find_in_text(normalise(story)).area;
  AreaId area = place && place->kind >= community::AreaKind::community ? place->id : AreaId{};
  if (!area && !may_curate(turn, district())) area = own_area(turn);
  if (!may_curate(turn, area ? area : district())) {
    turn.leave();
    turn.say(rumour::place_refused, {{"area", areas_.building_text(own_area(turn))}});
    return false;
  }
  if (auto known = claims_.match(community::read_story(story))) {
    if (turn.dialog().topic == topic()) turn.leave();
    Values said = values(turn, *known);
    said.emplace_back("state", state_text(turn, *known));
    turn.say(rumour::story_known, said);
    return false;
  }
  keep(turn, "story", story);
  turn.remember("area", std::to_string(area.value));
  return true;
}

/// The place that the sender's office is for, the widest if there are several.
AreaId RumourReportHandler::own_area(Turn& turn) {
  AreaId widest;
  std::size_t depth = 0;
  for (const auto& held : appointments_.of_person(turn.sender(), turn.now())) {
    auto chain = areas_.chain(held.area);
    if (!may_curate(turn, held.area) || (widest && chain.size() >= depth)) continue;
    widest = held.area;
    depth = chain.size();
  }
  return widest;
}

Claim RumourReportHandler::drafted(Turn& turn) {
  Claim claim;
  if (turn.answer("draft") == "add") {
    claim.text = kept(turn, "story");
    claim.area = AreaId{number_of(turn.answer("area"))};
    claim.created_at = turn.now();
  } else {
    claim = claims_.find_standing(ClaimId{number_of(turn.answer("claim"))}).value_or(Claim{});
  }
  return claim;
}

void RumourReportHandler::ask_next(Turn& turn) {
  bool adds = turn.answer("draft") == "add";
  if (adds && !has(turn, "story")) return turn.ask(topic(), "new_story", rumour::ask_new_story);
  Claim claim = drafted(turn);
  Values said = values(turn, claim);
  said.emplace_back(
      "what", (adds ? std::string("这条") : label(claim) + " 号传言") + "“" + rumour::story_of(claim) + "”");
  if (!has(turn, "verdict"))
    return turn.ask(topic(), "verdict", rumour::ask_verdict, said,
                    {"不实", "属实", "有误导", "暂时无法核实"});
  if (!has(turn, "clarification"))
    return turn.ask(topic(), "clarification", rumour::ask_clarification, said,
                    {std::string(no_clarification)});
  said.emplace_back("usual", source_of(turn, claim.area));
  if (!has(turn, "source"))
    return turn.ask(topic(), "source", rumour::ask_source, said, {std::string(usual_source)});
  if (!has(turn, "validity"))
    return turn.ask(topic(), "validity", rumour::ask_validity, said, {std::string(without_end)});
  preview(turn);
}

void RumourReportHandler::preview(Turn& turn) {
  bool adds = turn.answer("draft") == "add";
  Claim claim = drafted(turn);
  claim.verdict = community::verdict(kept(turn, "verdict")).value_or(Verdict::none);
  claim.clarification = kept(turn, "clarification");
  claim.source = kept(turn, "source");
  if (claim.source.empty()) claim.source = source_of(turn, claim.area);
  claim.valid_until.reset();
  if (auto until = number_of(kept(turn, "validity"))) claim.valid_until = Time{Seconds{until}};
  Values said = values(turn, claim);
  AreaId where = claim.area ? claim.area : district();
  said.emplace_back("area", areas_.building_text(where));
  said.emplace_back("count", adds ? "0" : std::to_string(hearers(turn, claim, claim.verdict)));
  turn.ask(topic(), "confirm", adds ? rumour::new_preview : rumour::verdict_preview, said,
           {std::string(publish), std::string(not_now)});
}

Answered RumourReportHandler::answer_draft(Turn& turn) {
  const auto& message = turn.message();
  if (message.kind != MessageKind::text) return Answered::not_understood;
  bool verdict = turn.dialog().step == "verdict" && community::verdict_said(message.text) != Verdict::none;
  if (verdict) return answer_verdict(turn);
  // Another order of this topic in the middle of one: it comes instead.
  auto command = turn.words().command(message.normal);
  auto own = commands();
  if (command && std::ranges::find(own, command->id) != own.end() && (command->number || command->exact)) {
    auto before = turn.dialog();
    turn.leave();
    if (this->command(turn, *command)) return Answered::taken;
    turn.mutable_dialog() = before;
  }
  const std::string step = turn.dialog().step;
  if (step == "confirm") return answer_confirm(turn);
  if (step == "verdict") return answer_verdict(turn);
  return answer_part(turn);
}

Answered RumourReportHandler::answer_verdict(Turn& turn) {
  constexpr Verdict offered[] = {Verdict::not_true, Verdict::is_true, Verdict::misleading, Verdict::unproven};
  VerdictOrder order = community::read_verdict_order(turn.message().text);
  if (auto choice = turn.choice()) {
    order = {};
    for (Verdict one : offered) {
      if (community::title(one) == *choice) order.verdict = one;
    }
  }
  if (order.verdict == Verdict::none) return Answered::not_understood;
  take_parts(turn, order);
  ask_next(turn);
  return Answered::taken;
}

Answered RumourReportHandler::answer_part(Turn& turn) {
  const std::string step = turn.dialog().step;
  const std::string& text = turn.message().text;
  const std::size_t length = utf8_length(text);
  auto choice = turn.choice();
  bool digits = text.find_first_not_of("0123456789 ") == text.npos;
  if (step == "validity") {
    auto read = community::read_validity(turn.message().normal, turn.zone(), turn.now());
    if (!choice && !read.understood) return Answered::not_understood;
    keep(turn, "validity",
         choice || !read.until ? "" : std::to_string(read.until->time_since_epoch().count()));
    ask_next(turn);
    return Answered::taken;
  }
  if (!choice && (digits || length < 2 || length > longest_part)) return Answered::not_understood;
  if (step == "new_story") {
    auto told = community::read_new_story(text);
    if (community::read_story(told.story).skeleton.size() < 4) return Answered::not_understood;
    if (!take_new_story(turn, told.story)) return Answered::taken;
    take_parts(turn, told.order);
  } else if (step == "clarification" && !choice) {
    VerdictOrder order = community::read_parts(text);
    keep(turn, "clarification", order.clarification);
    take_parts(turn, order);
  } else {
    keep(turn, step, choice ? std::string_view() : std::string_view(text));
  }
  ask_next(turn);
  return Answered::taken;
}

Answered RumourReportHandler::answer_confirm(Turn& turn) {
  const auto& normal = turn.message().normal;
  const auto& choices = turn.dialog().choices;
  auto choice = turn.choice();
  bool agreed = choice == choices.front() || turn.words().is_command("yes", normal);
  bool refused = choice == choices.back() || turn.words().is_command("no", normal);
  if (!agreed && !refused) return Answered::not_understood;
  if (agreed) {
    carry_out(turn);
  } else {
    turn.leave();
    turn.say(rumour::left_as_it_is);
  }
  return Answered::taken;
}

/// Looked at once more: the question may be old, an office may have ended, another may have been quicker.
void RumourReportHandler::carry_out(Turn& turn) {
  const std::string kind = turn.answer("draft");
  Claim claim = drafted(turn);
  VerdictOrder order;
  order.verdict = community::verdict(kept(turn, "verdict")).value_or(Verdict::none);
  order.clarification = kept(turn, "clarification");
  order.source = kept(turn, "source");
  std::optional<Time> until;
  if (auto seconds = number_of(kept(turn, "validity"))) until = Time{Seconds{seconds}};
  auto other = claims_.find_standing(ClaimId{number_of(turn.answer("other"))});
  turn.leave();
  if (kind == "add") {
    if (!may_curate(turn, claim.area ? claim.area : district())) return turn.say(rumour::refused);
    claim.verdict = order.verdict;
    claim.clarification = order.clarification;
    claim.source = order.source.empty() ? source_of(turn, claim.area) : order.source;
    claim.valid_until = until;
    return add_claim(turn, claim);
  }
  if (!claim.id || !may_decide(turn, claim)) return turn.say(rumour::refused);
  if (kind == "verdict") return settle(turn, claim, order, until);
  if (kind == "withdraw" && claim.verdict != Verdict::none && !claim.withdrawn_at)
    return withdraw(turn, claim);
  if (kind == "merge" && other && other->id != claim.id && may_decide(turn, *other))
    return merge(turn, std::move(claim), std::move(*other));
  turn.say(rumour::left_as_it_is);
}

void RumourReportHandler::add_claim(Turn& turn, const Claim& made) {
  Claim claim = made;
  claim.decided_at = turn.now();
  if (auto known = claims_.same(community::read_story(claim.text))) {  // somebody was quicker
    Values said = values(turn, *known);
    said.emplace_back("state", state_text(turn, *known));
    return turn.say(rumour::story_known, said);
  }
  claims_.add(claim);
  turn.say(rumour::added, values(turn, claim));
}

}  // namespace linli::handlers
