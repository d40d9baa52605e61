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
    {"excuse", "s.excuse_sealed", Cell::sealed, "shift.excuse"},
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
    {"at", "l.at", Cell::time},
    {"person", "l.person", Cell::number},
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
};

}  // namespace

std::span<const ExportTable> export_tables() {
  return all;
}

}  // namespace linli::app
