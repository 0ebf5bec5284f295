"""What a drift check of the log takes, however many rows its counts stand for."""

import http.client
import shutil
import statistics
import urllib.parse
from types import SimpleNamespace

from places import LEEWAY, ROOT, fail, project
from serving import servers
from serving.bench_serving import write_bodies

BODY_ROWS = 1000
SIZES = (10_000, 1_000_000)
HEADERS = {"Content-Type": "application/json"}


def post(server, bodies, count):
    place = urllib.parse.urlsplit(server.url)
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=60)
    for index in range(count):
        connection.request("POST", servers.ROUTE, bodies[index % len(bodies)], HEADERS)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            fail(f"Leeway answered {answer.status} to {BODY_ROWS} rows.")
    connection.close()


def bench_counted(measured, repeats):
    """Lines of the page. `measured` runs a command in a folder and tells what it used."""
    folder = project(".bench/drift-counted", "leeway.yaml")
    servers.SCRATCH.mkdir(exist_ok=True)
    bodies = SimpleNamespace(singles=folder / "singles.jsonl", thousands=folder / "thousands.jsonl")

    def milliseconds(*arguments):
        runs = [measured([LEEWAY, *arguments], (0, 4), folder) for _ in range(max(repeats, 9))]
        return 1000 * statistics.median(run.wall for run in runs)

    measured([LEEWAY, "run", "--quiet"], folder=folder)
    times = []
    for size in SIZES:
        with servers.leeway(folder) as server:
            if not times:
                write_bodies(bodies, server)
            post(server, bodies.thousands.read_text().splitlines(), size // BODY_ROWS)
        times.append(milliseconds("drift", "--window", "24h", "--json"))
        print(f"    leeway, counts of {size:,} rows more: {times[-1]:.0f} ms")
    start = milliseconds("models", "list")
    shutil.rmtree(folder)
    return [
        f"From the counts that `leeway serve` keeps, `leeway drift --window 24h` as a whole process takes {times[0]:.0f} ms "
        f"when they stand for {SIZES[0]:,} rows of the Adult table, and {times[1]:.0f} ms when they stand for {sum(SIZES):,}: "
        f"16 columns, all tests. `leeway models list`, which opens the registry and no more, takes {start:.0f} ms of that.",
    ]
