"""Adult's training part against windows of its test part: as they are, and changed by hand."""

import random
from collections.abc import Callable
from typing import Any

from parts.command import Rows, check, program, write
from parts.figures import rate, table
from parts.workshop import HERE, Workshop, digest
from places import DATA

NAMES = (
    "age workclass fnlwgt education education-num marital-status occupation relationship race sex capital-gain "
    "capital-loss hours-per-week native-country"
).split()
WINDOW = 2000

Chance = random.Random
Change = Callable[[Rows, Chance], Rows]


def numbers(column: str, change: Callable[[float], float]) -> Change:
    """Every number of a column anew, whole as before."""
    return lambda rows, _: [row | {column: str(round(change(float(row[column]))))} for row in rows]


def texts(column: str, text: str, share: float) -> Change:
    """A share of a column's values replaced."""
    return lambda rows, chance: [row | {column: text} if chance.random() < share else row for row in rows]


def doubled(column: str, text: str) -> Change:
    """As many rows, drawn so that those with a category are twice as frequent against the others."""

    def change(rows: Rows, chance: Chance) -> Rows:
        return chance.choices(rows, [2 if row[column] == text else 1 for row in rows], k=len(rows))

    return change


def without(column: str, text: str) -> Change:
    """The rows with a category leave."""
    return lambda rows, _: [row for row in rows if row[column] != text]


# What is changed, in which column, and how.
CHANGES: list[tuple[str, str, Change]] = [
    ("age + 5 years", "age", numbers("age", lambda age: age + 5)),
    ("age + 2 years", "age", numbers("age", lambda age: age + 2)),
    ("age + 1 year (.07 sd: below the floor)", "age", numbers("age", lambda age: age + 1)),
    ("hours × 1.2", "hours-per-week", numbers("hours-per-week", lambda hours: hours * 1.2)),
    ("hours × 1.05", "hours-per-week", numbers("hours-per-week", lambda hours: hours * 1.05)),
    ("fnlwgt × 1.1", "fnlwgt", numbers("fnlwgt", lambda weight: weight * 1.1)),
    ("capital-gain: all 0", "capital-gain", numbers("capital-gain", lambda _: 0)),
    ("workclass missing in 20 % of the rows", "workclass", texts("workclass", "", 0.2)),
    ("workclass missing in 5 % of the rows", "workclass", texts("workclass", "", 0.05)),
    ("occupation: a new category in 5 % of the rows", "occupation", texts("occupation", "Robot-wrangler", 0.05)),
    ("sex: Female twice as frequent", "sex", doubled("sex", "Female")),
    ("marital-status: Never-married gone", "marital-status", without("marital-status", "Never-married")),
]


def read(name: str) -> Rows:
    """The rows of a file of Adult, which has no head, blanks after commas, and ? for what is missing."""
    rows = []
    for line in (DATA / name).read_text().splitlines():
        values = [value.strip() for value in line.split(",")]
        if len(values) == len(NAMES) + 1:
            rows.append({name: "" if value == "?" else value for name, value in zip(NAMES, values)})
    return rows


def measure(shop: Workshop) -> dict[str, Any]:
    folder = shop.folder / "adult"
    folder.mkdir(exist_ok=True)
    rows = read("adult.test")
    reference = write(folder / "reference.csv", NAMES, read("adult.data"))
    key = {"program": program(), "data": digest(reference, DATA / "adult.test"), "window": WINDOW, "seed": shop.seed}
    key["check"] = digest(HERE / "parts/command.py")

    def draws(name: str, count: int, change: Change) -> list[dict[str, Any]]:
        """What the command says of so many windows."""

        def one(number: int) -> dict[str, Any]:
            chance = Chance(f"{shop.seed} {name} {number}")
            window = change(chance.sample(rows, WINDOW), chance)
            file = write(folder / f"window-{number}.csv", NAMES, window)
            found = check(shop, reference, file)
            file.unlink()
            return found

        return shop.together([lambda number=number: one(number) for number in range(count)])

    def step(name: str, words: str, count: int, change: Change) -> list[dict[str, Any]]:
        return shop.step(name, key | {"change": words, "draws": count}, lambda: draws(words, count, change))

    return {
        "quiet": step("adult-quiet", "none", shop.sizes.quiet_draws, lambda rows, _: rows),
        "rows": [len(read("adult.data")), len(rows)],
        "changed": {
            words: step(f"adult-{number}", words, shop.sizes.changed_draws, change)
            for number, (words, _, change) in enumerate(CHANGES)
        },
    }


def alarms(found: dict[str, Any]) -> tuple[int, int]:
    return sum(one["verdict"] == "drift" for one in found["quiet"]), len(found["quiet"])


def lines(found: dict[str, Any]) -> list[str]:
    counted: dict[str, int] = {}
    for one in found["quiet"]:
        for name, column in one["columns"].items():
            counted[name] = counted.get(name, 0) + column["drift"]
    most = max(counted, key=lambda name: counted[name])
    count = len(found["quiet"])
    rows = []
    for words, column, _ in CHANGES:
        results = found["changed"][words]
        named = sum(one["columns"][column]["drift"] for one in results)
        others = sum(any(other["drift"] for name, other in one["columns"].items() if name != column) for one in results)
        shifts = sorted(one["columns"][column]["shift"] for one in results)
        rows.append(
            [words, f"{shifts[len(shifts) // 2]:.2f} sd", rate(named, len(results), 0), rate(others, len(results), 0)]
        )
    settings = found["quiet"][0]["settings"]
    significant = sum(one["p_value"] < settings["level"] for one in found["quiet"])
    return [
        f"Reference: {found['rows'][0]:,} rows of Adult's training part; windows: {WINDOW:,} of the "
        f"{found['rows'][1]:,} rows of its test part, drawn anew each time; {len(NAMES)} columns. At its defaults "
        f"(level {settings['level']:g}, Holm, floor {settings['effect_floor']:g} sd) `leeway drift` called drift in "
        f"{rate(*alarms(found))} of {count} quiet windows; "
        + (
            f"the column most often named was {most}, in {rate(counted[most], count)}."
            if counted[most]
            else f"no column was ever named. Without the floor it would have been {rate(significant, count)}."
        ),
        "",
        "Changed windows: how often the changed column was named, and how often any other. Where rows are drawn or "
        "leave, the other columns that go with the changed one do change. A change near the floor is above it in some "
        "windows and below it in others.",
        "",
        *table(["change", "shift found, median", "column named", "another named"], rows),
    ]


def glance(found: dict[str, Any]) -> list[list[str]]:
    return [["quiet windows of Adult with any alarm", "5 % or less", rate(*alarms(found)), ""]]
