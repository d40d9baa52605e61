#include "handlers/campaign.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <sstream>

#include "bot/base/text.hpp"
#include "bot/community/level_rules.hpp"
#include "handlers/campaign_texts.hpp"
#include "handlers/command_rest.hpp"
#include "handlers/place.hpp"

namespace linli::handlers {

namespace text = campaign;
using community::AreaKind;
using community::CampaignState;
using community::Role;
using dialog::Answered;
using dialog::TextId;
using dialog::Turn;
using dialog::Values;

namespace {

constexpr std::string_view begin_it = "开始", leave_it = "先不开";

std::vector<std::string> pieces(std::string_view words) {
  std::string spaced(words);
  std::ranges::replace(spaced, ',', ' ');
  std::istringstream in(spaced);
  std::vector<std::string> found;
  for (std::string one; in >> one;) found.push_back(one);
  return found;
}

bool has(std::string_view text, std::string_view word) {
  return text.find(word) != text.npos;
}

/// "到3月5日", "3天内": says until when, and no place.
bool names_a_day(std::string_view piece) {
  return piece.starts_with("到") || piece.starts_with("截止") || has(piece, "月") || has(piece, "天内") ||
         piece == "今天" || piece == "明天" || piece == "后天";
}

}  // namespace

std::vector<dialog::Step> CampaignHandler::steps() const {
  return {{"detail", text::detail_help},
          {"preview", text::preview_help},
          {"consent", text::consent_help},
          {"question", text::question_help},
          {"alike", text::alike_help}};
}

std::vector<TextId> CampaignHandler::texts() const {
  std::vector<TextId> all(std::begin(text::all), std::end(text::all));
  all.push_back(text::ask_consent);
  return all;
}

bool CampaignHandler::is_officer(Turn& turn, AreaId area) {
  return l_.appointments.responsible(turn.sender(), Role::on_call, area, turn.now());
}

bool CampaignHandler::goes_round(Turn& turn, AreaId area) {
  return std::ranges::any_of(
      std::initializer_list<Role>{Role::patroller, Role::grid_leader, Role::building_leader,
                                  Role::unit_leader, Role::on_call},
      [&](Role role) { return l_.appointments.responsible(turn.sender(), role, area, turn.now()); });
}

/// Where the sender's first office is, none if they have none; the largest one of whoever is on call.
AreaId CampaignHandler::own_area(Turn& turn) {
  AreaId area;
  for (const auto& held : l_.appointments.of_person(turn.sender(), turn.now())) {
    bool round = held.role == Role::patroller || held.role == Role::grid_leader ||
                 held.role == Role::building_leader || held.role == Role::unit_leader;
    if (held.role == Role::on_call) return held.area;
    if (round && !area) area = held.area;
  }
  return area;
}

bool CampaignHandler::command(Turn& turn, const dialog::Command& command) {
  if (command.id == "campaign") return campaign_command(turn, command);
  if (command.id == "confirm") return confirm(turn, command);
  if (command.id == "done") return done(turn, command);
  if (command.id == "merge") return merge(turn, true);
  if (command.id == "roll_up_again") return roll_up_again(turn, command);
  if (command.id == "object") {
    auto campaign = objectable(turn);
    if (campaign) object(turn, *campaign);
    return campaign.has_value();
  }
  if (!own_area(turn)) {
    turn.say(text::refused);
    return true;
  }
  if (command.id == "campaign_open") open(turn);
  if (command.id == "campaign_progress") progress(turn);
  if (command.id == "campaign_close") end_command(turn);
  if (command.id == "campaign_extend") extend(turn);
  if (command.id == "household_found") found(turn);
  if (command.id == "household_merge") merge(turn, false);
  if (command.id == "household_split") split(turn, command);
  return true;
}

Answered CampaignHandler::answer(Turn& turn) {
  if (turn.message().kind != dialog::MessageKind::text) return Answered::not_understood;
  auto command = turn.words().command(turn.message().normal);
  bool own = command && (command->id.starts_with("campaign") || command->id.starts_with("household_"));
  const std::string& step = turn.dialog().step;
  if (own) return Answered::not_mine;
  if (step == "question") return answer_question(turn);
  if (step == "consent") return answer_consent(turn);
  if (step == "alike") return answer_alike(turn);
  if (step == "detail") return answer_detail(turn);
  auto choice = turn.choice();
  if (!choice) return Answered::not_understood;
  Wanted asked = wanted(turn);
  turn.leave();
  if (*choice == begin_it)
    begin(turn, asked);
  else
    turn.say(text::not_opened);
  return Answered::taken;
}

// --- opening

/// "开展 排查 和平社区 独居 到3月5日 组长 巡访员"
void CampaignHandler::open(Turn& turn) {
  std::string line = turn.message().normal;
  auto blank = line.find(' ');
  line = blank == line.npos ? std::string() : line.substr(blank + 1);
  Wanted asked;
  asked.kind = rules_.named(line);
  std::string place, until, leader;
  auto words = pieces(line);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    constexpr std::string_view lead = "组长";
    if (word.starts_with(lead)) {
      leader = word.size() > lead.size() ? word.substr(lead.size())
               : i + 1 < words.size()    ? words[++i]
                                         : std::string();
    } else if (names_a_day(word)) {
      until += word;
    } else if (const auto* audience = rules_.audience_named(word)) {
      asked.audience = audience->id;
    } else if (!rules_.named(word) || has(word, "社区") || has(word, "村")) {
      place += word;
    }
  }
  AreaId own = own_area(turn);
  asked.area = own;
  if (!place.empty()) {
    auto named = find_any_area(l_.areas, place, own);
    bool sure = named.area && !named.ambiguous && named.missing.empty();
    asked.area = sure ? named.area->id : AreaId{};
  }
  if (asked.area && !is_officer(turn, asked.area)) return turn.say(text::refused_officer);
  if (auto deadline = community::campaign_deadline(until, turn.zone(), turn.now()))
    asked.deadline = *deadline;
  if (!leader.empty() && asked.area) {
    asked.leader = leader_named(turn, leader, asked.area);
    if (!asked.leader) return turn.say(text::no_leader, {{"who", leader}});
  }
  go_on(turn, asked);
}

/// By name or title, of those who serve at the area or below, or just above it.
PersonId CampaignHandler::leader_named(Turn& turn, std::string_view words, AreaId area) {
  if (words == "我" || words == "我自己" || words == "本人") return turn.sender();
  auto role = community::role_by_title(words);
  for (const auto& held : l_.appointments.below(area, turn.now())) {
    auto person = l_.people.find(held.person);
    bool fits = role ? held.role == *role : person && normalise(person->name) == words;
    if (fits && l_.people.contact_of(held.person)) return held.person;
  }
  return {};
}

void CampaignHandler::remember(Turn& turn, const Wanted& asked) {
  turn.remember("kind", asked.kind ? asked.kind->id : "");
  turn.remember("audience", asked.audience);
  turn.remember("area", std::to_string(asked.area.value));
  turn.remember("deadline", std::to_string(asked.deadline.time_since_epoch().count()));
  turn.remember("leader", std::to_string(asked.leader.value));
}

CampaignHandler::Wanted CampaignHandler::wanted(Turn& turn) {
  return {rules_.of(turn.answer("kind")), turn.answer("audience"), AreaId{std::stoll(turn.answer("area"))},
          Time{Seconds{std::stoll(turn.answer("deadline"))}}, PersonId{std::stoll(turn.answer("leader"))}};
}

std::string CampaignHandler::audience_text(const std::string& id) const {
  const auto* audience = rules_.audience(id);
  return audience ? audience->name + "的住户" : "全部住户";
}

std::string CampaignHandler::person_text(PersonId person) {
  auto row = person ? l_.people.find(person) : std::nullopt;
  return row && !row->name.empty() ? row->name : "巡访员、网格长";
}

std::string CampaignHandler::name_of(const Campaign& campaign) const {
  const Kind* kind = rules_.of(campaign.kind);
  return kind ? kind->name : campaign.kind;
}

/// Asks for the first thing that is missing, then shows the whole before it begins.
void CampaignHandler::go_on(Turn& turn, const Wanted& asked) {
  auto ask = [&](std::string_view field, TextId question, std::string_view example,
                 std::vector<std::string> choices) {
    std::string list;
    for (std::size_t i = 0; i < choices.size(); ++i)
      list += fmt::format("{}{} {}", i ? "\n" : "", i + 1, choices[i]);
    turn.ask(topic(), "detail", question, {{"example", std::string(example)}, {"choices", list}},
             std::move(choices));
    remember(turn, asked);
    turn.remember("field", field);
  };
  if (!asked.kind) {
    std::vector<std::string> names;
    for (const Kind& kind : rules_.kinds()) names.push_back(kind.name);
    return ask("kind", text::ask_kind, "排查", names);
  }
  if (!asked.area) return ask("area", text::ask_area, "和平社区", {});
  if (asked.deadline <= turn.now()) return ask("deadline", text::ask_deadline, "3天内", {});
  const Kind& kind = *asked.kind;
  auto level = community::emergency_level(l_.areas.level(asked.area));
  bool may = kind.levels.empty() || !level ||
             std::ranges::find(kind.levels, community::name(*level)) != kind.levels.end();
  auto area = l_.areas.find(asked.area);
  if (turn.dialog().topic == topic()) turn.leave();
  if (!may)
    return turn.say(
        text::wrong_level,
        {{"kind", kind.name}, {"where", area->name}, {"level", std::string(community::title(*level))}});
  for (const Campaign& other : l_.campaigns.around(asked.area)) {
    if (other.kind == kind.id) return turn.say(text::running_already, values(turn, other, other.area));
  }
  Campaign preview{.kind = kind.id, .area = asked.area};
  std::string count = asked.audience.empty()
                          ? fmt::format("{} 户", l_.campaigns.totals(preview, asked.area).base)
                          : "名单开始后列";
  turn.ask(
      topic(), "preview", text::preview,
      {{"kind", kind.name},
       {"where", area->name},
       {"audience", audience_text(asked.audience)},
       {"count", count},
       {"deadline", turn.zone().date_time_text(asked.deadline)},
       {"leader", person_text(asked.leader)},
       {"how", kind.ask_residents ? fmt::format("先请住户自己答 {} 句，没答的再上门", kind.questions.size())
                                  : std::string("挨户上门，不问话")}},
      {std::string(begin_it), std::string(leave_it)});
  remember(turn, asked);
}

Answered CampaignHandler::answer_detail(Turn& turn) {
  const std::string& normal = turn.message().normal;
  Wanted asked = wanted(turn);
  std::string field = turn.answer("field");
  if (field == "kind") {
    auto choice = turn.choice();
    asked.kind = rules_.named(choice ? *choice : normal);
    if (!asked.kind) return Answered::not_understood;
  } else if (field == "area") {
    auto named = find_any_area(l_.areas, normal, own_area(turn));
    if (!named.area || named.ambiguous || !is_officer(turn, named.area->id)) return Answered::not_understood;
    asked.area = named.area->id;
  } else {
    auto deadline = community::campaign_deadline(normal, turn.zone(), turn.now());
    if (!deadline) return Answered::not_understood;
    asked.deadline = *deadline;
  }
  go_on(turn, asked);
  return Answered::taken;
}

void CampaignHandler::begin(Turn& turn, const Wanted& asked) {
  for (const Campaign& other : l_.campaigns.around(asked.area)) {  // somebody else was quicker
    if (other.kind == asked.kind->id) return turn.say(text::running_already, values(turn, other, other.area));
  }
  Campaign campaign{.kind = asked.kind->id,
                    .area = asked.area,
                    .audience = asked.audience,
                    .opened_at = turn.now(),
                    .deadline = asked.deadline,
                    .opened_by = turn.sender(),
                    .leader = asked.leader};
  l_.campaigns.open(campaign);
  auto& dues = turn.around().dues;
  auto row = [&](std::string_view what, Time at) {
    dues.set({fmt::format("campaign:{}:{}", what, campaign.id), at, std::string(topic()), campaign.id,
              std::string(what)});
  };
  row(campaign.audience.empty() ? "teams" : "list", turn.now());
  row("end", campaign.deadline);
  if (campaign.audience.empty() && asked.kind->ask_residents) schedule_asking(turn, campaign, turn.now());
  turn.say(text::opened, values(turn, campaign, campaign.area));
  if (campaign.leader && campaign.leader != turn.sender())
    turn.tell(campaign.leader, text::leader_told, values(turn, campaign, campaign.area));
}

Values CampaignHandler::values(Turn& turn, const Campaign& campaign, AreaId area) {
  auto totals = l_.campaigns.totals(campaign, area);
  const Kind* kind = rules_.of(campaign.kind);
  std::string base;
  if (totals.base != campaign.opening_base && campaign.audience.empty() && area == campaign.area)
    base = fmt::format("（开始时 {} 户，新增 {}）", campaign.opening_base, totals.found_ever);
  return {{"kind", name_of(campaign)},
          {"where", l_.areas.building_text(area)},
          {"totals", community::totals_text(totals, kind ? kind->done : "完成")},
          {"base", base},
          {"owed", std::to_string(totals.owed())},
          {"deadline", turn.zone().date_time_text(campaign.deadline)},
          {"leader", person_text(campaign.leader)}};
}

// --- extending and ending

/// The running campaign that an officer's words mean: of a kind or place if they name one, else the newest
/// around.
std::optional<store::Campaign> CampaignHandler::meant(Turn& turn, std::string_view words, bool officer) {
  const Kind* kind = rules_.named(words);
  AreaId own = own_area(turn);
  for (const Campaign& campaign : l_.campaigns.around(own)) {
    if (kind && campaign.kind != kind->id) continue;
    if (officer && !is_officer(turn, campaign.area)) continue;
    return campaign;
  }
  return std::nullopt;
}

void CampaignHandler::end_command(Turn& turn) {
  auto campaign = meant(turn, turn.message().normal, true);
  if (!campaign) return turn.say(text::none_running);
  close(turn, *campaign, turn.sender());
  auto closed = l_.campaigns.find(campaign->id);
  turn.say(text::closed, values(turn, *closed, closed->area));
}

void CampaignHandler::close(Turn& turn, Campaign campaign, PersonId by) {
  l_.campaigns.close(campaign.id, by, turn.now());
  for (std::string_view what : {"teams", "list", "ask", "end"})
    turn.around().dues.drop(fmt::format("campaign:{}:{}", what, campaign.id));
  for (const auto& team : l_.campaigns.teams(campaign.id)) {
    auto task = desk_.tasks().find(team.task);
    if (task && task->state != community::TaskState::closed)
      desk_.close(turn, *task, community::CloseHow::answered);
  }
  turn.around().asks.drop_all(topic(), campaign.id);
  turn.around().asks.drop_all(topic(), -campaign.id);
}

void CampaignHandler::extend(Turn& turn) {
  auto campaign = meant(turn, turn.message().normal, true);
  if (!campaign) return turn.say(text::none_running);
  auto deadline = community::campaign_deadline(turn.message().normal, turn.zone(), turn.now());
  if (!deadline) return turn.say(text::extend_how, {{"kind", name_of(*campaign)}});
  l_.campaigns.set_deadline(campaign->id, *deadline);
  campaign->deadline = *deadline;
  turn.around().dues.set(
      {fmt::format("campaign:end:{}", campaign->id), *deadline, std::string(topic()), campaign->id, "end"});
  turn.say(text::extended, values(turn, *campaign, campaign->area));
}

}  // namespace linli::handlers
