"""The flights of 2013 as the stream that they were: what was known of each when it was planned, and whether it came late."""

import csv
import datetime
import random
from pathlib import Path

from places import ROOT

FLIGHTS = ROOT / ".data/flights/flights.csv"
# No delay, no time in the air: they are known only afterwards.
NUMBERS = ("minute", "sched_dep_time", "sched_arr_time", "distance")
CATEGORIES = ("carrier", "origin", "dest", "weekday", "hour")
COLUMNS = ("time_hour", *CATEGORIES, *NUMBERS, "late")
# Of the law in the United States: a flight is late from here on, in minutes.
LATE = 15
CONFIGURATION = """\
name: flights
source:
  files: [flights.csv]
target:
  column: late
  positive: late
features:
  drop: [time_hour]
  categorical: [hour]
monitoring:
  window: 1d
"""


def rows() -> list[dict[str, str]]:
    """Each flight that landed, by time; 9,430 were cancelled or diverted and have no delay."""
    found = []
    with open(FLIGHTS, newline="") as opened:
        for row in csv.DictReader(opened):
            if row["arr_delay"] in ("", "NA"):
                continue
            day = datetime.date(int(row["year"]), int(row["month"]), int(row["day"]))
            row["weekday"] = day.strftime("%a")
            row["late"] = "late" if float(row["arr_delay"]) >= LATE else "on time"
            found.append({name: row[name] for name in COLUMNS})
    found.sort(key=lambda row: row["time_hour"])
    return found


def without_seasons(flights: list[dict[str, str]]) -> list[dict[str, str]]:
    """The same flights, each at the time of another: a year in which nothing changes."""
    times = [row["time_hour"] for row in flights]
    mixed = flights.copy()
    random.Random(2013).shuffle(mixed)
    return [row | {"time_hour": time} for row, time in zip(mixed, times)]


def write(flights: list[dict[str, str]], folder: Path, retraining: str = "") -> Path:
    """A project whose source they are, with lines of its section `retraining`."""
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "flights.csv", "w", newline="") as opened:
        table = csv.DictWriter(opened, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(flights)
    configure(folder, "leeway", retraining)
    return folder


def configure(folder: Path, name: str, retraining: str = "") -> Path:
    """A configuration of its own for the same source."""
    lines = "".join(f"  {line}\n" for line in retraining.splitlines())
    file = folder / f"{name}.yaml"
    file.write_text(CONFIGURATION + (f"retraining:\n{lines}" if lines else ""))
    return file
