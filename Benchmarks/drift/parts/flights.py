"""The flights from New York in 2013, month by month against January."""

import csv
from typing import Any

from parts.command import Rows, check, program, write
from parts.figures import table
from parts.workshop import Workshop, digest
from places import ROOT

FLIGHTS = ROOT / ".data/flights/flights.csv"
# Of the table's columns those that a model would be given: no row numbers, and time but for the hour of the plan.
NUMBERS = ("hour", "dep_delay", "arr_delay", "air_time", "distance")
CATEGORIES = ("carrier", "origin", "dest")
WORDS = {
    "dep_delay": "departure delay",
    "arr_delay": "arrival delay",
    "air_time": "time in the air",
    "hour": "planned hour",
    "dest": "destination",
}
MONTHS = "January February March April May June July August September October November December".split()


def measure(shop: Workshop) -> dict[str, Any]:
    folder = shop.folder / "flights"
    key = {"program": program(), "data": digest(FLIGHTS), "columns": [*NUMBERS, *CATEGORIES]}

    def compare() -> dict[str, Any]:
        folder.mkdir(exist_ok=True)
        months: list[Rows] = [[] for _ in MONTHS]
        with open(FLIGHTS, newline="") as opened:
            for row in csv.DictReader(opened):
                kept = {name: "" if row[name] == "NA" else row[name] for name in (*NUMBERS, *CATEGORIES)}
                months[int(row["month"]) - 1].append(kept)
        files = [
            write(folder / f"month-{number}.csv", (*NUMBERS, *CATEGORIES), rows)
            for number, rows in enumerate(months, 1)
        ]
        checks = shop.together([lambda file=file: check(shop, files[0], file) for file in files[1:]])
        return {"checks": checks, "months": [described(rows) for rows in months]}

    return shop.step("flights", key, compare)


def described(rows: Rows) -> dict[str, Any]:
    """What anybody can count."""
    means = {}
    for name in NUMBERS:
        values = [float(row[name]) for row in rows if row[name]]
        means[name] = sum(values) / len(values)
    return {"rows": len(rows), "means": means, "cancelled": sum(not row["dep_delay"] for row in rows) / len(rows)}


def lines(found: dict[str, Any]) -> list[str]:
    names = [*NUMBERS, *CATEGORIES]
    shifts = []
    for month, one in zip(MONTHS[1:], found["checks"]):
        cells = [one["columns"][name] for name in names]
        shifts.append(
            [month, *(f"**{cell['shift']:.2f}**" if cell["drift"] else f"{cell['shift']:.2f}" for cell in cells)]
        )
    counted = [
        [
            month,
            f"{one['rows']:,}",
            f"{100 * one['cancelled']:.1f} %",
            *(f"{one['means'][name]:.1f}" for name in NUMBERS),
        ]
        for month, one in zip(MONTHS, found["months"])
    ]
    return [
        f"Each month of 2013 against January ({found['months'][0]['rows']:,} flights), by `leeway drift` at its "
        "defaults: the shift in standard deviations, less what chance gives, of the values or of how many are missing, "
        "whichever is larger; bold: drifted (.10 that is not bold is a little less).",
        "",
        *table(["month", *(WORDS.get(name, name) for name in names)], shifts),
        "",
        "To check by hand: means by month, in minutes, miles and hours of the day.",
        "",
        *table(["month", "flights", "not departed", *(WORDS.get(name, name) for name in NUMBERS)], counted),
    ]


def glance(found: dict[str, Any]) -> list[list[str]]:
    return []
