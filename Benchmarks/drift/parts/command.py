"""`leeway drift` on two files, as anybody would run it."""

import csv
import functools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from parts.workshop import Workshop, digest
from places import LEEWAY

# No drift; no evidence; drift.
FINE = (0, 3, 4)

Rows = list[dict[str, str]]


@functools.cache
def program() -> str:
    """Which program it is."""
    return digest(LEEWAY)


def write(file: Path, names: Sequence[str], rows: Rows) -> Path:
    """A CSV file with a head; a missing value is empty."""
    with open(file, "w", newline="") as opened:
        writer = csv.DictWriter(opened, names, extrasaction="ignore", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return file


def check(shop: Workshop, reference: Path, current: Path) -> dict[str, Any]:
    """The verdict, the smallest corrected p-value, and each column's shift and whether it drifted."""
    command = [LEEWAY, "drift", "--reference", reference, "--current", current, "--threads", "1", "--json"]
    found = json.loads(shop.run(command, accepted=FINE))
    columns = {}
    for column in found["columns"]:
        sides = [column[name] for name in ("values", "missing") if name in column]
        columns[column["name"]] = {"drift": column["drift"], "shift": max(one.get("shift", 0) for one in sides)}
    findings = [column[name] for column in found["columns"] for name in ("values", "missing") if name in column]
    findings += [one for one in (found.get("together") or {}).values() if isinstance(one, dict)]
    p_value = min((one.get("adjusted_p_value", 1) for one in findings), default=1)
    return {"verdict": found["verdict"], "p_value": p_value, "columns": columns, "settings": found["settings"]}
