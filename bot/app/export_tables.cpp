#include "bot/app/export_tables.hpp"

namespace linli::app {

namespace {

constexpr ExportColumn tasks[] = {
    {"number", "t.number", Cell::number},
    {"kind", "t.kind", Cell::text},
    {"state", "t.state", Cell::text},
    {"urgency", "t.urgency", Cell::number},
    {"area", "t.area", Cell::place},
    {"reporter", "t.reporter", Cell::number},
    {"owner", "t.owner", Cell::number},
    {"reminders", "t.reminders", Cell::number},
    {"reopened", "t.reopened", Cell::number},
    {"opened_at", "t.opened_at", Cell::time},
    {"offered_at", "t.offered_at", Cell::time},
    {"accepted_at", "t.accepted_at", Cell::time},
    {"done_at", "t.done_at", Cell::time},
    {"closed_at", "t.closed_at", Cell::time},
    {"closed_how", "t.closed_how", Cell::text},
    {"household", "(select code from area where id = t.household)", Cell::person},
    {"text", "t.text_sealed", Cell::sealed, "task.text"},
    {"reporter_name", "(select name_sealed from person where id = t.reporter)", Cell::sealed, "person.name"},
};
constexpr ExportColumn task_events[] = {
    {"task", "t.number", Cell::number},
    {"at", "e.at", Cell::time},
    {"act", "e.act", Cell::number},
    {"actor", "e.actor", Cell::number},
    {"what", "e.what", Cell::text},
    {"person", "e.person", Cell::number},
    {"note", "e.note_sealed", Cell::sealed, "task_event.note"},
};
constexpr ExportColumn checkins[] = {
    {"id", "c.id", Cell::number},
    {"area", "c.household", Cell::place},
    {"day", "c.day", Cell::text},
    {"at", "c.at", Cell::time},
    {"state", "c.state", Cell::text},
    {"via", "c.via", Cell::text},
    {"corrections", "c.corrections", Cell::number},
    {"objected_at", "c.objected_at", Cell::time},
    {"household", "(select code from area where id = c.household)", Cell::person},
    {"temperature", "c.temperature", Cell::person},
    {"details", "c.details_sealed", Cell::sealed, "checkin.details"},
};
constexpr ExportColumn shifts[] = {
    {"id", "s.id", Cell::number},
    {"post", "(select code from post where id = s.post)", Cell::text},
    {"person", "s.person", Cell::number},
    {"starts_at", "s.starts_at", Cell::time},
    {"ends_at", "s.ends_at", Cell::time},
    {"state", "s.state", Cell::text},
    {"confirmed_at", "s.confirmed_at", Cell::time},
    {"in_at", "s.in_at", Cell::time},
    {"in_by", "s.in_by", Cell::text},
    {"out_at", "s.out_at", Cell::time},
    {"late_minutes", "s.late_minutes", Cell::number},
    {"made_by", "s.made_by", Cell::text},
    {"note", "s.note_sealed", Cell::sealed, "shift.note"},
    {"cover_of", "s.cover_of", Cell::number},
    {"missed_at", "s.missed_at", Cell::time},
    {"corrected_at", "s.corrected_at", Cell::time},
    {"excused", "s.excuse_sealed <> ''", Cell::number},
    {"excuse", "s.excuse_sealed", Cell::sealed, "shift.excuse"},
};
constexpr ExportColumn posts[] = {
    {"code", "p.code", Cell::text},
    {"area", "p.area", Cell::place},
    {"closed_at", "p.closed_at", Cell::time},
};
constexpr ExportColumn care_contacts[] = {
    {"id", "k.id", Cell::number},
    {"area", "(select household from care where id = k.care)", Cell::place},
    {"day", "k.day", Cell::text},
    {"at", "k.at", Cell::time},
    {"person", "k.person", Cell::number},
    {"how", "k.how", Cell::text},
};
constexpr ExportColumn bulletins[] = {
    {"week", "b.week", Cell::text},
    {"until_at", "b.until_at", Cell::time},
    {"issued_at", "b.issued_at", Cell::time},
    {"sha256", "b.sha256", Cell::text},
};
constexpr ExportColumn bulletin_errata[] = {
    {"week", "e.week", Cell::text},         {"area", "e.area", Cell::text},
    {"figure", "e.figure", Cell::text},     {"was", "e.was", Cell::number},
    {"is", "e.now_is", Cell::number},       {"why", "e.why", Cell::text},
    {"found_at", "e.found_at", Cell::time},
};
constexpr ExportColumn assessment_items[] = {
    {"id", "i.id", Cell::number},
    {"person", "i.person", Cell::number},
    {"week", "i.week", Cell::text},
    {"at", "i.at", Cell::time},
    {"area", "i.area", Cell::place},
    {"outcome", "i.outcome", Cell::text},
    {"standing", "i.standing", Cell::text},
    {"what", "i.what", Cell::text},
    {"task", "(select number from task where id = i.task)", Cell::number},
    {"shift", "i.shift", Cell::number},
    {"proof", "i.proof", Cell::text},
    {"proved_at", "i.proved_at", Cell::time},
    {"told_at", "i.told_at", Cell::time},
    {"decided", "i.decided", Cell::text},
};
constexpr ExportColumn appointments[] = {
    {"id", "p.id", Cell::number},
    {"person", "p.person", Cell::number},
    {"role", "p.role", Cell::text},
    {"area", "p.area", Cell::place},
    {"from_at", "p.from_at", Cell::time},
    {"until_at", "p.until_at", Cell::time},
    {"substitute", "p.substitute", Cell::number},
    {"name", "(select name_sealed from person where id = p.person)", Cell::sealed, "person.name"},
};
constexpr ExportColumn areas[] = {
    {"code", "a.code", Cell::text},
    {"kind", "a.kind", Cell::text},
    {"name", "a.name", Cell::text},
    {"parent", "(select code from area where id = a.parent)", Cell::text},
    {"unmanaged", "a.unmanaged", Cell::number},
    {"level", "a.level", Cell::text},
    {"households", "(select count(*) from area h where h.parent = a.id and h.kind = 'household')",
     Cell::number},
};
constexpr ExportColumn deliveries[] = {
    {"id", "o.id", Cell::number},
    {"person", "o.person", Cell::number},
    {"text_id", "o.text_id", Cell::text},
    {"urgency", "o.urgency", Cell::number},
    {"state", "o.state", Cell::text},
    {"via", "o.via", Cell::text},
    {"attempts", "o.attempts", Cell::number},
    {"errcode", "o.errcode", Cell::number},
    {"created_at", "o.created_at", Cell::time},
    {"settled_at", "o.settled_at", Cell::time},
    {"task", "(select number from task where id = o.task)", Cell::number},
};
constexpr ExportColumn level_changes[] = {
    {"area", "(select code from area where id = l.area)", Cell::text},
    {"level", "l.level", Cell::text},
    {"before", "l.before", Cell::text},
    {"at", "l.at", Cell::time},
    {"person", "l.person", Cell::number},
};
constexpr ExportColumn patrol_points[] = {
    {"code", "r.code", Cell::text},
    {"name", "r.name", Cell::text},
    {"area", "r.area", Cell::place},
    {"every_s", "r.every_s", Cell::number},
    {"created_at", "r.created_at", Cell::time},
    {"due_at", "r.due_at", Cell::time},
    {"last_at", "r.last_at", Cell::time},
    {"closed", "r.closed", Cell::number},
};
constexpr ExportColumn patrol_visits[] = {
    {"id", "v.id", Cell::number},
    {"point", "(select code from patrol_point where id = v.point)", Cell::text},
    {"person", "v.person", Cell::number},
    {"at", "v.at", Cell::time},
    {"how", "v.how", Cell::text},
};
constexpr ExportColumn inspections[] = {
    {"id", "i.id", Cell::number},
    {"site", "i.site", Cell::place},
    {"inspector", "i.inspector", Cell::number},
    {"begun_at", "i.begun_at", Cell::time},
    {"ended_at", "i.ended_at", Cell::time},
};
constexpr ExportColumn inspection_items[] = {
    {"inspection", "m.inspection", Cell::number},
    {"item", "m.item", Cell::text},
    {"good", "m.good", Cell::number},
    {"task", "(select number from task where id = m.task)", Cell::number},
    {"words", "m.words_sealed", Cell::sealed, "inspection_item.words"},
};
constexpr ExportColumn guidance_reads[] = {
    {"person", "g.person", Cell::number},   {"card", "g.card", Cell::text},
    {"version", "g.version", Cell::number}, {"at", "g.at", Cell::time},
    {"times", "g.times", Cell::number},
};

constexpr ExportColumn campaigns[] = {
    {"id", "k.id", Cell::number},
    {"kind", "k.kind", Cell::text},
    {"area", "k.area", Cell::place},
    {"audience", "k.audience", Cell::text},
    {"opened_at", "k.opened_at", Cell::time},
    {"deadline", "k.deadline", Cell::time},
    {"opened_by", "k.opened_by", Cell::number},
    {"leader", "k.leader", Cell::number},
    {"opening_base", "k.opening_base", Cell::number},
    {"closed_at", "k.closed_at", Cell::time},
    {"closed_by", "k.closed_by", Cell::number},
};
constexpr ExportColumn campaign_households[] = {
    {"campaign", "h.campaign", Cell::number},
    {"area", "h.household", Cell::place},
    {"state", "h.state", Cell::text},
    {"at", "h.at", Cell::time},
    {"said_by", "h.said_by", Cell::number},
    {"typed_by", "h.typed_by", Cell::number},
    {"via", "h.via", Cell::text},
    {"household", "(select code from area where id = h.household)", Cell::person},
    {"note", "h.note_sealed", Cell::sealed, "campaign.note"},
};
constexpr ExportColumn campaign_events[] = {
    {"id", "e.id", Cell::number},
    {"campaign", "e.campaign", Cell::number},
    {"area", "e.household", Cell::place},
    {"home", "e.household", Cell::number},  // a number, as people are
    {"state", "e.state", Cell::text},
    {"at", "e.at", Cell::time},
    {"said_by", "e.said_by", Cell::number},
    {"typed_by", "e.typed_by", Cell::number},
    {"via", "e.via", Cell::text},
    {"household", "(select code from area where id = e.household)", Cell::person},
    {"note", "e.note_sealed", Cell::sealed, "campaign.note"},
};
// The totals of every area of every campaign; what is not counted there is "not yet".
constexpr ExportColumn campaign_counts[] = {
    {"campaign", "c.campaign", Cell::number},
    {"area", "a.code", Cell::text},
    {"state", "c.state", Cell::text},
    {"households", "c.households", Cell::number},
};
constexpr ExportColumn register_counts[] = {
    {"area", "a.code", Cell::text},
    {"households", "r.households", Cell::number},
};
constexpr ExportColumn campaign_bases[] = {
    {"campaign", "b.campaign", Cell::number},
    {"area", "a.code", Cell::text},
    {"households", "b.households", Cell::number},
};
constexpr ExportColumn campaign_days[] = {
    {"campaign", "d.campaign", Cell::number},
    {"area", "d.area", Cell::place},
    {"day", "d.day", Cell::text},
    {"at", "d.at", Cell::time},
    {"base", "d.base", Cell::number},
    {"not_yet", "d.not_yet", Cell::number},
    {"done", "d.done", Cell::number},
    {"refused", "d.refused", Cell::number},
    {"unreachable", "d.unreachable", Cell::number},
    {"empty", "d.empty", Cell::number},
    {"moved", "d.moved", Cell::number},
    {"found", "d.found", Cell::number},
    {"found_ever", "d.found_ever", Cell::number},
    {"confirmed_by", "d.confirmed_by", Cell::number},
    {"confirmed_at", "d.confirmed_at", Cell::time},
};
constexpr ExportColumn household_answers[] = {
    {"id", "a.id", Cell::number},
    {"area", "a.household", Cell::place},
    {"question", "a.question", Cell::text},
    {"at", "a.at", Cell::time},
    {"said_by", "a.said_by", Cell::number},
    {"typed_by", "a.typed_by", Cell::number},
    {"campaign", "a.campaign", Cell::number},
    {"household", "(select code from area where id = a.household)", Cell::person},
    {"value", "a.value_sealed", Cell::sealed, "household_answer.value"},
};

constexpr ExportColumn notices[] = {
    {"number", "n.id", Cell::number},           {"area", "n.area", Cell::place},
    {"audience", "n.audience", Cell::text},     {"roles", "n.roles", Cell::text},
    {"author", "n.author", Cell::number},       {"must_ack", "n.must_ack", Cell::number},
    {"ack_until", "n.ack_until", Cell::time},   {"state", "n.state", Cell::text},
    {"created_at", "n.created_at", Cell::time}, {"send_at", "n.send_at", Cell::time},
    {"started_at", "n.started_at", Cell::time}, {"finished_at", "n.finished_at", Cell::time},
    {"ended_at", "n.ended_at", Cell::time},     {"corrects", "n.corrects", Cell::number},
    {"care_kind", "n.care_kind", Cell::person}, {"text", "n.text_sealed", Cell::sealed, "notice.text"},
};
// Whether it reached them: what was kept, or what the outbox says while it does.
constexpr ExportColumn notice_readers[] = {
    {"notice", "r.notice", Cell::number},
    {"person", "r.person", Cell::number},
    {"area", "r.area", Cell::place},
    {"state", "r.state", Cell::text},
    {"at", "r.at", Cell::time},
    {"task", "(select number from task where id = r.task)", Cell::number},
    {"outcome",
     "case when r.state <> 'told' then '' when r.outcome <> '' then r.outcome else coalesce((select o.state "
     "from "
     "outbox o where o.dedupe = 'notice:' || r.notice || ':' || r.person), 'gone') end",
     Cell::text},
};
constexpr ExportColumn suggestions[] = {
    {"task", "t.number", Cell::number},         {"answer_by", "s.answer_by", Cell::time},
    {"deputy", "s.deputy", Cell::number},       {"about", "s.about", Cell::text},
    {"overdue_at", "s.overdue_at", Cell::time},
};
constexpr ExportColumn burdens[] = {
    {"person", "b.person", Cell::number},
    {"area",
     "(select coalesce(p.home, (select ap.area from appointment ap where ap.person = p.id order by ap.id "
     "limit "
     "1)) from person p where p.id = b.person)",
     Cell::place},
    {"day_at", "b.day_at", Cell::time},
    {"messages", "b.messages", Cell::number},
    {"questions", "b.questions", Cell::number},
    {"prompts", "b.prompts", Cell::number},
    {"held", "b.held", Cell::number},
};
constexpr ExportColumn organisations[] = {
    {"id", "o.id", Cell::number},   {"code", "o.code", Cell::text},  {"name", "o.name", Cell::text},
    {"kind", "o.kind", Cell::text}, {"area", "o.area", Cell::place},
};
constexpr ExportColumn pairings[] = {
    {"organisation", "(select code from organisation where id = g.organisation)", Cell::text},
    {"area", "g.area", Cell::place},
    {"from_at", "g.from_at", Cell::time},
    {"until_at", "g.until_at", Cell::time},
};
constexpr ExportColumn enlistments[] = {
    {"person", "e.person", Cell::number},
    {"organisation", "(select code from organisation where id = e.organisation)", Cell::text},
    {"activity", "e.activity", Cell::text},
    {"from_at", "e.from_at", Cell::time},
    {"until_at", "e.until_at", Cell::time},
};
constexpr ExportColumn visits[] = {
    {"person", "v.person", Cell::number},
    {"area", "c.household", Cell::place},
    {"at", "v.at", Cell::time},
    {"how", "v.how", Cell::text},
};
constexpr ExportColumn thanks_consents[] = {
    {"person", "k.person", Cell::number},           {"purpose", "k.purpose", Cell::text},
    {"version", "k.version", Cell::text},           {"granted_at", "k.granted_at", Cell::time},
    {"withdrawn_at", "k.withdrawn_at", Cell::time},
};

constexpr ExportColumn examples[] = {
    {"id", "x.id", Cell::number},
    {"intent", "x.intent", Cell::text},
    {"state", "x.state", Cell::text},
    {"times", "x.times", Cell::number},
    {"first_at", "x.first_at", Cell::time},
    {"last_at", "x.last_at", Cell::time},
    {"decided_by", "x.decided_by", Cell::number},
    {"decided_at", "x.decided_at", Cell::time},
    {"wording", "x.wording_sealed", Cell::sealed, "example.wording"},
};
// The form of questions.csv: what is exported can be imported.
constexpr ExportColumn questions[] = {
    {"id", "q.code", Cell::text},
    {"wordings", "q.wordings", Cell::text},
    {"answer", "q.answer", Cell::text},
    {"source", "q.source", Cell::text},
    {"date", "q.dated", Cell::text},
    {"valid_until", "q.valid_until", Cell::text},
    {"area", "(select code from area where id = q.area)", Cell::text},
    {"level", "q.levels", Cell::text},
};
constexpr ExportColumn questions_told[] = {
    {"question", "(select code from question where id = t.question)", Cell::text},
    {"person", "t.person", Cell::number},
    {"told_at", "t.told_at", Cell::time},
};

constexpr ExportTable all[] = {
    {"tasks", "from task t order by t.id", tasks},
    {"task_events", "from task_event e join task t on t.id = e.task order by e.id", task_events},
    {"checkins", "from checkin c order by c.id", checkins},
    {"shifts", "from shift s order by s.id", shifts},
    {"appointments", "from appointment p order by p.id", appointments},
    {"areas", "from area a where a.kind <> 'household' order by a.id", areas},
    {"deliveries", "from outbox o order by o.id", deliveries},
    {"notices", "from notice n order by n.id", notices},
    {"notice_readers", "from notice_reader r order by r.notice, r.person", notice_readers},
    {"suggestions", "from suggestion s join task t on t.id = s.task order by s.task", suggestions},
    {"burden", "from burden b order by b.person, b.day_at", burdens},
    {"organisations", "from organisation o order by o.id", organisations},
    {"pairings", "from pairing g order by g.id", pairings},
    {"enlistments", "from enlistment e order by e.id", enlistments},
    {"care_visits", "from care_contact v join care c on c.id = v.care order by v.id", visits},
    {"thanks_consents", "from consent k where k.purpose like 'thanks_%' order by k.id", thanks_consents},
    {"level_changes", "from level_change l order by l.id", level_changes},
    {"patrol_points", "from patrol_point r order by r.id", patrol_points},
    {"patrol_visits", "from patrol_visit v order by v.id", patrol_visits},
    {"inspections", "from inspection i order by i.id", inspections},
    {"inspection_items", "from inspection_item m order by m.inspection, m.item", inspection_items},
    {"guidance_reads", "from guidance_read g order by g.person, g.card", guidance_reads},
    {"questions", "from question q where q.withdrawn = 0 order by q.id", questions},
    {"questions_told", "from question_told t order by t.id", questions_told},
    {"posts", "from post p order by p.id", posts},
    {"care_contacts", "from care_contact k order by k.id", care_contacts},
    {"bulletins", "from bulletin b order by b.week", bulletins},
    {"bulletin_errata", "from bulletin_erratum e order by e.id", bulletin_errata},
    {"assessment_items", "from assessment_item i order by i.id", assessment_items},
    {"campaigns", "from campaign k order by k.id", campaigns},
    {"campaign_households", "from campaign_household h order by h.campaign, h.household",
     campaign_households},
    {"campaign_events", "from campaign_event e order by e.id", campaign_events},
    {"campaign_counts",
     "from campaign_count c join area a on a.id = c.area where a.kind <> 'household' "
     "order by c.campaign, c.area, c.state",
     campaign_counts},
    {"campaign_bases",
     "from campaign_base b join area a on a.id = b.area where a.kind <> 'household' order by b.campaign, "
     "b.area",
     campaign_bases},
    {"register_counts", "from register_count r join area a on a.id = r.area order by r.area",
     register_counts},
    {"campaign_days", "from campaign_day d order by d.id", campaign_days},
    {"examples", "from example x order by x.id", examples},
    {"household_answers", "from household_answer a order by a.id", household_answers},
};

}  // namespace

std::span<const ExportTable> export_tables() {
  return all;
}

}  // namespace linli::app
