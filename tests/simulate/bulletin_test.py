#!/usr/bin/env python3
"""A bulletin of a simulated week: the same bytes twice and from an export on another database; counted again by SQL
on the export; the XLSX opened in LibreOffice has the same sums and no formula.  usage: bulletin_test.py LINLI
Runs in the source folder."""
import csv
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
WEEK = "2026-W10"
ENDINGS = ("html", "xlsx", "csv", "json")


def expect(what, held):
    print(("ok   " if held else "WRONG ") + what)
    if not held:
        sys.exit(1)


def recount(folder, bulletin):
    return subprocess.run([sys.executable, str(HERE / "recount_bulletin.py"), str(folder), str(bulletin)],
                          stdout=subprocess.PIPE, text=True, check=False)


def same(one, other):
    return all((one / f"{WEEK}.{e}").read_bytes() == (other / f"{WEEK}.{e}").read_bytes() for e in ENDINGS)


def opened_in_libreoffice(folder):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    expect("LibreOffice is there: apt-get install libreoffice-calc-nogui", office is not None)
    subprocess.run([office, f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1",
                    "--outdir", str(folder / "office-csv"), str(folder / "first" / f"{WEEK}.xlsx")],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=180)
    written = next((folder / "office-csv").glob("*.csv"))
    with open(written, encoding="utf-8-sig", newline="") as text:
        return list(csv.reader(text))


with tempfile.TemporaryDirectory(prefix="linli-bulletin-") as name:
    folder = pathlib.Path(name)
    linli = sys.argv[1]

    def run(*words):
        subprocess.run([linli, *map(str, words)], check=True, stdout=subprocess.DEVNULL)

    run("simulate", "--days", "8", "--residents", "100", "--seed", "3", "--data", folder / "data")
    run("export", folder / "facts", "--data", folder / "data")
    # The week's end and its issue are simulated too; --recount counts as the export's side does.
    run("bulletin", "--data", folder / "data", "--week", WEEK, "--recount", "--out", folder / "first")
    time.sleep(2.1)  # a clock in any file would show
    run("bulletin", "--data", folder / "data", "--week", WEEK, "--recount", "--out", folder / "second")
    run("bulletin", "--from-export", folder / "facts", "--week", WEEK, "--out", folder / "rebuilt")
    expect("the same bytes twice", same(folder / "first", folder / "second"))
    expect("the same bytes from an export on another database", same(folder / "first", folder / "rebuilt"))

    counted = recount(folder / "facts", folder / "first" / f"{WEEK}.json")
    print(counted.stdout, end="")
    expect("the recount on the export agrees", counted.returncode == 0)
    changed = (folder / "first" / f"{WEEK}.json").read_text(encoding="utf-8")
    number = re.search(r'"help_opened":(\d+)', changed)
    (folder / "changed.json").write_text(changed.replace(number.group(0), f'"help_opened":{int(number.group(1)) + 1}', 1),
                                         encoding="utf-8")
    expect("one figure changed is noticed", recount(folder / "facts", folder / "changed.json").returncode == 1)

    with zipfile.ZipFile(folder / "first" / f"{WEEK}.xlsx") as book:
        sheets = [book.read(part).decode() for part in book.namelist() if part.startswith("xl/worksheets/")]
    expect("no formula in the workbook", sheets and not any("<f>" in sheet or "<f " in sheet for sheet in sheets))
    written = json.loads((folder / "first" / f"{WEEK}.json").read_text(encoding="utf-8"))
    rows = opened_in_libreoffice(folder)
    head = next(i for i, row in enumerate(rows) if row[0] == "地方")
    titles = [figure["title"] for figure in written["figures"]]
    columns = {figure["id"]: 4 + i for i, figure in enumerate(written["figures"])
               if "part" not in figure and "seconds" not in figure}
    expect("LibreOffice shows every figure's title", all(title in rows[head][4 + i] for i, title in enumerate(titles)))
    lines = {row[1]: row for row in rows[head + 1:] if len(row) > 4 and row[1]}
    expect("and every line", list(lines) == [line["code"] for line in written["bulletin"]["areas"]])
    for line in written["bulletin"]["areas"]:
        for figure, column in columns.items():
            if int(lines[line["code"]][column]) != line["values"][figure]:
                expect(f"{line['code']} {figure} is {line['values'][figure]}", False)
    top = written["bulletin"]["areas"][0]
    below = [line["code"] for line in written["bulletin"]["areas"] if line["parent"] == top["code"]]
    sums = all(sum(int(lines[code][column]) for code in below) == int(lines[top["code"]][column]) for column in columns.values())
    expect("the children's cells sum to the parent's", sums)
    cells = [cell for row in csv.reader(open(folder / "first" / f"{WEEK}.csv", encoding="utf-8-sig", newline="")) for cell in row]
    expect("no cell of the CSV is a formula", not any(cell[:1] in "=+@\t\r" for cell in cells if cell))
