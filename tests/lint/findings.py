"""What the lints in Python share: a finding, walking the sources, and the test of the lint itself.

A lint over the project succeeds when it finds nothing. A lint that has stopped working finds nothing either, so
each also runs over samples/, where every line that must be found ends in `// found: <part of the message>`.
"""
import argparse
import pathlib
import re
import sys
from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    path: pathlib.Path
    line: int
    message: str


def sources(root):
    """The C++ files of the program, in a fixed order."""
    for folder in ("bot", "handlers"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".cpp", ".hpp"):
                yield path


def without_comment(line):
    return re.sub(r"//.*", "", line)


def expected(root):
    """{(path, line): part of the message} as the samples mark them."""
    marks = {}
    for path in sources(root):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            mark = re.search(r"// found: (.*)", line)
            if mark:
                marks[(path, number)] = mark.group(1).strip()
    return marks


def check_samples(root, findings):
    problems = []
    marks = expected(root)
    if not marks:
        problems.append(f"{root}: no line is marked '// found:'")
    found = {}
    for f in findings:
        found.setdefault((f.path, f.line), []).append(f.message)
    for place, part in marks.items():
        if not any(part in message for message in found.pop(place, [])):
            problems.append(f"{place[0]}:{place[1]}: not found: {part}")
    problems += [f"{path}:{line}: found though right: {texts}" for (path, line), texts in found.items()]
    return problems


def run(lint, rule):
    """Command line of a lint: lint(root) gives findings. `rule` tells the reader what to do about them."""
    arguments = argparse.ArgumentParser(description=rule)
    arguments.add_argument("root", type=pathlib.Path, help="the folder that holds bot/ and handlers/")
    arguments.add_argument("--samples", action="store_true", help="root holds marked samples: find exactly those")
    given = arguments.parse_args()
    checked = list(sources(given.root))
    if not checked:
        sys.exit(f"{given.root}: no sources; is this the right folder?")
    findings = list(lint(given.root))
    if given.samples:
        problems = check_samples(given.root, findings)
    else:
        problems = [f"{f.path}:{f.line}: {f.message}" for f in findings]
        if problems:
            problems.append(rule)
    print("\n".join(problems) if problems else f"{len(checked)} files are in order")
    sys.exit(1 if problems else 0)
