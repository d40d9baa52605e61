#!/usr/bin/env python3
"""linli classify and linli match as pipes: a line out for each line in, at once; clear errors for a bad claims file.
usage: commands_test.py LINLI (in the project's folder)"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

LINLI = sys.argv[1]
LINES = ["", "体温36.5，另外家里没米了", "😭😭😭", "我爸胸口疼，喘不上气", "长" * 10_000, "\u202e倒着写\u200b的", "a"]


def run(*args, data=b""):
    return subprocess.run([LINLI, *args], input=data, capture_output=True, timeout=60)


def check(condition, what):
    if not condition:
        sys.exit(f"FAILED: {what}")


def classify():
    data = "\n".join(LINES).encode() + b"\n\xff\xfe broken \xc0\n"
    done = run("classify", data=data)
    check(done.returncode == 0, done.stderr.decode())
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    check(len(rows) == len(LINES) + 1, f"{len(rows)} lines for {len(LINES) + 1}")
    for row in rows:
        check(list(row) == ["intent", "intents", "confidence", "ask", "distress"], f"keys {list(row)}")
        check(row["intent"] == row["intents"][0], "intent is the first of intents")
    check(sorted(rows[1]["intents"]) == ["health_checkin", "help_supplies"], f"two wishes: {rows[1]}")
    check(rows[3]["distress"] and not rows[3]["ask"], f"distress: {rows[3]}")


def as_a_pipe():
    with subprocess.Popen([LINLI, "classify"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        for text in ("你好", "", "家里没米了"):
            process.stdin.write((text + "\n").encode())
            process.stdin.flush()
            check(json.loads(process.stdout.readline()), "an answer before the next line is written")
        process.stdin.close()


def match(folder):
    claims = folder / "claims.jsonl"
    claims.write_text('{"id":"A","canonical_text":"喝白酒可以杀死新冠病毒","verdict":"false","clarification":"不可以"}\n\n'
                      '{"id":"B","canonical_text":"明天起全市超市停业三天"}\n', encoding="utf-8")
    texts = ["听说喝白酒可以杀死新冠病毒是真的吗", "", "明天起全市超市停业七天", "你好"]
    done = run("match", "--claims", str(claims), data="\n".join(texts).encode())
    check(done.returncode == 0, done.stderr.decode())
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    check(len(rows) == len(texts), "a line each, also without a last line end")
    check(rows[0]["tier"] == "answer" and rows[0]["id"] == "A" and rows[0]["candidates"][0] == "A", rows[0])
    check(rows[1] == {"tier": "new", "id": None, "score": 0, "candidates": []}, rows[1])
    check(rows[2]["tier"] != "answer", rows[2])
    check(list(rows[3]) == ["tier", "id", "score", "candidates"], rows[3])


def bad_claims(folder):
    for text, wanted in [
        ('{"id":"A","canonical_text":"一件事"}\n{"id":"A","canonical_text":"另一件"}\n', ":2: id \"A\" stands on line 1"),
        ('{"id":"A","canonical_text":"一件事"}\n{"id":\n', ":2: "),
        ('{"id":"A"}\n', ":1: \"canonical_text\""),
        ('{"canonical_text":"一件事"}\n', ":1: \"id\""),
        ('[]\n', ":1: expected an object"),
    ]:
        file = folder / "bad.jsonl"
        file.write_text(text, encoding="utf-8")
        done = run("match", "--claims", str(file))
        check(done.returncode == 2, f"exit {done.returncode} for {text!r}")
        check(wanted in done.stderr.decode(), f"{done.stderr.decode()!r} lacks {wanted!r}")
    check(run("match", "--claims", str(folder / "missing.jsonl")).returncode == 2, "a missing file")
    check(run("match").returncode == 2, "no claims")


with tempfile.TemporaryDirectory() as made:
    classify()
    as_a_pipe()
    match(Path(made))
    bad_claims(Path(made))
print("classify and match answer line by line")
