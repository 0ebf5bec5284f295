"""How soon a change of a column is found, and how often none is."""

from typing import Any

from parts.figures import INFINITE, median, percent, rate, run_length, significant, table, whole
from parts.workshop import Workshop

CHANGES = {
    "mean-0.1": "mean + .1 sd",
    "mean-0.25": "mean + .25 sd",
    "mean-0.5": "mean + .5 sd",
    "mean-1": "mean + 1 sd",
    "scale-1.5": "spread × 1.5",
    "scale-2": "spread × 2",
}
TARGETS = {"mean-0.25": 280, "scale-1.5": 80}
PROMISED = 10_000
WORDS = {"PageHinkley": "Page-Hinkley"}
# KSWIN takes half a millisecond a row: what it was fed before would cost more than it could tell, as it keeps 100 rows.
COLD, FED = "ADWIN,KSWIN,PageHinkley", "ADWIN,PageHinkley"


class Outcome:
    """One detector on the streams of one change, each judged by its first alarm."""

    def __init__(self, change_at: int, alarms: list[int | None]) -> None:
        self.streams = len(alarms)
        self.early = sum(row is not None and row <= change_at for row in alarms)
        self.delays = [INFINITE if row is None else row - change_at for row in alarms if row is None or row > change_at]
        self.missed = sum(delay == INFINITE for delay in self.delays)

    @property
    def median(self) -> float:
        return median(self.delays)[0]

    def cell(self) -> str:
        """The median delay with its interval, and the share that was missed."""
        middle, low, high = median(self.delays)
        if len(self.delays) < 10:
            return "–"
        text = "not found" if middle == INFINITE else f"{whole(middle)} ({whole(low)} to {whole(high)})"
        return text + (f", {percent(self.missed / len(self.delays), 0)} missed" if self.missed else "")


def alarms_of(early: list[int | None], delays: list[int | None], change_at: int) -> list[int | None]:
    """The rows of the first alarms, of false alarms before the change and delays after it."""
    return [
        false if false is not None else None if delay is None else change_at + delay
        for false, delay in zip(early, delays)
    ]


def of_peer(result: dict[str, Any], change_at: int) -> dict[str, Outcome]:
    """River's outcomes by detector."""
    return {
        one["detector"]: Outcome(change_at, alarms_of(one["first_false_alarm"], one["delay"], change_at))
        for one in result["detectors"]
    }


def measure(shop: Workshop) -> dict[str, Any]:
    sizes, folder = shop.sizes, shop.folder / "streams"
    arguments = ["streams", sizes.streams, shop.seed]
    ours = shop.study("streams", arguments, [folder, sizes.shared], exports=folder)
    works = [
        lambda name=name, use=use, detectors=detectors: shop.peer(
            f"river-{name}-{use}", "river_peer.py", folder / name, "--reference", use, "--detectors", detectors
        )
        for name in (*CHANGES, "quiet")
        for use, detectors in (("skip", COLD), ("feed", FED))
    ]
    results = iter(shop.together(works))
    peers = {(name, use): next(results) for name in (*CHANGES, "quiet") for use in ("skip", "feed")}
    return {"ours": {one["name"]: one for one in ours}, "peers": peers}


class Delays:
    """What the tables are made of."""

    def __init__(self, found: dict[str, Any]) -> None:
        self.quiet = found["ours"]["quiet"]
        self.ours, self.same, self.peers = {}, {}, {}
        self.quiet_peers: dict[str, dict[str, Any]] = {}
        for name in CHANGES:
            one = found["ours"][name]
            shared = found["peers"][name, "skip"]["repetitions"]
            self.ours[name] = Outcome(one["change_at"], one["alarms"])
            self.same[name] = Outcome(one["change_at"], one["alarms"][:shared])
            for use in ("skip", "feed"):
                for detector, outcome in of_peer(found["peers"][name, use], one["change_at"]).items():
                    self.peers.setdefault(title(detector, use), {})[name] = outcome
        for use in ("skip", "feed"):
            result = found["peers"]["quiet", use]
            self.quiet_streams, self.quiet_rows = result["repetitions"], result["horizon"]
            for one in result["detectors"]:
                self.quiet_peers[title(one["detector"], use)] = one

    @property
    def watched(self) -> tuple[int, int]:
        """Rows that ours looked at in quiet streams, and false alarms."""
        return watched(self.quiet["alarms"], self.quiet["rows"])

    @property
    def watched_same(self) -> tuple[int, int]:
        """The same of the quiet streams, and of so many of their rows, that the peers were given."""
        alarms = [
            row if row is not None and row <= self.quiet_rows else None
            for row in self.quiet["alarms"][: self.quiet_streams]
        ]
        return watched(alarms, self.quiet_rows)


def watched(alarms: list[int | None], rows: int) -> tuple[int, int]:
    return sum(rows if row is None else row for row in alarms), sum(row is not None for row in alarms)


def title(detector: str, use: str) -> str:
    return WORDS.get(detector, detector) + (", fed the reference first" if use == "feed" else "")


def lines(found: dict[str, Any]) -> list[str]:
    delays = Delays(found)
    streams = delays.ours["mean-1"].streams
    rows = []
    for name, words in CHANGES.items():
        one = delays.ours[name]
        target = f"{TARGETS[name]}" if name in TARGETS else ""
        rows.append([words, one.cell(), rate(one.early, one.streams), target])
    text = [
        f"Leeway, which promises at most one false alarm per {PROMISED:,} rows, on {streams:,} streams of each change:",
        "",
        *table(["change", "median delay in rows", "false alarm before the change", "target"], rows),
        "",
        f"All on the same streams, the first {delays.same['mean-1'].streams}: the median delay in rows, and the "
        "share of changes that were not found within 3,000 rows. A stream with a false alarm before the change is left out; a "
        "dash means that fewer than ten were left.",
        "",
    ]
    contestants = {"**Leeway**": delays.same, **delays.peers}
    text += table(
        ["", *CHANGES.values()],
        [[name, *(outcomes[change].cell() for change in CHANGES)] for name, outcomes in contestants.items()],
    )
    text += ["", *false_alarms(delays), "", *judgement(delays)]
    return text


def false_alarms(delays: Delays) -> list[str]:
    """The table of what the detectors cost where nothing changes."""
    nanoseconds = delays.quiet["ns_per_row"]
    early, streams = sum(one.early for one in delays.same.values()), sum(one.streams for one in delays.same.values())
    rows = [
        [
            f"**Leeway**, {len(delays.quiet['alarms']):,} streams to their first alarm",
            run_length(*delays.watched),
            "",
            f"{nanoseconds:,.0f} ns",
        ],
        [f"**Leeway**, {delays.quiet_streams} of them", run_length(*delays.watched_same), rate(early, streams), ""],
    ]
    for name, one in delays.quiet_peers.items():
        looked = delays.quiet_rows * delays.quiet_streams
        early = sum(outcome.early for outcome in delays.peers[name].values())
        streams = sum(outcome.streams for outcome in delays.peers[name].values())
        rows.append(
            [
                name,
                run_length(looked, one["false_alarms"]),
                rate(early, streams),
                f"{one['nanoseconds_per_update']:,.0f} ns",
            ]
        )
    return [
        f"Where nothing changes, in streams of {delays.quiet_rows:,} rows; and in the 500 rows before the changes above:",
        "",
        *table(["", "rows per false alarm", "streams with a false alarm in 500 rows", "time a row"], rows),
    ]


def judgement(delays: Delays) -> list[str]:
    """Where another is faster, and what it pays for that; what none finds."""
    said = []
    for change, words in CHANGES.items():
        for name, outcomes in delays.peers.items():
            if outcomes[change].median < delays.same[change].median:
                rows, alarms = delays.quiet_rows * delays.quiet_streams, delays.quiet_peers[name]["false_alarms"]
                each = (
                    f"one false alarm per {significant(rows / alarms)} rows"
                    if alarms
                    else f"no false alarm in {rows:,} rows"
                )
                said.append(
                    f"- {words}: {name} is faster, {whole(outcomes[change].median)} rows against "
                    f"{whole(delays.same[change].median)}, at {each}."
                )
    if not said:
        return ["No other detector has a shorter median delay in any of these changes."]
    return ["Where another is faster than Leeway:", "", *said]


def glance(found: dict[str, Any]) -> list[list[str]]:
    delays = Delays(found)
    rows = [
        [
            f"rows per false alarm, {PROMISED:,} promised",
            f"{PROMISED:,} or more",
            run_length(*delays.watched),
            "; ".join(
                f"{name} {run_length(delays.quiet_rows * delays.quiet_streams, one['false_alarms'])}"
                for name, one in delays.quiet_peers.items()
                if "fed" not in name
            ),
        ]
    ]
    for change, target in TARGETS.items():
        rows.append(
            [
                f"median delay, {CHANGES[change]}",
                f"{target} rows",
                delays.ours[change].cell(),
                "; ".join(
                    f"{name} {outcomes[change].cell()}" for name, outcomes in delays.peers.items() if "fed" not in name
                ),
            ]
        )
    return rows
