"""The year as a drawing that is read in the light and in the dark: AUC by month, and below it when each policy retrained."""

import datetime
from html import escape

LEFT, RIGHT, TOP, PLOT, RUG = 56, 660, 16, 250, 20
# Told apart by people who see no red or green as well (Okabe & Ito).
COLOURS = [("#7a7f87", "#9aa0a8"), ("#d55e00", "#e8853c"), ("#9a6a00", "#e6b422"), ("#0072b2", "#56b4e9")]
COLOURS += [("#007a5a", "#2fbf95")]
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def year(policies: list[dict]) -> str:
    """Lines of the months of 2013 from February on, and a tick for each retraining."""
    lines = [[month for month in policy["months"] if month["month"].startswith("2013")] for policy in policies]
    areas = [month["roc_auc"] for line in lines for month in line]
    low, high = int(min(areas) * 50) / 50, (int(max(areas) * 50) + 1) / 50
    bottom, height = TOP + PLOT, TOP + PLOT + 40 + RUG * len(policies)
    first, last = datetime.date(2013, 2, 1), datetime.date(2014, 1, 1)

    def across(day: datetime.date) -> float:
        return round(LEFT + (RIGHT - LEFT) * (day - first).days / (last - first).days, 1)

    def down(area: float) -> float:
        return round(TOP + PLOT * (high - area) / (high - low), 1)

    colours = COLOURS[: len(policies)]
    style = "".join(
        f".c{number}{{stroke:{light}}}.t{number}{{fill:{light}}}"
        f"@media(prefers-color-scheme:dark){{.c{number}{{stroke:{dark}}}.t{number}{{fill:{dark}}}}}"
        for number, (light, dark) in enumerate(colours)
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {RIGHT + 130} {height}" width="{RIGHT + 130}" '
        f'height="{height}" role="img" aria-label="AUC by month for each policy, and when each retrained">',
        "<style>text{font:12px system-ui,sans-serif;fill:#24292f}.g{stroke:#d0d7de}.f{fill:none;stroke-width:2}"
        "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.g{stroke:#444c56}}" + style + "</style>",
    ]
    steps = round((high - low) * 50)
    for step in range(steps + 1):
        area = low + step / 50
        parts.append(f'<line class="g" x1="{LEFT}" x2="{RIGHT}" y1="{down(area)}" y2="{down(area)}"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{down(area) + 4}" text-anchor="end">{area:.2f}</text>')
    for month in range(2, 13):
        middle = across(datetime.date(2013, month, 15))
        parts.append(f'<text x="{middle}" y="{bottom + 18}" text-anchor="middle">{MONTHS[month - 1]}</text>')
    parts.append(f'<text x="{LEFT - 8}" y="{bottom + 18}" text-anchor="end">AUC</text>')
    # Names at the right end, in the order of the lines there, none upon another.
    ends: dict[int, float] = {}
    for number in sorted(range(len(lines)), key=lambda number: -lines[number][-1]["roc_auc"]):
        least = max(ends.values(), default=0) + 14
        ends[number] = max(down(lines[number][-1]["roc_auc"]), least)
    for number, (policy, line) in enumerate(zip(policies, lines)):
        points = [
            (across(datetime.date(2013, int(month["month"][5:]), 15)), down(month["roc_auc"])) for month in line
        ]
        drawn = " ".join(f"{x},{y}" for x, y in points)
        parts.append(f'<polyline class="f c{number}" points="{drawn}"><title>{escape(policy["name"])}</title></polyline>')
        parts.append(f'<text class="t{number}" x="{RIGHT + 8}" y="{ends[number] + 4}">{escape(policy["name"])}</text>')
        y = bottom + 30 + RUG * number
        for event in policy["events"]:
            x = across(datetime.date.fromisoformat(event["time"][:10]))
            parts.append(f'<line class="c{number}" x1="{x}" x2="{x}" y1="{y}" y2="{y + RUG - 8}" stroke-width="1.5"/>')
        words = f"{policy['retrainings']} retrainings"
        parts.append(f'<text class="t{number}" x="{RIGHT + 8}" y="{y + 10}">{words}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"
