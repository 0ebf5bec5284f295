"""Drawings that are read in the light and in the dark."""

from html import escape

from parts.figures import percent, wilson

LEFT, RIGHT, TOP, BAR, GAP = 130, 620, 54, 9, 10
# Told apart by people who see no red or green as well (Okabe & Ito).
COLOURS = {
    "Leeway": ("#0072b2", "#56b4e9"),
    "classic rule": ("#8a8a8a", "#9a9a9a"),
    "Evidently": ("#d55e00", "#e8853c"),
    "NannyML": ("#9a6a00", "#e6b422"),
}

Shares = dict[str, tuple[int, int]]


def shares(groups: list[tuple[str, Shares]], level: float) -> str:
    """Bars of shares with their intervals, in groups; a line at the level that they should not be above."""
    names = list(groups[0][1])
    height = TOP + len(groups) * (len(names) * BAR + GAP) + 24

    def place(share: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * share, 1)

    style = "".join(
        f".c{number}{{fill:{COLOURS[name][0]}}}@media(prefers-color-scheme:dark){{.c{number}{{fill:{COLOURS[name][1]}}}}}"
        for number, name in enumerate(names)
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {RIGHT + 60} {height}" '
        f'width="{RIGHT + 60}" height="{height}" '
        'role="img" aria-label="Share of quiet windows with an alarm, in bars">',
        "<style>text{font:12px system-ui,sans-serif;fill:#24292f}.g{stroke:#d0d7de}.i{stroke:#24292f}.l{stroke:#cf222e;"
        "stroke-dasharray:4 3}@media(prefers-color-scheme:dark){text{fill:#e6edf3}.g{stroke:#444c56}.i{stroke:#e6edf3}"
        f".l{{stroke:#ff7b72}}}}{style}</style>",
    ]
    for number, name in enumerate(names):
        x = LEFT + 115 * number
        parts.append(f'<rect class="c{number}" x="{x}" y="8" width="10" height="10"/>')
        parts.append(f'<text x="{x + 15}" y="17">{escape(name)}</text>')
    bottom = height - 22
    for tick in (0, 0.25, 0.5, 0.75, 1):
        parts.append(f'<line class="g" x1="{place(tick)}" x2="{place(tick)}" y1="{TOP - 8}" y2="{bottom}"/>')
        parts.append(f'<text x="{place(tick)}" y="{height - 6}" text-anchor="middle">{percent(tick, 0)}</text>')
    y = TOP
    for words, group in groups:
        middle = y + len(names) * BAR / 2 + 4
        parts.append(f'<text x="{LEFT - 8}" y="{middle}" text-anchor="end">{escape(words)}</text>')
        for number, name in enumerate(names):
            hits, trials = group[name]
            share, (low, high) = hits / trials, wilson(hits, trials)
            width = max(1.5, place(share) - LEFT)
            tip = f"{name}, {words}: {percent(share)} ({percent(low)} to {percent(high)})"
            parts.append(
                f'<rect class="c{number}" x="{LEFT}" y="{y}" width="{width:.1f}" height="{BAR - 2}">'
                f"<title>{escape(tip)}</title></rect>"
            )
            line = y + (BAR - 2) / 2
            parts.append(f'<line class="i" x1="{place(low)}" x2="{place(high)}" y1="{line}" y2="{line}"/>')
            y += BAR
        y += GAP
    parts.append(f'<line class="l" x1="{place(level)}" x2="{place(level)}" y1="{TOP - 8}" y2="{bottom}"/>')
    parts.append(f'<text x="{place(level) + 3}" y="{TOP - 12}">{percent(level, 0)}</text>')
    parts.append(f'<text x="{LEFT - 8}" y="{TOP - 12}" text-anchor="end">reference / window</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
