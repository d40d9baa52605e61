// What falls due on the care list: the carer is reminded in the morning, and in the evening a contact that
// was missed becomes a ticket that climbs.
#include <algorithm>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "bot/community/care_words.hpp"
#include "handlers/care.hpp"
#include "handlers/care_texts.hpp"

namespace linli::handlers {

using community::Role;
using community::TaskKind;
using dialog::Turn;
using dialog::Values;
using store::Care;

/// A complaint of somebody of the household about this person that is not closed.
bool CareHandler::complained_about(AreaId household, PersonId person) {
  for (PersonId member : l_.people.find_by_home(household)) {
    for (const auto& task : desk_.tasks().open_of_reporter(member)) {
      auto about = task.data.find("about");
      if (task.kind == TaskKind::complaint && about != task.data.end() &&
          about->second == std::to_string(person.value))
        return true;
    }
  }
  return false;
}

/// Who may be sent there, the first choice first: the named one, the holders of the role, then grid leader
/// and officer on call. A role beginning with "?" is what an officer typed: a title, a name, or themselves.
std::vector<PersonId> CareHandler::carers(Turn& turn, const Care& care) {
  std::vector<PersonId> found;
  auto take = [&](PersonId person) {
    bool usable = person && l_.people.contact_of(person) && !complained_about(care.household, person);
    if (usable && std::ranges::find(found, person) == found.end()) found.push_back(person);
  };
  auto holders = [&](Role role) {
    for (const auto& holder : l_.appointments.holders({role, std::nullopt}, care.household, turn.now()))
      take(holder.person);
  };
  if (care.role.starts_with("?")) {
    std::string typed = care.role.substr(1);
    if (typed == "我" || typed == "本人" || typed == "我自己") {
      take(turn.sender());
    } else if (auto role = community::role_by_title(typed)) {
      holders(*role);
    } else {
      for (int r = 0; r <= static_cast<int>(Role::on_call); ++r) {
        for (const auto& holder :
             l_.appointments.holders({static_cast<Role>(r), std::nullopt}, care.household, turn.now())) {
          auto person = l_.people.find(holder.person);
          if (person && normalise(person->name) == typed) take(holder.person);
        }
      }
    }
    return found;
  }
  bool still_serves = care.carer && !l_.appointments.of_person(care.carer, turn.now()).empty();
  if (still_serves) take(care.carer);
  if (auto role = community::role(care.role); role && found.empty()) holders(*role);
  if (found.empty()) holders(Role::grid_leader);
  if (found.empty()) holders(Role::on_call);
  return found;
}

std::string CareHandler::carer_text(Turn& turn, const Care& care) {
  auto who = carers(turn, care);
  if (who.empty()) return "值班干部";
  if (care.carer && who.front() == care.carer) {
    auto person = l_.people.find(care.carer);
    if (person && !person->name.empty()) return person->name;
  }
  for (const auto& held : l_.appointments.of_person(who.front(), turn.now())) {
    auto path = l_.areas.find(care.household), area = l_.areas.find(held.area);
    if (path && area && path->path.starts_with(area->path)) return std::string(community::title(held.role));
  }
  return "值班干部";
}

Values CareHandler::values(Turn& turn, const Care& care) {
  auto ids = plan_.categories(care, turn.now());
  std::string names;
  for (const auto& member : l_.members.of_household(care.household)) {
    if (member.state == "confirmed" && member.lives_alone) names = member.name;
  }
  return {{"number", std::to_string(care.id)},
          {"place", l_.areas.address_text(care.household)},
          {"address", l_.areas.address_text(care.household)},
          {"category", rules_.names(ids)},
          {"every", community::interval_text(plan_.interval(care, turn.now()))},
          {"carer", carer_text(turn, care)},
          {"name", names},
          {"questions", rules_.questions(ids)}};
}

void CareHandler::due(Turn& turn, const store::Due& due) {
  auto blank = due.data.find(' ');
  if (blank == due.data.npos) return;
  std::string day = due.data.substr(blank + 1);
  AreaId household{due.ref};
  if (due.data.starts_with("contact")) return contact_due(turn, household, day);
  missed_due(turn, household, day);
}

void CareHandler::contact_due(Turn& turn, AreaId household, const std::string& day) {
  auto care = l_.care.of_household(household);
  if (!care || care->state != "running") return;
  auto follows = l_.care.follows(care->id, day);
  bool regular = care->next_day <= day;
  if (!regular && follows.empty()) return;  // the interval was changed since this row was set
  if (regular) plan_.next(turn, *care, parse_day(day).value());
  bool heard = l_.care.contacted(care->id, day);
  if (!heard && rules_.checkin_counts && follows.empty() && l_.care.heard_itself(household, day)) {
    l_.care.record(care->id, {day, turn.now(), {}, "self", {}});
    heard = true;
  }
  if (heard && follows.empty()) return l_.care.save(*care);
  care->reminded_day = day;
  l_.care.save(*care);
  Values said = values(turn, *care);
  std::string before;
  for (const auto& follow : follows) before += (before.empty() ? "" : "；") + follow.words;
  said.emplace_back("before", before);
  auto text = !follows.empty()        ? care::remind_again
              : care->consent.empty() ? care::remind_first
                                      : care::remind;
  Time evening = turn.zone().at(parse_day(day).value(), rules_.missed_minute);
  bool told = false;
  for (PersonId carer : carers(turn, *care)) {
    told = turn.tell(carer, text, said,
                     {.dedupe = fmt::format("care:{}:{}", household.value, day),
                      .keep = std::chrono::duration_cast<Seconds>(evening - turn.now()),
                      .accepts = "1 2 3",
                      .topic = std::string(topic()),
                      .ref = care->id,
                      .hint = fmt::format("联系了 {} 都好", care->id)});
    if (told) break;  // one carer: the others would ask a second time
  }
  if (!told) return open_missed(turn, *care, dialog::Urgency::normal, "没有人能联系");
  turn.around().dues.set_once({fmt::format("care:{}:{}:missed", household.value, day), evening,
                               std::string(topic()), household.value, "missed " + day});
}

void CareHandler::missed_due(Turn& turn, AreaId household, const std::string& day) {
  auto care = l_.care.of_household(household);
  if (!care || care->state != "running" || l_.care.contacted(care->id, day)) return;
  if (rules_.checkin_counts && l_.care.heard_itself(household, day))
    return l_.care.record(care->id, {day, turn.now(), {}, "self", {}});
  l_.care.record(care->id, {day, turn.now(), {}, "missed", {}});
  auto who = carers(turn, *care);
  if (!who.empty()) turn.tell(who.front(), care::missed, values(turn, *care));
  open_missed(turn, *care, dialog::Urgency::normal, "今天没有联系上");
}

}  // namespace linli::handlers
