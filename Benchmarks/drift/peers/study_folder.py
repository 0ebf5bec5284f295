"""What the peers of the drift study share: the folder of streams that all contestants read, and results kept as made.

A folder of windows has `meta.json`, and for every repetition r from 0 `ref_<r>.npy` and `cur_<r>.npy`: numbers, rows ×
columns, a category as its code. A folder of streams has `stream_<r>.npy` instead: rows, or rows × 1. Keys of meta.json:

    repetitions      how many there are
    columns          windows: [{"name", "kind": "number" or "category", "cardinality" (of a category)}]
    level            windows: of the contestants that have one; a peer's defaults know none, so that it is only told on
    reference_rows   streams: so many rows at the head of each are the reference (0 if absent)
    change_at        streams: the first changed row, counted from the end of the reference; null if nothing changes
    horizon          streams: rows watched from the change on, or from the reference on where nothing changes

Other keys are welcome (a seed, a name): results kept from an interrupted run count only while meta.json is the same.
"""

import argparse
import hashlib
import json
import platform
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import numpy as np
import pandas as pd

Record = dict[str, Any]


class Column(NamedTuple):
    """One column of the windows, as meta.json tells it."""

    name: str
    kind: str
    cardinality: int | None

    @property
    def is_category(self) -> bool:
        return self.kind == "category"


class StudyFolder:
    """A folder of windows or streams."""

    def __init__(self, path: str) -> None:
        self.path = Path(path)
        try:
            text = (self.path / "meta.json").read_bytes()
            self.meta: Record = json.loads(text)
            self.repetitions = int(self.meta["repetitions"])
        except (OSError, ValueError, KeyError) as error:
            fail(f"{self.path / 'meta.json'} is not what describes a folder of the study: {error!r}")
        self.digest = hashlib.sha256(text).hexdigest()

    @property
    def columns(self) -> list[Column]:
        columns = [Column(one["name"], one["kind"], one.get("cardinality")) for one in self.meta.get("columns", [])]
        if not columns:
            fail(f"{self.path / 'meta.json'} names no columns.")
        for column in columns:
            if column.kind not in ("number", "category"):
                fail(f"Column {column.name} is of kind {column.kind!r}, neither number nor category.")
        return columns

    def array(self, name: str, repetition: int) -> np.ndarray:
        """The numbers of one file, as float64."""
        file = self.path / f"{name}_{repetition}.npy"
        try:
            return np.load(file, allow_pickle=False).astype(np.float64)
        except (OSError, ValueError) as error:
            fail(f"{file} cannot be read: {error}")

    def window(self, name: str, repetition: int) -> np.ndarray:
        """Rows × columns of one repetition."""
        values = self.array(name, repetition)
        if values.ndim != 2 or values.shape[1] != len(self.columns):
            fail(f"{name}_{repetition}.npy is {values.shape}, not rows × {len(self.columns)} columns.")
        return values

    def stream(self, repetition: int) -> np.ndarray:
        """The rows of one stream."""
        values = self.array("stream", repetition)
        if values.ndim != 1 and values.shape[1:] != (1,):
            fail(f"stream_{repetition}.npy is {values.shape}: a stream has one column.")
        return values.reshape(-1)


def fail(words: str) -> NoReturn:
    sys.exit(f"error: {words}")


def table(columns: list[Column], values: np.ndarray) -> pd.DataFrame:
    """Rows × columns as the peers are given them: numbers as they are, the codes of categories as texts."""
    return pd.DataFrame(
        {
            column.name: pd.Series([f"k{code:.0f}" for code in one], dtype=object) if column.is_category else one
            for column, one in zip(columns, values.T)
        }
    )


def parser(description: str | None) -> argparse.ArgumentParser:
    """The arguments that every peer takes."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=StudyFolder, help="with meta.json and the .npy files")
    parser.add_argument("--repetitions", type=int, help="only the first so many (default: all that meta.json tells of)")
    parser.add_argument("--out", type=Path, help="write the JSON there, and go on after an interruption; else print it")
    return parser


def versions(*packages: str) -> dict[str, str]:
    """What a result was made with."""
    return {"python": platform.python_version()} | {package: version(package) for package in packages}


def repetitions(options: argparse.Namespace) -> int:
    """How many are to be done."""
    count = options.folder.repetitions if options.repetitions is None else options.repetitions
    if not 0 < count <= options.folder.repetitions:
        fail(f"There are {options.folder.repetitions} repetitions; {count} cannot be done.")
    return count


def collect(options: argparse.Namespace, title: str, recipe: Record, work: Callable[[int], Record]) -> list[Record]:
    """`work` of every repetition, in their order.

    With --out, each is kept in FILE.part as soon as it is done, and none is done twice by the same `recipe`: whatever
    else the records depend on.
    """
    count = repetitions(options)
    key = {"meta": options.folder.digest, **recipe}
    part = options.out.with_name(options.out.name + ".part") if options.out else None
    kept = dict(read_part(part, key)) if part else {}
    if kept:
        print(f"{title}: {len(kept)} repetitions are there already", file=sys.stderr, flush=True)
    file = open_part(part, key, kept) if part else None
    progress = Progress(title, sum(number not in kept for number in range(count)))
    for number in range(count):
        if number in kept:
            continue
        kept[number] = work(number)
        if file:
            file.write(json.dumps([number, kept[number]]) + "\n")
            file.flush()
        progress.step()
    if file:
        file.close()
    return [kept[number] for number in range(count)]


def read_part(part: Path, key: Record) -> Iterator[tuple[int, Record]]:
    """The records of an earlier run with the same key. A line cut off by the end of that run is none."""
    lines = part.read_text().splitlines() if part.exists() else []
    if not lines or decoded(lines[0]) != key:
        return
    for line in lines[1:]:
        entry = decoded(line)
        if entry is not None:
            yield entry[0], entry[1]


def decoded(line: str) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None


def open_part(part: Path, key: Record, kept: dict[int, Record]) -> Any:
    """The file to go on with: written anew, so that no line is cut off, and put in place whole."""
    new = part.with_name(part.name + ".new")
    new.write_text("".join(json.dumps(entry) + "\n" for entry in (key, *kept.items())))
    new.replace(part)
    return open(part, "a")


class Progress:
    """A line on standard error every ten seconds, and at the end."""

    def __init__(self, title: str, total: int) -> None:
        self.title, self.total, self.done = title, total, 0
        self.started = self.told = time.monotonic()

    def step(self) -> None:
        self.done += 1
        now = time.monotonic()
        if now - self.told < 10 and self.done < self.total:
            return
        self.told = now
        each = (now - self.started) / self.done
        left = each * (self.total - self.done)
        print(
            f"{self.title}: {self.done} of {self.total}, {each:.3f} s each, {left:.0f} s left",
            file=sys.stderr,
            flush=True,
        )


def share(alarms: np.ndarray) -> Record:
    """How many alarms there are, and their share: of what is not NaN."""
    known = alarms[~np.isnan(alarms)]
    return {"alarms": int(known.sum()), "rate": float(known.mean()) if known.size else None}


def column_rates(columns: list[Column], alarms: np.ndarray) -> Record:
    """Rates of repetitions × columns of alarms, 1, 0, or NaN where the peer failed: each column, each kind, any."""
    kinds = np.array([column.kind for column in columns])
    return {
        "columns": [
            column._asdict() | share(one) | {"failed": int(np.isnan(one).sum())}
            for column, one in zip(columns, alarms.T)
        ],
        "per_column": {str(kind): share(alarms[:, kinds == kind]) for kind in dict.fromkeys(kinds)},
        "any_column": share((alarms == 1).any(axis=1).astype(float)),
    }


def deliver(options: argparse.Namespace, result: Record) -> None:
    """Writes the result, or prints it."""
    text = json.dumps(result, indent=2, allow_nan=False)
    if not options.out:
        print(text)
        return
    new = options.out.with_name(options.out.name + ".new")
    new.write_text(text + "\n")
    new.replace(options.out)
