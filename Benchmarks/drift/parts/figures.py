"""Figures with their intervals, all of 95 %, and how they are written."""

import math
from collections.abc import Sequence

Z = 1.959963984540054
INFINITE = math.inf


def wilson(hits: int, trials: int) -> tuple[float, float]:
    """Where the true share lies that gave `hits` of `trials`: Wilson's score interval."""
    if trials == 0:
        return 0.0, 1.0
    rate, square = hits / trials, Z * Z
    middle = (rate + square / (2 * trials)) / (1 + square / trials)
    half = Z / (1 + square / trials) * math.sqrt(rate * (1 - rate) / trials + square / (4 * trials * trials))
    # Without rounding both ends are exact where all or nothing was hit.
    return (0.0 if hits == 0 else middle - half), (1.0 if hits == trials else middle + half)


def poisson(count: int) -> tuple[float, float]:
    """Where the mean of a Poisson number lies that came out as `count`: Garwood's exact interval."""

    def below(mean: float, most: int) -> float:
        """The chance of at most `most`."""
        term = total = 0.0
        for number in range(most + 1):
            term = -mean if number == 0 else term + math.log(mean / number)
            total += math.exp(term)
        return total

    def solve(chance, low: float, high: float) -> float:
        for _ in range(80):
            middle = (low + high) / 2
            low, high = (middle, high) if chance(middle) else (low, middle)
        return (low + high) / 2

    most = count + 10 * math.sqrt(count + 1) + 10
    lower = solve(lambda mean: 1 - below(mean, count - 1) < 0.025, 1e-12, most) if count else 0.0
    return lower, solve(lambda mean: below(mean, count) > 0.025, 1e-12, most)


def rows_per_alarm(rows: int, alarms: int) -> tuple[float, float, float]:
    """Rows for each alarm, and where the true number lies if alarms come at random; infinite where none came."""
    low, high = poisson(alarms)
    return rows / alarms if alarms else INFINITE, rows / high, rows / low if low else INFINITE


def median(values: Sequence[float]) -> tuple[float, float, float]:
    """The median and where the true one lies, by ranks: of all distributions, infinite values among them."""
    ordered = sorted(values)
    count = len(ordered)
    if count == 0:
        return math.nan, math.nan, math.nan
    middle = (ordered[(count - 1) // 2] + ordered[count // 2]) / 2
    rank, chance = 0, 0.5**count
    while chance <= 0.025 and rank < count // 2:
        rank += 1
        chance += math.comb(count, rank) * 0.5**count
    # With fewer than six values no two ranks enclose it often enough: the least and the most are told.
    rank = max(rank, 1)
    return middle, ordered[rank - 1], ordered[count - rank]


# --- In words


def percent(share: float, digits: int = 1) -> str:
    return f"{100 * share:.{digits}f} %"


def rate(hits: int, trials: int, digits: int = 1) -> str:
    """A share with its interval."""
    low, high = wilson(hits, trials)
    return f"{percent(hits / trials, digits)} ({100 * low:.{digits}f} to {100 * high:.{digits}f})"


def whole(number: float) -> str:
    return "∞" if math.isinf(number) else f"{number:,.0f}"


def significant(number: float, digits: int = 2) -> str:
    """So many digits that count, with thousands apart."""
    if math.isinf(number):
        return "∞"
    if number == 0:
        return "0"
    number = float(f"{number:.{digits}g}")
    places = digits - 1 - math.floor(math.log10(abs(number)))
    return f"{number:,.{max(0, places)}f}"


def run_length(rows: int, alarms: int) -> str:
    """Rows per false alarm with their interval."""
    each, low, high = rows_per_alarm(rows, alarms)
    if alarms == 0:
        return f"none in {rows:,}: above {significant(low)}"
    return f"{significant(each, 3)} ({significant(low, 3)} to {significant(high, 3)})"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """As Markdown; the first column is words."""
    lines = [head, ["---", *(["---:"] * (len(head) - 1))], *rows]
    return ["| " + " | ".join(cells) + " |" for cells in lines]


def listed(words: Sequence[str]) -> str:
    """a, b and c."""
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1] if words else "none"
