#!/usr/bin/env python3
"""A small simulated world is exported and counted again by recount.py: it agrees; with one number or one row changed
it does not.  usage: recount_test.py LINLI.  Runs in the source folder."""
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def recount(folder, report):
    return subprocess.run([sys.executable, str(HERE / "recount.py"), str(folder), str(report)], stdout=subprocess.PIPE,
                          text=True, check=False)


def expect(what, held):
    print(("ok   " if held else "WRONG ") + what)
    if not held:
        sys.exit(1)


with tempfile.TemporaryDirectory(prefix="linli-recount-") as name:
    folder = pathlib.Path(name)
    linli = [sys.argv[1]]
    report = subprocess.run(linli + ["simulate", "--days", "3", "--residents", "80", "--seed", "3", "--data", str(folder / "data")],
                            stdout=subprocess.PIPE, text=True, check=True).stdout
    (folder / "report").write_text(report, encoding="utf-8")
    export = linli + ["export", str(folder / "facts"), "--data", str(folder / "data")]
    subprocess.run(export, check=True, stdout=subprocess.DEVNULL)
    first = recount(folder / "facts", folder / "report")
    print(first.stdout, end="")
    expect("the recount agrees", first.returncode == 0)

    line = next(l for l in report.splitlines() if l.startswith("task_events.offered "))
    number = line.split()[-1]
    (folder / "changed").write_text(report.replace(line, line[:-len(number)] + str(int(number) + 1)), encoding="utf-8")
    expect("one number changed is noticed", recount(folder / "facts", folder / "changed").returncode == 1)

    checkins = folder / "facts" / "checkins.csv"
    text = checkins.read_bytes()
    checkins.write_bytes(text[:text.rstrip().rfind(b"\n") + 1])
    expect("one row less is noticed", recount(folder / "facts", folder / "report").returncode == 1)

    everything = b"".join(file.read_bytes() for file in (folder / "facts").iterdir())
    names = (folder / "data" / "world" / "people.csv").read_text(encoding="utf-8").splitlines()[1:]
    expect("no name and no phone is in it", not any(cell.encode() in everything for row in names for cell in row.split(",")[1:4]))
    subprocess.run(export[:2] + [str(folder / "named")] + export[3:] + ["--with-personal-data", "--tables", "appointments"], check=True,
                   stdout=subprocess.DEVNULL)
    named = (folder / "named" / "appointments.csv").read_text(encoding="utf-8-sig")
    expect("with personal data the names are", any(row.split(",")[1] in named for row in names))
    (folder / "data" / "linli.key").unlink()
    refused = subprocess.run(export + ["--with-personal-data"], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    expect("and without the key they are refused", refused.returncode == 1)
