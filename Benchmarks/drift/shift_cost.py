#!/usr/bin/env python3
"""What a shift of one column costs a model: two models of the Adult table, judged on rows whose numbers were moved.

    shift_cost.py DATA_FOLDER [--draws N]

The models are fitted on adult.data and judged on adult.test, as it is and with one column shifted by some standard
deviations up or down. `moved` adds to every value: numbers stay whole (rounded at random, so that the mean moves by
what was asked) and do not fall below the column's least. `mixed` keeps the rows as they are and weighs them, exponentially
in the column, so that its mean moves as far. Beside each shift stands its size in our unit: the shift of a normal
column with the same Kolmogorov-Smirnov distance. The noise is that of the metric itself: 1.96 standard deviations over
windows of 2,000 test rows.
"""

import argparse
import json
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.stats import norm
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

NAMES = (
    *("age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation", "relationship"),
    *("race", "sex", "capital-gain", "capital-loss", "hours-per-week", "native-country", "income"),
)
AMOUNTS = [0.05, 0.1, 0.25, 0.5, 1.0]
WINDOW = 2000


def read(file: Path, skipped: int) -> tuple[pd.DataFrame, np.ndarray]:
    """The features, and whether somebody earns more."""
    rows = pd.read_csv(file, names=NAMES, skiprows=skipped, skipinitialspace=True, na_values="?")
    target = rows.pop("income").str.rstrip(".") == ">50K"
    texts = rows.select_dtypes(exclude="number").columns
    return rows.astype({name: "category" for name in texts}), target.to_numpy()


def models(train: pd.DataFrame, target: np.ndarray) -> dict[str, Any]:
    texts, numbers = make_column_selector(dtype_exclude="number"), make_column_selector(dtype_include="number")
    prepared = make_column_transformer(
        (make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder(handle_unknown="ignore")), texts),
        (StandardScaler(), numbers),
    )
    both = {
        "logistic regression": make_pipeline(prepared, LogisticRegression(max_iter=1000)),
        "gradient boosting": HistGradientBoostingClassifier(categorical_features="from_dtype", random_state=0),
    }
    return {name: model.fit(train, target) for name, model in both.items()}


def metrics(target: np.ndarray, scores: np.ndarray, weights: np.ndarray | None = None) -> dict[str, float]:
    return {
        "auc": float(roc_auc_score(target, scores, sample_weight=weights)),
        "log_loss": float(log_loss(target, scores, sample_weight=weights)),
    }


def in_our_unit(before: np.ndarray, after: np.ndarray, weights: np.ndarray | None = None) -> float:
    """The shift of a normal column that has the Kolmogorov-Smirnov distance of these two."""
    places = np.unique(np.concatenate([before, after]))
    order = np.argsort(after, kind="stable")
    mass = np.full(len(after), 1 / len(after)) if weights is None else weights[order] / weights.sum()
    sums = np.concatenate([[0.0], np.cumsum(mass)])
    distribution = np.searchsorted(np.sort(before), places, side="right") / len(before)
    other = sums[np.searchsorted(after[order], places, side="right")]
    distance = float(np.abs(distribution - other).max())
    return float(min(10.0, 2 * norm.ppf((1 + min(distance, 1 - 1e-12)) / 2)))


def moved(values: np.ndarray, amount: float, generator: np.random.Generator) -> np.ndarray:
    return np.maximum(values.min(), np.floor(values + amount + generator.random(len(values))))


def mixed(values: np.ndarray, amount: float) -> np.ndarray | None:
    """Weights with which the mean moves by `amount`; None where few rows would have to carry it."""
    scaled = (values - values.mean()) / values.std()

    def tilted(stake: float) -> np.ndarray:
        powers = stake * scaled
        return np.exp(powers - powers.max())

    def gap(stake: float) -> float:
        return float(np.average(scaled, weights=tilted(stake)) - amount / values.std())

    if gap(-20) * gap(20) > 0:
        return None
    weights = tilted(brentq(gap, -20, 20))
    effective = weights.sum() ** 2 / (weights**2).sum()
    return weights if effective >= len(values) / 2 else None


def noise(target: np.ndarray, scores: np.ndarray, draws: int) -> dict[str, float]:
    """1.96 standard deviations of each metric over windows of the test part."""
    generator = np.random.default_rng(0)
    found = []
    for _ in range(draws):
        rows = generator.integers(0, len(target), WINDOW)
        found.append(metrics(target[rows], scores[rows]))
    return {name: float(1.96 * np.std([one[name] for one in found], ddof=1)) for name in found[0]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--draws", type=int, default=1000)
    options = parser.parse_args()
    train, train_target = read(options.data / "adult.data", 0)
    test, target = read(options.data / "adult.test", 1)
    for name in test.select_dtypes(exclude="number").columns:
        test[name] = test[name].cat.set_categories(train[name].cat.categories)
    fitted = models(train, train_target)
    base = {name: model.predict_proba(test)[:, 1] for name, model in fitted.items()}
    known = {name: metrics(target, scores) for name, scores in base.items()}

    shifts = []
    numeric = test.select_dtypes("number")
    for column in numeric.columns:
        values = test[column].to_numpy(dtype=np.float64)
        deviation = float(train[column].std())
        for amount in (sign * amount for amount in AMOUNTS for sign in (1, -1)):
            after = moved(values, amount * deviation, np.random.default_rng(1))
            table = test.assign(**{column: after})
            shifts.append(
                {
                    "kind": "moved",
                    "column": column,
                    "amount": amount,
                    "in_our_unit": in_our_unit(values, after),
                    "costs": {
                        name: costs(known[name], metrics(target, model.predict_proba(table)[:, 1]))
                        for name, model in fitted.items()
                    },
                }
            )
            weights = mixed(values, amount * deviation)
            if weights is not None:
                shifts.append(
                    {
                        "kind": "mixed",
                        "column": column,
                        "amount": amount,
                        "in_our_unit": in_our_unit(values, values, weights),
                        "costs": {name: costs(known[name], metrics(target, base[name], weights)) for name in fitted},
                    }
                )
    result = {
        "versions": {"python": platform.python_version()}
        | {name: version(name) for name in ("scikit-learn", "numpy", "pandas", "scipy")},
        "rows": [len(train), len(test)],
        "window": WINDOW,
        "draws": options.draws,
        "amounts": AMOUNTS,
        # The share of the value that most rows have.
        "commonest": {name: float(column.value_counts(normalize=True).iloc[0]) for name, column in numeric.items()},
        "models": {
            name: {**known[name], "noise": noise(target, scores, options.draws)} for name, scores in base.items()
        },
        "shifts": shifts,
    }
    print(json.dumps(result, indent=1))


def costs(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    """By how much each metric is worse: a lower AUC, a higher log loss."""
    return {"auc": before["auc"] - after["auc"], "log_loss": after["log_loss"] - before["log_loss"]}


if __name__ == "__main__":
    main()
