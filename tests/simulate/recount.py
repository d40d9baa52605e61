#!/usr/bin/env python3
"""Counts again, outside the program: reads the CSV files of `linli export` into SQLite, counts by plain SQL, and
compares with what `linli simulate` printed.  usage: recount.py EXPORTED REPORT.  Exit 0 if every number agrees.
Standard library only."""
import csv
import pathlib
import re
import sqlite3
import sys

# What the report calls it, and how the exported rows say it. `until` is the end of the simulated time.
COUNTS = [
    "select 'tasks.' || kind, count(*) from tasks group by kind",
    "select 'task_ends.' || closed_how, count(*) from tasks where state = 'closed' group by closed_how",
    "select 'task_events.' || what, count(*) from task_events group by what",
    "select 'deliveries.' || state, count(*) from deliveries group by state",
    "select 'shifts.' || state, count(*) from shifts where state in ('declined', 'left') group by state",
    "select 'shifts.late', count(*) from shifts where in_at <> '' and cast(late_minutes as integer) > 0 having count(*) > 0",
    "select 'shifts.on_time', count(*) from shifts where in_at <> '' and cast(late_minutes as integer) = 0 having count(*) > 0",
    "select 'shifts.checked_in_by_' || in_by, count(*) from shifts where in_by <> '' group by in_by",
    "select 'shifts.made_by_' || made_by, count(*) from shifts where made_by <> '' group by made_by",
    "select 'shifts.confirmed', count(*) from shifts where confirmed_at <> ''",
    "select 'shifts.missing', count(*) from shifts where state in ('planned', 'confirmed') and ends_at <= :until",
    "select 'households.reported_' || state, count(*) from checkins group by state",
]
GROUPS = ("tasks.", "task_ends.", "task_events.", "deliveries.", "shifts.", "households.")


def load(folder):
    db = sqlite3.connect(":memory:")
    for file in sorted(folder.glob("*.csv")):
        with open(file, encoding="utf-8-sig", newline="") as text:
            rows = list(csv.reader(text))
        names = ", ".join(f'"{name}"' for name in rows[0])
        db.execute(f'create table "{file.stem}" ({names})')
        marks = ", ".join("?" * len(rows[0]))
        db.executemany(f'insert into "{file.stem}" values ({marks})', rows[1:])
    return db


def main():
    folder, report = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).read_text(encoding="utf-8")
    until = re.search(r"until (\d{4}-\d\d-\d\d \d\d:\d\d)", report).group(1) + ":00"
    printed = {kind: int(times) for kind, times in re.findall(r"^([a-z_]+\.\S+) +(\d+)$", report, re.MULTILINE)}
    db, counted = load(folder), {}
    for sql in COUNTS:
        counted.update(db.execute(sql, {"until": until} if ":until" in sql else {}).fetchall())
    kinds = {kind for kind in printed if kind.startswith(GROUPS)} | set(counted)
    wrong = [kind for kind in sorted(kinds) if printed.get(kind, 0) != counted.get(kind, 0)]
    for kind in wrong:
        print(f"{kind}: the report says {printed.get(kind, 0)}, the exported rows are {counted.get(kind, 0)}")
    print(f"{len(kinds)} numbers counted again, {len(wrong)} differ")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
