#!/usr/bin/env python3
"""Counts a bulletin again, outside the program: every figure of every line, by SQL on the CSV files of `linli export`,
compared with the bulletin's JSON.  usage: recount_bulletin.py EXPORTED WEEK.json.  Exit 0 if every number agrees.
Standard library only."""
import collections
import datetime
import json
import pathlib
import sys

from recount import load

LINES = ("district", "street", "township", "community", "village")
HELP = "kind in ('help', 'life_safety')"
DUE_LEVELS = ("alert", "emergency")  # config/levels.toml: daily_checkin

# The figure, and (area, number) of what it counts; :from and :until are the bulletin's.
EVENTS = {
    "help_opened": (HELP, ["opened"]), "help_solved": (HELP, ["done"]), "help_confirmed": (HELP, ["confirmed"]),
    "help_silent": (HELP, ["closed_silent"]), "help_reopened": (HELP, ["reopened"]),
    "rumour_opened": ("kind = 'rumour_review'", ["opened"]), "rumour_checked": ("kind = 'rumour_review'", ["closed"]),
    "suggestion_opened": ("kind = 'suggestion'", ["opened"]),
    "suggestion_answered": ("kind = 'suggestion'", ["done", "closed"]),
    "gap_opened": ("kind = 'gap'", ["opened"]), "gap_filled": ("kind = 'gap'", ["closed"]),
    "screening_opened": ("kind = 'screening'", ["opened"]), "screening_closed": ("kind = 'screening'", ["closed"]),
    "patrol_missed": ("kind = 'patrol_point'", ["opened"]), "finding_opened": ("kind = 'finding'", ["opened"]),
    "finding_solved": ("kind = 'finding'", ["done", "closed"]), "rectify_opened": ("kind = 'rectification'", ["opened"]),
    "rectify_closed": ("kind = 'rectification'", ["closed", "confirmed"]),
    "notice_asked": ("kind = 'acknowledge'", ["opened"]), "notice_acknowledged": ("kind = 'acknowledge'", ["closed"]),
    "care_missed": ("kind = 'care'", ["opened"]),
}
STOOD = "state in ('on_post', 'left')"
LATE = f"{STOOD} and corrected_at = '' and cover_of = '' and (missed_at <> '' or unixepoch(in_at) > unixepoch(starts_at) + 300)"
NOT_STOOD = f"not ({STOOD}) and excused = '0' and state not in ('declined', 'cancelled')"
SHIFTS = {"duty_stood": f"{STOOD} and not ({LATE})", "duty_late": LATE, "duty_missing": f"{NOT_STOOD} and missed_at <> ''",
          "duty_excused": f"not ({STOOD}) and excused = '1'"}
CLOSING = "('confirmed', 'withdrawn', 'closed', 'closed_silent', 'merged')"
OPEN = f"""opened_at < :until and (closed_at = '' or closed_at >= :until) and (select what not in {CLOSING} from task_events e
  where e.task = number and e.at < :until and (what in {CLOSING} or what in ('opened', 'reopened', 'undone'))
  order by e.rowid desc limit 1)"""
LATE_WORK = "exists (select 1 from task_events l where l.task = number and l.at < :until and l.what in ('escalated', 'top_reminded'))"


class Recount:
    def __init__(self, folder, bulletin):
        self.db = load(folder)
        self.until = bulletin["until"] + ":00"
        self.begins = bulletin["from"] + ":00"
        self.parent, self.kind, self.level = {}, {}, {}
        for code, parent, kind, level in self.db.execute("select code, parent, kind, level from areas"):
            self.parent[code], self.kind[code], self.level[code] = parent, kind, level
        self.root = next(code for code, kind in self.kind.items() if kind == "district")
        self.own = collections.defaultdict(lambda: collections.defaultdict(int))  # by line and figure
        self.spans = collections.defaultdict(list)
        self.changes = self.db.execute("select area, level, before, at from level_changes order by at").fetchall()

    def line(self, area):
        while area and self.kind.get(area) not in LINES:
            area = self.parent.get(area, "")
        return area or self.root

    def add(self, figure, rows):
        for area, number in rows:
            self.own[self.line(area)][figure] += number

    def sql(self, text):
        return self.db.execute(text, {"from": self.begins, "until": self.until}).fetchall()

    def above(self, area):
        while area:
            yield area
            area = self.parent.get(area, "")

    def due(self, area, day):
        noon, chain = f"{day} 12:00:00", list(self.above(area))
        before = [change for change in self.changes if change[0] in chain and change[3] <= noon]
        after = [change for change in self.changes if change[0] in chain and change[3] > noon]
        if before:
            return before[-1][1] in DUE_LEVELS
        if after:
            return after[0][2] in DUE_LEVELS
        return next((self.level[code] for code in chain if self.level[code]), "normal") in DUE_LEVELS

    def checkins(self):
        first = datetime.date.fromisoformat(self.begins[:10])
        days = [str(first + datetime.timedelta(n)) for n in range(7)]
        days = [day for day in days if f"{day} 12:00:00" < self.until]
        for code, homes in self.db.execute("select code, cast(households as integer) from areas"):
            self.add("households", [(code, homes)])
            self.add("checkin_due", [(code, homes * sum(self.due(code, day) for day in days))])
        for area, day, state, via, number in self.db.execute(
                "select area, day, state, via, count(*) from checkins where objected_at = '' group by 1, 2, 3, 4"):
            if day not in days or not self.due(area, day):
                continue
            heard = state in ("fine", "symptom")
            self.add("checkin_done", [(area, number * heard)])
            self.add("checkin_proxy", [(area, number * (heard and via != "self"))])
            self.add("checkin_unwell", [(area, number * (state == "symptom"))])
            self.add("checkin_unreached", [(area, number * (state in ("unreachable", "refused")))])
            self.add("checkin_due", [(area, -number * (state in ("empty", "moved")))])
        marks = ", ".join(f"'{day}'" for day in days)
        self.add("care_contacts", self.sql(f"select area, count(*) from care_contacts where day in ({marks}) "
                                           "and how in ('ok', 'need', 'self') group by area"))

    def run(self):
        self.checkins()
        for figure, (kinds, whats) in EVENTS.items():
            marks = ", ".join(f"'{what}'" for what in whats)
            self.add(figure, self.sql(f"select area, count(*) from tasks where {kinds} and number in (select task from "
                                      f"task_events where what in ({marks}) and at >= :from and at < :until) group by area"))
        for figure, became in SHIFTS.items():
            rows = self.sql(f"select p.area, count(*) from (select * from shifts where {became}) s join posts p on "
                            "p.code = s.post where s.person <> '' and starts_at >= :from and starts_at < :until group by 1")
            self.add(figure, rows)
            if figure != "duty_excused":
                self.add("duty_due", rows)
        for campaign, top, kept in self.sql("select id, area, audience <> '' or closed_at <> '' from campaigns where "
                                            "opened_at < :until and (closed_at = '' or closed_at >= :from)"):
            inside = [code for code in self.kind if top in self.above(code)]
            if kept:
                bases = dict(self.db.execute("select area, cast(households as integer) from campaign_bases where campaign = ?", (campaign,)))
                lines = [code for code in inside if self.kind[code] in LINES or code == top]
                for code in lines:
                    below = [c for c in lines if c != code and self.line(self.parent[c]) == code]
                    self.own[self.line(code)]["campaign_base"] += bases.get(code, 0) - sum(bases.get(c, 0) for c in below)
            else:
                homes = dict(self.db.execute("select code, cast(households as integer) from areas"))
                self.add("campaign_base", [(code, homes[code]) for code in inside])
        newest = """select area, state, count(*) from (select e.area, e.state, row_number() over (partition by e.campaign,
          e.home order by cast(e.id as integer) desc) as place from campaign_events e join campaigns k on k.id = e.campaign
          where e.at < :until and k.opened_at < :until and (k.closed_at = '' or k.closed_at >= :from)) where place = 1
          group by 1, 2"""
        for area, state, number in self.sql(newest):
            if state != "not_yet":
                self.add("campaign_unreachable" if state == "unreachable" else "campaign_known", [(area, number)])
        for column in ("messages", "questions"):
            self.add(f"burden_{column}", self.sql(f"select area, sum(cast({column} as integer)) from burden where "
                                                  "day_at >= :from and day_at < :until group by area"))
        self.add("help_open", self.sql(f"select area, 1 from tasks where {HELP} and {OPEN}"))
        self.add("gap_open", self.sql(f"select area, 1 from tasks where kind = 'gap' and {OPEN}"))
        self.add("overdue", self.sql(f"select area, 1 from tasks where {OPEN} and {LATE_WORK}"))
        # Once a person and line: whoever stood every shift, whoever solved what was confirmed.
        stood = collections.defaultdict(list)
        for area, person, good, bad in self.sql(
                f"select p.area, s.person, {SHIFTS['duty_stood']}, not ({SHIFTS['duty_stood']}) and not ({SHIFTS['duty_excused']}) "
                "and state <> 'declined' from shifts s join posts p on p.code = s.post where s.person <> '' and "
                "starts_at >= :from and starts_at < :until and state <> 'cancelled'"):
            stood[self.line(area), person].append((good, bad))
        for (line, _), shifts in stood.items():
            if any(good for good, _ in shifts) and not any(bad for _, bad in shifts):
                self.own[line]["thanks_duty"] += 1
        helped = {(self.line(area), owner) for area, owner in self.sql(
            f"select area, owner from tasks where {HELP} and owner <> '' and number in (select task from task_events "
            "where what = 'confirmed' and at >= :from and at < :until)")}
        for line, _ in helped:
            self.own[line]["thanks_help"] += 1
        for area, seconds in self.sql(
                "select area, (select max(unixepoch(e.at)) from task_events e where e.task = number and e.what = 'done' and "
                f"e.at >= :from and e.at < :until) - unixepoch(opened_at) from tasks where {HELP}"):
            if seconds is not None:
                self.spans[self.line(area)].append(max(seconds, 0))

    def value(self, line, figure):
        """Of an area and everything below it; of an own line, of the area alone."""
        code = line["code"]
        below = [code[:-1]] if line["kind"] == "own" else [c for c in self.kind if code in self.above(c)]
        if figure in ("help_median", "help_ninth"):
            spans = sorted(span for c in below for span in self.spans.get(c, []))
            tenths = 5 if figure == "help_median" else 9
            return spans[(len(spans) * tenths + 9) // 10 - 1] if spans else None
        return sum(self.own[c][figure] for c in below if c in self.own)


def main():
    written = json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8"))
    bulletin = written["bulletin"]
    recount = Recount(pathlib.Path(sys.argv[1]), bulletin)
    recount.run()
    counted = [figure["id"] for figure in written["figures"] if "part" not in figure]
    numbers = wrong = 0
    for line in bulletin["areas"]:
        for figure in counted:
            said, found = line["values"].get(figure), recount.value(line, figure)
            numbers += 1
            if said != found:
                wrong += 1
                print(f"{line['code']} {figure}: the bulletin says {said}, the exported rows are {found}")
    print(f"{numbers} figures counted again, {wrong} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
