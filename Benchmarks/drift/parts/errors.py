"""How soon a model's errors tell that its concept changed."""

from typing import Any

from parts.delay import PROMISED, Outcome, alarms_of, of_peer, title, watched
from parts.figures import median, rate, run_length, table, whole
from parts.workshop import HERE, PYTHON, Workshop, digest, empty

CHANGES = {"sea-0-1": "8 to 9", "sea-0-2": "8 to 7", "sea-2-3": "7 to 9.5"}
TARGETS = {"sea-0-1": 350}
# They were set by so many of the streams.
FIRST = 25
# KSWIN looks at how numbers are spread, which says nothing of zeros and ones.
DETECTORS = "ADWIN,DDM,EDDM,HDDM_A,HDDM_W,PageHinkley"


def measure(shop: Workshop) -> dict[str, Any]:
    folder, script = shop.folder / "sea", HERE / "sea_streams.py"
    arguments = ["--repetitions", shop.sizes.errors]
    key = shop.python_key(PYTHON, script) | {"arguments": [str(part) for part in arguments]}

    def contents() -> dict[str, str]:
        return {name: digest(*sorted((folder / name).glob("*.npy"))) for name in CHANGES}

    def make() -> dict[str, str]:
        shop.run([PYTHON, script, empty(folder), *arguments])
        return contents()

    record = shop.kept("sea", key)
    if record and record["result"] != contents():
        shop.forget("sea")

    streams = shop.step("sea", key, make)
    ours = shop.study("sea-ours", ["errors"], [folder / name for name in CHANGES], inputs=streams)
    works = [
        lambda name=name, use=use: shop.peer(
            f"river-{name}-{use}", "river_peer.py", folder / name, "--reference", use, "--detectors", DETECTORS
        )
        for name in CHANGES
        for use in ("skip", "feed")
    ]
    results = iter(shop.together(works))
    peers = {(name, use): next(results) for name in CHANGES for use in ("skip", "feed")}
    return {"ours": {one["name"]: one for one in ours}, "peers": peers}


def contestants(found: dict[str, Any]) -> dict[str, dict[str, Outcome]]:
    """Their outcomes by change; ours first."""
    ours = {name: Outcome(one["change_at"], one["alarms"]) for name, one in found["ours"].items()}
    all_of_them = {"**Leeway**": ours}
    for use in ("skip", "feed"):
        for name in CHANGES:
            result = found["peers"][name, use]
            for detector, outcome in of_peer(result, result["change_at"]).items():
                all_of_them.setdefault(title(detector, use), {})[name] = outcome
    return all_of_them


def quiet_alarms(found: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Rows before the change in all streams, and the false alarms in them; ours are watched to their first alarm."""
    rows = alarms = 0
    for one in found["ours"].values():
        early = [row if row is not None and row <= one["change_at"] else None for row in one["alarms"]]
        own = watched(early, one["change_at"])
        rows, alarms = rows + own[0], alarms + own[1]
    counted = {"**Leeway**": (rows, alarms)}
    for (_, use), result in found["peers"].items():
        for one in result["detectors"]:
            name = title(one["detector"], use)
            rows, alarms = counted.get(name, (0, 0))
            counted[name] = rows + result["change_at"] * result["repetitions"], alarms + one["false_alarms"]
    return counted


def lines(found: dict[str, Any]) -> list[str]:
    outcomes, counted = contestants(found), quiet_alarms(found)
    rows = []
    for name, of_changes in outcomes.items():
        early, streams = sum(one.early for one in of_changes.values()), sum(one.streams for one in of_changes.values())
        rows.append(
            [
                name,
                *(of_changes[change].cell() for change in CHANGES),
                run_length(*counted[name]),
                rate(early, streams, 0),
            ]
        )
    streams = outcomes["**Leeway**"]["sea-0-1"].streams
    head = ["", *CHANGES.values(), "rows per false alarm", "streams with one in 5,000 rows"]
    return [
        f"The median delay in rows, {streams} streams of each change; target for the first: {TARGETS['sea-0-1']} rows. "
        f"Leeway promises at most one false alarm per {PROMISED:,} rows. A dash: fewer than ten streams came to the "
        "change without a false alarm.",
        "",
        *table(head, rows),
        "",
        *judgement(found),
    ]


def judgement(found: dict[str, Any]) -> list[str]:
    """Whether the targets are met, by the streams by which they were set and by all."""
    said = []
    for name, target in TARGETS.items():
        ours = found["ours"][name]
        (adwin,) = [
            Outcome(ours["change_at"], alarms)
            for one, alarms in of_first(found["peers"][name, "skip"], ours["change_at"])
            if one == "ADWIN"
        ]
        first = Outcome(ours["change_at"], ours["alarms"][:FIRST])
        middle, low, high = median(Outcome(ours["change_at"], ours["alarms"]).delays)
        met = "met" if middle <= target else f"missed by {whole(middle - target)} rows"
        if met != "met" and low <= target <= high:
            met += f" ({whole(low)} to {whole(high)})"
        said.append(
            f"The target of {target} rows was set by the first {FIRST} streams of {CHANGES[name]}, where ADWIN takes "
            f"{whole(adwin.median)} rows and Leeway {whole(first.median)}. On all {len(ours['alarms'])}, which are a better "
            f"measure, it is {met}."
        )
    return said


def of_first(result: dict[str, Any], change_at: int) -> list[tuple[str, list[int | None]]]:
    """The first alarms of River's detectors in the first streams."""
    return [
        (one["detector"], alarms_of(one["first_false_alarm"][:FIRST], one["delay"][:FIRST], change_at))
        for one in result["detectors"]
    ]


def glance(found: dict[str, Any]) -> list[list[str]]:
    outcomes = contestants(found)
    return [
        [
            f"median delay, errors of a model, SEA {CHANGES[name]}",
            f"{target} rows",
            outcomes["**Leeway**"][name].cell(),
            "; ".join(
                f"{peer} {of_changes[name].cell()}"
                for peer, of_changes in outcomes.items()
                if peer in ("ADWIN", "HDDM_A", "Page-Hinkley")
            ),
        ]
        for name, target in TARGETS.items()
    ]
