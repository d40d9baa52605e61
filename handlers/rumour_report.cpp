#include "handlers/rumour_report.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "bot/base/utf8.hpp"
#include "bot/community/mask.hpp"
#include "handlers/command_rest.hpp"
#include "handlers/plain_wish.hpp"
#include "handlers/rumour_report_texts.hpp"

namespace linli::handlers {

using community::AreaKind;
using community::Task;
using community::TaskKind;
using dialog::Answered;
using dialog::MessageKind;
using dialog::Turn;
using store::Claim;

namespace {

constexpr std::size_t least_characters = 3;  // fewer tell nobody what is meant
using rumour::to_reviewer;
constexpr std::size_t longest_kept = 2000;                            // characters of a forwarded post
constexpr std::size_t longest_shown = 200;                            // of it to whoever verifies it
constexpr std::int64_t tell_at[] = {5, 20, 50, 100, 200, 500, 1000};  // reviewers hear how a story spreads

/// Too few characters for a long story, without reading it: only a numeral ("三百") can become longer.
bool plainly_short(std::string_view normal) {
  bool grows = std::ranges::any_of(std::array<std::string_view, 6>{"十", "百", "千", "万", "亿", "两"},
                                   [&](std::string_view word) { return normal.find(word) != normal.npos; });
  community::Story longest;
  longest.skeleton.assign(utf8_length(normal), U'x');
  return !grows && longest.is_short();
}

std::string link_text(const dialog::Message& message) {
  std::string text = message.title;
  if (!message.description.empty() && message.description != message.title)
    text += "。" + message.description;
  return text;
}

}  // namespace

bool RumourReportHandler::is_told(const community::Story& story) {
  return story.skeleton.size() >= least_characters;
}

std::vector<dialog::Step> RumourReportHandler::steps() const {
  return {{"story", rumour::story_help},         {"content", rumour::content_help},
          {"same", rumour::same_help},           {"verdict", rumour::verdict_help},
          {"new_story", rumour::new_story_help}, {"clarification", rumour::clarification_help},
          {"source", rumour::source_help},       {"validity", rumour::validity_help},
          {"confirm", rumour::confirm_help}};
}

std::vector<dialog::TextId> RumourReportHandler::texts() const {
  return {std::begin(rumour::all), std::end(rumour::all)};
}

bool RumourReportHandler::fits(Turn& turn) {
  const auto& message = turn.message();
  if (message.kind == MessageKind::link) return true;
  if (message.kind == MessageKind::image) {  // a photo of what an open request is about is the request's
    auto open = desk_.tasks().open_of_reporter(turn.sender());
    return std::ranges::none_of(open, [](const Task& task) { return task.kind == TaskKind::help; });
  }
  if (message.kind != MessageKind::text) return false;
  auto order = community::read_verdict_order(message.text);
  if (order.number && order.verdict != community::Verdict::none) {
    auto task = review(*order.number);
    auto claim = task ? claim_of(*task) : std::nullopt;
    if (claim && may_decide(turn, *claim)) return true;
  }
  if (is_known_story(turn)) return true;
  const auto& words = turn.words();
  if (words.mentions("cue", message.normal) || community::find_url(message.text)) return true;
  bool passed_on = words.mentions("hearsay", message.normal) || words.mentions("chain", message.normal);
  if (passed_on && (!words.help_category(message.normal) || plain_wish(message) == topic())) return true;
  if (plainly_short(message.normal)) return false;
  auto story = community::read_story(message.normal);
  return !story.is_short() && claims_.same(story);  // pasted without a word
}

void RumourReportHandler::start(Turn& turn) {
  if (turn.message().kind == MessageKind::text) {
    auto order = community::read_verdict_order(turn.message().text);
    bool whole = order.number && order.verdict != community::Verdict::none;
    auto task = whole ? review(*order.number) : std::nullopt;
    auto claim = task ? claim_of(*task) : std::nullopt;
    if (claim && may_decide(turn, *claim)) {
      decide(turn, order);
      return;
    }
  }
  take_message(turn);
}

bool RumourReportHandler::wish(Turn& turn, std::string_view) {
  take_message(turn);
  return true;
}

bool RumourReportHandler::command(Turn& turn, const dialog::Command& command) {
  if (command.id.starts_with("claim_") || command.id == "gate_fix") return curate(turn, command);
  if (command.id == "rumour" && curates(turn)) {
    bool of_one = command.number ? command.rest.empty() : claim_called(command.rest).has_value();
    if (command.exact || of_one) return curate(turn, command);
  }
  if (command.id == "done") {
    auto task = command.number ? review(*command.number) : std::nullopt;
    auto mine = reviews_of(turn.sender());
    if (!command.number && mine.size() == 1 && desk_.tasks().owned(turn.sender()).size() == 1)
      task = mine.front();
    auto claim = task ? claim_of(*task) : std::nullopt;
    if (!claim || !may_decide(turn, *claim)) return false;
    auto order = community::read_verdict_order(turn.message().text);
    order.number = task->number;
    return decide(turn, order);
  }
  if (command.id == "verdict" && !command.number && !command.rest.empty() && curates(turn)) {
    // 核实 C05 假: one that nobody had to verify has a code instead of a number.
    std::string typed = typed_behind(turn.message().text, command.rest);
    auto end = std::min(typed.find_first_of(" ,:"), typed.size());
    auto claim = claim_called(typed.substr(0, end));
    if (claim && may_decide(turn, *claim))
      return decide_on(turn, *claim, community::read_verdict_order(typed.substr(end)));
  }
  if (turn.message().kind == MessageKind::text && !command.exact) {
    auto order = community::read_verdict_order(turn.message().text);
    bool has_verdict = order.verdict != community::Verdict::none;
    bool staff = is_staff(turn);
    bool an_order = (order.number && has_verdict) ||
                    (staff && command.id == "verdict" && (order.number || has_verdict)) ||
                    (staff && command.id == "verdict" && !reviews_of(turn.sender()).empty());
    if (an_order) return decide(turn, order);
  }
  if (command.id == "verdict" && command.exact) return is_staff(turn) && decide(turn, {});
  if (command.exact) {
    turn.ask(topic(), "story", rumour::story);
  } else {
    take_message(turn);
  }
  return true;
}

Answered RumourReportHandler::answer(Turn& turn) {
  const std::string& step = turn.dialog().step;
  if (step == "content") return answer_while_reading(turn);
  if (step == "same") return answer_same(turn);
  if (step == "story") return answer_story(turn);
  return answer_draft(turn);
}

Answered RumourReportHandler::answer_story(Turn& turn) {
  const auto& message = turn.message();
  if (message.kind == MessageKind::link || message.kind == MessageKind::image) {
    take_message(turn);
    return Answered::taken;
  }
  if (message.kind != MessageKind::text) return Answered::not_understood;
  const auto& words = turn.words();
  if (words.is_command("rumour", message.normal)) return Answered::not_understood;  // has asked already
  bool asks_help = words.help_category(message.normal) && words.mentions("asking", message.normal);
  if (asks_help && !words.mentions("cue", message.normal)) return Answered::not_mine;
  if (!is_told(community::read_story(message.normal)) && !community::find_url(message.text)) {
    return Answered::not_understood;
  }
  take_message(turn);
  return Answered::taken;
}

Answered RumourReportHandler::answer_content(Turn& turn) {
  Report report{turn.message().text, turn.answer("url"), turn.answer("media")};
  auto choice = turn.choice();
  bool unknown =
      choice == to_reviewer || turn.message().normal == "不知道" || turn.message().normal == "说不清";
  if (unknown) {
    report.text = report.url.empty() ? "（一张图片，没有说明）" : "（一个链接，没有说明）" + report.url;
    open_new(turn, report, {district(), {}, false});
    return Answered::taken;
  }
  if (turn.message().kind != MessageKind::text || choice) return Answered::not_understood;
  if (!is_told(community::read_story(turn.message().normal))) return Answered::not_understood;
  take(turn, report);
  return Answered::taken;
}

/// What came in: a link by its title, a picture by a question, a text by its words and the address in it.
void RumourReportHandler::take_message(Turn& turn) {
  const auto& message = turn.message();
  if (message.kind == MessageKind::image && message.readable) return give_to_read(turn);
  if (message.kind == MessageKind::image) return ask_content(turn, {{}, {}, message.media_id});
  if (message.kind == MessageKind::link)
    return take(turn, {link_text(message), community::url_identity(message.url), {}});
  auto url = community::find_url(message.text);
  take(turn, {message.text, url ? community::url_identity(*url) : std::string(), {}});
}

void RumourReportHandler::take(Turn& turn, const Report& report) {
  auto story = community::read_story(report.text);
  if (report.url.empty() && !is_told(story)) return turn.ask(topic(), "story", rumour::story);
  Where where = locate(turn, report.text);
  Known found = known(turn, report, where);
  if (found.sure && found.sure->answered(turn.now())) return answer_known(turn, *found.sure);
  if (found.sure) return join(turn, *found.sure, where);
  if (!is_told(story)) return ask_content(turn, report);
  if (!found.maybe.empty()) return ask_which(turn, report, found.maybe);
  open_new(turn, report, where);
}

void RumourReportHandler::ask_content(Turn& turn, const Report& report) {
  turn.remember("url", report.url);
  turn.remember("media", report.media);
  turn.ask(topic(), "content", report.url.empty() ? rumour::picture : rumour::link, {},
           {std::string(to_reviewer)});
}

void RumourReportHandler::answer_known(Turn& turn, const Claim& claim) {
  claims_.report(claim.id, turn.sender(), turn.now());
  claims_.set_told(claim.id, turn.sender(), claim.verdict, turn.now());
  if (turn.dialog().topic == topic()) turn.leave();
  turn.say(rumour::verdict, values(turn, claim));
}

/// The story is being checked: one more who wants to know. One whose verdict has lapsed or was taken back is
/// checked anew.
void RumourReportHandler::join(Turn& turn, Claim claim, const Where& where) {
  if (!claim.open()) {
    claim.verdict = community::Verdict::none;
    claim.clarification.clear();
    claim.source.clear();
    claim.valid_until.reset();
    claim.decided_at.reset();
    claim.withdrawn_at.reset();
    claims_.save(claim);
  }
  bool first = claims_.report(claim.id, turn.sender(), turn.now());
  auto task = claim.task ? desk_.tasks().find(claim.task) : std::nullopt;
  if (!task || task->state == community::TaskState::closed) {
    Report report{claim.text, {}, {}};
    task = open_review(turn, claim, report, claim.area ? Where{claim.area, {}, true} : where);
  }
  auto count = claims_.count(claim.id);
  if (first) tell_reviewers(turn, claim, *task, count);
  if (turn.dialog().topic == topic()) turn.leave();
  turn.say(rumour::joined, {{"count", std::to_string(count)},
                            {"number", std::to_string(task->number)},
                            {"who", who_checks(turn, *task)},
                            {"when", turn.when(turn.around().quiet.end(checked_by(*task)))}});
}

void RumourReportHandler::open_new(Turn& turn, const Report& report, const Where& where) {
  Claim claim;
  claim.text = community::brief(report.text, longest_kept);
  claim.area = where.local ? where.area : AreaId{};
  claim.created_at = turn.now();
  claims_.add(claim, where.scope);
  claims_.add_url(claim.id, report.url);
  claims_.report(claim.id, turn.sender(), turn.now());
  Task task = open_review(turn, claim, report, where);
  if (turn.dialog().topic == topic()) turn.leave();
  turn.say(rumour::taken, {{"number", std::to_string(task.number)},
                           {"who", who_checks(turn, task)},
                           {"when", turn.when(turn.around().quiet.end(checked_by(task)))}});
}

Task RumourReportHandler::open_review(Turn& turn, Claim& claim, const Report& report, const Where& where) {
  dialog::NewTask wanted{.kind = TaskKind::rumour_review,
                         .area = where.area,
                         .reporter = turn.sender(),
                         .text = community::brief(report.text, longest_shown),
                         .at_once = true};
  wanted.data["claim"] = std::to_string(claim.id.value);
  if (!report.media.empty()) wanted.data["media"] = report.media;
  Task task = desk_.open(turn, std::move(wanted));
  claim.task = task.id;
  claims_.save(claim);
  return task;
}

void RumourReportHandler::tell_reviewers(Turn& turn, const Claim& claim, const Task& task,
                                         std::int64_t count) {
  if (std::ranges::find(tell_at, count) == std::end(tell_at)) return;
  auto people = desk_.tasks().offered_to(task.id);
  if (task.owner) people.push_back(task.owner);
  auto span = std::chrono::duration_cast<Seconds>(turn.now() - task.opened_at);
  for (PersonId person : people) {
    turn.tell(person, rumour::spreading,
              {{"number", std::to_string(task.number)},
               {"count", std::to_string(count)},
               {"span", dialog::duration_text(span)},
               {"story", community::brief(claim.text, 30)}},
              {.dedupe = fmt::format("claim:{}:count:{}:{}", claim.id.value, count, person.value),
               .task = task.id});
  }
}

/// The role that is asked: who has the task, or the first who was offered it.
std::string RumourReportHandler::who_checks(Turn& turn, const Task& task) {
  auto offered = desk_.tasks().offered_to(task.id);
  PersonId person = task.owner ? task.owner : offered.empty() ? PersonId{} : offered.front();
  if (!person) return "值班人员";
  const auto& levels = desk_.policies().of(TaskKind::rumour_review).levels;
  for (const auto& appointment : appointments_.of_person(person, turn.now())) {
    bool asked =
        std::ranges::any_of(levels, [&](const auto& level) { return level.role == appointment.role; });
    if (asked) return std::string(community::title(appointment.role));
  }
  return "值班人员";
}

/// When the next level hears of it if there is no verdict.
Time RumourReportHandler::checked_by(const Task& task) const {
  const auto& policy = desk_.policies().of(TaskKind::rumour_review);
  if (task.accepted_at)
    return *task.accepted_at + policy.remind_every * std::max(1, policy.reminders_before_climb);
  return task.offered_at.value_or(task.opened_at) + policy.accept_within;
}

}  // namespace linli::handlers
