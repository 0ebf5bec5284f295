"""How often windows of the very distributions of the reference are called drifted."""

from typing import Any

from parts import chart
from parts.figures import percent, rate, table, wilson
from parts.workshop import Workshop
from places import ROOT

REFERENCES, WINDOWS = (1000, 5000, 40_000), (100, 1000, 10_000)
LEVEL = 0.05
RULES = {
    "default": "Leeway's default",
    "no-floor": "Leeway without the floor",
    "uncorrected": "without correction",
    "classic": "classic rule",
}
IMAGE = "images/quiet-windows.svg"
# NannyML warns where the reference is fewer chunks.
FEWEST_CHUNKS = 6

Cells = dict[tuple[str, int, int], tuple[int, int]]


def measure(shop: Workshop) -> dict[str, Any]:
    results = shop.together([lambda rows=rows: of_reference(shop, rows) for rows in REFERENCES])
    return {
        "ours": [one for ours, _ in results for one in ours],
        "peers": [one for _, peers in results for one in peers],
    }


def of_reference(shop: Workshop, rows: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Ours and the peers on the windows held against references of one size."""
    sizes, folder = shop.sizes, shop.folder / f"windows-{rows}"
    shared = min(sizes.repetitions, sizes.peers_largest if rows == max(REFERENCES) else sizes.peers)
    arguments = ["windows", rows, sizes.repetitions, shop.seed]
    ours = shop.study(folder.name, arguments, [folder, shared], exports=folder)
    peers = []
    for window in WINDOWS:
        for peer in ("evidently", "nannyml"):
            result = shop.peer(
                f"{peer}-{rows}-{window}", f"{peer}_peer.py", folder / f"{rows}-{window}", "--whole", sizes.whole
            )
            peers.append(result | {"peer": peer})
    return ours, peers


def cells(found: dict[str, Any]) -> Cells:
    """Windows with any alarm and windows, by contestant and sizes."""
    counted: Cells = {}
    for one in found["ours"]:
        counted[one["rule"], one["reference"], one["window"]] = one["any"], one["repetitions"]
    for one in found["peers"]:
        sizes = one["reference_rows"], one["window_rows"]
        counted[one["peer"], *sizes] = one["any_column"]["alarms"], one["repetitions"]
        if one["peer"] == "evidently":
            counted["dataset", *sizes] = one["dataset"]["alarms"], one["repetitions"]
    return counted


def lines(found: dict[str, Any]) -> list[str]:
    counted = cells(found)
    chunks = {
        (one["reference_rows"], one["window_rows"]): one["reference_chunks"]
        for one in found["peers"]
        if one["peer"] == "nannyml"
    }
    contestants = [*RULES, "evidently", "dataset", "nannyml"]
    rows = []
    for reference in REFERENCES:
        for window in WINDOWS:
            row = [f"{reference:,} / {window:,}"]
            for name in contestants:
                row.append(rate(*counted[name, reference, window]))
            if chunks[reference, window] < FEWEST_CHUNKS:
                row[-1] += " ¹"
            rows.append(row)
    head = [
        "reference / window",
        *RULES.values(),
        "Evidently, any column",
        "Evidently, data set",
        "NannyML, any column",
    ]
    draw(counted)
    return [
        f"![Share of quiet windows with an alarm, by contestant and sizes]({IMAGE})",
        "",
        "The share of quiet windows with an alarm in any column; in brackets where the true share lies.",
        "",
        *table(head, rows),
        "",
        f"¹ The window is one of NannyML's chunks, and so large that the reference is fewer than {FEWEST_CHUNKS} of "
        "them: NannyML warns that these are too few.",
        "",
        *worst(found),
    ]


def worst(found: dict[str, Any]) -> list[str]:
    """The columns of ours with the most alarms: an average could hide them."""
    said = []
    for rule, words in (("default", "by default"), ("uncorrected", f"each column by itself at {percent(LEVEL, 0)}")):
        columns = [
            (alarms, one["repetitions"], name, one["reference"], one["window"])
            for one in found["ours"]
            if one["rule"] == rule
            for name, alarms in one["columns"].items()
        ]
        hits, trials, name, reference, window = max(columns, key=lambda one: one[0] / one[1])
        above = sum(wilson(one[0], one[1])[0] > LEVEL for one in columns)
        said.append(
            f"- {words}: {name}, {rate(hits, trials)}, with a reference of {reference:,} and a window of "
            f"{window:,} rows; of all {len(columns)} columns and sizes {above} are above {percent(LEVEL, 0)} with their whole interval"
            + (f", where {0.025 * len(columns):.0f} would be by chance." if rule == "uncorrected" else ".")
        )
    return ["No single column hides behind the others. The one of ours that alarmed most often:", "", *said]


def draw(counted: Cells) -> None:
    shown = {"Leeway": "default", "classic rule": "classic", "Evidently": "evidently", "NannyML": "nannyml"}
    groups = [
        (f"{reference:,} / {window:,}", {name: counted[key, reference, window] for name, key in shown.items()})
        for reference in REFERENCES
        for window in WINDOWS
    ]
    image = ROOT / "docs" / IMAGE
    # Where nothing is to be written, nothing is drawn: `run` sets this.
    if draw.writes:
        image.parent.mkdir(exist_ok=True)
        image.write_text(chart.shares(groups, LEVEL))


draw.writes = False


def glance(found: dict[str, Any]) -> list[list[str]]:
    counted = cells(found)

    def span(name: str) -> str:
        shares = [hits / trials for (key, _, _), (hits, trials) in counted.items() if key == name]
        return f"{percent(min(shares))} to {percent(max(shares))}"

    ours = {key[1:]: value for key, value in counted.items() if key[0] == "default"}
    most = max(ours.values(), key=lambda one: one[0] / one[1])
    return [
        [
            "quiet windows with any alarm, 20 columns, the worst of nine sizes",
            f"{percent(LEVEL, 0)} or less",
            rate(*most),
            f"classic rule {span('classic')}, Evidently {span('evidently')}, NannyML {span('nannyml')} over the sizes",
        ]
    ]
