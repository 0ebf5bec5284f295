"""The year as people live through it with scikit-learn, scipy and pandas: never, classic, monthly. Prints JSON.

    year_sklearn.py FLIGHTS.CSV

classic: each day's rows against the training rows, a Kolmogorov-Smirnov test for every numeric column, and where any
p-value is below .05 a new pipeline replaces the old one, trained on all rows whose labels are known.
"""

import json
import platform
import sys
import time
import warnings

import numpy
import pandas
import scipy
import sklearn
from scipy.stats import ks_2samp
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

NUMBERS = ["minute", "sched_dep_time", "sched_arr_time", "distance"]
CATEGORIES = ["carrier", "origin", "dest", "weekday", "hour"]
# As in the replays of Leeway.
WARM_UP, STEP, DELAY = pandas.Timedelta(days=31), pandas.Timedelta(days=1), pandas.Timedelta(days=1)


def fit(rows: pandas.DataFrame) -> tuple[Pipeline, pandas.DataFrame]:
    train, _ = train_test_split(rows, test_size=0.2, random_state=42, stratify=rows["late"])
    columns = ColumnTransformer(
        [("numbers", StandardScaler(), NUMBERS), ("categories", OneHotEncoder(handle_unknown="ignore"), CATEGORIES)]
    )
    pipeline = Pipeline([("columns", columns), ("model", LogisticRegression(max_iter=1000))])
    return pipeline.fit(train, train["late"]), train


def live(rows: pandas.DataFrame, policy: str) -> dict:
    """A year under a policy."""
    begun = time.process_time()
    now, last = rows["time"].iloc[0] + WARM_UP, rows["time"].iloc[-1]
    times = rows["time"].to_numpy()

    def before(moment):
        return numpy.searchsorted(times, numpy.datetime64(moment), side="left")

    start = before(now)
    pipeline, train = fit(rows.iloc[:start])
    scores, retrainings = numpy.full(len(rows), numpy.nan), 0
    while now <= last:
        first, end = before(now), before(now + STEP)
        month = now.month
        now += STEP
        if end > first:
            day = rows.iloc[first:end]
            scores[first:end] = pipeline.predict_proba(day)[:, 1]
        else:
            day = rows.iloc[:0]
        if policy == "classic":
            again = any(len(day) and ks_2samp(train[name], day[name]).pvalue < 0.05 for name in NUMBERS)
        else:
            again = policy == "monthly" and now.month != month
        if again:
            retrainings += 1
            pipeline, train = fit(rows.iloc[: before(now - DELAY)])
    answered, labels = scores[start:], rows["late"].to_numpy()[start:]
    return {
        "roc_auc": float(roc_auc_score(labels, answered)),
        "log_loss": float(log_loss(labels, answered)),
        "retrainings": retrainings,
        "cpu_seconds": time.process_time() - begun,
        "rows": len(answered),
    }


def main() -> None:
    # A category that a fit had not seen is zeros in every column, which is meant.
    warnings.filterwarnings("ignore", message="Found unknown categories")
    rows = pandas.read_csv(sys.argv[1], dtype={"hour": str})
    rows["time"] = pandas.to_datetime(rows["time_hour"]).dt.tz_localize(None)
    rows["late"] = (rows["late"] == "late").astype(int)
    rows = rows.sort_values("time", kind="stable").reset_index(drop=True)
    found = {policy: live(rows, policy) for policy in ("never", "classic", "monthly")}
    versions = {
        "python": platform.python_version(),
        "scikit-learn": sklearn.__version__,
        "scipy": scipy.__version__,
        "pandas": pandas.__version__,
    }
    print(json.dumps({"policies": found, "versions": versions}))


if __name__ == "__main__":
    main()
