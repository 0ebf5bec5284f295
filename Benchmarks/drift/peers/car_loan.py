#!/usr/bin/env python3
"""Writes NannyML's car-loan data as the columns of numbers that Leeway's part of the study reads.

    car_loan.py DATA_FOLDER FOLDER

DATA_FOLDER holds the three synthetic_car_loan files (`Scripts/setup-peers.sh drift` puts them into .peers/drift/data). Of
each period, reference and analysis, one file of doubles for each column, rows in the order of time: PERIOD_score,
PERIOD_decision and PERIOD_label, and PERIOD_0, PERIOD_1 … for the model's features, categories as codes that both periods
share. meta.json tells the features' names and kinds, and the least score that is decided for.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import pandas as pd

from nannyml_cbpe import COLUMNS, PERIODS, load

ROLES = {"score": COLUMNS["y_pred_proba"], "decision": COLUMNS["y_pred"], "label": COLUMNS["y_true"]}
OTHERS = {"id", COLUMNS["timestamp_column_name"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="with the three files")
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    tables = dict(zip(PERIODS, load(arguments.data)))
    rows = pd.concat(tables.values(), ignore_index=True)
    decided = rows[COLUMNS["y_pred"]] == 1
    scores = rows[COLUMNS["y_pred_proba"]]
    threshold = float(scores[decided].min())
    if not (decided == (scores >= threshold)).all():
        raise SystemExit("error: no threshold of the score gives the decisions.")
    columns = []
    for name in rows.columns:
        if name in OTHERS or name in ROLES.values():
            continue
        is_number = pd.api.types.is_float_dtype(rows[name])
        column = {"name": name, "kind": "number" if is_number else "category"}
        if not is_number:
            rows[name], categories = pd.factorize(rows[name], sort=True)
            column["cardinality"] = len(categories)
        columns.append(column)
    parts = dict(zip(PERIODS, (rows.iloc[: len(tables[PERIODS[0]])], rows.iloc[len(tables[PERIODS[0]]) :])))
    arguments.folder.mkdir(parents=True, exist_ok=True)
    for period, part in parts.items():
        files = ROLES | {str(place): column["name"] for place, column in enumerate(columns)}
        for file, name in files.items():
            np.save(arguments.folder / f"{period}_{file}.npy", part[name].to_numpy(np.float64))
    meta = {"columns": columns, "threshold": threshold}
    (arguments.folder / "meta.json").write_text(json.dumps(meta, indent=2) + "\n")


if __name__ == "__main__":
    main()
