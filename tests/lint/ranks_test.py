#!/usr/bin/env python3
"""Every #include of bot/ and handlers/ goes down the ranks of the house, or stays in its folder; and each
library is seen only by the folder that wraps it."""
import re

from findings import Finding, run, sources

RANKS = {
    "bot/base": 0,
    "bot/http": 1, "bot/community": 1,
    "bot/platform": 2, "bot/store": 2, "bot/understanding": 2, "bot/pictures": 2,
    "bot/dialog": 3,
    "handlers": 4, "bot/outbox": 4, "bot/schedule": 4,
    "bot/pipeline": 5,
    "bot/sandbox": 6, "bot/console": 6,
    "bot/app": 7,
    "bot": 8,  # bot/main.cpp
}

# Header prefix -> the files that may include it.
WRAPPED = {
    "boost/beast": r"bot/http/\w+\.cpp",
    "rapidjson/": r"bot/base/json\w*\.cpp",
    "toml++/": r"bot/base/toml_file\.cpp",
    "soci/": r"bot/store/\w+\.[ch]pp",
    "sqlite3.h": r"bot/store/\w+\.[ch]pp",
    "expat.h": r"bot/(platform|sandbox)/\w+\.cpp",
    "opencc/": r"bot/understanding/\w+\.cpp",
    "linear.h": r"bot/understanding/\w+\.cpp",
    "spdlog/": r"bot/base/log\.cpp",
    "prometheus/": r"bot/base/metrics\.[ch]pp",
}

# Plain sequential code: no network, no coroutine, no clock of its own.
PLAIN = ("bot/base", "bot/community", "bot/understanding", "bot/dialog", "handlers")

INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')


def folder(path):
    """'bot/store' for bot/store/areas.hpp, 'handlers' for handlers/human.cpp."""
    parts = path.split("/")
    return parts[0] if parts[0] == "handlers" else "/".join(parts[:-1][:2])


def problem(path, bracket, header):
    if bracket == '"':
        if not header.startswith(("bot/", "handlers/")):
            return f'"{header}": include own files by their path from the root'
        own, other = folder(path), folder(header)
        if other not in RANKS:
            return f'"{header}": folder {other} has no rank'
        if own != other and RANKS[other] >= RANKS[own]:
            return f"{own} (rank {RANKS[own]}) must not include {other} (rank {RANKS[other]})"
        return None
    for prefix, allowed in WRAPPED.items():
        if header.startswith(prefix) and not re.fullmatch(allowed, path):
            return f"<{header}> may be included only in {allowed}"
    if header.startswith("boost/asio") and folder(path) in PLAIN:
        return f"<{header}>: {folder(path)} is plain sequential code"
    return None


def lint(root):
    for file in sources(root):
        path = file.relative_to(root).as_posix()
        if folder(path) not in RANKS:
            yield Finding(file, 1, f"folder {folder(path)} has no rank")
            continue
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            include = INCLUDE.match(line)
            text = include and problem(path, *include.groups())
            if text:
                yield Finding(file, number, text)


if __name__ == "__main__":
    run(lint, "The ranks are in CMakeLists.txt and the README: a file includes lower ranks or its own folder.")
