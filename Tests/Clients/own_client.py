#!/usr/bin/env python3
"""Drives Leeway's own HTTP interface with plain requests: predictions, then what became of them.

    own_client.py BASE [--model adult] [--token T]
"""

import uuid

import requests

from checks import LABELS, ROWS, done, equal, expect, fail, headers, parser, run


def main():
    options = parser(__doc__).parse_args()
    session = requests.Session()
    session.headers.update(headers(options))
    url = f"{options.base}/v1/models/{options.model}/predict"
    feedback = f"{options.base}/v1/feedback"
    post = lambda where, **request: session.post(where, timeout=30, **request)

    def predictions(what, reply, rows):
        if reply.status_code != 200:
            fail(what, f"{reply.status_code} {reply.text[:300]}")
        found = reply.json()
        if found.get("model") != options.model or not isinstance(found.get("version"), int) or found["version"] < 1:
            fail(what, str(found)[:300])
        if len(found.get("predictions", [])) != rows:
            fail(what, str(found)[:300])
        for one in found["predictions"]:
            probability = one.get("probability")
            if one.get("label") not in LABELS or not isinstance(probability, float) or not 0 <= probability <= 1:
                fail(what, str(one))
            try:
                uuid.UUID(one.get("id"))
            except (TypeError, ValueError):
                fail(what, f"id is {one.get('id')!r}")
        done(what)
        return found["predictions"]

    one = predictions("one object", post(url, json=ROWS[0]), 1)
    many = predictions("a list", post(url, json=ROWS), len(ROWS))
    named = predictions('{"rows": [...]}', post(url, json={"rows": ROWS}), len(ROWS))
    scores = lambda found: [(entry["label"], entry["probability"]) for entry in found]
    equal("one row scores as it does among others", scores(one), scores(many)[:1])
    equal("a list scores as named rows do", scores(many), scores(named))
    identifiers = [entry["id"] for entry in one + many + named]
    equal("every prediction has an id of its own", len(set(identifiers)), len(identifiers))
    predictions("a missing value as null", post(url, json=ROWS[0] | {"occupation": None}), 1)
    thousand = predictions("a thousand rows", post(url, json=ROWS[:1] * 1000), 1000)
    equal("which score alike", len(set(scores(thousand))), 1)

    def error(what, reply, statuses, word=""):
        if reply.status_code not in statuses:
            fail(what, f"{reply.status_code}, not {statuses}: {reply.text[:300]}")
        if not reply.headers.get("content-type", "").startswith(("application/json", "application/problem+json")):
            fail(what, f"the content type is {reply.headers.get('content-type')}")
        if not isinstance(reply.json(), dict) or word not in reply.text:
            fail(what, f"{word!r} is not in {reply.text[:300]}")
        done(what)

    bad = (400, 422)
    elsewhere = f"{options.base}/v1/models/no-such-model/predict"
    error("an unknown model", post(elsewhere, json=ROWS[0]), (404,), "no-such-model")
    error("an unknown path", session.get(f"{options.base}/v1/no-such-path", timeout=30), (404,))
    error("no JSON", post(url, data=b'{"age": ', headers={"Content-Type": "application/json"}), bad)
    error("an empty body", post(url, data=b"", headers={"Content-Type": "application/json"}), bad)
    error("a number", post(url, json=17), bad)
    error("a list of numbers", post(url, json=[1, 2]), bad)
    error("a word where a number belongs", post(url, json=ROWS[0] | {"age": "old"}), bad, "age")
    equal("GET is not for predict", session.get(url, timeout=30).status_code, 405)

    def statuses(what, reply, wanted):
        if reply.status_code != 200:
            fail(what, f"{reply.status_code} {reply.text[:300]}")
        equal(what, [(entry["id"], entry["status"]) for entry in reply.json().get("results", [])], wanted)

    low, high = LABELS
    first, second, third = (entry["id"] for entry in many)
    stranger = str(uuid.uuid4())
    tell = lambda identifier, label: {"id": identifier, "label": label}
    statuses("feedback for one", post(feedback, json=tell(first, high)), [(first, "recorded")])
    statuses("the same again", post(feedback, json=tell(first, high)), [(first, "duplicate")])
    statuses("another label for it", post(feedback, json=tell(first, low)), [(first, "corrected")])
    statuses("an id that was never given out", post(feedback, json=tell(stranger, low)), [(stranger, "unknown")])
    batch = {"feedback": [tell(second, low), tell(third, high), tell(first, low), tell(stranger, high)]}
    wanted = [(second, "recorded"), (third, "recorded"), (first, "duplicate"), (stranger, "unknown")]
    statuses("feedback for many, answered in order", post(feedback, json=batch), wanted)
    error("feedback without a label", post(feedback, json={"id": first}), bad, "label")
    error("feedback without an id", post(feedback, json={"label": low}), bad, "id")
    error("feedback with a label that is none", post(feedback, json=tell(first, "no-such-label")), bad)

    if options.token:
        for token in ({}, {"Authorization": "Bearer no-such-token"}):
            reply = requests.post(url, json=ROWS[0], headers=token, timeout=30)
            error(f"{'a wrong' if token else 'no'} token", reply, (401, 403) if token else (401,))
            way = reply.headers.get("www-authenticate", "")
            expect("and the refusal says how to sign in", "bearer" in way.lower(), f"www-authenticate is {way!r}")


if __name__ == "__main__":
    run(main)
