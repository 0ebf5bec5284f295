"""How long a row takes while the loop trains beside it, and while it does not.

Two clients send single rows of Adult over connections that stay open, to a server alone and to one with `--loop` that is fed
labelled rows, so that it trains every two seconds: far more often than anybody would. In turn, so that both meet the same machine.
"""

import csv
import http.client
import json
import os
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

from places import LEEWAY, ROOT, fail, project

COLUMNS = (
    "age workclass fnlwgt education education-num marital-status occupation relationship race sex capital-gain capital-loss "
    "hours-per-week native-country income"
).split()
NUMBERS = {"age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week"}
SETTINGS = """
serving: {contract: lenient}
monitoring: {window: 1h, settling: 1s}
retraining: {every: 2s, cooldown: 0s, per_day: 1000, min_labels: 1, min_growth: 0, on: {labels: 100}, probation: {for: 0s}}
"""
ROUNDS, SECONDS, CLIENTS = 3, 10, 2


def rows() -> list[tuple[dict, str]]:
    found = []
    with open(ROOT / ".data/adult/adult.test", newline="") as opened:
        for cells in csv.reader(opened, skipinitialspace=True):
            if len(cells) == len(COLUMNS):
                row = dict(zip(COLUMNS, cells))
                label = row.pop("income").rstrip(".")
                known = {name: cell for name, cell in row.items() if cell != "?" and name != "fnlwgt"}
                found.append(({name: int(cell) if name in NUMBERS else cell for name, cell in known.items()}, label))
    return found


class Client:
    def __init__(self, address: str) -> None:
        self.connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=30)

    def post(self, path: str, body: bytes) -> bytes:
        self.connection.request("POST", path, body, {"Content-Type": "application/json"})
        reply = self.connection.getresponse()
        said = reply.read()
        if reply.status != 200:
            fail(f"{path} answered {reply.status}: {said[:300]!r}")
        return said


def ask(address: str, bodies: list[bytes], end: float, times: list[float]) -> None:
    client, place = Client(address), 0
    while time.monotonic() < end:
        started = time.perf_counter()
        client.post("/v1/models/adult/predict", bodies[place % len(bodies)])
        times.append(time.perf_counter() - started)
        place += 1


def feed(address: str, some: list[tuple[dict, str]]) -> None:
    client = Client(address)
    said = json.loads(client.post("/v1/models/adult/predict", json.dumps({"rows": [row for row, _ in some]}).encode()))
    told = [{"id": one["id"], "label": label} for one, (_, label) in zip(said["predictions"], some)]
    client.post("/v1/feedback", json.dumps({"feedback": told}).encode())


def measure() -> dict:
    """Seconds a request, alone and with the loop, and how often the loop trained meanwhile."""
    folder = project(".bench/loop/latency", "leeway.yaml")
    file = folder / "leeway.yaml"
    file.write_text(file.read_text() + SETTINGS)
    environment = os.environ | {"LEEWAY_DRIVER_PATH": str(ROOT / ".native/lib")}

    def leeway(*words: str) -> str:
        done = subprocess.run([LEEWAY, *words], cwd=folder, env=environment, capture_output=True, text=True)
        if done.returncode != 0:
            fail(f"leeway {words[0]} ended with code {done.returncode}: {done.stderr[-500:]}")
        return done.stdout

    leeway("run", "--quiet")
    table = rows()
    bodies = [json.dumps(row).encode() for row, _ in table[:500]]
    times: dict[str, list[float]] = {"alone": [], "loop": []}
    fed = 0
    for _ in range(ROUNDS):
        for name in times:
            words = ["serve", "--port", "0", *(["--loop"] if name == "loop" else [])]
            server = subprocess.Popen(
                [LEEWAY, *words], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
            try:
                address = server.stdout.readline().strip()
                end = time.monotonic() + SECONDS
                threads = [threading.Thread(target=ask, args=(address, bodies, end, times[name])) for _ in range(CLIENTS)]
                for thread in threads:
                    thread.start()
                while time.monotonic() < end - 1:
                    if name == "loop":
                        feed(address, table[fed : fed + 300])
                        fed = (fed + 300) % (len(table) - 300)
                    time.sleep(1)
                for thread in threads:
                    thread.join()
            finally:
                server.send_signal(signal.SIGTERM)
                server.wait()
    history = json.loads(leeway("history", "--json", "-n", "1000"))
    states = [one["state"] for one in history["retrainings"]]
    shutil.rmtree(folder, ignore_errors=True)
    return {"times": {name: sorted(own) for name, own in times.items()}, "trained": sum(s != "failed" for s in states)}


def lines(found: dict, table) -> list[str]:
    names = {"alone": "`leeway serve`", "loop": "`leeway serve --loop`, training"}

    def cells(times: list[float]) -> list[str]:
        return [f"{1000 * times[int(len(times) * share)]:.2f} ms" for share in (0.5, 0.9, 0.99, 0.999)]

    rows = [[names[name], f"{len(own):,}", *cells(own)] for name, own in found["times"].items()]
    seconds = ROUNDS * SECONDS
    return [
        *table(["", "requests", "p50", "p90", "p99", "p99.9"], rows),
        "",
        f"{CLIENTS} clients that send one row after the other, {ROUNDS} times {SECONDS} seconds each, in turn. The loop trained "
        f"{found['trained']} challengers in its {seconds} seconds, on all of Adult's training rows and those that came in.",
    ]
