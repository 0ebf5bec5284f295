#!/usr/bin/env python3
"""How soon River's detectors, at their defaults, alarm after a change, and how often before it.

    river_peer.py FOLDER [--repetitions N] [--detectors ADWIN,KSWIN] [--reference skip|feed] [--out FILE]

FOLDER is one of streams (see study_folder.py). Where every row of the first stream is 0 or 1, the streams are a model's
errors, and the detectors made for those take part. A delay counts rows: 1 is an alarm at the first changed row.
`first` judges a stream by its first alarm: before the change it is false, after it gives the delay, without one the
change is missed; its share of missed ones and its median delay are of the streams without a false alarm. `continued`
lets the detector go on after false alarms, as River resets it. A missed change counts as an infinite delay: a median
of null is infinite, or of nothing. `rows_per_false_alarm` is the quiet rows of all streams by the alarms in them.
"""

import argparse
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from river import drift

from study_folder import Record, StudyFolder, collect, deliver, fail, parser, versions

# KSWIN draws at random: a seed for each stream, so that a run can be repeated.
ANY_STREAM: dict[str, Callable[[int], Any]] = {
    "ADWIN": lambda seed: drift.ADWIN(),
    "KSWIN": lambda seed: drift.KSWIN(seed=seed),
    "PageHinkley": lambda seed: drift.PageHinkley(),
}
ERRORS_ONLY: dict[str, Callable[[int], Any]] = {
    "DDM": lambda seed: drift.binary.DDM(),
    "EDDM": lambda seed: drift.binary.EDDM(),
    "HDDM_A": lambda seed: drift.binary.HDDM_A(),
    "HDDM_W": lambda seed: drift.binary.HDDM_W(),
}
DETECTORS = ANY_STREAM | ERRORS_ONLY


Parts = tuple[list[Any], list[Any], list[Any]]


class Plan:
    """Which rows of a stream are what."""

    def __init__(self, folder: StudyFolder, feeds_reference: bool) -> None:
        meta = folder.meta
        self.reference = int(meta.get("reference_rows") or 0)
        if "horizon" not in meta:
            fail(f"{folder.path / 'meta.json'} has no horizon: it is not of a folder of streams.")
        self.horizon = int(meta["horizon"])
        self.change_at = None if meta.get("change_at") is None else int(meta["change_at"])
        # Without a change all rows are quiet.
        self.quiet = self.horizon if self.change_at is None else self.change_at
        self.changed = 0 if self.change_at is None else self.horizon
        self.feeds_reference = feeds_reference

    def parts(self, stream: np.ndarray) -> Parts:
        """The reference's rows to feed, the quiet rows, the changed ones."""
        rows = self.reference + self.quiet + self.changed
        if len(stream) < rows:
            fail(f"A stream has {len(stream)} rows; meta.json tells of {rows}.")
        start = self.reference + self.quiet
        reference = stream[: self.reference] if self.feeds_reference else stream[:0]
        return reference.tolist(), stream[self.reference : start].tolist(), stream[start:rows].tolist()


def watch(detector: Any, parts: Parts) -> Record:
    """All alarms among the quiet rows, the delay to the first after the change, and what the updates took."""
    reference, quiet, changed = parts
    false_alarms, delay = [], None
    started = time.process_time_ns()
    for value in reference:
        detector.update(value)
    for number, value in enumerate(quiet, 1):
        detector.update(value)
        if detector.drift_detected:
            false_alarms.append(number)
    for number, value in enumerate(changed, 1):
        detector.update(value)
        if detector.drift_detected:
            delay = number
            break
    taken = time.process_time_ns() - started
    updates = len(reference) + len(quiet) + (delay or len(changed))
    return {"false_alarms": false_alarms, "delay": delay, "updates": updates, "nanoseconds": taken}


def is_errors(stream: np.ndarray) -> bool:
    return bool(np.isin(stream, (0, 1)).all())


def check(folder: StudyFolder, plan: Plan, names: list[str], number: int) -> Record:
    """One stream by every detector."""
    parts = plan.parts(folder.stream(number))
    # River's detectors of errors take truth values.
    reference, quiet, changed = ([bool(value) for value in part] for part in parts)
    errors = reference, quiet, changed
    return {name: watch(DETECTORS[name](number), errors if name in ERRORS_ONLY else parts) for name in names}


def delays(outcomes: list[Record], has_change: bool) -> Record:
    """What became of the changes of these streams; nothing where there was none."""
    if not has_change or not outcomes:
        return {"streams": len(outcomes), "missed": None, "share_missed": None, "median_delay": None}
    found = np.array([np.inf if one["delay"] is None else one["delay"] for one in outcomes])
    missed, median = int(np.isinf(found).sum()), float(np.median(found))
    return {
        "streams": len(found),
        "missed": missed,
        "share_missed": missed / len(found),
        "median_delay": None if np.isinf(median) else median,
    }


def summary(name: str, plan: Plan, outcomes: list[Record]) -> Record:
    """One detector over all streams."""
    has_change = plan.change_at is not None
    alarms = [len(one["false_alarms"]) for one in outcomes]
    early = sum(count > 0 for count in alarms)
    calm = [one for one, count in zip(outcomes, alarms) if count == 0]
    parameters = DETECTORS[name](0)._get_params()
    return {
        "detector": name,
        "parameters": {key: str(value) for key, value in parameters.items() if key not in ("seed", "window")},
        "streams_with_false_alarm": early,
        "share_with_false_alarm": early / len(outcomes),
        "false_alarms": sum(alarms),
        "rows_per_false_alarm": plan.quiet * len(outcomes) / sum(alarms) if sum(alarms) else None,
        "first": delays(calm, has_change),
        "continued": delays(outcomes, has_change),
        "nanoseconds_per_update": sum(one["nanoseconds"] for one in outcomes) / sum(one["updates"] for one in outcomes),
        "first_false_alarm": [one["false_alarms"][0] if one["false_alarms"] else None for one in outcomes],
        "delay": [one["delay"] for one in outcomes],
    }


def chosen(options: argparse.Namespace) -> list[str]:
    """The detectors asked for, or all that suit the streams."""
    suited = [*ANY_STREAM, *(ERRORS_ONLY if is_errors(options.folder.stream(0)) else ())]
    names = options.detectors.split(",") if options.detectors else suited
    for name in names:
        if name not in suited:
            fail(f"{name} is not among the detectors for these streams: {', '.join(suited)}.")
    return names


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--detectors", metavar="NAMES", help="with commas between (default: all that suit)")
    arguments.add_argument(
        "--reference",
        choices=("skip", "feed"),
        default="skip",
        help="feed: the detectors are fed the reference's rows first; alarms there do not count (default: skip)",
    )
    options = arguments.parse_args()
    plan, names = Plan(options.folder, options.reference == "feed"), chosen(options)
    recipe = {"peer": "river", "detectors": names, "reference": options.reference, **versions("river", "numpy")}
    records = collect(options, "river", recipe, lambda number: check(options.folder, plan, names, number))
    deliver(
        options,
        {
            "tool": "River's detectors, defaults",
            "versions": versions("river", "numpy", "scipy"),
            "repetitions": len(records),
            "change_at": plan.change_at,
            "horizon": plan.horizon,
            "reference": {"rows": plan.reference, "use": options.reference},
            "detectors": [summary(name, plan, [record[name] for record in records]) for name in names],
        },
    )


if __name__ == "__main__":
    main()
