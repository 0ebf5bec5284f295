"""Measures `leeway serve` against a route that does nothing and against Python's servers, in turn.

Every load is wrk's, with one thread. Targets stand beside the figures; none of them makes a run fail.
"""

import contextlib
import csv
import fcntl
import http.client
import json
import re
import shutil
import statistics
import subprocess
import sys
import time
import urllib.parse
from pathlib import Path
from typing import NamedTuple

from places import DATA, LEEWAY, PEERS, ROOT, fail, project
from serving.servers import BARE, ROUTE, SCRATCH, bare, leeway, load, median, pace, peer

CONNECTIONS = (1, 8, 32)
FIELDS = (
    "age workclass fnlwgt education education-num marital-status occupation relationship race sex capital-gain "
    "capital-loss hours-per-week native-country"
).split()
ROWS = 1000
FREE_DISK = 6 << 30

# The only things here that know the layout of Leeway's files, and what it is configured by.
COMPACTED = ".leeway/log/**/*.parquet"
COMPACTING = "serving:\n  log: {segment_size: 4MB, compact_after: 1s}\n"


class PythonServer(NamedTuple):
    name: str
    python: Path
    script: str
    packages: tuple
    # How many times as many requests Leeway should answer.
    target: int


SHARED, OWN = ROOT / ".peers/serving/bin/python", ROOT / ".peers/mlserver/bin/python"
PYTHON_SERVERS = (
    PythonServer("FastAPI", SHARED, "serve_fastapi.py", ("fastapi", "uvicorn", "scikit-learn"), 200),
    PythonServer("MLflow", SHARED, "serve_mlflow.py", ("mlflow-skinny",), 20),
    PythonServer("MLServer", OWN, "serve_mlserver.py", ("mlserver",), 20),
)


class Plan:
    """How long and how often, and the bodies that are sent."""

    def __init__(self, seconds, turns, is_quick):
        self.seconds, self.turns, self.is_quick = seconds, turns, is_quick
        self.starts = 3 if is_quick else 10
        self.memory_marks = (20_000, 100_000) if is_quick else (50_000, 500_000, 1_000_000, 2_000_000)
        self.folder = project(f"{SCRATCH.name}/leeway", "leeway.yaml")
        self.singles, self.thousands = SCRATCH / "singles.jsonl", SCRATCH / "thousands.jsonl"

    def say(self, words):
        print(f"    {words}", flush=True)


@contextlib.contextmanager
def prepared(seconds, turns, is_quick):
    """A trained model and bodies of rows that it takes, in a folder that goes afterwards."""
    for needed, mend in ((LEEWAY, "make build"), (DATA / "adult.data", "Scripts/fetch-data.sh")):
        if not needed.exists():
            fail(f"{needed.relative_to(ROOT)} is not there.", f"Run: {mend}")
    if sys.platform != "linux":
        fail("The serving benchmark needs Linux: it reads the servers' use of the machine from /proc.")
    if not shutil.which("wrk"):
        fail("wrk is not on your PATH.", "Run: Scripts/setup-peers.sh serving")
    if shutil.disk_usage(ROOT).free < FREE_DISK:
        fail(f"The disk has less than {FREE_DISK >> 30} GiB free, which the server's log may take.")
    SCRATCH.mkdir(exist_ok=True)
    lock = open(SCRATCH / "lock", "w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        fail(f"Another serving benchmark runs in {SCRATCH.name}.")
    plan = Plan(seconds, turns, is_quick)
    try:
        trained = subprocess.run([LEEWAY, "run"], cwd=plan.folder, capture_output=True, text=True)
        if trained.returncode != 0:
            fail("leeway run failed:", *trained.stderr.splitlines()[-5:])
        with leeway(plan.folder) as server:
            write_bodies(plan, server)
        yield plan
    finally:
        shutil.rmtree(plan.folder, ignore_errors=True)
        for file in (*SCRATCH.glob("*.jsonl"), *SCRATCH.glob("*.log"), SCRATCH / "figures.json"):
            file.unlink(missing_ok=True)
        lock.close()


def write_bodies(plan, server):
    """Bodies of the first rows that the contract takes: it refuses what training did not see."""
    place = urllib.parse.urlsplit(server.url)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=10)
    taken = []
    with open(DATA / "adult.data", newline="") as file:
        for values in csv.reader(file, skipinitialspace=True):
            row = {name: typed(value) for name, value in zip(FIELDS, values)}
            connection.request("POST", ROUTE, json.dumps(row), {"Content-Type": "application/json"})
            answer = connection.getresponse()
            answer.read()
            if answer.status == 200:
                taken.append(json.dumps(row, separators=(",", ":")))
            if len(taken) == 2 * ROWS:
                break
    connection.close()
    if len(taken) < 2 * ROWS:
        fail(f"Leeway takes only {len(taken)} of the rows of adult.data.")
    plan.singles.write_text("\n".join(taken[:ROWS]) + "\n")
    plan.thousands.write_text("".join(f"[{','.join(taken[at : at + ROWS])}]\n" for at in (0, ROWS)))


def typed(value):
    if value == "?":
        return None
    return int(value) if re.fullmatch(r"-?\d+", value) else value


def peer_bodies(one, rows=1, count=ROWS):
    """The first rows of the table as a peer wants them."""
    file = SCRATCH / f"{one.name.lower()}-{rows}.jsonl"
    command = [one.python, PEERS / one.script, "--bodies", file, "--rows", str(rows), "--count", str(count)]
    made = subprocess.run(command, capture_output=True, text=True)
    if made.returncode != 0:
        fail(f"{one.script} could not write bodies:", *made.stderr.splitlines()[-5:])
    return file


def in_turn(plan, contestants, measure, title):
    """Measures each contestant `plan.turns` times, one after the other and then the other way round, so that all of
    them meet the same machine. Gives the figures of each."""
    found = {name: [] for name in contestants}
    for turn in range(plan.turns):
        order = list(contestants.items())
        for name, contestant in order if turn % 2 == 0 else reversed(order):
            found[name].append(measure(contestant))
        rates = ", ".join(f"{name} {runs[-1].rate:,.0f}/s" for name, runs in found.items())
        plan.say(f"{title}, turn {turn + 1} of {plan.turns}: {rates}")
    return found


def ratios(ours, theirs, field="rate"):
    """Median, least and most of the turns' ratios."""
    each = sorted(getattr(a, field) / getattr(b, field) for a, b in zip(ours, theirs) if getattr(b, field))
    return (statistics.median(each), each[0], each[-1]) if each else (0, 0, 0)


def warm(servers, bodies, seconds=1):
    for server in servers:
        load(server, bodies[server], 8, seconds)


def percent(share):
    return f"{100 * share:.0f} %"


def cells(figures):
    return f"{figures.rate:,.0f} | {figures.p50:.2f} ms | {figures.p99:.2f} ms | {figures.cpu * 1000:,.0f} µs"


def bench_ceiling(plan):
    """Leeway beside the bare route; the second result is the most that Leeway answered a second."""
    rows, most = [], 0
    with leeway(plan.folder) as ours, bare() as floor:
        warm((ours, floor), {ours: plan.singles, floor: plan.singles})
        for connections in CONNECTIONS:
            found = in_turn(
                plan,
                {"Leeway": ours, "bare route": floor},
                lambda server: load(server, plan.singles, connections, plan.seconds),
                f"{connections} connections",
            )
            middle, least, high = ratios(found["Leeway"], found["bare route"])
            most = max(most, median(found["Leeway"]).rate)
            for name, runs in found.items():
                ratio = f"**{percent(middle)}** ({percent(least)} to {percent(high)})" if name == "Leeway" else ""
                rows.append(f"| {connections} | {name} | {cells(median(runs))} | {ratio} |")
    lines = [
        "A row at a time: Adult's 14 fields as JSON, with the log (`durability: os`) and the window counts on, as they "
        "are by default. The bare route is the same HTTP library answering a fixed text of the same length. In turn, "
        f"{plan.turns} times {plan.seconds} s each, wrk with one thread on the same machine; medians, and of the "
        "turns' ratios least and most. **Target: 60 % of the bare route or more.**",
        "",
        "| connections | | requests/s | p50 | p99 | CPU a request | share of the bare route |",
        "|---|---|---|---|---|---|---|",
        *rows,
    ]
    return lines, most


def bench_half_load(plan, most):
    connections = CONNECTIONS[-1]
    with leeway(plan.folder) as ours, bare() as floor:
        warm((ours, floor), {ours: plan.singles, floor: plan.singles})
        pauses = {server: pace(server, plan.singles, connections, most / 2) for server in (ours, floor)}
        found = in_turn(
            plan,
            {"Leeway": ours, "bare route": floor},
            lambda server: load(server, plan.singles, connections, plan.seconds, pauses[server]),
            "half load",
        )
    rows = []
    for name, runs in found.items():
        figures = median(runs)
        rows.append(f"| {name} | {cells(figures)} | {percent(figures.rate / most)} |")
    return [
        f"At half load: {connections} connections that wait at random between requests, so that Leeway answers about "
        f"half of its most, {most:,.0f} requests/s. **Target: a p99 below 2 ms.**",
        "",
        "| | requests/s | p50 | p99 | CPU a request | share of Leeway's most |",
        "|---|---|---|---|---|---|",
        *rows,
    ]


def bench_compaction(plan, most):
    """Half load while the server turns its log into Parquet, which it does once a minute: slices of a steady load in
    which segments were compacted, beside those in which none was."""
    skipped = "Half load while the log is compacted: **not measured**, since {}."
    # A build that does not know the command tells about itself.
    told = subprocess.run([LEEWAY, "log", "compact", "--help"], capture_output=True, text=True).stdout
    if "leeway log compact" not in told:
        plan.say("skipped: this build does not compact its log")
        return [skipped.format("this build does not compact its log")]
    (plan.folder / "compacting.yaml").write_text(COMPACTING)
    made = lambda: len(list(plan.folder.glob(COMPACTED)))
    busy, calm, compacted = [], [], 0
    with leeway(plan.folder, "compacting.yaml") as server:
        load(server, plan.singles, CONNECTIONS[-1], 1)
        pause = pace(server, plan.singles, CONNECTIONS[-1], most / 2)
        end = time.monotonic() + (75 if plan.is_quick else 150)
        while time.monotonic() < end and len(busy) < plan.turns:
            before = made()
            # It would wait for the compaction, were it to settle.
            figures = load(server, plan.singles, CONNECTIONS[-1], min(2, plan.seconds), pause, settles=False)
            grown = made() - before
            (busy if grown else calm).append(figures)
            compacted += grown
    if not busy:
        plan.say("skipped: no segment was compacted")
        return [skipped.format("no segment was compacted in that time")]
    plan.say(f"half load while {compacted} segments are compacted: p99 {median(busy).p99:.2f} ms")
    rows = []
    for what, runs in ((f"{compacted} segments compacted meanwhile", busy), ("none", calm)):
        if runs:
            figures, tails = median(runs), [run.p99 for run in runs]
            rows.append(
                f"| {what} | {len(runs)} | {cells(figures)} | {min(tails):.2f} to {max(tails):.2f} ms "
                f"| {percent(figures.rate / most)} |"
            )
    return [
        f"At half load while the server compacts its log: segments of 4 MB, compacted a second after they are full, "
        f"which is looked for once a minute. Slices of {min(2, plan.seconds)} s, medians; the CPU is the compaction's "
        "as well. **Target: a p99 below 2 ms.**",
        "",
        "| | slices | requests/s | p50 | p99 | CPU a request | p99, least to most | share of Leeway's most |",
        "|---|---|---|---|---|---|---|---|",
        *rows,
    ]


def bench_peers(plan):
    peers = [one for one in PYTHON_SERVERS if one.python.exists()]
    missing = ", ".join(one.name for one in PYTHON_SERVERS if one not in peers)
    without = [f"**Not measured: {missing}** (Scripts/setup-peers.sh serving mlserver)."] if missing else []
    if not peers:
        return without
    targets = {one.name: one.target for one in peers}
    rows = []
    with contextlib.ExitStack() as stack:
        contestants, bodies = {"Leeway": stack.enter_context(leeway(plan.folder))}, {}
        bodies[contestants["Leeway"]] = plan.singles
        for one in peers:
            plan.say(f"starting {one.name} …")
            file = peer_bodies(one)
            server = stack.enter_context(peer(one.name, one.python, one.script))
            contestants[one.name], bodies[server] = server, file
        warm(contestants.values(), bodies)
        for connections in CONNECTIONS:
            found = in_turn(
                plan,
                contestants,
                lambda server: load(server, bodies[server], connections, plan.seconds),
                f"{connections} connections",
            )
            for name, runs in found.items():
                figures = median(runs)
                row = f"| {connections} | {name} | {figures.rate:,.0f} | {figures.p50:.2f} ms | {figures.p99:.2f} ms "
                row += f"| {figures.cpu:.3f} ms |"
                if name == "Leeway":
                    rows.append(f"{row} | | |")
                    continue
                middle, least, most = ratios(found["Leeway"], runs)
                cpu, _, _ = ratios(runs, found["Leeway"], "cpu")
                rows.append(f"{row} **{middle:,.0f}** ({least:,.0f} to {most:,.0f}) | {targets[name]} | {cpu:,.0f} |")
    return [
        f"The same rows to Python's servers, one process each, in turn, {plan.turns} times {plan.seconds} s; medians. "
        "They serve scikit-learn's pipeline on the same features, check no more than types, and keep no log. "
        "CPU is the server's, with all the processes that it started. The ratio is Leeway's requests/s to the "
        "peer's.",
        "",
        "| connections | | requests/s | p50 | p99 | CPU a request | ratio | target | CPU ratio |",
        "|---|---|---|---|---|---|---|---|---|",
        *rows,
        *(["", *without] if without else []),
    ]


def bench_batches(plan):
    """Bodies of 1,000 rows. MLflow's API takes them; our FastAPI peer's does not."""
    rows = []
    mlflow = next(one for one in PYTHON_SERVERS if one.name == "MLflow")
    has_peer = mlflow.python.exists()
    with contextlib.ExitStack() as stack:
        contestants = {"Leeway": None}
        if has_peer:
            plan.say("starting MLflow …")
            file = peer_bodies(mlflow, ROWS, 2)
            contestants["MLflow"] = stack.enter_context(peer("MLflow", mlflow.python, mlflow.script))
            load(contestants["MLflow"], file, 1, 1)

        def measure(server, connections):
            if server is not None:
                return load(server, file, connections, plan.seconds)
            # A server of its own each time: the log grows by some hundred MB a second.
            with leeway(plan.folder) as ours:
                load(ours, plan.thousands, connections, 1)
                return load(ours, plan.thousands, connections, plan.seconds)

        for connections in (1, 8):
            found = in_turn(
                plan, contestants, lambda server: measure(server, connections), f"1,000 rows, {connections} connections"
            )
            for name, runs in found.items():
                figures = median(runs)
                ratio = ""
                if name != "Leeway":
                    middle, least, most = ratios(found["Leeway"], runs)
                    ratio = f"{middle:.1f} ({least:.1f} to {most:.1f})"
                rows.append(
                    f"| {connections} | {name} | **{figures.rate * ROWS:,.0f}** | {figures.p50:.2f} ms "
                    f"| {figures.p99:.2f} ms | {figures.cpu:.2f} µs | {ratio} |"
                )
    return [
        f"Bodies of {ROWS:,} rows as JSON, {plan.turns} times {plan.seconds} s; medians. Leeway's rows are checked, "
        "logged and counted, each for itself. MLflow gets `dataframe_split`; the FastAPI route takes one row only. "
        "**Target: 300,000 rows/s or more.**"
        + ("" if has_peer else " **MLflow not measured** (Scripts/setup-peers.sh serving)."),
        "",
        "| connections | | rows/s | p50 | p99 | CPU a row | ratio |",
        "|---|---|---|---|---|---|---|",
        *rows,
    ]


def bench_starts(plan):
    announced, ready, is_mapped = [], [], False
    for start in range(plan.starts):
        with leeway(plan.folder) as server:
            while server.get("/readyz") != 200:
                time.sleep(0.0005)
            ready.append((time.perf_counter() - server.started) * 1000)
            announced.append(server.announced * 1000)
            if start == 0:
                load(server, plan.singles, 1, 1)
                is_mapped = server.maps("libduckdb")
    spread = lambda times: f"{statistics.median(times):.1f} ms ({min(times):.1f} to {max(times):.1f})"
    plan.say(f"address after {spread(announced)}, ready after {spread(ready)}")
    return [
        f"Start, median of {plan.starts} (least to most): from exec to the address on stdout {spread(announced)}; to "
        f"the first `/readyz` that is answered with 200 **{spread(ready)}**. **Target: below 100 ms.** After a second "
        f"of predictions DuckDB's library {'**is**' if is_mapped else 'is not'} mapped into the process."
    ]


def bench_memory(seconds, turns, is_quick):
    """The section `memory`: what the server holds after so many requests."""
    rows, done = [], 0
    with prepared(seconds, turns, is_quick) as plan, leeway(plan.folder) as server:
        mib = lambda: f"{server.resident_bytes() / 2**20:.1f} MiB"
        rows.append(f"| 0 | {mib()} |")
        rate = plan.memory_marks[0]
        for mark in plan.memory_marks:
            while done < mark:
                figures = load(server, plan.singles, 32, max(1, min(30, round((mark - done) / rate))))
                done, rate = done + int(figures.requests), figures.rate
            time.sleep(1)
            plan.say(f"after {done:,} requests {mib()}")
            rows.append(f"| {done:,} | {mib()} |")
    return [
        "Resident memory of one `leeway serve` at full load of 32 connections, a row each, all of them logged:",
        "",
        "| requests so far | resident |",
        "|---|---|",
        *rows,
    ]


def bench_serve(seconds, turns, is_quick):
    """The section `serve`."""
    if not BARE.exists():
        fail(f"{BARE} is not there.", "Run: Scripts/build.sh leeway bare-route")
    with prepared(seconds, turns, is_quick) as plan:
        ceiling, most = bench_ceiling(plan)
        parts = [
            ceiling,
            bench_half_load(plan, most),
            bench_compaction(plan, most),
            bench_peers(plan),
            bench_batches(plan),
            bench_starts(plan),
        ]
    lines = ["## Serving"]
    for part in parts:
        lines += ["", *part]
    return lines


def packages():
    """The Python packages that the section names with their versions."""
    return [package for one in PYTHON_SERVERS if one.python.exists() for package in one.packages]


def versions():
    """What the section names beside the machine, besides the peers' packages."""
    resolved = json.loads((ROOT / "Package.resolved").read_text())["pins"]
    hummingbird = [pin["state"].get("version") for pin in resolved if pin["identity"] == "hummingbird"]
    # It calls the question for its version a failure.
    said = subprocess.run(["wrk", "--version"], capture_output=True, text=True).stdout
    return [f"Hummingbird {version}" for version in hummingbird] + said.split(" [")[:1]
