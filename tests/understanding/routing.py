#!/usr/bin/env python3
"""How often the topic that takes a message is the one its intent belongs to.

    python3 tests/understanding/routing.py [--linli build/linli] [--wrong] FILE...

FILE: tab-separated intent and text, or JSON lines with "intent" and "text". Every message goes through the whole
router (pipeline, rules, classifier, asking back), written by somebody who has just registered: what is said on
posts by a volunteer with a shift, what is said on rounds by a patroller, the rest by a resident. Asking back counts
as neither right nor wrong and is printed as its own share. `--wrong` prints the messages that went elsewhere."""
import argparse
import collections
import json
import os
import subprocess
import sys
import tempfile

# Where a message of an intent may go: "在吗" is asked what help is needed, who is ill and reports it is helped.
TOPICS = {
    "health_checkin": {"health_checkin"},
    "help_supplies": {"help_request"},
    "help_medical": {"help_request", "life_safety", "health_checkin"},
    "help_mental": {"help_request", "life_safety"},
    "help_environment": {"help_request", "life_safety"},
    "rumour_report": {"rumour_report"},
    "policy_question": {"policy_question", "question", "guidance"},
    "shift_checkin": {"shift_checkin", "rota"},
    "patrol_report": {"patrol", "finding", "life_safety"},
    "suggestion": {"suggestion"},
    "registration": {"registration", "my_data"},
    "greeting_other": {"fallback", "human", "my_tasks"},
}

WRITERS = {"shift_checkin": "volunteer", "patrol_report": "patroller"}


def messages(path):
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line or line.startswith("#"):
            continue
        if line.startswith("{"):
            row = json.loads(line)
            yield row["intent"], row["text"]
        else:
            intent, text = line.split("\t")[:2]
            yield intent, text


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--linli", default="build/linli")
    parser.add_argument("--wrong", action="store_true")
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    for path in options.files:
        rows = [(intent, " ".join(text.split())) for intent, text in messages(path)]
        with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8", delete=False) as lines:
            lines.write("".join(f"{WRITERS.get(intent, 'resident')}\t{text}\n" for intent, text in rows))
        run = subprocess.run([options.linli, "replay", "--topics", lines.name], capture_output=True, text=True)
        os.unlink(lines.name)
        if run.returncode != 0:
            sys.exit(run.stderr)
        taken = [line.split() for line in run.stdout.splitlines()]
        if len(taken) != len(rows):
            sys.exit(f"{len(rows)} messages, {len(taken)} answers")
        confusion = collections.defaultdict(collections.Counter)
        right = asked = 0
        for (intent, text), topics in zip(rows, taken):
            first = topics[0]
            confusion[intent][first] += 1
            good = bool(set(topics) & TOPICS[intent])
            good = good or (intent == "greeting_other" and len(text) <= 5 and first == "help_request")
            right += good
            if not good and first == "wish":
                asked += 1
            elif not good and options.wrong:
                print(f"{intent}\t{' '.join(topics)}\t{text}")
        total = len(rows)
        sure = total - asked
        print(f"{path}: {total} messages, right {right / total:.3f}, asked back {asked / total:.3f}, "
              f"of the others right {right / sure:.3f}")
        for intent in TOPICS:
            row = confusion[intent]
            n = sum(row.values())
            if n:
                good = sum(count for topic, count in row.items() if topic in TOPICS[intent])
                others = ", ".join(f"{topic} {count}" for topic, count in row.most_common())
                print(f"  {intent:17} {good / n:.2f} of {n:3}: {others}")


main()
