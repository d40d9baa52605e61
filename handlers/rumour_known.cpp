// Which story is it? The ledger knows the wordings, those of seconds ago too; what was heard in the message
// knows other words for them. Sure means that the verdict may be told; what may be the same is asked about,
// and what the reporter confirms is kept for the publicist as another way of telling it.
#include <algorithm>
#include <array>
#include <charconv>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "handlers/plain_wish.hpp"
#include "handlers/rumour_report.hpp"
#include "handlers/rumour_report_texts.hpp"

namespace linli::handlers {

using community::AreaKind;
using dialog::Answered;
using dialog::MessageKind;
using dialog::Turn;
using store::Claim;

namespace {

constexpr std::size_t most_offered = 3;
constexpr double beyond_doubt = 0.97;  // that it is about a story, to come before an open request
constexpr std::string_view yes = "是", no = "不是", none_of_them = "都不是";

std::vector<ClaimId> ids_in(std::string_view text) {
  std::vector<ClaimId> ids;
  while (!text.empty()) {
    std::int64_t id = 0;
    auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (ec != std::errc{}) break;
    ids.push_back(ClaimId{id});
    text.remove_prefix(std::min(static_cast<std::size_t>(end - text.data()) + 1, text.size()));
  }
  return ids;
}

}  // namespace

/// Where stories are from that name no place of their own.
AreaId RumourReportHandler::district() {
  auto top = areas_.below({}, AreaKind::district);
  return top.empty() ? AreaId{} : top.front().id;
}

RumourReportHandler::Where RumourReportHandler::locate(Turn& turn, std::string_view text) {
  std::string normal = normalise(text);
  auto alone = areas_.find_in_text(normal).area;
  AreaId home = turn.me().home;
  auto near = alone || !home ? alone : areas_.find_in_text(normal, home).area;
  bool local = near && near->kind >= AreaKind::community;
  if (!local) return {district(), {}, false};
  // A flat's story goes to whoever knows the building; the flat is nobody else's business.
  auto building = areas_.above(near->id, AreaKind::building);
  return {building ? building->id : near->id, alone ? AreaId{} : near->id, true};
}

/// A story of one place is not told to whoever speaks of another: "3号楼" is a different building in every
/// compound, and for somebody whose home is not known it is none.
bool RumourReportHandler::concerns(Turn& turn, const Claim& claim, const Where& where) {
  auto within = [&](AreaId area, AreaId whole) {
    auto chain = areas_.chain(area);
    return std::ranges::any_of(chain, [&](const store::Area& above) { return above.id == whole; });
  };
  if (claim.area) {
    if (where.area && within(where.area, claim.area)) return true;
    return !where.local && turn.me().home && within(turn.me().home, claim.area);
  }
  if (!where.local) return true;
  if (where.scope) return false;
  // A place is named, and the claim is the whole district's: does it name the same one, or none that matters?
  auto named = areas_.find_in_text(normalise(claim.text)).area;
  if (named) return within(where.area, named->id) || within(named->id, where.area);
  auto place = areas_.find(where.area);
  return place && place->kind < AreaKind::building;
}

/// Told without a word of asking: surely a story that is answered or being checked. "喝消毒片能防病毒吗" of
/// somebody whom a grid leader is about to visit belongs to no request either.
bool RumourReportHandler::is_known_story(Turn& turn) {
  const auto& stories = turn.message().heard.stories;
  const double confidence = turn.message().heard.understood.guess.confidence;
  if (stories.suggest() && plain_wish(turn.message()) == topic() && confidence >= beyond_doubt) return true;
  if (!stories.answer() || community::read_story(turn.message().normal).is_short()) return false;
  auto claim = claims_.find_standing(ClaimId{stories.ids.front()});
  if (!claim || !(claim->open() || claim->answered(turn.now()))) return false;
  return concerns(turn, *claim, locate(turn, turn.message().text));
}

RumourReportHandler::Known RumourReportHandler::known(Turn& turn, const Report& report, const Where& where) {
  Known found;
  const auto story = community::read_story(report.text);
  auto fits = [&](const std::optional<Claim>& claim) { return claim && concerns(turn, *claim, where); };
  auto offer = [&](const Claim& claim) {
    bool useful = claim.open() || claim.answered(turn.now());
    bool twice = std::ranges::any_of(found.maybe, [&](const Claim& one) { return one.id == claim.id; });
    if (useful && !twice && found.maybe.size() < most_offered) found.maybe.push_back(claim);
  };
  if (auto page = claims_.match_url(report.url)) {
    found.sure = std::move(page);
    return found;
  }
  if (auto claim = claims_.match(story, where.scope); fits(claim)) {
    // The very words: whether they are enough to be told a verdict by is another question.
    if (!story.is_short() || !claim->answered(turn.now())) {
      found.sure = std::move(claim);
      return found;
    }
    offer(*claim);
  }
  const auto& heard = turn.message().heard.stories;
  if (!heard.answer() && !heard.suggest()) return found;
  for (std::size_t i = 0; i < heard.ids.size(); ++i) {
    auto claim = claims_.find_standing(ClaimId{heard.ids[i]});
    if (!fits(claim)) continue;
    if (i == 0 && heard.answer() && !story.is_short()) {
      found.sure = std::move(claim);
      return found;
    }
    offer(*claim);
  }
  return found;
}

void RumourReportHandler::ask_which(Turn& turn, const Report& report, const std::vector<Claim>& maybe) {
  std::string ids, lines;
  std::vector<std::string> choices;
  for (const Claim& claim : maybe) {
    ids += (ids.empty() ? "" : " ") + std::to_string(claim.id.value);
    choices.push_back(rumour::story_of(claim));
    lines += fmt::format("\n{} {}", choices.size(), choices.back());
  }
  turn.remember("claims", ids);
  turn.remember("text", report.text);
  turn.remember("url", report.url);
  turn.remember("media", report.media);
  bool one = maybe.size() == 1;
  std::string last = std::to_string(maybe.size() + 1);
  dialog::Values said{{"story", choices.front()}, {"lines", lines}, {"none", last}};
  if (one) choices = {std::string(yes), std::string(no)};
  if (!one) choices.emplace_back(none_of_them);
  turn.ask(topic(), "same", one ? rumour::same : rumour::which_story, said, std::move(choices));
}

Answered RumourReportHandler::answer_same(Turn& turn) {
  const auto& normal = turn.message().normal;
  Report report{turn.answer("text"), turn.answer("url"), turn.answer("media")};
  auto ids = ids_in(turn.answer("claims"));
  std::size_t chosen = ids.size();
  const auto& choices = turn.dialog().choices;
  if (auto choice = turn.choice())
    chosen = static_cast<std::size_t>(std::ranges::find(choices, *choice) - choices.begin());
  else if (ids.size() == 1 && turn.words().is_command("yes", normal))
    chosen = 0;
  else if (!normal.starts_with(no) && normal != none_of_them && !turn.words().is_command("no", normal)) {
    if (turn.message().kind != MessageKind::text) return Answered::not_understood;
    const auto wish = plain_wish(turn.message());
    const bool asks = turn.words().mentions("cue", normal) || turn.words().mentions("hearsay", normal);
    if (wish.starts_with("help_") && !asks) return Answered::not_mine;
    const auto told = community::read_story(normal);
    const bool another = (asks || wish == topic()) && is_told(told);
    if (told.is_short() && !another) return Answered::not_understood;
    take_message(turn);  // told again at length, or the next story
    return Answered::taken;
  }
  auto claim = chosen < ids.size() ? claims_.find_standing(ids[chosen]) : std::nullopt;
  if (claim)
    take_as(turn, std::move(*claim), report);
  else
    open_new(turn, report, locate(turn, report.text));
  return Answered::taken;
}

/// The reporter says which one it is. How they told it is kept: the publicist may take it as a wording. One
/// person's word is not enough to answer others by it.
void RumourReportHandler::take_as(Turn& turn, Claim claim, const Report& report) {
  Where where = locate(turn, report.text);
  auto story = community::read_story(report.text);
  if (!story.empty() && !claims_.same(story, where.scope)) claims_.retold(claim.id, report.text, turn.now());
  if (claim.answered(turn.now())) return answer_known(turn, claim);
  join(turn, std::move(claim), where);
}

}  // namespace linli::handlers
