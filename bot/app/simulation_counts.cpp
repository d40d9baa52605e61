#include "bot/app/simulation_counts.hpp"

namespace linli::app::simulation {

namespace {

constexpr const char* must_occur[] = {
    "checkins.fine",
    "checkins.symptom",
    "checkins.corrected",
    "checkins.by_phone",
    "checkins.consent_in_chat",
    "checkins.objected",
    "chance.absent_staff",
    "chance.answered_too_late",
    "chance.api_outages",
    "chance.callbacks_lost",
    "chance.clock_jumps",
    "chance.crashes",
    "chance.crashes_between_claim_and_settle",
    "chance.crashes_before_answer",
    "chance.duplicates",
    "chance.house_outages",
    "chance.people_came_back",
    "chance.people_left",
    "chance.restarts",
    "chance.turns_that_threw",
    "messages.click",
    "messages.image",
    "messages.link",
    "messages.location",
    "messages.scan",
    "messages.subscribe",
    "messages.template_result",
    "messages.text",
    "messages.unsubscribe",
    "messages.voice",
    "people.registered",
    "sends.accepted",
    "sends.bundled",
    "sends.custom",
    "sends.in_doubt",
    "sends.refused_45015",
    "sends.refused_45047",
    "sends.retried",
    "sends.template",
    "sends.token_expired",
    "sends.waited_for_morning",
    "tasks.call_back",
    "tasks.complaint",
    "tasks.health",
    "tasks.help",
    "tasks.human",
    "tasks.life_safety",
    "tasks.objection",
    "tasks.rumour_review",
    "tasks.shift_cover",
    "tasks.appeal",
    "tasks.care",
    "tasks.gap",
    "absences.gone",
    "absences.ill",
    "care.missed",
    "care.need",
    "care.no_answer",
    "care.ok",
    "chance.officers_left",
    "gate.refused",
    "gate.returnee",
    "gate.vehicle",
    "gate.visitor",
    "levels.alert",
    "levels.emergency",
    "shifts.made_by_cover",
    "shifts.made_by_signup",
    "shifts.made_by_swap",
    "tasks.acknowledge",
    "tasks.suggestion",
    "notices.sent",
    "notices.withdrawn",
    "notices.readers_told",
    "notices.readers_held",
    "notices.readers_quiet",
    "notices.readers_unreachable",
    "notices.acknowledged",
    "notices.not_acknowledged",
    "suggestions.satisfied",
    "suggestions.reopened",
    "suggestions.about_bot",
    "suggestions.by_deputies",
    "enlisted.master",
    "enlisted.front",
    "thanks.thanks_asked",
    "burden.prompts",
    "burden.held",
    "task_ends.answered",
    "task_ends.confirmed",
    "task_ends.silent",
    "task_ends.withdrawn",
    "task_events.accepted",
    "task_events.asked_again",
    "task_events.escalated",
    "task_events.reminded",
    "task_events.reopened",
    "task_events.returned",
    "task_events.top_reminded",
    "task_events.transferred",
    "task_events.undone",
    "shifts.checked_in_by_code",
    "shifts.checked_in_by_location",
    "shifts.checked_in_by_relieved",
    "shifts.confirmed",
    "shifts.declined",
    "shifts.late",
    "shifts.left",
    "shifts.missing",
    "shifts.on_time",
    "told.digests",
    "told.shift_reminders",
    "told.verdicts",
    "told.relayed",
};

}  // namespace

Counts::Counts() {
  for (const char* kind : must_occur) by_kind_[kind] = 0;
}

std::int64_t Counts::of(std::string_view kind) const {
  auto found = by_kind_.find(std::string(kind));
  return found == by_kind_.end() ? 0 : found->second;
}

std::vector<std::string> Counts::missing() const {
  std::vector<std::string> kinds;
  for (const auto& [kind, times] : by_kind_) {
    if (times == 0) kinds.push_back(kind);
  }
  return kinds;
}

}  // namespace linli::app::simulation
