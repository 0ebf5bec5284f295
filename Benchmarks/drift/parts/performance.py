"""How near estimates of performance without labels come to what the labels tell later."""

from typing import Any

from parts.figures import listed, rate, table
from parts.workshop import HERE, LOAN, PEERS, Workshop, digest, empty

# Of consecutive rows of the analysis, in the order of time.
SIZES = [500, 1000, 5000]
ERRORS, COVERAGE = [5000, 1000], 500
METRICS = {
    "accuracy": "accuracy",
    "roc_auc": "AUC",
    "f1": "F1",
    "precision": "precision",
    "recall": "recall",
    "log_loss": "log loss",
    "brier_score": "Brier score",
}
# Those that CBPE has too.
SHARED = ["accuracy", "roc_auc", "f1", "precision", "recall"]
# How they are told.
CONTESTANTS = {"counts": "**Leeway**", "theirs": "NannyML", "weighted": "Leeway, weighted"}
# Two numbers for the same labels differ by no more than rounding.
ROUNDING = 1e-9
# So many standard errors on either side make 95 %.
Z = 1.959963984540054


def measure(shop: Workshop) -> dict[str, Any]:
    folder, script, peer = shop.folder / "loan", HERE / "peers/car_loan.py", HERE / "peers/nannyml_cbpe.py"
    key = shop.python_key(PEERS, script, peer, HERE / "peers/study_folder.py") | {"data": digest(*LOAN)}
    if not folder.exists():
        shop.forget("loan")

    def make() -> str:
        shop.run([PEERS, script, LOAN[0].parent, empty(folder)])
        return digest(*sorted(folder.iterdir()))

    written = shop.step("loan", key, make)
    ours = shop.study("loan-ours", ["performance"], [folder, *SIZES], inputs=written)
    options = ["--metrics", ",".join(SHARED), "--chunks", ",".join(map(str, SIZES))]
    theirs = shop.step(
        "loan-nannyml",
        key | {"options": options},
        lambda: shop.to_file([PEERS, peer, LOAN[0].parent, *options, "--out"], "loan-nannyml"),
    )
    return {
        "ours": {run["size"]: run["chunks"] for run in ours["runs"]},
        "calibration": ours["calibration"],
        "theirs": {size: theirs["runs"][str(size)]["metrics"] for size in SIZES},
        "rows": theirs["rows"],
    }


def realised(found: dict[str, Any], size: int, metric: str) -> list[float]:
    """What the labels tell of each chunk; both sides measure the same."""
    values = [chunk["realised"][metric]["value"] for chunk in found["ours"][size]]
    if metric in SHARED:
        others = [one["realised"] for one in found["theirs"][size][metric]["analysis"]]
        if any(abs(one - other) > ROUNDING for one, other in zip(values, others, strict=True)):
            raise ValueError(f"What {metric} was is not the same for both.")
    return values


def estimates(found: dict[str, Any], size: int, metric: str) -> dict[str, list[float]]:
    """Each contestant's estimates, chunk by chunk."""
    chunks = found["ours"][size]
    all_of_them = {
        name: [chunk[name][metric]["value"] for chunk in chunks]
        for name in ("counts", "weighted")
        if all(metric in (chunk.get(name) or {}) for chunk in chunks)
    }
    if metric in SHARED:
        all_of_them["theirs"] = [one["estimated"] for one in found["theirs"][size][metric]["analysis"]]
    return all_of_them


def mean_error(found: dict[str, Any], size: int, metric: str, name: str) -> float | None:
    """The mean absolute error of a contestant's estimates; None where there is none."""
    guesses = estimates(found, size, metric).get(name)
    if guesses is None:
        return None
    truths = realised(found, size, metric)
    return sum(abs(guess - truth) for guess, truth in zip(guesses, truths, strict=True)) / len(truths)


def halves(values: list[Any]) -> tuple[list[Any], list[Any]]:
    """Before and after the middle of the analysis, where the data changes."""
    return values[: len(values) // 2], values[len(values) // 2 :]


def shifts(found: dict[str, Any], size: int, metric: str) -> list[str]:
    """The mean error with its sign in each half; a minus is an estimate that is too low."""
    truths, guesses = realised(found, size, metric), estimates(found, size, metric)
    cells = []
    for half in (0, 1):
        for name in CONTESTANTS:
            if name not in guesses:
                cells.append("")
                continue
            differences = halves([guess - truth for guess, truth in zip(guesses[name], truths)])[half]
            cells.append(f"{sum(differences) / len(differences):+.5f}")
    return cells


def held(found: dict[str, Any], size: int, metric: str) -> list[str]:
    """How often intervals of 95 % hold what came, in each half, and how wide they are: ours, and NannyML's."""
    truths = realised(found, size, metric)
    own = [(one["lower"], one["upper"]) for one in (chunk["counts"][metric] for chunk in found["ours"][size])]
    sides = [own]
    if metric in SHARED:
        sides.append(
            [
                (one["estimated"] - Z * one["sampling_error"], one["estimated"] + Z * one["sampling_error"])
                for one in found["theirs"][size][metric]["analysis"]
            ]
        )
    cells = []
    for intervals in sides:
        hits = [low <= truth <= high for (low, high), truth in zip(intervals, truths, strict=True)]
        cells += [rate(sum(half), len(half), 0) for half in halves(hits)]
        cells.append(f"{sum(high - low for low, high in intervals) / len(intervals):.4f}")
    return cells + [""] * (6 - len(cells))


def written(error: float | None) -> str:
    return "" if error is None else f"{error:.5f}"


def better(found: dict[str, Any], size: int) -> list[str]:
    """The metrics that the weighted calibration estimates with less error."""
    return [
        words
        for metric, words in METRICS.items()
        if mean_error(found, size, metric, "weighted") < mean_error(found, size, metric, "counts")
    ]


def lines(found: dict[str, Any]) -> list[str]:
    size = ERRORS[0]
    errors = [
        [words, *(written(mean_error(found, size, metric, name)) for size in ERRORS for name in CONTESTANTS)]
        for metric, words in METRICS.items()
    ]
    chunks = [f"{len(found['ours'][size])} chunks of {size:,} rows" for size in ERRORS]
    smaller = {size: listed(better(found, size)) for size in ERRORS}
    parts = " and ".join(f"{words} (in chunks of {size:,} rows)" for size, words in smaller.items())
    if len(set(smaller.values())) == 1:
        parts = smaller[size]
    fewest = min(chunk["effective_rows"] for size in ERRORS for chunk in found["ours"][size])
    binned = max(
        abs(chunk["counts"][metric]["value"] - chunk["exact"][metric]["value"])
        for chunk in found["ours"][size]
        for metric in METRICS
    )
    return [
        f"{found['rows']['reference']:,} rows of reference, {found['rows']['analysis']:,} of analysis. The mean absolute "
        f"error of the estimates over {listed(chunks)}; Leeway chose {found['calibration']} calibration, as NannyML "
        "does. An empty cell: it has no such estimate.",
        "",
        *table(["", *(f"{name}, {size:,} rows" for size in ERRORS for name in CONTESTANTS.values())], errors),
        "",
        f"Estimates from the rows themselves, not from counts, differ by at most {binned:.5f} in chunks of {size:,} rows. "
        f"Weighted by density ratios, which leave as much evidence as {fewest:,.0f} reference rows or more, the error is "
        f"smaller for {parts} and larger elsewhere.",
        "",
        f"The mean of the estimates' errors with their sign, chunks of {size:,} rows, before and after the data changes:",
        "",
        *table(
            ["", *(f"{name}, {when}" for when in ("before", "after") for name in CONTESTANTS.values())],
            [[words, *shifts(found, size, metric)] for metric, words in METRICS.items()],
        ),
        "",
        f"How often an interval of 95 % holds what the labels tell, of {len(found['ours'][COVERAGE]) // 2} chunks of "
        f"{COVERAGE} rows before the change and as many after it. NannyML's bounds are three sampling errors; here they are "
        "1.96, so that both mean 95 %:",
        "",
        *table(
            ["", *(f"{name}, {what}" for name in ("**Leeway**", "NannyML") for what in ("before", "after", "width"))],
            [[words, *held(found, COVERAGE, metric)] for metric, words in METRICS.items()],
        ),
    ]


def glance(found: dict[str, Any]) -> list[list[str]]:
    size = ERRORS[0]
    shown = [metric for metric in SHARED if metric in ("accuracy", "roc_auc", "f1")]

    def cells(name: str) -> str:
        return ", ".join(f"{METRICS[metric]} {written(mean_error(found, size, metric, name))}" for metric in shown)

    return [
        [
            f"mean error of performance estimated without labels, {size:,} rows",
            "as NannyML",
            cells("counts"),
            f"NannyML: {cells('theirs')}",
        ]
    ]
