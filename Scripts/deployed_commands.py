#!/usr/bin/env python3
"""Holds the commands in deploy/ and in the docs of it against what `leeway --help` lists, and the probes against the server.

Prints what is wrong and ends with 1. Only Python's own library is used.
"""

import functools
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BINARY = next(file for file in (ROOT / f".build/{kind}/leeway" for kind in ("release", "debug")) if file.exists())
FILES = [file for file in sorted((ROOT / "deploy").rglob("*")) if file.suffix not in ("", ".tmpfiles", ".sysusers") or file.name == "Dockerfile"] + [ROOT / "docs/deployment.md"]
# Where a command ends on a line: at quotes, and at what joins commands.
ENDS = re.compile(r"""["'`;&|()]+""")
LIST = re.compile(r"(?:CMD|command:|args:) \[([^\]]*)\]")
PROBE = re.compile(r"(?:path: |GET )(/[a-z]+)\b")


@functools.cache
def helped(*words: str) -> str | None:
    """What `--help` says of a command; nothing where there is no such command."""
    done = subprocess.run([BINARY, *words, "--help"], capture_output=True, text=True, env=os.environ | {"COLUMNS": "200"})
    usage = re.search(r"^USAGE: leeway (.*)$", done.stdout, re.M)
    named = usage[1].split(" [")[0].split(" <")[0].split() if usage else []
    return done.stdout if done.returncode == 0 and named[: len(words)] == list(words) else None


def wrong(words: list[str]) -> str | None:
    """What is wrong with the words after `leeway`."""
    command = []
    for word in words:
        if not re.fullmatch(r"[a-z]+", word) or helped(*command, word) is None:
            break
        command.append(word)
    if not command:
        return f"there is no command '{words[0]}'"
    known = set(re.findall(r"--[a-z][a-z-]*", helped(*command)))
    for word in words[len(command) :]:
        flag = re.match(r"--[a-z][a-z-]*", word)
        if flag and flag[0] not in known:
            return f"'leeway {' '.join(command)}' has no {flag[0]}"
    return None


def called(line: str) -> list[list[str]]:
    """What follows each `leeway` on a line that is a command, and no user, folder or image of that name."""
    calls = []
    for part in ENDS.split(line):
        words = part.split()
        calls += [words[place + 1 :] for place, word in enumerate(words) if word == "leeway" or word.endswith("/bin/leeway")]
    return [call for call in calls if call and re.fullmatch(r"[a-z]+", call[0]) and call[0] != "leeway"]


def main() -> None:
    problems, seen = [], 0
    openapi = (ROOT / "docs/serving.md").read_text()
    for file in FILES:
        for number, line in enumerate(file.read_text().splitlines(), 1):
            calls = [] if line.lstrip().startswith(("Description=", "FROM")) else called(line)
            calls += [re.findall(r"[^\s\",]+", words) for words in LIST.findall(line)]
            for words in calls:
                if not words or words[0] in ("sh", "bash"):
                    continue
                seen += 1
                if problem := wrong(words):
                    problems.append(f"{file.relative_to(ROOT)}:{number}: {problem}")
            for path in PROBE.findall(line):
                seen += 1
                if f"`{path}`" not in openapi:
                    problems.append(f"{file.relative_to(ROOT)}:{number}: the server has no {path}")
    if seen < 10:
        problems.append(f"only {seen} commands and paths were found: is this script still right?")
    for problem in problems:
        print(f"error: {problem}", file=sys.stderr)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
