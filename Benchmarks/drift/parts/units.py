"""What thresholds mean, all in one unit: the shift of a normal column's mean, in standard deviations."""

import math
from typing import Any

from parts.figures import significant, table
from parts.workshop import Workshop

# Who uses it, what it is called there, the method and the distance in our own definition of it.
DEFAULTS = [
    ("Evidently, reference above 1,000 rows", "normed Wasserstein distance .1", "wasserstein", 0.1),
    ("Evidently, reference above 1,000 rows, categories", "Jensen-Shannon distance .1 (nats)", "jensen_shannon", 0.1),
    ("Evidently, where it is chosen", "PSI .1", "psi", 0.1),
    ("Evidently, where it is chosen", "Hellinger distance .1", "hellinger", 0.1),
    ("Evidently, where it is chosen", "total variation .1", "total_variation", 0.1),
    ("textbooks: some change", "PSI .1", "psi", 0.1),
    ("textbooks: much change", "PSI .25", "psi", 0.25),
    ("whylogs: possible drift", "Hellinger distance .15", "hellinger", 0.15),
    ("whylogs: drift", "Hellinger distance .4", "hellinger", 0.4),
    # Its distances are in bits: a bit is ln 2 nats, and the distance is a root.
    (
        "NannyML, where a constant is chosen, as in its examples",
        "Jensen-Shannon distance .1 (bits)",
        "jensen_shannon",
        0.1 * math.sqrt(math.log(2)),
    ),
    ("NannyML, domain classifier", "AUC .65", "domain_classifier", 0.65),
]
SIZES = [(1000, 100), (1000, 1000), (5000, 1000), (40_000, 10_000), (100_000, 100_000), (1_000_000, 1_000_000)]
P_VALUE = 0.05


def critical(reference: int, window: int) -> float:
    """The Kolmogorov-Smirnov distance whose asymptotic p-value is .05."""
    return math.sqrt(-math.log(P_VALUE / 2) / 2 * (reference + window) / (reference * window))


def measure(shop: Workshop) -> dict[str, Any]:
    asked = [f"{method}:{distance!r}" for _, _, method, distance in DEFAULTS]
    asked += [f"ks:{critical(*sizes)!r}" for sizes in SIZES]
    return shop.study("scale", ["scale"], asked)


def lines(found: dict[str, Any]) -> list[str]:
    shifts = [one["shift"] for one in found["asked"]]
    methods = [[row["words"], *(significant(distance) for distance in row["distances"])] for row in found["rows"]]
    defaults = [[who, what, f"{significant(shift)} sd"] for (who, what, _, _), shift in zip(DEFAULTS, shifts)]
    tests = [
        [f"{reference:,} / {window:,}", significant(critical(reference, window)), f"{significant(shift)} sd"]
        for (reference, window), shift in zip(SIZES, shifts[len(DEFAULTS) :])
    ]
    return [
        "Each method's distance where a normal column's mean shifts:",
        "",
        *table(["method", *(f"{shift:g} sd" for shift in found["shifts"])], methods),
        "",
        "Usual thresholds, in this unit (Leeway's floor is .1 sd for every method):",
        "",
        *table(["whose", "threshold", "amounts to"], defaults),
        "",
        f"A test's p < {P_VALUE:g} is no threshold of size at all. Kolmogorov-Smirnov alarms from:",
        "",
        *table(["reference / window", "distance", "amounts to"], tests),
    ]


def glance(found: dict[str, Any]) -> list[list[str]]:
    return []
