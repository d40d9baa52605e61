#!/usr/bin/env python3
"""The full encrypted durable turn beside the durable floor, in one run: wrk on one core, the server on the other.

    tests/bench/bench.py [--build build] [--seconds 8] [--people 20000] [--rounds 3]

Prints for each: requests a second, CPU seconds for 10,000 requests, p50 and p99; and the ratios to the floor of the same
round. Standard library only; needs wrk and a Release build with -DLINLI_BENCH=ON."""
import argparse
import csv
import http.client
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
HERE = pathlib.Path(__file__).resolve().parent
TICKS = os.sysconf("SC_CLK_TCK")
ENV = dict(os.environ, BENCH_SECRET="secret", BENCH_TOKEN="benchtoken", BENCH_AES="benchbenchbenchbenchbenchbenchbenchbenchben")


def write_community(folder, people):
    """One district as the import takes it: buildings of 60 flats, one person on the bot in each."""
    folder.mkdir()
    write = lambda name, head, rows: csv.writer(open(folder / name, "w", newline="")).writerows([head.split(",")] + rows)
    areas = [["d", "district", "测试区", "", "0", "", ""], ["s", "street", "测试街道", "d", "0", "", ""],
             ["c", "community", "测试社区", "s", "0", "", ""], ["k", "compound", "测试苑", "c", "0", "", ""]]
    persons = [["leader", "网格长甲", "19900000000", "oLeader000000000000000000000", ""]]
    for i in range(people):
        building = f"b{i // 60}"
        if i % 60 == 0:
            areas.append([building, "building", f"{i // 60 + 1}号楼", "k", "0", "", ""])
        areas.append([f"h{i}", "household", str(101 + i % 60), building, "0", "", ""])
        persons.append([f"p{i}", f"住户{i}", f"19{i:09}", f"oBench{i:022}", f"h{i}"])
    write("areas.csv", "code,kind,name,parent,unmanaged,lat,lon", areas)
    write("people.csv", "code,name,phone,openid,household", persons)
    write("appointments.csv", "person,role,area,from,until,substitute", [["leader", "grid_leader", "k", "2026-01-01", "", ""]])


def consent(database):
    """Everybody has agreed long ago, as a household that checks in daily has."""
    db = sqlite3.connect(database)
    purpose, version = "health", db.execute("select coalesce((select version from consent limit 1), '1')").fetchone()[0]
    db.execute("insert into consent (person, purpose, version, granted_at) select id, ?, ?, 1700000000 from person", (purpose, version))
    db.commit()
    db.execute("pragma wal_checkpoint(truncate)")
    db.close()


class Linli:
    name = "linli"

    def __init__(self, args, folder):
        self.build = args.build
        self.folder = folder
        (folder / "linli.toml").write_text(f"""
[store]
path = "{folder}/linli.db"
key_file = "{folder}/linli.key"
[http]
port = 0
[dialog]
digest_at = ["12:00", "18:00"]
[account.bench]
app_id = "wxbench"
app_secret_env = "BENCH_SECRET"
token_env = "BENCH_TOKEN"
aes_key_env = "BENCH_AES"
api_base = "http://127.0.0.1:1"
""")

    def command(self, *words):
        return [str(self.build / "linli"), "--config", str(self.folder / "linli.toml"), *words]

    def prepare(self, community):
        subprocess.run(self.command("import", str(community)), cwd=ROOT, env=ENV, check=True, stdout=subprocess.DEVNULL)
        consent(self.folder / "linli.db")
        shutil.copy(self.folder / "linli.db", self.folder / "pristine.db")

    def start(self):
        for end in ("-wal", "-shm"):
            (self.folder / f"linli.db{end}").unlink(missing_ok=True)
        shutil.copy(self.folder / "pristine.db", self.folder / "linli.db")
        self.process = subprocess.Popen(["taskset", "-c", "0"] + self.command("serve"), cwd=ROOT, env=ENV, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.port = int(re.search(r":(\d+)\s*$", self.process.stdout.readline()).group(1))


class Floor:
    name = "floor"

    def __init__(self, args, folder):
        self.build, self.folder = args.build, folder

    def start(self):
        self.process = subprocess.Popen(["taskset", "-c", "0", str(self.build / "tests/bench/bench_floor"), str(self.folder / "floor.db")],
                                        stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())


def cpu_seconds(pid):
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def wrk(server, bodies, seconds, connections=64):
    done = subprocess.run(["taskset", "-c", "1", "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(HERE / "send.lua"),
                           f"http://127.0.0.1:{server.port}", "--", str(bodies), "/wechat/bench"], capture_output=True, text=True, check=True)
    found = re.search(r"RESULT requests=(\d+) seconds=([\d.]+) p50=(\d+) p99=(\d+) errors=(\d+)", done.stdout)
    return [float(x) for x in found.groups()]


def measure(server, build, kind, args, folder, seed):
    count = int(args.seconds * 32000)
    bodies = folder / "bodies"
    with open(bodies, "w") as out:
        subprocess.run([str(build / "tests/bench/bench_bodies"), str(count), str(args.people), kind, str(seed)], stdout=out, check=True)
    server.start()
    before = cpu_seconds(server.process.pid)
    requests, seconds, p50, p99, errors = wrk(server, bodies, args.seconds)
    cpu = cpu_seconds(server.process.pid) - before
    server.process.send_signal(signal.SIGTERM if server.name == "linli" else signal.SIGKILL)
    server.process.wait()
    row = {"rate": requests / seconds, "cpu": cpu / requests * 10000, "p50": p50 / 1000, "p99": p99 / 1000, "errors": errors}
    print(f"{server.name:6} {kind:8} {row['rate']:9.0f} /s  {row['cpu']:.3f} cpu s/10k  p50 {row['p50']:6.2f} ms  p99 {row['p99']:6.2f} ms"
          f"  errors {errors:.0f}" + ("  (bodies repeated)" if requests > count else ""), flush=True)
    return row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=lambda p: pathlib.Path(p).resolve(), default=ROOT / "build")
    parser.add_argument("--seconds", type=int, default=8)
    parser.add_argument("--people", type=int, default=20000)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="linli-bench-"))
    try:
        write_community(folder / "community", args.people)
        linli, floor = Linli(args, folder), Floor(args, folder)
        linli.prepare(folder / "community")
        ratios = {"echo": [], "checkin": [], "help": []}
        for round_number in range(args.rounds):
            base = measure(floor, args.build, "echo", args, folder, 10 * round_number)
            for number, kind in enumerate(ratios):
                turn = measure(linli, args.build, kind, args, folder, 10 * round_number + 1 + number)
                ratios[kind].append(turn["cpu"] / base["cpu"])
        for kind, found in ratios.items():
            print(f"{kind}: {statistics.median(found):.2f} times the CPU of the durable floor (rounds: {', '.join(f'{r:.2f}' for r in found)})")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
