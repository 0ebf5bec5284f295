#!/usr/bin/env python3
"""Trains, evaluates and saves a model on the Adult table the usual way with scikit-learn.

    train_adult.py DATA_FOLDER OUT_FOLDER [TEST_ROWS_FILE]     (DENSE=1 in the environment: the one-hot matrix dense)

It is what Leeway's `run` is measured against, so it does no less than a careful person would write, and no more.
TEST_ROWS_FILE holds 0-based row numbers, adult.data first; without it, a stratified fifth of the rows is the test.
"""

import json
import os
import sys
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import (
    accuracy_score,
    confusion_matrix,
    f1_score,
    log_loss,
    precision_score,
    recall_score,
    roc_auc_score,
)
from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

COLUMNS = [
    "age",
    "workclass",
    "fnlwgt",
    "education",
    "education-num",
    "marital-status",
    "occupation",
    "relationship",
    "race",
    "sex",
    "capital-gain",
    "capital-loss",
    "hours-per-week",
    "native-country",
    "income",
]


# Sparse is scikit-learn's default and its fastest; dense is what many scripts ask for, to name the columns.
IS_DENSE = os.environ.get("DENSE") == "1"


def read(file, skip_lines=0):
    return pd.read_csv(
        file, names=COLUMNS, skiprows=skip_lines, skipinitialspace=True, skip_blank_lines=True, na_values="?"
    )


def main():
    data, out = Path(sys.argv[1]), Path(sys.argv[2])
    table = pd.concat([read(data / "adult.data"), read(data / "adult.test", skip_lines=1)], ignore_index=True)
    features = table.drop(columns="income")
    target = (table["income"].str.rstrip(".") == ">50K").astype(int)

    if len(sys.argv) > 3:
        is_test = np.zeros(len(table), dtype=bool)
        is_test[np.loadtxt(sys.argv[3], dtype=int)] = True
        x_train, x_test = features[~is_test], features[is_test]
        y_train, y_test = target[~is_test], target[is_test]
    else:
        x_train, x_test, y_train, y_test = train_test_split(
            features, target, test_size=0.2, stratify=target, random_state=42
        )

    numeric = features.select_dtypes("number").columns
    categorical = features.columns.difference(numeric, sort=False)
    model = Pipeline(
        [
            (
                "features",
                ColumnTransformer(
                    [
                        ("numeric", make_numeric(), numeric),
                        ("categorical", make_categorical(), categorical),
                    ]
                ),
            ),
            ("model", LogisticRegression(class_weight="balanced", max_iter=1000)),
        ]
    )
    model.fit(x_train, y_train)

    probability = model.predict_proba(x_test)[:, 1]
    predicted = (probability >= 0.5).astype(int)
    metrics = {
        "train_rows": len(x_train),
        "test_rows": len(x_test),
        "features": len(model["features"].get_feature_names_out()),
        "accuracy": accuracy_score(y_test, predicted),
        "precision": precision_score(y_test, predicted),
        "recall": recall_score(y_test, predicted),
        "f1": f1_score(y_test, predicted),
        "auc": roc_auc_score(y_test, probability),
        "log_loss": log_loss(y_test, probability),
        "confusion": confusion_matrix(y_test, predicted).tolist(),
        "iterations": int(model["model"].n_iter_[0]),
    }
    out.mkdir(parents=True, exist_ok=True)
    joblib.dump(model, out / "model.joblib")
    (out / "metrics.json").write_text(json.dumps(metrics, indent=2) + "\n")


def make_numeric():
    return Pipeline([("impute", SimpleImputer(strategy="median")), ("scale", StandardScaler())])


def make_categorical():
    return Pipeline(
        [
            ("impute", SimpleImputer(strategy="most_frequent")),
            ("encode", OneHotEncoder(handle_unknown="ignore", sparse_output=not IS_DENSE)),
        ]
    )


if __name__ == "__main__":
    main()
