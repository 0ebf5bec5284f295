"""Why there is an effect floor, and why it is where it is: what a shift costs a model."""

from typing import Any

from parts.figures import listed, percent, table
from parts.workshop import HERE, PYTHON, Workshop, digest
from places import DATA

FLOOR = 0.1
# Shifts in our unit, from to below.
STEPS = [(0.0, 0.05), (0.05, 0.1), (0.1, 0.25), (0.25, 0.5), (0.5, 1.0), (1.0, 11.0)]
METRICS = {"auc": "AUC", "log_loss": "log loss"}


def measure(shop: Workshop) -> dict[str, Any]:
    script = HERE / "shift_cost.py"
    key = shop.python_key(PYTHON, script) | {"data": digest(DATA / "adult.data", DATA / "adult.test")}
    return shop.step("shift-cost", key, lambda: shop.to_json([PYTHON, script, DATA]))


def cells(found: dict[str, Any], shifts: list[dict[str, Any]]) -> list[str]:
    """Of each model and metric: the mean cost, and the worst with its column."""
    written = []
    for model in found["models"]:
        for metric in METRICS:
            every = [(one["costs"][model][metric], one["column"]) for one in shifts]
            mean, (worst, column) = sum(cost for cost, _ in every) / len(every), max(every)
            noise = found["models"][model]["noise"][metric]
            worst_words = f"{worst:+.4f} {column}"
            written.append(f"{mean:+.4f}; {f'**{worst_words}**' if worst > noise else worst_words}")
    return written


def lines(found: dict[str, Any]) -> list[str]:
    models = found["models"]
    head = [
        f"{name}: {words} lost" if metric == "auc" else f"{name}: {words} more"
        for name in models
        for metric, words in METRICS.items()
    ]
    noise = [f"±{models[name]['noise'][metric]:.4f}" for name in models for metric in METRICS]
    by_amount = []
    for amount in found["amounts"]:
        shifts = [one for one in found["shifts"] if one["kind"] == "moved" and abs(one["amount"]) == amount]
        by_amount.append([f"{amount:g} sd", *cells(found, shifts)])
    by_unit = []
    for low, high in STEPS:
        shifts = [one for one in found["shifts"] if low <= one["in_our_unit"] < high]
        if shifts:
            words = f"{low:g} or more" if high > 10 else f"{low:g} to {high:g}"
            by_unit.append([words, str(len(shifts)), *cells(found, shifts)])
    known = "; ".join(f"{name}: AUC {one['auc']:.4f}, log loss {one['log_loss']:.4f}" for name, one in models.items())
    return [
        f"Fitted on {found['rows'][0]:,} rows of Adult, judged on {found['rows'][1]:,} others ({known}). One numeric "
        "column is moved up or down; the mean over columns and directions, then the worst with its column. Bold: more "
        f"than the noise of the metric in a window of {found['window']:,} rows.",
        "",
        *table(["values moved by", *head], [*by_amount, [f"noise in {found['window']:,} rows", *noise]]),
        "",
        "The same costs by the shift's size in our unit, and with those of a changed mix of rows (which leaves every row "
        "as it was):",
        "",
        *table(["shift in our unit", "shifts", *head], [*by_unit, ["noise", "", *noise]]),
        "",
        *judgement(found),
    ]


def judgement(found: dict[str, Any]) -> list[str]:
    """Which shifts below the floor cost less than the noise, and which do not."""

    def share(one: dict[str, Any]) -> float:
        """The worst cost in parts of the noise of its metric."""
        return max(
            one["costs"][name][metric] / known["noise"][metric]
            for name, known in found["models"].items()
            for metric in METRICS
        )

    below = [one for one in found["shifts"] if one["in_our_unit"] < FLOOR]
    dear = [one for one in below if share(one) > 1]
    cheap = max(share(one) for one in below if share(one) <= 1)
    text = [
        f"Of the {len(below)} shifts below the floor of {FLOOR:g}, {len(below) - len(dear)} cost at most "
        f"{100 * cheap:.0f} % of the noise of the metric: what they cost could not be seen in such a window."
    ]
    if dear:
        columns = {one["column"] for one in dear}
        commonest = found["commonest"]
        names = listed(
            [f"{name} ({percent(commonest[name], 0)} of its rows hold one value)" for name in sorted(columns)]
        )
        text += [
            "",
            f"The floor is too high for the other {len(dear)}, which cost up to {max(map(share, dear)):.1f} "
            f"times the noise: all are of {names}. There few rows move far: a distance between distributions hardly counts them, and "
            "a model may lean on them. Where such a column matters, lower the floor and watch the model's performance.",
        ]
    return text


def glance(found: dict[str, Any]) -> list[list[str]]:
    return []
