"""How a part gets its results: made once, kept in .bench/drift, and used again while its inputs are the same."""

import concurrent.futures
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from places import LEEWAY, ROOT, fail, first_line

HERE = ROOT / "Benchmarks/drift"
STUDY = ROOT / ".build/release/drift-study"
# Evidently, NannyML and River; scikit-learn.
PEERS, PYTHON = ROOT / ".peers/drift/bin/python", ROOT / ".peers/venv/bin/python"
STAMPS = {PEERS: ROOT / ".peers/drift.stamp", PYTHON: ROOT / ".peers/peers.stamp"}

# NannyML's car-loan data.
LOAN = [
    ROOT / f".peers/drift/data/synthetic_car_loan_{name}.csv" for name in ("reference", "analysis", "analysis_target")
]


class Sizes(NamedTuple):
    """How much of everything there is."""

    # Quiet windows of ours for each pair of sizes; of the peers, and with the largest reference.
    repetitions: int
    peers: int
    peers_largest: int
    # Streams of ours for each change, and those of them that the peers are given.
    streams: int
    shared: int
    # Error streams for each change of concept.
    errors: int
    # Draws of windows of Adult: quiet ones, and of each change.
    quiet_draws: int
    changed_draws: int
    # Checks that a peer's whole report decides besides its tests.
    whole: int


def digest(*files: Path) -> str:
    """Of the contents of files, in this order."""
    sums = hashlib.sha256()
    for file in files:
        with open(file, "rb") as opened:
            while block := opened.read(1 << 20):
                sums.update(block)
    return sums.hexdigest()


class Workshop:
    """Where results are made and kept."""

    def __init__(self, folder: Path, sizes: Sizes, seed: int, jobs: int) -> None:
        self.folder, self.sizes, self.seed, self.jobs = folder, sizes, seed, jobs
        self.log = folder / "log"
        self.used: dict[str, dict[str, Any]] = {}
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen] = set()
        (folder / "kept").mkdir(parents=True, exist_ok=True)
        self.log.write_bytes(b"")

    # --- Keeping

    def kept(self, name: str, key: dict[str, Any]) -> dict[str, Any] | None:
        """The record of an earlier run with the same inputs."""
        try:
            record = json.loads((self.folder / "kept" / f"{name}.json").read_text())
        except (OSError, ValueError):
            return None
        if record["key"] != key:
            return None
        self.used[name] = record
        return record

    def forget(self, name: str) -> None:
        """Has the step done again."""
        (self.folder / "kept" / f"{name}.json").unlink(missing_ok=True)

    def step(self, name: str, key: dict[str, Any], work: Callable[[], Any]) -> Any:
        """What `work` returns, or returned when the inputs were the same."""
        if record := self.kept(name, key):
            return record["result"]
        started, load = time.monotonic(), os.getloadavg()[0]
        self.say(f"{name} …")
        result = work()
        record = {
            "key": key,
            "date": time.strftime("%Y-%m-%d", time.gmtime()),
            "machine": machine(),
            "load": load,
            "seconds": time.monotonic() - started,
            "result": result,
        }
        new = self.folder / "kept" / f"{name}.new"
        new.write_text(json.dumps(record, indent=1) + "\n")
        new.replace(new.with_suffix(".json"))
        self.used[name] = record
        self.say(f"{name}: {record['seconds']:.0f} s")
        return result

    def together(self, works: Iterable[Callable[[], Any]]) -> list[Any]:
        """The results of all, in their order; as many at a time as there are jobs. The first failure ends the run."""
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            futures = [pool.submit(work) for work in works]
            try:
                done, _ = concurrent.futures.wait(futures, return_when=concurrent.futures.FIRST_EXCEPTION)
                for future in done:
                    future.result()
                return [future.result() for future in futures]
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                self.stop()
                raise

    # --- Running

    def run(self, command: Sequence[Any], accepted: Sequence[int] = (0,)) -> str:
        """Runs a program to its end and returns what it wrote to standard output."""
        # One thread each: they run side by side, and their times are CPU seconds.
        single = {name: "1" for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}
        with open(self.log, "ab") as log:
            child = subprocess.Popen(
                [str(part) for part in command],
                cwd=ROOT,
                env=os.environ | {"LEEWAY_DRIVER_PATH": str(ROOT / ".native/lib")} | single,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
            with self._lock:
                self._running.add(child)
            out, _ = child.communicate()
            with self._lock:
                self._running.discard(child)
        if child.returncode not in accepted:
            sys.stderr.write(self.log.read_text(errors="replace")[-2000:])
            words = " ".join(str(part) for part in command[:3])
            fail(f"{words} ended with code {child.returncode}; its last lines are above.")
        return out

    def stop(self) -> None:
        """Ends what is still running."""
        with self._lock:
            for child in self._running:
                child.terminate()

    def to_file(self, command: Sequence[Any], name: str) -> Any:
        """The JSON that a program writes into a file whose name is its last argument."""
        out = self.folder / "work" / f"{name}.json"
        out.parent.mkdir(exist_ok=True)
        self.run([*command, out])
        return json.loads(out.read_text())

    def to_json(self, command: Sequence[Any], accepted: Sequence[int] = (0,)) -> Any:
        """The JSON that a program prints."""
        return json.loads(self.run(command, accepted))

    # --- The contestants

    def study(
        self,
        name: str,
        arguments: Sequence[Any],
        after: Sequence[Any] = (),
        inputs: Any = None,
        exports: Path | None = None,
    ) -> Any:
        """What our own program makes of `arguments`, its output's name and those `after`, and of `inputs` in files.

        What it leaves in the folder `exports` for the peers is part of the result: it is made anew where that is gone.
        """
        key = {"program": digest(STUDY), "arguments": [str(part) for part in (*arguments, *after)], "inputs": inputs}
        out = self.folder / "work" / f"{name}.json"
        out.parent.mkdir(exist_ok=True)
        if exports and not exports.exists():
            self.forget(name)

        def work() -> Any:
            if exports:
                empty(exports)
            self.run([STUDY, *arguments, out, *after])
            return json.loads(out.read_text())

        return self.step(name, key, work)

    def peer(self, name: str, script: str, folder: Path, *options: Any) -> Any:
        """What a peer makes of a folder of windows or streams."""
        file = HERE / "peers" / script
        key = self.python_key(PEERS, file, HERE / "peers/study_folder.py") | {
            "data": seal(folder),
            "options": [str(option) for option in options],
        }
        return self.step(name, key, lambda: self.to_file([PEERS, file, folder, *options, "--out"], name))

    def python_key(self, python: Path, *files: Path) -> dict[str, Any]:
        """What a result of Python files depends on besides their arguments."""
        return {"files": digest(*files), "packages": STAMPS[python].read_text()}

    def say(self, words: str) -> None:
        print(f"    {words}", flush=True)


# Two peers may come for one folder at once.
SEALING = threading.Lock()


def seal(folder: Path) -> str:
    """A digest of the arrays of a folder, written into its meta.json, so that the peers know these from others."""
    file = folder / "meta.json"
    with SEALING:
        meta = json.loads(file.read_text())
        if "digest" not in meta:
            arrays = sorted(folder.glob("*.npy"))
            meta["digest"] = digest(*arrays)
            new = file.with_suffix(".new")
            new.write_text(json.dumps(meta, indent=2) + "\n")
            new.replace(file)
        return digest(file)


def empty(folder: Path) -> Path:
    """The folder, without what an earlier run left there."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def machine() -> str:
    """What this runs on."""
    model, memory = platform.machine(), ""
    if sys.platform == "linux":
        names = re.findall(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.M)
        model = names[0] if names else model
        kib = int(re.search(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())[1])
        memory = f", {kib / 1024 / 1024:.0f} GiB"
    return f"{model}, {os.cpu_count()} cores{memory}, {platform.system()} {platform.release()}"


def swift_version() -> str:
    found = re.search(r"Swift version \S+", first_line("swift", "--version"))
    return found[0] if found else ""


def check_tools(parts: Sequence[str]) -> None:
    """Stops unless what the parts need is there."""
    needed = {STUDY: {"quiet", "delay", "errors", "performance", "units"}}
    needed |= {PEERS: {"quiet", "delay", "errors", "performance"}, **{file: {"performance"} for file in LOAN}}
    needed |= {PYTHON: {"errors", "floor"}, LEEWAY: {"adult", "flights"}}
    needed |= {ROOT / ".data/adult/adult.data": {"floor", "adult"}, ROOT / ".data/flights/flights.csv": {"flights"}}
    for file, users in needed.items():
        if users & set(parts) and not file.exists():
            fail(f"{file.relative_to(ROOT)} is not there.", "Run: make drift-study")
