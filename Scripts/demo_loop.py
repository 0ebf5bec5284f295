"""The loop on the Adult table: traffic that is quiet, then drifts, then lies; what Leeway does about it, measured.

Only Python's standard library. Run by demo.sh: demo_loop.py LEEWAY DATA FOLDER
"""

import csv
import http.client
import json
import pathlib
import signal
import subprocess
import sys
import threading
import time

LEEWAY, DATA, FOLDER = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
COLUMNS = [
    "age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation", "relationship",
    "race", "sex", "capital-gain", "capital-loss", "hours-per-week", "native-country", "income",
]  # fmt: skip
NUMBERS = {"age", "fnlwgt", "education-num", "capital-gain", "capital-loss", "hours-per-week"}
LIMITS = {"age": 100, "hours-per-week": 120, "fnlwgt": 1_484_705, "capital-loss": 4356}
COLOR = sys.stdout.isatty()
START = time.monotonic()
EVENTS = []


def say(text, sign="·"):
    """A line with the seconds since the start."""
    mark = {"✓": "32", "✗": "31", "·": "2"}.get(sign, "0")
    shown = f"\033[{mark}m{sign}\033[0m" if COLOR else sign
    print(f"{time.monotonic() - START:6.1f} s  {shown} {text}", flush=True)


def event(what, figure):
    EVENTS.append((time.monotonic() - START, what, figure))


def table():
    """The rows of the part of Adult that no training has seen, as a client has them."""
    rows = []
    with open(DATA / "adult.test", newline="") as file:
        for cells in csv.reader(file, skipinitialspace=True):
            if len(cells) != len(COLUMNS):
                continue
            row = {}
            for name, cell in zip(COLUMNS, cells):
                row[name] = None if cell == "?" else int(cell) if name in NUMBERS else cell
            label = row.pop("income").rstrip(".")
            for name, limit in LIMITS.items():
                row[name] = min(row[name], limit)
            rows.append((row, label))
    return rows


def drifted(rows):
    """People are five years older, and wages have risen: with some college, 40 hours a week earn more than 50,000."""
    changed = []
    for row, label in rows:
        row = dict(row, age=min(100, row["age"] + 5))
        if row["education-num"] >= 10 and row["hours-per-week"] >= 40:
            label = ">50K"
        changed.append((row, label))
    return changed


def poisoned(rows):
    """A client that sends wrong labels: each is the other one."""
    return [(row, "<=50K" if label == ">50K" else ">50K") for row, label in rows]


class Client:
    def __init__(self, address):
        self.host = address.removeprefix("http://")
        self.connection = http.client.HTTPConnection(self.host, timeout=30)

    def post(self, path, body):
        payload = json.dumps(body).encode()
        for attempt in (0, 1):
            try:
                self.connection.request("POST", path, payload, {"Content-Type": "application/json"})
                reply = self.connection.getresponse()
                return reply.status, json.loads(reply.read())
            except (ConnectionError, http.client.HTTPException):
                # A connection that was idle for too long may be closed.
                self.connection = http.client.HTTPConnection(self.host, timeout=30)
                if attempt:
                    raise

    def send(self, rows, size=200):
        """Scores rows, then tells their labels; gives what was said, by row."""
        said = []
        for start in range(0, len(rows), size):
            batch = rows[start : start + size]
            status, reply = self.post("/v1/models/adult/predict", {"rows": [row for row, _ in batch]})
            if status != 200:
                raise SystemExit(f"a request was refused with status {status}: {reply}")
            predictions = reply["predictions"]
            said += [(p["probability"], label == ">50K", reply["version"]) for p, (_, label) in zip(predictions, batch)]
            labels = [{"id": p["id"], "label": label} for p, (_, label) in zip(predictions, batch)]
            status, reply = self.post("/v1/feedback", {"feedback": labels})
            if status != 200:
                raise SystemExit(f"labels were refused with status {status}: {reply}")
        return said


def auc(said):
    """The chance that a positive row scores above a negative one, ties half."""
    ranked, below, pairs = sorted(said, key=lambda s: s[0]), 0, 0.0
    place = 0
    while place < len(ranked):
        end = place
        while end < len(ranked) and ranked[end][0] == ranked[place][0]:
            end += 1
        positives = sum(s[1] for s in ranked[place:end])
        negatives = end - place - positives
        pairs += positives * (below + negatives / 2)
        below += negatives
        place = end
    return pairs / (below * (len(ranked) - below))


class Load(threading.Thread):
    """Asks for one row after the other until it is told to stop, and counts what fails."""

    def __init__(self, address, rows):
        super().__init__(daemon=True)
        self.client, self.rows = Client(address), rows
        self.over, self.times, self.failures, self.versions = threading.Event(), [], 0, {}

    def run(self):
        place = 0
        while not self.over.is_set():
            row = self.rows[place % len(self.rows)][0]
            place += 1
            start = time.perf_counter()
            try:
                status, reply = self.client.post("/v1/models/adult/predict", row)
            except OSError:
                status, reply = 0, {}
            self.times.append(time.perf_counter() - start)
            if status == 200:
                self.versions[reply["version"]] = self.versions.get(reply["version"], 0) + 1
            else:
                self.failures += 1
            time.sleep(0.001)

    def end(self):
        self.over.set()
        self.join()


def leeway(*arguments):
    return subprocess.run([LEEWAY, *arguments], cwd=FOLDER, check=True, capture_output=True, text=True).stdout


def history():
    return json.loads(leeway("history", "--json", "-n", "1000"))


def retrainings():
    return sorted(history()["retrainings"], key=lambda r: r["id"])


def wait_for(what, found, seconds=60):
    """Asks again and again until something is found."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        result = found()
        if result:
            return result
        time.sleep(0.25)
    print((FOLDER / "server.log").read_text()[-2000:], file=sys.stderr)
    raise SystemExit(f"error: {what} did not come within {seconds} seconds; the server's log stands above")


def ended(number):
    """The retraining of this number, once it is over."""

    def found():
        own = [r for r in retrainings() if r["id"] == number and r["state"] != "running"]
        return own[0] if own else None

    return found


def gate(retraining, side, model, metric):
    return retraining["document"]["gate"][side][model][metric]


def story(server, address):
    rows = table()
    client = Client(address)

    quiet = client.send(rows[:4000])
    event("4,000 quiet rows, with labels", f"AUC {auc(quiet):.3f}")
    say(f"4,000 quiet rows from the test part, with their labels: AUC {auc(quiet):.3f}")
    checks = lambda: sum(d["count"] for d in history()["decisions"] if d["action"] == "nothing")
    before = checks()
    wait_for("a check of the quiet rows", lambda: checks() >= before + 2)
    if retrainings():
        raise SystemExit("error: quiet traffic was taken for drift")
    event("checked, nothing to do", f"{checks()} checks, 0 retrainings")
    say(f"{checks()} checks: nothing calls for a retraining", "✓")

    load = Load(address, rows[:500])
    load.start()
    moved = client.send(drifted(rows[4000:10000]))
    since = time.monotonic()
    event("6,000 drifted rows, with labels", f"AUC {auc(moved):.3f}")
    say(f"6,000 rows of people five years older, whose wages have risen: AUC {auc(moved):.3f}")
    first = wait_for("a retraining", ended(1))
    took = time.monotonic() - since
    event("drift found, challenger trained and tested", f"{took:.1f} s")
    say(f"found by itself: {first['reason']}", "✓")
    if first["state"] not in ("probation", "promoted"):
        raise SystemExit(f"error: the challenger was not promoted but is {first['state']}: {first}")
    wait_for("the new version in the server", lambda: first["challenger"] in load.versions)
    time.sleep(1)
    load.end()
    figures = [gate(first, "window", side, "roc_auc") for side in ("champion", "challenger")]
    losses = [gate(first, "window", side, "log_loss") for side in ("champion", "challenger")]
    event(
        f"gate passed, version {first['challenger']} is the champion",
        f"log loss {losses[0]:.3f} → {losses[1]:.3f}, AUC {figures[0]:.3f} → {figures[1]:.3f}",
    )
    say(f"gate passed on the newest rows: log loss {losses[0]:.3f} → {losses[1]:.3f}, AUC {figures[0]:.3f} → {figures[1]:.3f}", "✓")
    times = sorted(load.times)
    event(
        "swapped under load",
        f"{len(times):,} requests, {load.failures} failed, p99 {times[int(len(times) * 0.99)] * 1000:.1f} ms",
    )
    served = ", ".join(f"{count:,} by version {version}" for version, count in sorted(load.versions.items()))
    say(f"meanwhile {len(times):,} requests, {load.failures} failed ({served}), p99 {times[int(len(times) * 0.99)] * 1000:.1f} ms", "✓" if load.failures == 0 else "✗")
    again = client.send(drifted(rows[10000:12000]))
    if any(version != first["challenger"] for _, _, version in again):
        raise SystemExit("error: an old version answered")
    event("2,000 more rows of the new world", f"AUC {auc(again):.3f}, was {auc(moved):.3f}")
    say(f"2,000 more such rows: AUC {auc(again):.3f}, where the version before had {auc(moved):.3f}", "✓")

    client.send(poisoned(rows[:6000]))
    event("6,000 rows with poisoned labels", "each label is the other one")
    say("6,000 rows from a client whose labels are all wrong")
    second = wait_for("a second retraining", ended(2))
    if second["state"] != "refused":
        raise SystemExit(f"error: the poisoned challenger was not refused but is {second['state']}")
    failed = [c for c in second["document"]["gate"]["criteria"] if c["outcome"] == "failed"]
    event("poisoned challenger refused", ", ".join(c["name"].replace("_", " ") for c in failed))
    say(f"retrained, and refused by the gate: {failed[0]['reason']}", "✓")
    now = json.loads(leeway("models", "list", "--json"))
    champion = [v["version"] for v in now["versions"] if "champion" in v["aliases"]] if isinstance(now, dict) else [
        v["version"] for v in now if "champion" in v["aliases"]
    ]
    event("champion at the end", f"version {champion[0]}")
    return load.failures


def main():
    log = open(FOLDER / "server.log", "w")
    leeway("run", "--quiet")
    say("trained on 32,561 rows of the Adult table: version 1", "✓")
    event("trained on 32,561 rows", "version 1")
    server = subprocess.Popen(
        [LEEWAY, "serve", "--loop", "--port", "0"], cwd=FOLDER, stdout=subprocess.PIPE, stderr=log, text=True
    )
    try:
        address = server.stdout.readline().strip()
        if not address:
            raise SystemExit(f"error: the server did not start; see {FOLDER / 'server.log'}")
        say(f"serving, monitoring and retraining on {address} (leeway serve --loop)", "✓")
        failures = story(server, address)
        leeway("history", "-n", "1000", "--html", "history.html")
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()
    width = max(len(what) for _, what, _ in EVENTS)
    print("\n" + "\n".join(f"  {seconds:5.1f} s  {what:<{width}}  {figure}" for seconds, what, figure in EVENTS))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
