#!/usr/bin/env python3
"""How often NannyML's UnivariateDriftCalculator, at its defaults, alerts on a window that is one chunk.

    nannyml_peer.py FOLDER [--repetitions N] [--whole N] [--out FILE]

FOLDER is one of windows (see study_folder.py). A chunk has as many rows as the window, and the reference is cut into
chunks of that size: its thresholds come from them. What NannyML warns of is in the result. Its calculator works out
a table of the reference's chunks besides, which doubles the time, so it decides the first repetitions only (--whole, 20
by default); the others are decided by the methods that it is made of, in the same way. The two are held against each
other: where they differ, the program fails.
"""

import os

os.environ["NML_DISABLE_USAGE_LOGGING"] = "1"

import logging
import time
import warnings
from collections import Counter

import numpy as np
import pandas as pd
from nannyml import UnivariateDriftCalculator
from nannyml.chunk import SizeBasedChunker
from nannyml.drift.univariate.calculator import DEFAULT_THRESHOLDS
from nannyml.drift.univariate.methods import FeatureType, MethodFactory

from study_folder import Column, Record, StudyFolder, collect, column_rates, deliver, fail, parser, table, versions

# The calculator's default for both kinds of columns.
METHOD = "jensen_shannon"


class Listener(logging.Handler):
    """Counts what NannyML says to its log from warnings upwards."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        self.heard[f"log: {record.getMessage()}"] += 1


def decide(columns: list[Column], reference: pd.DataFrame, current: pd.DataFrame) -> list[bool]:
    """Each column's alert, by the methods that the calculator makes for it."""
    alerts = []
    for column in columns:
        method = MethodFactory.create(
            key=METHOD,
            feature_type=FeatureType.CATEGORICAL if column.is_category else FeatureType.CONTINUOUS,
            chunker=SizeBasedChunker(chunk_size=len(current)),
            threshold=DEFAULT_THRESHOLDS[METHOD],
        ).fit(reference_data=reference[column.name])
        alerts.append(bool(method.alert(method.calculate(current[column.name]))))
    return alerts


def decide_whole(columns: list[Column], reference: pd.DataFrame, current: pd.DataFrame) -> list[bool]:
    """Each column's alert, by the calculator."""
    calculator = UnivariateDriftCalculator(
        column_names=[column.name for column in columns],
        treat_as_numerical=[column.name for column in columns if not column.is_category],
        treat_as_categorical=[column.name for column in columns if column.is_category],
        chunk_size=len(current),
    )
    found = calculator.fit(reference).calculate(current).filter(period="analysis").to_df()
    if len(found) != 1:
        fail(f"The window is {len(found)} chunks, not one.")
    return [bool(found[column.name, METHOD, "alert"].iloc[0]) for column in columns]


def check(folder: StudyFolder, repetition: int, whole: int, listener: Listener) -> Record:
    """One repetition: each column's alert, CPU seconds, and the whole calculator's where it is run."""
    columns = folder.columns
    reference = table(columns, folder.window("ref", repetition))
    current = table(columns, folder.window("cur", repetition))
    listener.heard.clear()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        started = time.process_time()
        alerts = decide(columns, reference, current)
        record = {"cpu": time.process_time() - started, "rows": [len(reference), len(current)], "alerts": alerts}
    # The same words come for every column: told is in how many checks they came.
    spoken = {f"{one.category.__name__}: {one.message}" for one in caught} | set(listener.heard)
    record |= {"warnings": sorted(spoken), "whole_cpu": None}
    if repetition < whole:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            started = time.process_time()
            found = decide_whole(columns, reference, current)
            record["whole_cpu"] = time.process_time() - started
        if found != alerts:
            fail(f"In repetition {repetition} the calculator says {found}, its methods {alerts}.")
    return record


def summary(folder: StudyFolder, records: list[Record]) -> Record:
    alarms = np.array([record["alerts"] for record in records], dtype=float)
    whole = [record["whole_cpu"] for record in records if record["whole_cpu"] is not None]
    reference_rows, window_rows = records[0]["rows"]
    spoken = Counter(words for record in records for words in record["warnings"])
    return {
        "tool": "NannyML UnivariateDriftCalculator, defaults, the window one chunk",
        "versions": versions("nannyml", "pandas", "numpy", "scipy"),
        "repetitions": len(records),
        "reference_rows": reference_rows,
        "window_rows": window_rows,
        "reference_chunks": -(-reference_rows // window_rows),
        **column_rates(folder.columns, alarms),
        "cpu_seconds": sum(record["cpu"] for record in records),
        "whole_calculator": {
            "checks": len(whole),
            "cpu_seconds_each": float(np.mean(whole)) if whole else None,
        },
        "checks_with_warning": dict(spoken.most_common(20)),
    }


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--whole", type=int, default=20, help="checks by the whole calculator too (default: 20)")
    options = arguments.parse_args()
    folder, listener = options.folder, Listener()
    logging.getLogger("nannyml").addHandler(listener)
    logging.getLogger("nannyml").propagate = False
    recipe = {"peer": "nannyml", "whole": options.whole, **versions("nannyml", "pandas", "numpy", "scipy")}
    records = collect(options, "nannyml", recipe, lambda number: check(folder, number, options.whole, listener))
    deliver(options, summary(folder, records))


if __name__ == "__main__":
    main()
