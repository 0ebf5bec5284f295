"""What the servers that Leeway is measured against share: the model, a row, and how one is started and checked.

Every one serves the same pipeline, fitted once on the Adult table and kept in .bench-serving/.
"""

import argparse
import json
import math
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import joblib
import pandas as pd
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from train_adult import COLUMNS, read

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = ROOT / ".data/adult"
KEPT = ROOT / ".bench-serving"
FIELDS = COLUMNS[:-1]
POSITIVE = ">50K"


def load(file, skip_lines=0):
    """One file of the table. A missing value stays the word that the file has for it, so that no peer pays for it."""
    return read(DATA / file, skip_lines).fillna("?")


def rows(count=None):
    """The first rows of adult.data, as Python's own values."""
    return load("adult.data")[FIELDS].head(count).to_dict("records")


def model():
    """The pipeline that is served."""
    return joblib.load(model_file())


def model_file():
    """Where the pipeline lies: fitted first if there is none of this scikit-learn yet."""
    kept = KEPT / f"model-{sklearn.__version__}.joblib"
    if not kept.exists():
        table = pd.concat([load("adult.data"), load("adult.test", skip_lines=1)], ignore_index=True)
        features, target = table[FIELDS], table["income"].str.rstrip(".")
        numeric = features.select_dtypes("number").columns
        categorical = features.columns.difference(numeric, sort=False)
        encoder = ColumnTransformer(
            [
                ("numeric", StandardScaler(), numeric),
                ("categorical", OneHotEncoder(handle_unknown="ignore"), categorical),
            ]
        )
        pipeline = Pipeline(
            [("features", encoder), ("model", LogisticRegression(class_weight="balanced", max_iter=1000))]
        )
        pipeline.fit(features, target)
        KEPT.mkdir(exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}")
        joblib.dump(pipeline, part)
        part.rename(kept)
    return kept


def command(name):
    """A program that was installed beside this Python."""
    return Path(sys.executable).parent / name


def parser(description, port):
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=port)
    parser.add_argument("--workers", type=int, default=1, help="processes that answer (default: 1)")
    parser.add_argument("--bodies", metavar="FILE", help="write request bodies for wrk, one a line, and end")
    parser.add_argument("--count", type=int, default=1000, help="how many bodies (default: 1000)")
    parser.add_argument("--rows", type=int, default=1, help="rows a body, where the API takes several (default: 1)")
    return parser


def write_bodies(options, body):
    table, size = rows(options.count * options.rows), options.rows
    groups = [table[at : at + size] for at in range(0, len(table), size)]
    lines = [json.dumps(body(group), separators=(",", ":")) for group in groups]
    Path(options.bodies).write_text("\n".join(lines) + "\n")


def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        sys.exit(f"error: {url} answered {error.code}: {error.read(500).decode(errors='replace')}")


def serve(command, health, url, body, answer, environment=None, seconds=120):
    """Starts the server, waits for `health`, and checks its answers against the model itself.

    `body` makes a request of rows; `answer` takes the reply apart into (probabilities or None, labels). Prints one
    line when all is well, then lives as long as the server.
    """
    child = subprocess.Popen([str(part) for part in command], env=os.environ | (environment or {}))
    stop = lambda *_: sys.exit(0)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        wait(child, health, seconds)
        check(url, body, answer)
        print(f"ready {url} pid {child.pid}", flush=True)
        code = child.wait()
        sys.exit(f"error: the server ended with code {code}.")
    finally:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()


def wait(child, health, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if child.poll() is not None:
            sys.exit(f"error: the server ended with code {child.returncode} before it was ready.")
        try:
            with urllib.request.urlopen(health, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"error: the server was not ready after {seconds} s.")


def check(url, body, answer):
    pipeline, asked = model(), rows(20)
    table = pd.DataFrame(asked, columns=FIELDS)
    expected = pipeline.predict_proba(table)[:, list(pipeline.classes_).index(POSITIVE)]
    for row, wanted, label in zip(asked, expected, pipeline.predict(table)):
        probabilities, labels = answer(post(url, body([row])))
        if labels is not None and list(labels) != [label]:
            sys.exit(f"error: the server says {labels} where the model says {label}.")
        if probabilities is not None and not math.isclose(probabilities[0], wanted, rel_tol=1e-9):
            sys.exit(f"error: the server says {probabilities} where the model says {wanted}.")
