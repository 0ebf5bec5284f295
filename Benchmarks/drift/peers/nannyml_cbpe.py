#!/usr/bin/env python3
"""NannyML's estimates of performance without labels, and what the performance turned out to be, on its car-loan data.

    nannyml_cbpe.py DATA_FOLDER [--metrics roc_auc,f1,accuracy] [--chunks default,5000] [--out FILE]

DATA_FOLDER holds the three synthetic_car_loan files (`Scripts/setup-peers.sh drift` puts them into .peers/drift/data).
Of every chunk, of the reference and of the analysis, CBPE's estimate with its confidence bounds (three sampling errors)
and thresholds, and what PerformanceCalculator makes of the labels, which came later. Rows are counted from 0 in each
period; `end_row` is the last row of the chunk. Without --chunks as NannyML cuts by default, in ten, and in chunks
of 5,000 rows.
"""

import os

os.environ["NML_DISABLE_USAGE_LOGGING"] = "1"

import argparse
import json
import time
from pathlib import Path

import numpy as np
import pandas as pd
from nannyml import CBPE, PerformanceCalculator

from study_folder import Record, fail, versions

PERIODS = "reference", "analysis"
# Names of columns of the data, and of NannyML's parameters.
COLUMNS = {"y_pred_proba": "y_pred_proba", "y_pred": "y_pred", "y_true": "repaid", "timestamp_column_name": "timestamp"}
KEPT = {
    "value": "estimated",
    "lower_confidence_boundary": "lower_confidence",
    "upper_confidence_boundary": "upper_confidence",
    "sampling_error": "sampling_error",
    "lower_threshold": "lower_threshold",
    "upper_threshold": "upper_threshold",
    "alert": "alert",
}


def load(folder: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The reference, and the analysis joined with its targets."""
    names = "reference", "analysis", "analysis_target"
    try:
        reference, analysis, target = (pd.read_csv(folder / f"synthetic_car_loan_{name}.csv") for name in names)
    except OSError as error:
        fail(f"{error}\n       Run: Scripts/setup-peers.sh drift")
    joined = analysis.merge(target, on="id", how="left", validate="one_to_one")
    if joined[COLUMNS["y_true"]].isna().any():
        fail("Rows of the analysis have no target.")
    return reference, joined


def plain(value: object) -> object:
    """As JSON has it: a missing number is null."""
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    return float(value) if isinstance(value, (int, float, np.number)) and np.isfinite(value) else None


def by_period(found: pd.DataFrame, metric: str, kept: dict[str, str]) -> dict[str, list[Record]]:
    """What a result tells of each chunk, under our names."""
    periods: dict[str, list[Record]] = {period: [] for period in PERIODS}
    for _, row in found.iterrows():
        entry: Record = {"start_row": int(row["chunk", "start_index"]), "end_row": int(row["chunk", "end_index"])}
        entry |= {ours: plain(row[metric, theirs]) for theirs, ours in kept.items() if (metric, theirs) in row.index}
        periods[row["chunk", "period"]].append(entry)
    return periods


def run(reference: pd.DataFrame, analysis: pd.DataFrame, metrics: list[str], chunking: dict[str, int]) -> Record:
    """Estimates and realised performance, chunk by chunk."""
    # The sampling errors of some metrics are found by resampling with numpy's own generator.
    np.random.seed(0)
    started = time.process_time()
    estimator = CBPE(problem_type="classification_binary", metrics=metrics, **COLUMNS, **chunking).fit(reference)
    estimated = estimator.estimate(analysis).to_df()
    taken = time.process_time() - started
    calculator = PerformanceCalculator(
        problem_type="classification_binary", metrics=metrics, **COLUMNS, **chunking
    ).fit(reference)
    realised = calculator.calculate(analysis).to_df()
    table = {}
    for metric in metrics:
        guesses = by_period(estimated, metric, KEPT)
        truths = by_period(realised, metric, {"value": "realised", "alert": "realised_alert"})
        table[metric] = {
            period: [guess | truth for guess, truth in zip(guesses[period], truths[period], strict=True)]
            for period in PERIODS
        }
    return {
        "chunking": chunking or "default (10 chunks)",
        "is_calibrated_anew": bool(estimator.needs_calibration),
        "cbpe_cpu_seconds": taken,
        "metrics": table,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="with the three files")
    parser.add_argument("--metrics", default="roc_auc,f1,accuracy", help="(default: %(default)s)")
    parser.add_argument("--chunks", default="default,5000", help="`default`, or rows a chunk (default: %(default)s)")
    parser.add_argument("--out", type=Path, help="write the JSON there instead of printing it")
    options = parser.parse_args()
    reference, analysis = load(options.folder)
    metrics = options.metrics.split(",")
    runs = {
        name: run(reference, analysis, metrics, {} if name == "default" else {"chunk_size": int(name)})
        for name in options.chunks.split(",")
    }
    result = {
        "tool": "NannyML CBPE and PerformanceCalculator",
        "versions": versions("nannyml", "pandas", "numpy", "scipy", "scikit-learn"),
        "rows": {"reference": len(reference), "analysis": len(analysis)},
        "runs": runs,
    }
    text = json.dumps(result, indent=2, allow_nan=False)
    options.out.write_text(text + "\n") if options.out else print(text)


if __name__ == "__main__":
    main()
