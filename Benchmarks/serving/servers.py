"""The servers that are measured, one process each, and the load that wrk puts on them. For Linux: it reads /proc."""

import http.client
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
from pathlib import Path
from typing import NamedTuple

from places import LEEWAY, PEERS, ROOT, fail

SCRATCH = ROOT / ".bench-serving"
POST = ROOT / "Benchmarks/serving/post.lua"
BARE = Path(os.environ.get("LEEWAY_BARE") or ROOT / ".build/release/bare-route")
ROUTE = "/v1/models/adult/predict"
TICKS = os.sysconf("SC_CLK_TCK")
NOWHERE = open(os.devnull, "wb")
# Ports that were given out: a server may not listen on its own yet when the next one is asked for.
TAKEN = set()


class Server:
    """A server from its start to its end, as a context.

    `url` is where its predictions are asked for: what `pattern` finds in a line that it prints, and `route`. Without
    a pattern it says nothing, and is ready once its port is open.
    """

    def __init__(self, name, command, folder, pattern=None, url="", route=""):
        self.name, self.url, self.route, self.pattern, self.folder = name, url, route, pattern, folder
        self.command = [str(part) for part in command]
        # Beside the folder, which is the server's own.
        self.log = SCRATCH / f"{name.split()[0].lower()}.log"

    def __enter__(self):
        environment = os.environ | {"LEEWAY_DRIVER_PATH": str(ROOT / ".native/lib")}
        self.started = time.perf_counter()
        with open(self.log, "wb") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,
            )
        try:
            if self.pattern:
                self.url = self.announced_url() + self.route
                # Nobody else reads what it prints, and a full pipe would stop it.
                threading.Thread(target=shutil.copyfileobj, args=(self.process.stdout, NOWHERE), daemon=True).start()
            else:
                self.await_port()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, kind, *_):
        code = self.stop()
        if kind is None and code not in (0, -signal.SIGTERM):
            self.give_up(f"ended with code {code} when it was asked to stop")

    def announced_url(self):
        for line in self.process.stdout:
            found = re.search(self.pattern, line.decode(errors="replace"))
            if found:
                self.announced = time.perf_counter() - self.started
                return found[1]
        self.give_up("ended before it was ready")

    def await_port(self):
        place = urllib.parse.urlsplit(self.url)
        for _ in range(1000):
            if self.process.poll() is not None:
                break
            try:
                socket.create_connection((place.hostname, place.port), timeout=1).close()
                return
            except OSError:
                time.sleep(0.01)
        self.give_up("was not ready")

    def give_up(self, what):
        sys.stderr.write(self.log.read_text(errors="replace")[-2000:])
        code = self.process.poll()
        state = "it still runs" if code is None else f"its exit code is {code}"
        fail(f"{self.name} {what}; {state}, and its last lines are above.")

    def stop(self):
        self.process.terminate()
        try:
            return self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            return self.process.wait()

    def get(self, path):
        """The status of a GET; 0 while nobody answers."""
        place = urllib.parse.urlsplit(self.url)
        connection = http.client.HTTPConnection(place.hostname, place.port, timeout=10)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def cpu_seconds(self):
        """What it and all that it started have used so far."""
        parents, used = {}, {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                # The name before it may hold anything, blanks and brackets too.
                fields = stat.read_text().rpartition(") ")[2].split()
            except OSError:
                continue
            process = int(stat.parent.name)
            parents[process] = int(fields[1])
            used[process] = (int(fields[11]) + int(fields[12])) / TICKS
        family = {self.process.pid}
        while more := {process for process, parent in parents.items() if parent in family} - family:
            family |= more
        return sum(used.get(process, 0) for process in family)

    def settle(self):
        """Waits until it has done what wrk asked for and did not wait for: the next one shall not suffer from it."""
        before = self.cpu_seconds()
        for _ in range(100):
            time.sleep(0.1)
            now = self.cpu_seconds()
            if now - before < 0.03:
                break
            before = now

    def resident_bytes(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s*(\d+)", status)[1]) * 1024

    def maps(self, library):
        return library in Path(f"/proc/{self.process.pid}/maps").read_text()


def leeway(folder, configuration="leeway.yaml"):
    """A fresh log for each: it grows by some 600 bytes a row."""
    shutil.rmtree(folder / ".leeway/log", ignore_errors=True)
    command = [LEEWAY, "serve", "--quiet", "--port", "0", "--config", configuration]
    return Server("Leeway", command, folder, r"^(http\S+)", route=ROUTE)


def bare():
    port = free_port()
    return Server("bare route", [BARE, port], ROOT, url=f"http://127.0.0.1:{port}{ROUTE}")


def peer(name, python, script):
    # It checks its own answers against the model before it says so.
    return Server(name, [python, PEERS / script, "--port", free_port()], ROOT, r"^ready (\S+)")


def free_port():
    """A port that is free, and so are those 1,000 and 2,000 above, which MLServer takes as well."""
    for port in range(20100, 30000):
        try:
            for one in (port, port + 1000, port + 2000):
                with socket.socket() as probe:
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                    probe.bind(("127.0.0.1", one))
            if port not in TAKEN:
                TAKEN.add(port)
                return port
        except OSError:
            continue
    fail("No free port was found.")


class Figures(NamedTuple):
    """What a load found: requests a second, milliseconds, the server's CPU milliseconds a request, requests."""

    rate: float
    p50: float
    p99: float
    cpu: float
    requests: float


def load(server, bodies, connections, seconds, pause=None, settles=True):
    """Posts the bodies, one a line of a file, in turn. With a pause, a connection waits so many ms before each."""
    out = SCRATCH / "figures.json"
    out.unlink(missing_ok=True)
    environment = os.environ | {"BODIES": str(bodies), "OUT": str(out)}
    if pause is not None:
        environment["DELAY"] = f"{pause:.4f}"
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(POST), server.url]
    before = server.cpu_seconds()
    ran = subprocess.run(command, env=environment, capture_output=True, text=True)
    used = server.cpu_seconds() - before
    if settles:
        server.settle()
    if ran.returncode != 0 or not out.exists():
        sys.stderr.write(ran.stdout[-1000:] + ran.stderr[-1000:])
        fail(f"wrk could not ask {server.name}; its last lines are above.")
    found = json.loads(out.read_text())
    if found["failed"] or not found["requests"]:
        server.give_up(f"failed {found['failed']} times and answered {found['requests']} requests")
    took = found["microseconds"]
    requests = found["requests"]
    return Figures(
        found["requests_per_second"], took["p50"] / 1000, took["p99"] / 1000, used * 1000 / requests, requests
    )


def median(runs):
    return Figures(*map(statistics.median, zip(*runs)))


def pace(server, bodies, connections, rate):
    """The pause that makes so many requests a second of the connections."""
    pause = 1000 * connections / rate
    for _ in range(6):
        found = load(server, bodies, connections, 1, pause).rate
        if abs(found / rate - 1) < 0.02:
            break
        pause = max(0, pause + 1000 * connections * (1 / rate - 1 / found))
    return pause
