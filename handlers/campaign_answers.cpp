// Residents first: what they are asked, one question at a time, what is filled in from what they have said
// before, and their objections to what others entered for them.
#include <algorithm>
#include <fmt/format.h>
#include <sstream>

#include "handlers/campaign.hpp"
#include "handlers/campaign_texts.hpp"
#include "handlers/command_rest.hpp"

namespace linli::handlers {

namespace text = campaign;
using community::CampaignState;
using dialog::Answered;
using dialog::Turn;
using store::ConsentLedger;

/// The confirmed home, or the one the person has said to live in.
AreaId CampaignHandler::home_of(Turn& turn) {
  return turn.me().home ? turn.me().home : l_.members.claimed_home(turn.sender());
}

std::vector<const community::CampaignQuestion*> CampaignHandler::missing(Turn& turn, const Kind& kind,
                                                                         AreaId household) {
  std::vector<const Question*> open;
  for (const Question& question : kind.questions) {
    Time since = turn.now() - question.valid;
    if (l_.answers.newest(household, question.id, since) || known_from(turn, question, household)) continue;
    open.push_back(&question);
  }
  return open;
}

/// From the list of members, or from a check-in that is not too old.
std::optional<std::string> CampaignHandler::known_from(Turn& turn, const Question& question,
                                                       AreaId household) {
  if (question.from == Question::From::members) {
    if (int count = l_.answers.members(household); count > 0) return std::to_string(count);
  }
  if (question.from == Question::From::checkin) {
    auto since = turn.zone().iso_day(turn.zone().day(turn.now() - question.valid));
    if (l_.answers.fine_since(household, since) == true) return question.fine;
  }
  return std::nullopt;
}

void CampaignHandler::fill_in(Turn& turn, const Campaign& campaign, const Kind& kind, AreaId household) {
  for (const Question& question : kind.questions) {
    if (l_.answers.newest(household, question.id, turn.now() - question.valid)) continue;
    if (auto value = known_from(turn, question, household))
      l_.answers.add({household, question.id, *value, turn.now(), {}, {}, campaign.id});
  }
}

/// "排查" of a resident.
void CampaignHandler::speak(Turn& turn) {
  const Kind* kind = rules_.named(turn.message().normal);
  AreaId household = home_of(turn);
  if (!household) return turn.say(text::no_home);
  std::optional<Campaign> campaign;
  for (const Campaign& one : l_.campaigns.around(household)) {
    if ((!kind || one.kind == kind->id) && l_.campaigns.includes(one, household)) campaign = one;
  }
  if (!campaign) return turn.say(text::none_for_you, {{"kind", kind ? kind->name : "登记"}});
  const Kind* running = rules_.of(campaign->kind);
  if (!running || !running->ask_residents) return turn.say(text::not_asked, {{"kind", name_of(*campaign)}});
  bool again = turn.message().normal.ends_with("改");
  if (turn.message().normal.ends_with("不答")) return refuse(turn, *campaign, household);
  auto entry = l_.campaigns.of(campaign->id, household);
  bool own_word = entry && entry->state == CampaignState::done && entry->via != "staff";
  // Whether the household has answered is told to its own people only.
  if (own_word && !again && turn.me().home == household)
    return turn.say(text::said_already, {{"kind", running->name}, {"when", turn.when(entry->at)}});
  ask_household(turn, *campaign, household, again);
}

void CampaignHandler::ask_household(Turn& turn, const Campaign& campaign, AreaId household, bool again) {
  const Kind* kind = rules_.of(campaign.kind);
  if (!kind) return turn.say(text::none_for_you, {{"kind", name_of(campaign)}});
  std::vector<const Question*> open = missing(turn, *kind, household);
  bool filled = open.size() < kind->questions.size() && !again;
  if (again) {
    open.clear();
    for (const Question& question : kind->questions) open.push_back(&question);
  }
  std::string ids;
  bool health = false;
  for (const Question* question : open) {
    ids += (ids.empty() ? "" : " ") + question->id;
    health |= question->health;
  }
  if (open.empty()) return finished(turn, campaign, household);
  bool agreed =
      l_.consents.holds(turn.sender(), ConsentLedger::health, ConsentLedger::health_version, turn.now());
  auto keep = [&] {
    turn.remember("campaign", std::to_string(campaign.id));
    turn.remember("household", std::to_string(household.value));
    turn.remember("open", ids);
    turn.remember("filled", filled ? "1" : "");
  };
  keep();
  if (health && !agreed) {
    turn.ask(topic(), "consent", text::ask_consent, {}, {"同意", "不同意"});
    return keep();
  }
  ask_next(turn);
}

Answered CampaignHandler::answer_consent(Turn& turn) {
  auto choice = turn.choice();
  const auto& normal = turn.message().normal;
  bool yes = (choice && *choice == "同意") || turn.words().is_command("consent", normal);
  bool no = (choice && *choice == "不同意") || turn.words().is_command("refuse_consent", normal);
  if (yes == no) return Answered::not_understood;
  if (yes) {
    l_.consents.grant(turn.sender(), {std::string(ConsentLedger::health),
                                      std::string(ConsentLedger::health_version),
                                      {},
                                      turn.now(),
                                      std::nullopt});
  } else {  // what is no health question is asked all the same
    auto campaign = l_.campaigns.find(std::stoll(turn.answer("campaign")));
    const Kind* kind = campaign ? rules_.of(campaign->kind) : nullptr;
    std::istringstream ids(turn.answer("open"));
    std::string rest;
    for (std::string id; kind && ids >> id;) {
      auto question = std::ranges::find(kind->questions, id, &Question::id);
      if (question != kind->questions.end() && !question->health) rest += (rest.empty() ? "" : " ") + id;
    }
    turn.remember("open", rest);
    turn.say(text::consent_refused);
  }
  ask_next(turn);
  return Answered::taken;
}

/// The first of the open questions; with none left the household is done.
void CampaignHandler::ask_next(Turn& turn) {
  auto campaign = l_.campaigns.find(std::stoll(turn.answer("campaign")));
  AreaId household{std::stoll(turn.answer("household"))};
  const Kind* kind = campaign ? rules_.of(campaign->kind) : nullptr;
  std::string open = turn.answer("open"), filled = turn.answer("filled");
  auto question = kind ? std::ranges::find(kind->questions, open.substr(0, open.find(' ')), &Question::id)
                       : std::vector<Question>::const_iterator{};
  if (!kind || campaign->closed_at) {
    turn.leave();
    return turn.say(text::none_for_you, {{"kind", campaign ? name_of(*campaign) : "登记"}});
  }
  if (open.empty() || question == kind->questions.end()) {
    turn.leave();
    finished(turn, *campaign, household);
    if (!filled.empty()) turn.say(text::filled_in);
    return;
  }
  std::string choices;
  for (std::size_t i = 0; i < question->choices.size(); ++i)
    choices += fmt::format("\n{} {}", i + 1, question->choices[i]);
  std::string hint = question->kind == Question::Kind::choice
                         ? fmt::format("回 1 到 {} 里的一个数字", question->choices.size())
                     : question->kind == Question::Kind::number
                         ? fmt::format("回一个数，{} 到 {}", question->least, question->most)
                         : "写一句话就行";
  turn.ask(topic(), "question", text::question,
           {{"question", question->ask}, {"choices", choices}, {"hint", hint}}, question->choices);
  turn.remember("campaign", std::to_string(campaign->id));
  turn.remember("household", std::to_string(household.value));
  turn.remember("open", open);
  turn.remember("filled", filled);
}

Answered CampaignHandler::answer_question(Turn& turn) {
  auto campaign = l_.campaigns.find(std::stoll(turn.answer("campaign")));
  const Kind* kind = campaign ? rules_.of(campaign->kind) : nullptr;
  AreaId household{std::stoll(turn.answer("household"))};
  std::string open = turn.answer("open");
  auto blank = open.find(' ');
  auto question = kind ? std::ranges::find(kind->questions, open.substr(0, blank), &Question::id)
                       : std::vector<Question>::const_iterator{};
  if (kind && !campaign->closed_at && question != kind->questions.end()) {
    auto chosen = turn.choice();
    auto value = community::read_campaign_answer(*question, chosen ? *chosen : turn.message().normal);
    if (!value) return Answered::not_understood;
    take_answer(turn, *campaign, *question, household, *value, turn.sender());
    turn.remember("open", blank == open.npos ? "" : open.substr(blank + 1));
  }
  ask_next(turn);
  return Answered::taken;
}

/// Kept; an answer that somebody must hear of becomes a task at once.
void CampaignHandler::take_answer(Turn& turn, const Campaign& campaign, const Question& question,
                                  AreaId household, const std::string& value, PersonId said_by) {
  l_.answers.add({household, question.id, value, turn.now(), said_by, turn.sender(), campaign.id});
  if (std::ranges::find(question.report_when, value) == question.report_when.end()) return;
  PersonId reporter = said_by;
  auto people = l_.people.find_by_home(household);
  if (!reporter && !people.empty()) reporter = people.front();
  auto task = desk_.open(turn, {.kind = question.report_to,
                                .area = household,
                                .household = household,
                                .reporter = reporter,
                                .text = name_of(campaign) + "：" + value});
  turn.say(text::reported, {{"value", value}, {"number", std::to_string(task.number)}});
}

void CampaignHandler::finished(Turn& turn, const Campaign& campaign, AreaId household) {
  if (const Kind* kind = rules_.of(campaign.kind)) fill_in(turn, campaign, *kind, household);
  l_.campaigns.set(campaign.id,
                   {household, CampaignState::done, turn.now(), turn.sender(), turn.sender(), "self", {}});
  settle(turn, campaign, household);
  turn.say(text::thanks, {{"kind", name_of(campaign)}});
}

void CampaignHandler::refuse(Turn& turn, const Campaign& campaign, AreaId household) {
  l_.campaigns.set(campaign.id,
                   {household, CampaignState::refused, turn.now(), turn.sender(), turn.sender(), "self", {}});
  settle(turn, campaign, household);
  turn.say(text::refusal_noted, {{"kind", name_of(campaign)}});
}

/// 0 objects to what was entered. An invitation takes no digits: it may lie there for days, and would make
/// every other question's digits doubtful.
void CampaignHandler::answer_ask(Turn& turn, std::int64_t ref, std::string_view) {
  auto campaign = l_.campaigns.find(std::abs(ref));
  if (campaign) object(turn, *campaign);
}

/// What was entered for the sender's household last and may be objected to; none if that was a check-in.
std::optional<store::Campaign> CampaignHandler::objectable(Turn& turn) {
  for (const auto& ask : turn.around().asks.open(turn.sender(), turn.now())) {
    if (ask.topic == topic() && ask.ref < 0) return l_.campaigns.find(-ask.ref);
    if (ask.topic == "health_checkin" && ask.ref < 0) break;
  }
  return std::nullopt;
}

void CampaignHandler::object(Turn& turn, const Campaign& campaign) {
  turn.around().asks.drop_all(topic(), -campaign.id);
  AreaId household = home_of(turn);
  auto entry = household ? l_.campaigns.of(campaign.id, household) : std::nullopt;
  if (!entry || entry->via != "staff" || campaign.closed_at)
    return turn.say(text::none_for_you, {{"kind", name_of(campaign)}});
  std::string said(community::title(entry->state));
  l_.campaigns.set(
      campaign.id,
      {household, CampaignState::not_yet, turn.now(), turn.sender(), turn.sender(), "objection", {}});
  settle(turn, campaign, household);
  auto task = desk_.open(turn, {.kind = community::TaskKind::objection,
                                .area = household,
                                .household = household,
                                .reporter = turn.sender(),
                                .text = fmt::format("住户说{}记的“{}”不对", name_of(campaign), said)});
  turn.say(text::objected,
           {{"kind", name_of(campaign)}, {"state", said}, {"number", std::to_string(task.number)}});
  const Kind* kind = rules_.of(campaign.kind);
  if (kind && kind->ask_residents) ask_household(turn, campaign, household, true);
}

}  // namespace linli::handlers
