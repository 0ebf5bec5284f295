#!/usr/bin/env python3
"""Writes the error streams of a model whose concept changes: the SEA concepts, ten per cent of the labels wrong.

    sea_streams.py FOLDER [--repetitions N]

A gradient boosting is fitted on 5,000 rows of one concept and never again. Each stream has its errors on 5,000 other rows
of that concept, which are the reference, on 5,000 more, and, from then on, on 10,000 rows of another concept. A folder
for each change: sea-0-1, sea-0-2, sea-2-3.
"""

import argparse
import json
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

THRESHOLDS = [8.0, 9.0, 7.0, 9.5]
NOISE = 0.1
CHANGES = [(0, 1), (0, 2), (2, 3)]
FITTED, REFERENCE, QUIET, CHANGED = 5000, 5000, 5000, 10_000


def draw(rows: int, concept: int, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Rows of a concept and their labels: whether the first two numbers of 0 … 10 add up to more than its threshold."""
    features = generator.uniform(0, 10, (rows, 3))
    labels = features[:, 0] + features[:, 1] > THRESHOLDS[concept]
    wrong = generator.random(rows) < NOISE
    return features, labels ^ wrong


def errors(before: int, after: int, seed: int) -> np.ndarray:
    """One stream: 1 where the model is wrong."""
    generator = np.random.default_rng(seed)
    model = HistGradientBoostingClassifier(max_iter=60, random_state=0).fit(*draw(FITTED, before, generator))
    parts = [draw(REFERENCE, before, generator), draw(QUIET, before, generator), draw(CHANGED, after, generator)]
    return np.concatenate([model.predict(features) != labels for features, labels in parts]).astype(np.float64)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repetitions", type=int, default=25)
    arguments = parser.parse_args()
    for before, after in CHANGES:
        folder = arguments.folder / f"sea-{before}-{after}"
        folder.mkdir(parents=True, exist_ok=True)
        for repetition in range(arguments.repetitions):
            np.save(folder / f"stream_{repetition}.npy", errors(before, after, 100 + repetition))
        meta = {
            "repetitions": arguments.repetitions,
            "reference_rows": REFERENCE,
            "change_at": QUIET,
            "horizon": CHANGED,
        }
        (folder / "meta.json").write_text(json.dumps(meta, indent=2) + "\n")


if __name__ == "__main__":
    main()
