#!/usr/bin/env python3
"""linli classify and linli match as pipes: a line out for each line in, at once; clear errors for a bad claims file.
usage: commands_test.py LINLI (in the project's folder)"""
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
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


def calibrate(folder):
    """The thresholds follow from the queries: written with date and fingerprint, read by the next run."""
    words = Path("config/words").resolve()
    settings = folder / "linli.toml"
    shutil.copytree("config", folder / "config")
    settings.write_text(f'{Path("config/linli.toml").read_text(encoding="utf-8")}'
                        .replace('understanding = "config"', f'understanding = "{folder}/config"')
                        .replace('words = "config/words"', f'words = "{words}"'), encoding="utf-8")
    claims = folder / "known.jsonl"
    claims.write_text('{"id":"A","canonical_text":"喝白酒可以杀死新冠病毒"}\n{"id":"B","canonical_text":"明天起全市超市停业三天"}\n',
                      encoding="utf-8")
    queries = folder / "queries.jsonl"
    good = [{"query": "听说喝白酒可以杀死新冠病毒", "expected_id": "A"}, {"query": "两口老酒下肚病毒就没了", "expected_id": "A"},
            {"query": "明天开始全市的超市都停业三天", "expected_id": "C", "also_ok": ["B"]},
            {"query": "家里没米了", "expected_id": None}, {"query": "明天起全市超市停业七天", "expected_id": None}]
    lines = [json.dumps(query, ensure_ascii=False) for query in good]
    args = ("--config", str(settings), "match", "--claims", str(claims))
    ask = (*args, "--calibrate", str(queries), "--max-wrong", "0.01", "--max-false", "0.5")
    queries.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run(*ask)
    check(done.returncode == 0, done.stderr.decode())
    written = tomllib.loads((folder / "config/claim_thresholds.toml").read_text(encoding="utf-8"))
    check(written["suggest"] <= written["answer"] and written["queries"] == 5, written)
    check(re.fullmatch(r"\d{4}-\d\d-\d\d", written["date"]), written)
    check(written["fingerprint"] == hashlib.sha256(claims.read_bytes() + queries.read_bytes()).hexdigest(), written)
    check("answers" in done.stdout.decode() and "0.50" in done.stdout.decode(), "the curve is printed")
    rows = [json.loads(line) for line in run(*args, data="\n".join(q["query"] for q in good).encode()).stdout.splitlines()]
    check(rows[0]["tier"] == "answer" and rows[3]["tier"] == "new" and rows[4]["tier"] != "answer", rows)
    before = (folder / "config/claim_thresholds.toml").read_bytes()
    for line, wanted in [("{", ":6: "), ('{"query":1,"expected_id":null}', ':6: "query"'), ('{"query":"a"}', ':6: "expected_id"'),
                         ('{"query":"a","expected_id":3}', ':6: "expected_id"')]:
        queries.write_text("\n".join([*lines, line]), encoding="utf-8")
        done = run(*ask)
        check(done.returncode == 2 and wanted in done.stderr.decode(), f"{line}: {done.stderr.decode()}")
    queries.write_text("\n\n")
    check(run(*ask).returncode == 2, "no queries")
    check((folder / "config/claim_thresholds.toml").read_bytes() == before, "a bad file changes nothing")


def long_claims(folder):
    """Claims and messages of 10,000 characters: no answer from what was not compared, and no quadratic time."""
    claims = folder / "long.jsonl"
    stories = [f"第{i}号楼今晚封闭管理十四天，物资由志愿者统一配送。" * 400 for i in range(40)]
    claims.write_text("".join(json.dumps({"id": f"L{i}", "canonical_text": s}, ensure_ascii=False) + "\n"
                              for i, s in enumerate(stories)), encoding="utf-8")
    began = time.monotonic()
    done = run("match", "--claims", str(claims), data="\n".join(stories[:4]).encode())
    check(done.returncode == 0, done.stderr.decode())
    check(all(json.loads(row)["tier"] != "answer" for row in done.stdout.splitlines()), "only what was compared is answered")
    check(time.monotonic() - began < 20, "quadratic")


def bad_claims(folder):
    for text, wanted in [
        ('{"id":"A","canonical_text":"一件事"}\n{"id":"A","canonical_text":"另一件"}\n', ":2: id \"A\" stands on line 1"),
        ('{"id":"A","canonical_text":"一件事"}\n{"id":\n', ":2: "),
        ('{"id":"A"}\n', ":1: \"canonical_text\""),
        ('{"canonical_text":"一件事"}\n', ":1: \"id\""),
        ('[]\n', ":1: expected an object"),
        ('\n{"id":"A","canonical_text":"\udcff\udcfe坏的"}\n', ":2: JSON cannot be read"),
        ('{"id":"A","canonical_text":" "}\n', ":1: \"canonical_text\""),
    ]:
        file = folder / "bad.jsonl"
        file.write_bytes(text.encode("utf-8", "surrogateescape"))
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
    calibrate(Path(made))
    long_claims(Path(made))
print("classify and match answer line by line")
