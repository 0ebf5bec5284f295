#!/usr/bin/env python3
"""How often Evidently's DataDriftPreset, at its defaults, calls a window drifted.

    evidently_peer.py FOLDER [--repetitions N] [--whole N] [--out FILE]

FOLDER is one of windows (see study_folder.py). The whole preset makes a report's drawings too and takes about a second
a check, so it decides the first repetitions only (--whole, 20 by default); the others are decided by the tests that
Evidently itself picks for each column. The two are held against each other: where they differ, the program fails.
A category is a text, as it would be in a table. Evidently is told the kind of each column: left to infer it, it takes a
column of texts that rarely repeat for prose, and then tests that.
"""

import os

os.environ["EVIDENTLY_DISABLE_TELEMETRY"] = "1"

import time
import warnings
from collections import Counter

import numpy as np
import pandas as pd
from evidently import DataDefinition, Dataset, Report
from evidently.legacy.calculations.stattests import get_stattest
from evidently.legacy.core import ColumnType
from evidently.presets import DataDriftPreset

from study_folder import (
    Column,
    Record,
    StudyFolder,
    collect,
    column_rates,
    deliver,
    fail,
    parser,
    share,
    table,
    versions,
)

# DataDriftPreset's own default: the dataset has drifted when so large a share of its columns has.
DRIFT_SHARE = 0.5


def decide(columns: list[Column], reference: pd.DataFrame, current: pd.DataFrame) -> list[Record]:
    """The outcome of the test that Evidently picks for each column; null for one that fails."""
    outcomes = []
    for column in columns:
        kind = ColumnType.Categorical if column.is_category else ColumnType.Numerical
        before, after = reference[column.name], current[column.name]
        test = get_stattest(before, after, kind, None)
        try:
            found = test(before, after, kind, None)
            outcomes.append({"test": test.display_name, "alarm": bool(found.drifted), "error": None})
        except Exception as error:
            outcomes.append({"test": test.display_name, "alarm": None, "error": f"{type(error).__name__}: {error}"})
    return outcomes


def drifted_columns(columns: list[Column], reference: pd.DataFrame, current: pd.DataFrame) -> int:
    """How many columns the whole preset calls drifted."""
    definition = DataDefinition(
        numerical_columns=[column.name for column in columns if not column.is_category],
        categorical_columns=[column.name for column in columns if column.is_category],
    )
    datasets = (Dataset.from_pandas(one, data_definition=definition) for one in (current, reference))
    metrics = Report([DataDriftPreset()]).run(*datasets).dict()["metrics"]
    counts = [one["value"]["count"] for one in metrics if one["metric_name"].startswith("DriftedColumnsCount")]
    return int(counts[0])


def check(folder: StudyFolder, repetition: int, whole: int) -> Record:
    """One repetition: each column's outcome, CPU seconds, and the whole preset's where it is run."""
    columns = folder.columns
    reference = table(columns, folder.window("ref", repetition))
    current = table(columns, folder.window("cur", repetition))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        started = time.process_time()
        outcomes = decide(columns, reference, current)
        record = {
            "cpu": time.process_time() - started,
            "rows": [len(reference), len(current)],
            "outcomes": outcomes,
            "whole_cpu": None,
        }
        record["warnings"] = dict(Counter(f"{one.category.__name__}: {one.message}" for one in caught))
    if repetition < whole and all(one["error"] is None for one in outcomes):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            started = time.process_time()
            count = drifted_columns(columns, reference, current)
            record["whole_cpu"] = time.process_time() - started
        if count != sum(one["alarm"] for one in outcomes):
            fail(f"In repetition {repetition} the preset finds {count} drifted columns, its tests {outcomes}.")
    return record


def summary(folder: StudyFolder, records: list[Record]) -> Record:
    columns = folder.columns
    alarms = np.array([[one["alarm"] for one in record["outcomes"]] for record in records], dtype=float)
    rates = column_rates(columns, alarms)
    for place, column in enumerate(rates["columns"]):
        column["tests"] = dict(Counter(record["outcomes"][place]["test"] for record in records))
    whole = [record["whole_cpu"] for record in records if record["whole_cpu"] is not None]
    spoken: Counter[str] = Counter()
    for record in records:
        spoken.update(record["warnings"])
    errors = Counter(one["error"] for record in records for one in record["outcomes"] if one["error"])
    return {
        "tool": "Evidently DataDriftPreset, defaults",
        "versions": versions("evidently", "pandas", "numpy", "scipy"),
        "repetitions": len(records),
        "reference_rows": records[0]["rows"][0],
        "window_rows": records[0]["rows"][1],
        **rates,
        "dataset": share(((alarms == 1).mean(axis=1) >= DRIFT_SHARE).astype(float)),
        "cpu_seconds": sum(record["cpu"] for record in records),
        "whole_preset": {
            "checks": len(whole),
            "cpu_seconds_each": float(np.mean(whole)) if whole else None,
        },
        "warnings": dict(spoken.most_common(20)),
        "errors": dict(errors.most_common(20)),
    }


def main() -> None:
    arguments = parser(__doc__)
    arguments.add_argument("--whole", type=int, default=20, help="checks by the whole preset as well (default: 20)")
    options = arguments.parse_args()
    folder = options.folder
    recipe = {"peer": "evidently", "whole": options.whole, **versions("evidently", "pandas", "numpy", "scipy")}
    records = collect(options, "evidently", recipe, lambda repetition: check(folder, repetition, options.whole))
    deliver(options, summary(folder, records))


if __name__ == "__main__":
    main()
