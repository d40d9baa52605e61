#!/usr/bin/env python3
"""clang_commands.py BUILD OUT: writes OUT/compile_commands.json, the commands of a g++ build directory as clang
14 understands them: no sanitizers, and the precompiled header as plain text (g++'s compiled form is beside it
there, and clang would try to read that). Prints the .cpp files, those of the project only."""
import json
import pathlib
import shlex
import shutil
import sys

# g++ has given its own; clang-tidy takes these two from the compiler.
WARNINGS = ["-Wno-everything", "-Wdangling", "-Wreturn-stack-address"]

build, out = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
root = pathlib.Path(__file__).resolve().parents[2]
out.mkdir(parents=True, exist_ok=True)
commands = []
for entry in json.loads((build / "compile_commands.json").read_text()):
    file = pathlib.Path(entry["file"])
    if file.suffix != ".cpp" or root not in file.parents or "node_modules" in file.parts:
        continue
    words = shlex.split(entry["command"])
    if pathlib.Path(words[0]).name == "ccache":
        del words[0]
    kept = []
    for word in words:
        if word.startswith("-fsanitize") or word.startswith("-fno-sanitize") or word.startswith("-W"):
            continue
        if word.endswith("cmake_pch.hxx"):
            copy = out / ("pch_" + pathlib.Path(word).parent.name + ".hxx")
            shutil.copyfile(word, copy)
            word = str(copy)
        kept.append(word)
    commands.append({"directory": entry["directory"], "file": str(file), "arguments": kept + WARNINGS})
(out / "compile_commands.json").write_text(json.dumps(commands, indent=1))
print("\n".join(sorted({command["file"] for command in commands})))
