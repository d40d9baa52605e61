#!/usr/bin/env python3
"""The demo begins with days behind it: at once ready, and within five minutes somebody new sees a reminder, a ticket
that nobody took and a post without anybody; by day and by night.  usage: demo_test.py LINLI.  Runs in the source
folder."""
import json
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request


def fetch(url, body=None):
    data = json.dumps(body).encode() if body is not None else None
    with urllib.request.urlopen(urllib.request.Request(url, data, {"Content-Type": "application/json"}), timeout=60) as answer:
        return json.load(answer)


def words(line):
    return " ".join([line.get("text", "")] + [json.dumps(field, ensure_ascii=False) for field in line.get("fields", [])])


def seen(linli, at):
    """What each of the cast is shown in the first five minutes, and how long the start took."""
    with tempfile.TemporaryDirectory(prefix="linli-demo-") as data:
        began = time.monotonic()
        demo = subprocess.Popen([linli, "sandbox", "--days-behind", "3", "--port", "0", "--phone-port", "0", "--data", data, "--at", at],
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            page = None
            while page is None:
                line = demo.stdout.readline()
                if not line:
                    sys.exit("WRONG the demo did not start")
                found = re.search(r"phone page +(\S+)", line)
                page = found and found.group(1).rstrip("/")
            took = time.monotonic() - began
            people = {p["openid"]: p["name"] for p in fetch(page + "/phones")["people"]}
            received, last = {}, 0
            for _ in range(5):
                fetch(page + "/clock", {"advance_seconds": 60})
                for _ in range(8):
                    time.sleep(0.25)
                    answer = fetch(f"{page}/phones/events?after={last}&moves=0")
                    last = answer["last"]
                    for event in answer["events"]:
                        line = event.get("line", event)
                        if line.get("openid") in people:
                            received.setdefault(people[line["openid"]], []).append(words(line))
            return received, took
        finally:
            demo.send_signal(signal.SIGTERM)
            demo.wait(timeout=40)


good = True
for at in ("2026-03-12 10:07", "2026-03-12 02:31"):
    received, took = seen(sys.argv[1], at)
    for what, who, pattern in (("a reminder", "网格长", "还没办完|提醒："), ("a ticket nobody took", "社区值班", "没人接"),
                               ("a post without anybody", "", "缺岗|缺人值班")):  # volunteers nearby first, then 网格长
        found = any(re.search(pattern, text) for name, texts in received.items() if who in ("", name) for text in texts)
        good = good and found
        print(f"{'ok   ' if found else 'WRONG'} {at}: {what}")
        if not found:
            print(json.dumps(received, ensure_ascii=False, indent=1))
    print(f"ready after {took:.1f} s")
    good = good and took < 20
sys.exit(0 if good else 1)
