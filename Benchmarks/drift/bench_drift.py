"""The section drift of the benchmarks: a whole check of two large files, by Leeway and by Evidently."""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from drift.counted import bench_counted
from places import LEEWAY, ROOT, fail

PYTHON = ROOT / ".peers/drift/bin/python"
SCRIPTS = ROOT / "Benchmarks/drift/peers"
FOLDER = ROOT / ".bench/drift-speed"
# Evidently can't do the last two on a machine of 24 GiB.
SIZES = (1_000_000, 5_000_000, 10_000_000)


class Usage(NamedTuple):
    wall: float
    cpu: float
    peak_mib: float


def measured(command, accepted=(0,), folder=None):
    """A process from its start to its end."""
    environment = os.environ | {"LEEWAY_DRIVER_PATH": str(ROOT / ".native/lib")}
    started = time.perf_counter()
    command = [str(part) for part in command]
    child = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in accepted:
        fail(f"{Path(command[0]).name} {command[1]} ended with code {child.returncode}.")
    return Usage(
        wall,
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss / (1024 if sys.platform == "linux" else 1024 * 1024),
    )


def check(rows, repeats):
    """Leeway on two files of so many rows, some times."""
    files = [FOLDER / f"{side}_{rows}.parquet" for side in ("reference", "current")]
    command = [LEEWAY, "drift", "--reference", files[0], "--current", files[1], "--json"]
    return [measured(command) for _ in range(repeats)]


def median(runs):
    return Usage(*(statistics.median(run[place] for run in runs) for place in range(3)))


def bench_drift(repeats, quick):
    if not PYTHON.exists():
        fail("The peers of the drift checks are not there.", "Run: Scripts/setup-peers.sh drift")
    sizes = (100_000, 200_000) if quick else SIZES
    rows = []
    for size in sizes:
        measured([PYTHON, SCRIPTS / "speed_tables.py", size, FOLDER])
        # The first one warms the disk cache.
        check(size, 1)
    before = check(sizes[0], repeats)
    files = [FOLDER / f"{side}_{sizes[0]}.parquet" for side in ("reference", "current")]
    report = FOLDER / "evidently.json"
    theirs = measured([PYTHON, SCRIPTS / "evidently_speed.py", *files, "--out", report])
    tool = json.loads(report.read_text())["tool"]
    print(f"    {tool}: {theirs.wall:.1f} s, {theirs.cpu:.1f} s CPU, {theirs.peak_mib:.0f} MiB")
    # A shared machine has its moods: half of the runs before the other program's, half after it.
    for size in sizes:
        runs = before + check(size, repeats) if size == sizes[0] else check(size, 1)
        rows.append((size, median(runs)))
        ours = rows[-1][1]
        print(f"    leeway, 2 x {size:,} rows: {ours.wall:.2f} s, {ours.cpu:.2f} s CPU, {ours.peak_mib:.0f} MiB")
    ours = rows[0][1]
    ratio = [theirs[place] / ours[place] for place in range(3)]
    table = [
        f"| 2 x {size:,} | {ours.wall:.2f} s | {ours.cpu:.2f} s | {ours.peak_mib:.0f} MiB |" for size, ours in rows
    ]
    return [
        "A whole check, from Parquet files to the report: two files of the same population, 20 columns of numbers and 10 of "
        "categories. Leeway makes all of its default tests: each column by its test and the missing values, three distances "
        f"besides, all columns together, segments. Median of {2 * repeats} for the smallest size, one run each for the others.",
        "",
        "| rows | wall time | CPU time | peak memory |",
        "|---|---|---|---|",
        *table,
        "",
        f"Evidently's `DataDriftPreset` ({tool}) on the smallest size, one run: {theirs.wall:.0f} s, {theirs.cpu:.0f} s CPU, "
        f"{theirs.peak_mib:,.0f} MiB. Leeway takes **{ratio[0]:.0f}** times less time, **{ratio[1]:.0f}** times less CPU, and "
        f"**{ratio[2]:.0f}** times less memory.",
        "",
        *bench_counted(measured, repeats),
    ]
