// The part of RumourReportHandler that keeps the list of stories: what is open and what is known, another
// wording, two that are one, a verdict taken back. For whoever may verify stories of the place (the levels of
// [rumour_review] in config/policies.toml), nobody else. What reaches people is shown first and then
// confirmed (rumour_draft.cpp).
#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "bot/base/utf8.hpp"
#include "handlers/command_rest.hpp"
#include "handlers/rumour_report.hpp"
#include "handlers/rumour_report_texts.hpp"

namespace linli::handlers {

using community::Verdict;
using dialog::Turn;
using dialog::Values;
using store::Claim;

namespace {

constexpr int looked_through = 300;
constexpr int most_listed = 8;
constexpr int most_retold = 5;
constexpr std::size_t longest_wording = 500;
constexpr Seconds lately{3600};

/// The first word of `text`, and what stands behind it.
std::pair<std::string, std::string> first_word(std::string_view text) {
  constexpr std::string_view blanks = " ,.:;#\t\n";
  auto begin = text.find_first_not_of(blanks);
  if (begin == text.npos) return {};
  text.remove_prefix(begin);
  auto end = std::min(text.find_first_of(blanks), text.size());
  auto behind = text.find_first_not_of(blanks, end);
  return {std::string(text.substr(0, end)), std::string(behind == text.npos ? "" : text.substr(behind))};
}

/// "12号": the number alone.
std::string bare(std::string name) {
  constexpr std::string_view suffix = "号";
  if (name.ends_with(suffix)) name.resize(name.size() - suffix.size());
  return name;
}

}  // namespace

/// Is the person one of those who verify stories of this place?
bool RumourReportHandler::may_curate(Turn& turn, AreaId place) {
  const auto& levels = desk_.policies().of(community::TaskKind::rumour_review).levels;
  auto chain = areas_.chain(place);
  auto above = [&](AreaId area) { return std::ranges::find(chain, area, &store::Area::id); };
  for (const auto& held : appointments_.of_person(turn.sender(), turn.now())) {
    auto at = above(held.area);
    if (at == chain.end()) continue;
    bool asked = std::ranges::any_of(levels, [&](const community::Level& level) {
      return level.role == held.role && (!level.scope || *level.scope == at->kind);
    });
    if (asked) return true;
  }
  return false;
}

bool RumourReportHandler::curates(Turn& turn) {
  for (const auto& held : appointments_.of_person(turn.sender(), turn.now())) {
    if (may_curate(turn, held.area)) return true;
  }
  return false;
}

bool RumourReportHandler::curate(Turn& turn, const dialog::Command& command) {
  if (command.id == "gate_fix") {  // 更正 12 真: only a verdict is about a story
    auto order = community::read_verdict_order(command.rest);
    auto claim = command.number ? claim_called(std::to_string(*command.number)) : std::nullopt;
    if (!claim || order.verdict == Verdict::none || !may_decide(turn, *claim)) return false;
    auto typed = community::read_verdict_order(typed_behind(turn.message().text, command.rest));
    return decide_on(turn, *claim, typed);
  }
  if (!curates(turn)) {
    if (command.id == "claim_list") return false;
    turn.say(rumour::refused);
    return true;
  }
  if (command.id == "claim_add") {
    std::string_view text = turn.message().text;
    constexpr std::string_view word = "传言";
    auto at = text.find(word);
    begin_new(turn, command.exact || at == text.npos ? std::string_view() : text.substr(at + word.size()));
    return true;
  }
  if (command.exact) {
    if (command.id == "rumour" || command.id == "claim_list")
      list(turn);
    else
      turn.say(rumour::name_it);
    return true;
  }
  std::string typed = typed_behind(turn.message().text, command.rest), name;
  if (command.number) {
    name = std::to_string(*command.number);
  } else {
    std::tie(name, typed) = first_word(typed);
  }
  auto claim = claim_called(name);
  if (!claim) {
    if (command.id == "claim_list") return list(turn), true;
    turn.say(rumour::no_such, {{"number", community::brief(name, 12)}});
    return true;
  }
  if (!may_decide(turn, *claim)) {
    turn.say(rumour::not_yours, {{"number", label(*claim)}});
    return true;
  }
  if (command.id == "claim_wording")
    add_wordings(turn, *claim, typed);
  else if (command.id == "claim_merge")
    propose_merge(turn, *claim, typed);
  else if (command.id == "claim_withdraw")
    propose_withdrawal(turn, *claim);
  else if (command.id == "claim_correct")
    decide_on(turn, *claim, community::read_verdict_order(typed));
  else
    show(turn, *claim);
  return true;
}

// --- looking

void RumourReportHandler::list(Turn& turn) {
  auto theirs = [&](const Claim& claim) { return may_curate(turn, claim.area ? claim.area : district()); };
  auto lines_of = [&](const std::vector<ClaimId>& ids, auto line) {
    std::string lines;
    int found = 0;
    for (ClaimId id : ids) {
      auto claim = claims_.find(id);
      if (!claim || !theirs(*claim) || ++found > most_listed) continue;
      lines += "\n" + line(*claim);
    }
    if (found > most_listed) lines += fmt::format("\n……还有 {} 条更早的", found - most_listed);
    return std::pair(lines.empty() ? std::string("\n没有") : lines, found);
  };
  auto story = [](const Claim& claim) { return community::brief(rumour::story_of(claim), 20); };
  auto [open, waiting] = lines_of(claims_.newest_open(looked_through), [&](const Claim& claim) {
    return fmt::format("{}：{}（{} 人问）", label(claim), story(claim), claims_.count(claim.id));
  });
  auto [known, decided] = lines_of(claims_.newest_known(looked_through), [&](const Claim& claim) {
    bool over = !claim.answered(turn.now());
    return fmt::format("{}：{}（{}{}）", label(claim), story(claim), community::title(claim.verdict),
                       over ? "，已过期" : "");
  });
  turn.say(rumour::list, {{"open", open},
                          {"waiting", std::to_string(waiting)},
                          {"known", known},
                          {"decided", std::to_string(decided)}});
}

std::string RumourReportHandler::state_text(Turn& turn, const Claim& claim) {
  if (claim.withdrawn_at) return "结论已撤回，再有人问会重新核实。";
  if (claim.open()) {
    auto task = desk_.tasks().find(claim.task);
    return task ? who_checks(turn, *task) + "在查，还没有结论。" : "还没有结论。";
  }
  auto said = values(turn, claim);
  auto value = [&](std::string_view key) {
    return std::ranges::find(said, key, &Values::value_type::first)->second;
  };
  std::string lapsed = claim.answered(turn.now()) ? "" : "（已过期，再有人问会重新核实）";
  return fmt::format("结论：{}{}。{}来源：{}{}", value("verdict"), lapsed, claim.clarification,
                     value("source"), value("valid"));
}

void RumourReportHandler::show(Turn& turn, const Claim& claim) {
  auto wordings = claims_.wordings(claim.id);
  std::string known, retold;
  for (std::size_t i = 1; i < wordings.size() && i <= most_listed; ++i)
    known += "\n· " + community::brief(wordings[i], 30);
  auto retellings = claims_.retellings(claim.id, most_retold);
  for (std::size_t i = 0; i < retellings.size(); ++i) {
    std::string text = community::brief(community::mask_place(retellings[i].text), 30);
    retold += fmt::format("\n{} {}（{} 次）", i + 1, text, retellings[i].times);
  }
  Values said = values(turn, claim);
  if (!known.empty()) known = "\n别的说法：" + known;
  if (!retold.empty())
    retold = fmt::format("\n有人认过也是这一条，收不收？回“加说法 {} 1”：{}", label(claim), retold);
  said.emplace_back("state", state_text(turn, claim));
  said.emplace_back("count", std::to_string(claims_.count(claim.id)));
  said.emplace_back("lately", std::to_string(claims_.count_since(claim.id, turn.now() - lately)));
  said.emplace_back("wordings", known + retold);
  turn.say(rumour::shown, said);
}

// --- another way of telling it

/// Words, the number of a retelling, or 都加 for all of those.
void RumourReportHandler::add_wordings(Turn& turn, const Claim& claim, std::string_view words) {
  auto retellings = claims_.retellings(claim.id, most_retold);
  std::size_t number = 0;
  auto [end, ec] = std::from_chars(words.data(), words.data() + words.size(), number);
  bool chosen = ec == std::errc{} && end == words.data() + words.size() && number >= 1;
  if (chosen && number <= retellings.size()) {
    add_wording(turn, claim, retellings[number - 1].text);
    return claims_.drop_retelling(retellings[number - 1].id);
  }
  if (words == "都加" && !retellings.empty()) {
    for (const auto& one : retellings) {
      add_wording(turn, claim, one.text);
      claims_.drop_retelling(one.id);
    }
    return;
  }
  bool too_little = community::read_story(words).skeleton.size() < 4 || utf8_length(words) > longest_wording;
  if (chosen || too_little) return turn.say(rumour::wording_missing, {{"number", label(claim)}});
  add_wording(turn, claim, std::string(words));
}

void RumourReportHandler::add_wording(Turn& turn, const Claim& claim, const std::string& words) {
  auto alone = areas_.find_in_text(normalise(words)).area;
  AreaId scope = alone ? AreaId{} : claim.scope;
  Values said{{"number", label(claim)}, {"words", community::brief(words, 40)}};
  if (claims_.add_wording(claim.id, words, scope)) return turn.say(rumour::wording_added, said);
  auto owner = claims_.same(community::read_story(words), scope);
  if (!owner || owner->id == claim.id) return turn.say(rumour::wording_known, said);
  said.emplace_back("other", label(*owner));
  turn.say(rumour::wording_taken, said);
}

// --- two that are one

void RumourReportHandler::propose_merge(Turn& turn, const Claim& kept, std::string_view other) {
  std::string name = bare(first_word(other).first);
  if (name.empty()) return turn.say(rumour::name_it);
  auto gone = claim_called(name);
  if (!gone) return turn.say(rumour::no_such, {{"number", community::brief(name, 12)}});
  if (!may_decide(turn, *gone)) return turn.say(rumour::not_yours, {{"number", label(*gone)}});
  Values said = values(turn, kept);
  said.emplace_back("other", label(*gone));
  said.emplace_back("other_story", rumour::story_of(*gone));
  if (gone->id == kept.id) return turn.say(rumour::merge_same, said);
  auto chain = [&](AreaId area) { return areas_.chain(area); };
  auto within = [&](AreaId area, AreaId whole) {
    return std::ranges::any_of(chain(area), [&](const store::Area& one) { return one.id == whole; });
  };
  if (kept.area && gone->area && !within(kept.area, gone->area) && !within(gone->area, kept.area))
    return turn.say(rumour::merge_apart, said);
  if (!kept.answered(turn.now()) && gone->answered(turn.now()))
    return turn.say(rumour::merge_other_way, said);
  std::int64_t count = 0;
  if (kept.answered(turn.now())) {
    count = std::ranges::count_if(claims_.askers(gone->id), [&](const store::Asker& asker) {
      return asker.told != kept.verdict && asker.person != turn.sender();
    });
  }
  begin_draft(turn, "merge");
  turn.remember("claim", std::to_string(kept.id.value));
  turn.remember("other", std::to_string(gone->id.value));
  said.emplace_back("askers", std::to_string(claims_.count(gone->id)));
  said.emplace_back("count", std::to_string(count));
  turn.ask(topic(), "confirm", rumour::merge_preview, said, {"确认合并", "不合并"});
}

/// Whoever was verifying the other one hears that it is done with; whoever asked about it hears the kept
/// one's verdict, now or when there is one.
void RumourReportHandler::merge(Turn& turn, Claim kept, Claim gone) {
  Values said = values(turn, kept);
  said.emplace_back("other", label(gone));
  auto task = gone.task ? desk_.tasks().find(gone.task) : std::nullopt;
  if (task && task->state != community::TaskState::closed) {
    auto people = desk_.tasks().offered_to(task->id);
    if (task->owner) people.push_back(task->owner);
    desk_.close(turn, *task, community::CloseHow::merged);
    for (PersonId person : people) {
      if (person != turn.sender())
        turn.tell(person, rumour::merged_staff, said,
                  {.dedupe = fmt::format("merged:{}:{}", gone.id.value, person.value)});
    }
  }
  claims_.merge(kept.id, gone.id);
  int told = kept.answered(turn.now()) ? tell_askers(turn, kept) : 0;
  said.emplace_back("count", std::to_string(claims_.count(kept.id)));
  said.emplace_back("told", std::to_string(told));
  turn.say(rumour::merged, said);
}

// --- taken back

void RumourReportHandler::propose_withdrawal(Turn& turn, const Claim& claim) {
  Values said = values(turn, claim);
  if (claim.verdict == Verdict::none || claim.withdrawn_at)
    return turn.say(rumour::nothing_to_withdraw, said);
  auto count = std::ranges::count_if(claims_.askers(claim.id), [&](const store::Asker& asker) {
    return asker.told != Verdict::none && asker.person != turn.sender();
  });
  begin_draft(turn, "withdraw");
  turn.remember("claim", std::to_string(claim.id.value));
  said.emplace_back("count", std::to_string(count));
  turn.ask(topic(), "confirm", rumour::withdraw_preview, said, {"确认撤回", "不撤回"});
}

/// It answers nobody from now on. Whoever was told it hears so once, and the words for the groups are called
/// back.
void RumourReportHandler::withdraw(Turn& turn, Claim claim) {
  Values said = values(turn, claim);
  int told = 0;
  for (const auto& asker : claims_.askers(claim.id)) {
    if (asker.told == Verdict::none) continue;
    if (asker.person != turn.sender()) {
      Values theirs = said;
      theirs.emplace_back("before", std::string(community::title(asker.told)));
      dialog::Tell how{.dedupe = fmt::format("claim:{}:withdrawn:{}:{}", claim.id.value,
                                             turn.now().time_since_epoch().count(), asker.person.value),
                       .keep = Seconds{7 * 24 * 3600}};
      if (!turn.tell(asker.person, rumour::withdrawn_told, theirs, how)) continue;
      ++told;
    }
    claims_.set_told(claim.id, asker.person, Verdict::none, turn.now());
  }
  if (claim.verdict != Verdict::unproven) give_words_to_paste(turn, claim, rumour::paste_withdrawn);
  claim.withdrawn_at = turn.now();
  claims_.save(claim);
  said.emplace_back("told", std::to_string(told));
  turn.say(rumour::withdrawn, said);
}

}  // namespace linli::handlers
