#!/usr/bin/env python3
"""Holds the server to its own description: BASE/openapi.json is valid, and schemathesis finds no breach of it.

    schemathesis_check.py BASE [--model adult] [--token T] [--examples 30] [--seed 42] [--exclude CHECK,...]

Every check of schemathesis runs but positive_data_acceptance: a description cannot say that two lists have to be of one
length, so that what it allows may still be refused. The model's name is given, or every request would end with 404.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import requests
from openapi_spec_validator import validate

from checks import done, equal, expect, fail, headers, parser, run

# JSON Lines are texts to schemathesis.
HOOKS = """
import schemathesis


@schemathesis.serializer("application/x-ndjson")
def lines(context, value):
    return (value if isinstance(value, str) else str(value)).encode("utf-8", "surrogatepass")
"""


def main():
    arguments = parser(__doc__)
    arguments.add_argument("--examples", type=int, default=30, help="at most so many random requests a route")
    arguments.add_argument("--seed", type=int, default=42)
    arguments.add_argument("--exclude", default="", metavar="CHECK,...", help="leave out these checks as well")
    arguments.add_argument("--names", default="name,model,model_name", help="what the path calls a model's name")
    options = arguments.parse_args()

    url = f"{options.base}/openapi.json"
    reply = requests.get(url, headers=headers(options), timeout=30)
    equal("the description is there", reply.status_code, 200)
    document = reply.json()
    expect("it is OpenAPI 3", str(document.get("openapi")).startswith("3."), document.get("openapi"))
    try:
        validate(document)
    except Exception as error:
        fail("it is valid", str(error)[:500])
    done("it is valid")

    with tempfile.TemporaryDirectory() as folder:
        # JSON's strings are TOML's too.
        names = (f"{json.dumps('path.' + name)} = {json.dumps(options.model)}" for name in options.names.split(","))
        configuration = Path(folder) / "schemathesis.toml"
        configuration.write_text("[parameters]\n" + "\n".join(names) + "\n")
        (Path(folder) / "leeway_hooks.py").write_text(HOOKS)
        environment = os.environ | {"PYTHONPATH": folder, "SCHEMATHESIS_HOOKS": "leeway_hooks"}
        command = [str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(configuration), "run", url]
        command += ["--checks", "all", "--exclude-checks"]
        command += [",".join(["positive_data_acceptance", *filter(None, options.exclude.split(","))])]
        command += ["--max-examples", str(options.examples), "--seed", str(options.seed), "--no-color"]
        command += ["--generation-database", "none", "--request-timeout", "30"]
        command += ["--continue-on-failure", "--suppress-health-check", "all", "--warnings", "off"]
        for name, value in headers(options).items():
            command += ["--header", f"{name}:{value}"]
        # In the folder, since it leaves files behind.
        result = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(result.stdout, flush=True)
    expect("schemathesis finds nothing", result.returncode == 0, f"it ended with {result.returncode}; see above")


if __name__ == "__main__":
    run(main)
