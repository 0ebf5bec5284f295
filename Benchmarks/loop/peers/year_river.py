"""The year with a model that never stops learning: River's logistic regression, a row at a time. Prints JSON.

    year_river.py FLIGHTS.CSV

Each flight is answered when it comes, and learned from a day later, when its label is known. River's own defaults. The
model has seen the first month before it answers.
"""

import csv
import datetime
import json
import platform
import sys
import time
from collections import deque

import river
from river import compose, linear_model, preprocessing

NUMBERS = ["minute", "sched_dep_time", "sched_arr_time", "distance"]
CATEGORIES = ["carrier", "origin", "dest", "weekday", "hour"]
WARM_UP, DELAY = datetime.timedelta(days=31), datetime.timedelta(days=1)


def main() -> None:
    from river import metrics

    begun = time.process_time()
    model = (
        (compose.Select(*NUMBERS) | preprocessing.StandardScaler())
        + (compose.Select(*CATEGORIES) | preprocessing.OneHotEncoder())
    ) | linear_model.LogisticRegression()
    scores, labels, waiting, first = [], [], deque(), None
    with open(sys.argv[1], newline="") as opened:
        for row in csv.DictReader(opened):
            now = datetime.datetime.fromisoformat(row["time_hour"])
            first = first or now
            while waiting and waiting[0][0] <= now - DELAY:
                _, features, label = waiting.popleft()
                model.learn_one(features, label)
            features = {name: float(row[name]) for name in NUMBERS} | {name: row[name] for name in CATEGORIES}
            label = row["late"] == "late"
            if now >= first + WARM_UP:
                scores.append(model.predict_proba_one(features).get(True, 0.5))
                labels.append(label)
            waiting.append((now, features, label))
    loss = metrics.LogLoss()
    for score, label in zip(scores, labels):
        loss.update(label, {True: score, False: 1 - score})
    print(
        json.dumps(
            {
                "policies": {
                    "river": {
                        "roc_auc": area(scores, labels),
                        "log_loss": loss.get(),
                        "retrainings": None,
                        "cpu_seconds": time.process_time() - begun,
                        "rows": len(scores),
                    }
                },
                "versions": {"python": platform.python_version(), "river": river.__version__},
            }
        )
    )


def area(scores: list[float], labels: list[bool]) -> float:
    """The exact area under the ROC curve, by ranks; River's own metric is an approximation of it."""
    order = sorted(range(len(scores)), key=scores.__getitem__)
    ranks, place = 0.0, 0
    while place < len(order):
        end = place
        while end < len(order) and scores[order[end]] == scores[order[place]]:
            end += 1
        middle = (place + end + 1) / 2
        ranks += middle * sum(labels[row] for row in order[place:end])
        place = end
    positives = sum(labels)
    return (ranks - positives * (positives + 1) / 2) / (positives * (len(labels) - positives))


if __name__ == "__main__":
    main()
