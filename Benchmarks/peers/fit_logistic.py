#!/usr/bin/env python3
"""Times scikit-learn's logistic regression alone, on the published construction of the Adult table.

    fit_logistic.py DATA_FOLDER TEST_ROWS_FILE [REPEATS]

The construction: `?` is null in adult.test only, a null is a category of its own, numbers are standardised: 111
features. Prints JSON. Each solver is timed on the sparse matrix that scikit-learn's pipeline hands over and on a dense
one, since which of the two is faster depends on the solver. `objective` is what all of them minimise, C = 1:
the weighted log losses summed, plus half the squared length of the coefficients.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import sparse
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from train_adult import COLUMNS


def read(file, nulls, skip_lines=0):
    return pd.read_csv(
        file,
        names=COLUMNS,
        skiprows=skip_lines,
        skipinitialspace=True,
        na_values=nulls,
        keep_default_na=False,
    )


def prepare(data, test_rows):
    """The training rows' matrix and target, and the names of the matrix's columns."""
    table = pd.concat([read(data / "adult.data", []), read(data / "adult.test", ["?"], 1)], ignore_index=True)
    table = table.drop(index=np.loadtxt(test_rows, dtype=int))
    features = table.drop(columns="income")
    target = (table["income"].str.rstrip(".") == ">50K").to_numpy(dtype=int)
    numeric = features.select_dtypes("number").columns
    categorical = features.columns.difference(numeric, sort=False)
    encoder = ColumnTransformer(
        [("numeric", StandardScaler(), numeric), ("categorical", OneHotEncoder(), categorical)],
        verbose_feature_names_out=False,
        sparse_threshold=1.0,
    )
    matrix = sparse.csr_matrix(encoder.fit_transform(features))
    return matrix, target, encoder.get_feature_names_out().tolist()


def objective(model, matrix, target):
    counts = np.bincount(target)
    weights = (len(target) / (2 * counts))[target]
    margin = np.where(target == 1, 1, -1) * (matrix @ model.coef_[0] + model.intercept_[0])
    return float(weights @ np.logaddexp(0, -margin) + 0.5 * model.coef_[0] @ model.coef_[0])


def fit(solver, matrix, target, repeats):
    wall, cpu = [], []
    for _ in range(repeats):
        model = LogisticRegression(solver=solver, class_weight="balanced", max_iter=1000)
        started, started_cpu = time.perf_counter(), time.process_time()
        model.fit(matrix, target)
        wall.append(time.perf_counter() - started)
        cpu.append(time.process_time() - started_cpu)
    return {
        "solver": solver,
        "layout": "sparse" if sparse.issparse(matrix) else "dense",
        "seconds": min(wall),
        "cpu_seconds": min(cpu),
        "iterations": int(model.n_iter_[0]),
        "objective": objective(model, matrix, target),
        "intercept": float(model.intercept_[0]),
        "coefficients": model.coef_[0].tolist(),
    }


def main():
    repeats = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    matrix, target, names = prepare(Path(sys.argv[1]), sys.argv[2])
    dense = matrix.toarray()
    fits = [fit(solver, x, target, repeats) for solver in ("lbfgs", "newton-cholesky") for x in (matrix, dense)]
    print(json.dumps({"rows": len(target), "features": names, "fits": fits}))


if __name__ == "__main__":
    main()
