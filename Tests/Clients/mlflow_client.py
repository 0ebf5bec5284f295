#!/usr/bin/env python3
"""Drives MLflow's scoring protocol with MLflow's own client and with plain requests.

    mlflow_client.py BASE [--model adult] [--token T] [--only-protocol]

The protocol names no model: --model is not sent. --only-protocol leaves out what Leeway adds to the protocol, so that
MLflow's own server passes too. MLflow's client sends no token: with --token, only the plain requests are made.
"""

import pandas as pd
import requests
from mlflow.pyfunc.scoring_server.client import ScoringServerClient

from checks import FIELDS, LABELS, ROWS, VALUES, done, equal, expect, fail, headers, parser, refused, run


def main():
    arguments = parser(__doc__)
    arguments.add_argument("--only-protocol", action="store_true")
    options = arguments.parse_args()
    table = pd.DataFrame(VALUES, columns=FIELDS)
    url = f"{options.base}/invocations"

    def post(**request):
        more = request.pop("headers", {})
        return requests.post(url, headers=headers(options) | more, timeout=30, **request)

    def predictions(what, reply, rows=len(ROWS)):
        if reply.status_code != 200:
            fail(what, f"{reply.status_code} {reply.text[:300]}")
        if not reply.headers["content-type"].startswith("application/json"):
            fail(what, f"the content type is {reply.headers['content-type']}")
        found = reply.json()
        if len(found.get("predictions", [])) != rows:
            fail(what, str(found)[:300])
        return found["predictions"]

    def labels(what, reply, rows=len(ROWS)):
        found = predictions(what, reply, rows)
        if not all(label in LABELS for label in found):
            fail(what, str(found)[:300])
        done(what)
        return found

    for path in ("ping", "health"):
        reply = requests.get(f"{options.base}/{path}", headers=headers(options), timeout=30)
        equal(f"/{path}", reply.status_code, 200)
    version = requests.get(f"{options.base}/version", headers=headers(options), timeout=30)
    expect("/version", version.status_code == 200 and version.text.strip(), version.text)

    split = {"columns": FIELDS, "data": VALUES}
    wanted = labels("dataframe_split", post(json={"dataframe_split": split}))
    if not options.token:
        host, port = options.base.removeprefix("http://").split(":")
        client = ScoringServerClient(host, int(port))
        client.ping()
        done("MLflow's client: ping")
        equal("MLflow's client: version", client.get_version(), version.text)
        equal("MLflow's client: a data frame", client.invoke(table)["predictions"], wanted)
        answer = client.invoke(table.head(1)).get_predictions()
        expect("MLflow's client: one row, read as a data frame", answer.shape == (1, 1), answer)
        narrow = table.drop(columns="age")
        refused("MLflow's client: a column is missing", lambda: client.invoke(narrow), Exception, "age")

    split = {"columns": FIELDS, "index": [7, 8, 9], "data": VALUES}
    equal("dataframe_split with an index", labels("its labels", post(json={"dataframe_split": split})), wanted)
    split = {"columns": FIELDS[::-1], "data": [values[::-1] for values in VALUES]}
    equal("the columns in another order", labels("its labels", post(json={"dataframe_split": split})), wanted)
    equal("dataframe_records", labels("its labels", post(json={"dataframe_records": ROWS})), wanted)
    columns = {name: [row[name] for row in ROWS] for name in FIELDS}
    equal("inputs, a list a column", labels("its labels", post(json={"inputs": columns})), wanted)
    equal("instances, objects", labels("its labels", post(json={"instances": ROWS})), wanted)
    csv = {"data": table.to_csv(index=False).encode()}
    equal("CSV", labels("its labels", post(headers={"Content-Type": "text/csv"}, **csv)), wanted)
    utf8 = {"Content-Type": "text/csv; charset=utf-8"}
    equal("CSV, and its encoding named", labels("its labels", post(headers=utf8, **csv)), wanted)
    named = {"Content-Type": "application/json; charset=utf-8"}
    reply = post(headers=named, json={"dataframe_records": ROWS[:1]})
    equal("JSON, and its encoding named", labels("its labels", reply, 1), wanted[:1])

    if not options.only_protocol:
        # MLflow's server takes a list of lists for a tensor, which a table of words and numbers is not.
        equal("instances, lists", labels("its labels", post(json={"instances": VALUES})), wanted)
        found = predictions("params", post(json={"dataframe_records": ROWS, "params": {"proba": True}}))
        expect(
            "params.proba gives records",
            all({"label", "probability", "prediction_id"} <= set(record) for record in found)
            and [record["label"] for record in found] == wanted
            and all(0 <= record["probability"] <= 1 for record in found)
            and len({record["prediction_id"] for record in found}) == len(ROWS),
            found,
        )
        found = labels("params.proba false", post(json={"dataframe_records": ROWS, "params": {"proba": False}}))
        equal("params.proba false gives labels", found, wanted)

    def error(what, reply, status=400, word=""):
        if reply.status_code != status:
            fail(what, f"{reply.status_code}, not {status}: {reply.text[:300]}")
        if status == 400:
            found = reply.json()
            if not isinstance(found.get("error_code"), str) or not found.get("message") or word not in found["message"]:
                fail(what, reply.text[:300])
        elif not reply.text:
            fail(what, "the body is empty")
        done(what)

    split = {"columns": FIELDS, "data": VALUES}
    error("two inputs at once", post(json={"dataframe_split": split, "dataframe_records": ROWS}))
    error("no input", post(json={}))
    error("an unknown input", post(json={"rows": ROWS}))
    error("a bare list", post(json=ROWS))
    error("a bare number", post(json=17))
    error("no JSON", post(headers={"Content-Type": "application/json"}, data=b'{"dataframe_split": '))
    error("not UTF-8", post(headers={"Content-Type": "application/json"}, data=b'{"inputs": "\xff"}'))
    short = [{name: row[name] for name in FIELDS if name != "age"} for row in ROWS]
    error("a column is missing", post(json={"dataframe_records": short}), word="age")
    wrong = [row | {"age": "old"} for row in ROWS]
    error("a word where a number belongs", post(json={"dataframe_records": wrong}), word="age")
    ragged = {"columns": FIELDS, "data": [VALUES[0], VALUES[1][:5]]}
    error("rows of unequal length", post(json={"dataframe_split": ragged}))
    error("plain text", post(headers={"Content-Type": "text/plain"}, data=b"39,State-gov"), 415)
    latin = {"Content-Type": "text/csv; charset=latin-1"}
    error("another encoding", post(headers=latin, **csv), 415)
    if not options.only_protocol:
        error("no content type", post(data=b"{}"), 415)
        equal("GET is not for /invocations", requests.get(url, headers=headers(options), timeout=30).status_code, 405)


if __name__ == "__main__":
    run(main)
