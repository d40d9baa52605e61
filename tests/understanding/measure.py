#!/usr/bin/env python3
"""What linli classify and linli match are worth on labelled messages.
usage: measure.py FOLDER [LINLI]   FOLDER holds intents_dev.jsonl, rumours_known.jsonl and rumours_queries_dev.jsonl.
Prints accuracy, F1 an intent and the curve of asking back; the rumours' curve; and the frozen sets of data/."""
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

FOLDER = Path(sys.argv[1])
LINLI = sys.argv[2] if len(sys.argv) > 2 else "build/linli"
DATA = Path(__file__).parent / "data"


def read(file):
    return [json.loads(line) for line in open(file, encoding="utf-8")]


def ask(args, texts):
    lines = "\n".join(" ".join(text.split()) for text in texts) + "\n"
    began = time.monotonic()
    done = subprocess.run([LINLI, *args], input=lines, capture_output=True, text=True, check=True)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == len(texts)
    print(f"  ({len(texts)} lines in {time.monotonic() - began:.2f} s, start included)")
    return rows


def table(name):
    return [line.rstrip("\n").split("\t") for line in open(DATA / name, encoding="utf-8") if line[0] != "#"]


def intents():
    intents_of(read(FOLDER / "intents_dev.jsonl"))


def unseen():
    for which in ("A", "B"):
        print(f"  set {which}")
        intents_of([{"intent": row[1], "text": row[2]} for row in table("intents_unseen.tsv") if row[0] == which])


def intents_of(gold):
    rows = ask(["classify"], [g["text"] for g in gold])
    scores = []
    for intent in sorted({g["intent"] for g in gold}):
        true = sum(g["intent"] == intent == r["intent"] for g, r in zip(gold, rows))
        said, is_ = sum(r["intent"] == intent for r in rows), sum(g["intent"] == intent for g in gold)
        precision, recall = true / max(said, 1), true / is_
        scores.append(2 * precision * recall / max(precision + recall, 1e-9))
        print(f"  {intent:17} precision {precision:.2f} recall {recall:.2f} F1 {scores[-1]:.2f}")
    right = [g["intent"] == r["intent"] for g, r in zip(gold, rows)]
    print(f"  accuracy {sum(right) / len(right):.3f}, macro-F1 {sum(scores) / len(scores):.3f}")
    kept = [ok for ok, r in zip(right, rows) if not r["ask"]]
    print(f"  asks back on {1 - len(kept) / len(rows):.3f}; of the rest right {sum(kept) / len(kept):.3f}")
    order = sorted(zip(rows, right), key=lambda x: -x[0]["confidence"])
    for share in (1, .95, .9, .85, .8, .7):
        part = order[:int(len(order) * share)]
        print(f"  kept {share:.2f}: right {sum(ok for _, ok in part) / len(part):.3f} "
              f"from confidence {part[-1][0]['confidence']:.2f}")
    print(f"  more than one wish seen in {sum(len(r['intents']) > 1 for r in rows)} of {len(rows)}")
    print("  distress by intent", dict(Counter(g["intent"] for g, r in zip(gold, rows) if r["distress"])))


def rumours():
    queries = read(FOLDER / "rumours_queries_dev.jsonl")
    rows = ask(["match", "--claims", str(FOLDER / "rumours_known.jsonl")], [q["query"] for q in queries])
    hit = lambda q, r: q["expected_id"] and (r["id"] == q["expected_id"] or r["id"] in q["also_ok"])
    known = [(q, r) for q, r in zip(queries, rows) if q["expected_id"]]
    told = [(q, r) for q, r in known if q["origin"] != "generated"]
    other = [(q, r) for q, r in zip(queries, rows) if not q["expected_id"]]
    written = [(q, r) for q, r in known if q["kind"] == "paraphrase"]
    shown = lambda pairs: sum(bool(hit(q, r)) and r["tier"] != "new" for q, r in pairs) / len(pairs)
    answers = [(q, r) for q, r in zip(queries, rows) if r["tier"] == "answer"]
    print(f"  real and written ones answered or offered first {shown(told):.3f}, all {shown(known):.3f}, "
          f"paraphrases {shown(written):.3f}")
    print(f"  others answered or offered one {sum(r['tier'] != 'new' for _, r in other) / len(other):.3f}")
    print(f"  answers {len(answers)}, wrong {sum(not hit(q, r) for q, r in answers)}")
    scores = sorted((r["score"] for _, r in other), reverse=True)
    for share in (.01, .02, .05, .1, .2, .3):
        least = scores[int(len(scores) * share)]
        reached = lambda pairs: sum(bool(hit(q, r)) and r["score"] > least for q, r in pairs) / len(pairs)
        print(f"  at {share:.2f} of the others: real and written {reached(told):.3f}, paraphrases {reached(written):.3f}")


def frozen():
    for name in ("distress.tsv", "distress_second.tsv"):
        cries = table(name)
        rows = ask(["classify"], [c[2] for c in cries])
        for label in ("cry", "near"):
            part = [r["distress"] for c, r in zip(cries, rows) if c[0] == label]
            print(f"  {name} {label}: {sum(part)} of {len(part)} alarms, {sum(part) / len(part):.3f}")
    pairs = table("minimal_pairs.tsv")
    claims = sorted({p[1] for p in pairs})
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for number, claim in enumerate(claims):
            file.write(json.dumps({"id": str(number), "canonical_text": claim}, ensure_ascii=False) + "\n")
        file.flush()
        rows = ask(["match", "--claims", file.name], [p[2] for p in pairs])
        wrong = Counter(p[0] for p, r in zip(pairs, rows) if r["tier"] == "answer")
        print(f"  minimal pairs answered {sum(wrong.values())} of {len(pairs)} {dict(wrong)}")
        rows = ask(["match", "--claims", file.name], [f"听说{c}，是真的吗？" for c in claims])
        print(f"  the claims themselves answered {sum(r['tier'] == 'answer' for r in rows)} of {len(claims)}")


for what in (intents, unseen, rumours, frozen):
    print(what.__name__)
    what()
