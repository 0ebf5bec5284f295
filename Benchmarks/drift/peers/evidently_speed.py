#!/usr/bin/env python3
"""Runs Evidently's DataDriftPreset once, on two Parquet files, and prints what each step took.

    evidently_speed.py REFERENCE.parquet CURRENT.parquet [--out FILE]

The program is what one would write by hand: import, read both files with pandas, run the preset, take its result. Who
starts it can measure the whole process; the steps' own seconds and memory are in the JSON that it prints. Columns of
text are categories, as Evidently infers by itself.
"""

import os

os.environ["EVIDENTLY_DISABLE_TELEMETRY"] = "1"

import argparse
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any


class Clock:
    """Wall and CPU seconds of steps that follow each other, and the peak memory at the end of each."""

    def __init__(self) -> None:
        self.steps: dict[str, dict[str, float]] = {}
        # What the interpreter took before this line counts as CPU of the first step; of the wall it knows nothing.
        self.wall, self.cpu = time.perf_counter(), 0.0

    def lap(self, name: str) -> None:
        """Ends the step that is called `name`."""
        usage = resource.getrusage(resource.RUSAGE_SELF)
        wall, cpu = time.perf_counter(), usage.ru_utime + usage.ru_stime
        self.steps[name] = {
            "wall_seconds": wall - self.wall,
            "cpu_seconds": cpu - self.cpu,
            "peak_mib": peak_mib(),
        }
        self.wall, self.cpu = wall, cpu
        print(f"{name}: {self.steps[name]}", file=sys.stderr, flush=True)

    def total(self, field: str) -> float:
        """Seconds of all steps together."""
        return sum(step[field] for step in self.steps.values())


def peak_mib() -> float:
    """The most memory that this process has held: Linux counts KiB, macOS bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024)


def measure(reference_file: Path, current_file: Path) -> dict[str, Any]:
    """Every step once, in the order of a program that runs once."""
    clock = Clock()
    import evidently
    import pandas as pd
    from evidently import Report
    from evidently.presets import DataDriftPreset

    clock.lap("import")
    reference, current = pd.read_parquet(reference_file), pd.read_parquet(current_file)
    clock.lap("read")
    snapshot = Report([DataDriftPreset()]).run(current, reference)
    result = snapshot.dict()
    clock.lap("run")
    return {
        "tool": f"evidently {evidently.__version__}",
        "rows": [len(reference), len(current)],
        "columns": len(reference.columns),
        "drifted_columns": int(result["metrics"][0]["value"]["count"]),
        "steps": clock.steps,
        "wall_seconds": clock.total("wall_seconds"),
        "cpu_seconds": clock.total("cpu_seconds"),
        "peak_mib": peak_mib(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reference", type=Path)
    parser.add_argument("current", type=Path)
    parser.add_argument("--out", type=Path, help="write the JSON there instead of printing it")
    options = parser.parse_args()
    text = json.dumps(measure(options.reference, options.current), indent=2)
    options.out.write_text(text + "\n") if options.out else print(text)


if __name__ == "__main__":
    main()
