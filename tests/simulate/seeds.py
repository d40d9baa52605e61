#!/usr/bin/env python3
"""Runs `linli simulate` for many seeds and prints a line of figures for each; what a violation said goes to standard
error.  usage: seeds.py [--linli build/linli] [--days 14] [--residents 2000] [--seeds 1-20]"""
import argparse
import re
import subprocess
import sys
import time

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("--linli", default="build/linli")
parser.add_argument("--days", default="14")
parser.add_argument("--residents", default="2000")
parser.add_argument("--seeds", default="1-20")
args = parser.parse_args()
first, last = (int(n) for n in args.seeds.split("-"))
red = 0
print(f"{'seed':>4} {'seconds':>8} {'messages':>9} {'tasks':>7} {'climbed':>8} {'reminded':>9} {'sends':>8} {'in doubt':>9} "
      f"{'house gone':>11} {'checks':>9}")
for seed in range(first, last + 1):
    began = time.monotonic()
    run = subprocess.run([args.linli, "simulate", "--days", args.days, "--residents", args.residents, "--seed", str(seed)],
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
    took = time.monotonic() - began
    counts = {kind: int(n) for kind, n in re.findall(r"^([a-z_]+\.\S+) +(\d+)$", run.stdout, re.MULTILINE)}
    checks = sum(int(n) for n in re.findall(r"^invariant \S+ +(\d+)", run.stdout, re.MULTILINE))
    total = lambda *starts: sum(n for kind, n in counts.items() if kind.startswith(starts))
    print(f"{seed:>4} {took:>8.1f} {total('messages.'):>9} {total('tasks.'):>7} {counts.get('task_events.escalated', 0):>8} "
          f"{counts.get('task_events.reminded', 0):>9} {counts.get('sends.custom', 0) + counts.get('sends.template', 0):>8} "
          f"{counts.get('sends.in_doubt', 0):>9} {sum(counts.get('chance.' + k, 0) for k in ('restarts', 'crashes', 'house_outages')):>11} {checks:>9} "
          f"{'green' if run.returncode == 0 else 'RED'}", flush=True)
    if run.returncode != 0:
        red += 1
        print("\n".join(l for l in run.stdout.splitlines() if re.match(r"^(  |MISSING|invariant .*VIOLATED)", l)), file=sys.stderr)
sys.exit(1 if red else 0)
