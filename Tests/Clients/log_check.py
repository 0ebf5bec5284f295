#!/usr/bin/env python3
"""Recounts the prediction log of a project that is not served now, and holds the registry's windows against it.

    log_check.py PROJECT [--answered FILE]

--answered: what clients were answered, an id and a probability a line; each must be in the log exactly once.
It shares no code with Leeway: SQLite, JSON Lines and the format of the counts are read here once more.
"""

import argparse
import bisect
import collections
import datetime
import json
import sqlite3
import uuid
from pathlib import Path

from checks import done, equal, expect, fail, run

MISSING, NEW, UNSEEN = "missing", "new", "unseen"


class Bins:
    """The cells in which a version's rows are counted: its reference's values, then the score's and the label's."""

    def __init__(self, project, run_id):
        folder = project / ".leeway" / "runs" / run_id
        classes = json.loads((folder / "training_metadata.json").read_text())["classes"]
        reference = json.loads((folder / "reference_counts.json").read_text())["columns"]
        target = json.loads((folder / "schema.json").read_text())["target"]
        self.columns = [
            (one["name"], one["kind"] == "numbers", one["values"]) for one in reference if one["name"] != target
        ]
        self.columns.append(("score", True, [place / 256 for place in range(257)]))
        self.columns.append(("label", False, [classes["negative"], classes["positive"]]))

    def cell(self, column, value):
        _, is_number, values = self.columns[column]
        if value is None:
            return MISSING
        if not is_number:
            return values.index(value) if value in values else NEW
        place = bisect.bisect_left(values, value)
        return 2 * place + 1 if place < len(values) and values[place] == value else 2 * place

    def count(self, line, counts):
        values = line["inputs"] | {"score": line["probability"], "label": line["label"]}
        for column, (name, _, _) in enumerate(self.columns):
            counts[column, self.cell(column, values.get(name))] += 1

    def decode(self, blob, counts):
        """Adds what a window's blob says; returns its rows."""
        if blob[0] != 1:
            fail("the windows' format", f"it is {blob[0]}, not 1")
        place = 9

        def number():
            nonlocal place
            value = shift = 0
            while True:
                byte = blob[place]
                place += 1
                value |= (byte & 0x7F) << shift
                shift += 7
                if byte < 0x80:
                    return value

        rows = number()
        for column in range(len(self.columns)):
            for kind in (MISSING, NEW, UNSEEN):
                counts[column, kind] += number()
            cell = 0
            for _ in range(number()):
                cell += number()
                counts[column, cell] += number()
                cell += 1
        if place != len(blob) - 8:
            fail("a window is read to its end", f"{place} of {len(blob) - 8} bytes")
        return rows


def read_log(project):
    """All lines of the log, file by file."""
    lines = []
    folder = project / ".leeway" / "log" / "predictions"
    left = [str(path) for path in folder.rglob("*.open.jsonl")]
    equal("no segment is left open", left, [])
    segments = sorted(folder.rglob("*.jsonl"))
    for path in segments:
        data = path.read_bytes()
        if data and not data.endswith(b"\n"):
            fail("every line is whole", f"{path.name} ends within one")
        try:
            own = [json.loads(line) for line in data.splitlines()]
        except ValueError as error:
            fail("every line is JSON", f"{path.name}: {error}")
        ids = sorted(uuid.UUID(line["id"]).bytes for line in own)
        if path.with_suffix(".ids").read_bytes() != b"".join(ids):
            fail("the ids beside a segment are its lines'", path.name)
        lines += own
    done(f"{len(segments)} sealed segments with {len(lines)} whole lines, and their ids")
    return lines


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("project", type=Path)
    arguments.add_argument("--answered", type=Path)
    options = arguments.parse_args()

    lines = read_log(options.project)
    seen = collections.Counter(line["id"] for line in lines)
    twice = [one for one, count in seen.items() if count > 1]
    equal("every id stands once", twice[:3], [])
    if options.answered:
        answered = [line.split() for line in options.answered.read_text().splitlines()]
        equal("no id was given out twice", len({one for one, _ in answered}), len(answered))
        missing = [one for one, _ in answered if one not in seen]
        expect("every answered id is in the log", not missing, f"{len(missing)} of {len(answered)} are not")
        logged = {line["id"]: line["probability"] for line in lines}
        other = [one for one, probability in answered if logged[one] != float(probability)]
        expect(f"with its probability: {len(answered)} ids", not other, f"{len(other)} have another one")

    registry = sqlite3.connect(options.project / ".leeway" / "registry.sqlite")
    bins = {
        (model, number): Bins(options.project, run_id)
        for model, number, run_id in registry.execute("SELECT model, number, run_id FROM version")
    }
    rows, counts = collections.Counter(), collections.defaultdict(collections.Counter)
    for line in lines:
        version = line["model"], line["version"]
        time = datetime.datetime.fromisoformat(line["time"].replace("Z", "+00:00"))
        key = *version, int(time.timestamp() // 3600)
        rows[key] += 1
        bins[version].count(line, counts[key])
    counted_rows, counted = collections.Counter(), collections.defaultdict(collections.Counter)
    for model, number, hour, own, blob in registry.execute("SELECT model, number, hour, rows, counts FROM window"):
        key = model, number, hour
        counted_rows[key] += own
        if bins[model, number].decode(blob, counted[key]) != own:
            fail("a window's rows are those of its blob", str(key))
    equal("rows by version and hour", dict(counted_rows), dict(rows))
    for key, wanted in counts.items():
        found = +counted[key]
        wrong = {bins[key[:2]].columns[cell[0]][0] for cell in found.keys() | wanted if found[cell] != wanted[cell]}
        equal(f"every column's counts of version {key[1]}", sorted(wrong), [])
    open_segments = registry.execute("SELECT segment FROM window WHERE segment != ''").fetchall()
    equal("every segment is part of the totals", open_segments, [])


if __name__ == "__main__":
    run(main)
