"""Holds a running server against its own OpenAPI document.

Rows are drawn at random, good and bad, posted to every model's predict path, and each answer is compared with what
jsonschema says of the row by the schema that the server publishes:

- strict contract: 200 for a valid row, 422 for an invalid one, with no exception;
- coerce and lenient contracts: 200 only for a valid row; a valid row may be refused, which is counted.

Every reply is validated too. Needs jsonschema 4.18 or later; run as

    python3 Tests/Clients/contract_schema_check.py http://127.0.0.1:8080 [--rows 500] [--seed 1] [--token TOKEN]

Ends with status 1 and the rows where they disagree (the first ten of them), or where there is nothing to check.
"""

import argparse
import collections
import http.client
import json
import random
import sys
import urllib.parse

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

STRAY = [
    0, 1, -1, 17.5, 40.0, 1e300, 2**70, True, False, None, "", " ", "?", "NA", "0", "1", "40", " 40 ", "1e1", ".5",
    "true", "NO", "2020-01-01", "é", "\u0000", "x" * 300, [], [1], {}, {"a": 1},
]


class Server:
    """One connection that is kept, as clients do."""

    def __init__(self, address, token):
        self.address = urllib.parse.urlsplit(address)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.connection = None

    def ask(self, method, path, body=None):
        for attempt in range(2):
            if self.connection is None:
                kind = http.client.HTTPSConnection if self.address.scheme == "https" else http.client.HTTPConnection
                self.connection = kind(self.address.netloc, timeout=30)
            try:
                headers = dict(self.headers)
                if body is not None:
                    headers["Content-Type"] = "application/json"
                self.connection.request(method, self.address.path.rstrip("/") + path, body, headers)
                response = self.connection.getresponse()
                return response.status, response.getheader("Content-Type", ""), response.read()
            except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
                # The server may close a connection that was idle.
                self.connection.close()
                self.connection = None
                if attempt == 1:
                    raise


class Document:
    """The OpenAPI document, whose references validators can follow."""

    def __init__(self, document):
        self.document = document
        resource = Resource.from_contents(self.absolute(document), default_specification=DRAFT202012)
        self.registry = Registry().with_resource("urn:openapi", resource)

    def absolute(self, value):
        if isinstance(value, dict):
            return {
                key: "urn:openapi" + member if key == "$ref" and isinstance(member, str) else self.absolute(member)
                for key, member in value.items()
            }
        return [self.absolute(element) for element in value] if isinstance(value, list) else value

    def resolve(self, value):
        while "$ref" in value:
            found = self.document
            for part in value["$ref"].removeprefix("#/").split("/"):
                found = found[part]
            value = found
        return value

    def validator(self, schema):
        return Draft202012Validator(self.absolute(schema), registry=self.registry)


def near(schema, draws):
    """A value that is good, or nearly so, by a field's schema."""
    options = list(STRAY)
    for part in [schema, *schema.get("anyOf", [])]:
        options += part.get("enum", [])
        for limit in (part.get("minimum"), part.get("maximum")):
            if limit is not None:
                options += [limit, limit - 1, limit + 1, limit - 0.5, str(limit), f" {limit}"]
        options += [f" {text} " for text in part.get("enum", []) if isinstance(text, str)]
        options += [text.upper() for text in part.get("enum", []) if isinstance(text, str)]
    return draws.choice(options)


def draw_row(schema, draws):
    row = dict(schema["examples"][0])
    fields = schema["properties"]
    for name, field in fields.items():
        allowed = field.get("enum")
        if allowed and draws.random() < 0.5:
            row[name] = draws.choice(allowed)
        elif "minimum" in field and "maximum" in field and "integer" in field.get("type", ""):
            row[name] = draws.randint(-int(-field["minimum"] // 1), int(field["maximum"] // 1))
    for _ in range(draws.choice([0, 1, 1, 2])):
        name = draws.choice(list(fields))
        kind = draws.random()
        if kind < 0.15:
            row.pop(name, None)
        elif kind < 0.2:
            row[draws.choice(["extra", name.upper() + "_", ""])] = 1
        else:
            row[name] = near(fields[name], draws)
    if draws.random() < 0.3:
        members = list(row.items())
        draws.shuffle(members)
        row = dict(members)
    return row


def predict_paths(document):
    """Each model's path and the name of its row's schema."""
    for path, methods in document.document["paths"].items():
        content = methods.get("post", {}).get("requestBody", {}).get("content", {}).get("application/json", {})
        body = content.get("schema", {}).get("$ref", "")
        if path.startswith("/v1/models/") and body.endswith(".PredictBody"):
            yield path, methods["post"], body.removesuffix(".PredictBody") + ".Row"


def check(server, document, path, operation, row_reference, rows, draws):
    row_schema = document.resolve({"$ref": row_reference})
    is_strict = row_schema.get("additionalProperties") is False
    is_valid = document.validator({"$ref": row_reference}).is_valid
    counts, failures = collections.Counter(), []
    replies = {}
    for status, response in operation["responses"].items():
        for media_type, content in document.resolve(response).get("content", {}).items():
            replies[int(status), media_type] = document.validator(content["schema"])
    for _ in range(rows):
        row = draw_row(row_schema, draws)
        body = draws.choice([row, [row], {"rows": [row]} if "rows" not in row_schema["properties"] else row])
        query = draws.choice(["", "", "?explain=true"])
        status, media_type, reply = server.ask("POST", path + query, json.dumps(body))
        expected = 200 if is_valid(row) else 422
        counts[f"{expected} by the schema, {status} by the server"] += 1
        if status != expected and (is_strict or (expected, status) != (200, 422)):
            failures.append((f"{status} where {expected} is expected", row, reply))
        validator = replies.get((status, media_type.split(";")[0].strip()))
        if validator is None:
            failures.append((f"{status} {media_type} is not documented", row, reply))
        elif error := next(validator.iter_errors(json.loads(reply)), None):
            failures.append((f"the reply breaks its schema: {error.message[:200]}", row, reply))
    return counts, failures


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("address", help="such as http://127.0.0.1:8080")
    parser.add_argument("--rows", type=int, default=500, help="how many rows a path gets")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--token", help="where the server asks for one")
    arguments = parser.parse_args()
    server = Server(arguments.address, arguments.token)
    status, _, body = server.ask("GET", "/openapi.json")
    if status != 200:
        sys.exit(f"/openapi.json: {status}")
    document = Document(json.loads(body))
    draws, failed, total = random.Random(arguments.seed), 0, 0
    for path, operation, row_reference in predict_paths(document):
        counts, failures = check(server, document, path, operation, row_reference, arguments.rows, draws)
        print(path, dict(sorted(counts.items())))
        for what, row, reply in failures[:10]:
            print(f"  {what}\n    row:   {json.dumps(row)[:600]}\n    reply: {reply[:600].decode(errors='replace')}")
        failed += len(failures)
        total += sum(counts.values())
    print(f"{total} rows, {failed} disagreements")
    sys.exit(1 if failed or not total else 0)


if __name__ == "__main__":
    main()
