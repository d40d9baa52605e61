#!/usr/bin/env python3
"""What people write, and credentials, stay out of the log: no revealed value in a log call, spdlog only behind
bot/base/log.cpp, nothing written to the terminal past the log."""
import re

from findings import Finding, run, sources, without_comment

LOG_CALL = re.compile(r"\blog::(?:info|warn|error|write)\s*\(")
# main.cpp, the commands it runs and the banner of the sandbox talk to the person at the terminal.
TERMINAL = re.compile(r"std::cout|std::cerr|std::clog|\bv?f?printf\s*\(|fmt::print\s*\(|\bputs\s*\(")
MAY_PRINT = re.compile(r"bot/main\.cpp|bot/app/\w+\.cpp")


def log_calls(text):
    """(position, text) of each log call, to its closing bracket."""
    for start in LOG_CALL.finditer(text):
        depth, end = 0, start.end() - 1
        while end < len(text):
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            end += 1
            if depth == 0:
                break
        yield start.start(), text[start.start():end]


def lint(root):
    for file in sources(root):
        path = file.relative_to(root).as_posix()
        text = "\n".join(without_comment(line) for line in file.read_text(encoding="utf-8").splitlines())
        for at, call in log_calls(text):
            line = text.count("\n", 0, at) + 1
            if "reveal()" in call:
                yield Finding(file, line, "a revealed value in a log call")
            if re.search(r"\bwhat\(\)", call):
                yield Finding(file, line, "what() in a log call: library texts can carry bound values")
        for number, line in enumerate(text.splitlines(), 1):
            if "spdlog" in line and path != "bot/base/log.cpp":
                yield Finding(file, number, "spdlog outside bot/base/log.cpp")
            if TERMINAL.search(line) and not MAY_PRINT.fullmatch(path):
                yield Finding(file, number, "output past the log")


if __name__ == "__main__":
    run(lint, "A log line holds numbers and the program's own words (bot/base/log.hpp).")
