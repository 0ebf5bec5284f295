#!/usr/bin/env python3
"""Serves the Adult model with MLServer and its scikit-learn runtime: Open Inference Protocol V2.

    serve_mlserver.py [--port N] [--workers N]
    serve_mlserver.py --bodies FILE

POST /v2/models/adult/infer takes one tensor a column and answers the two classes' probabilities. It answers in the
server's own process unless --workers is more than 1: handing a request to another costs more than it brings.
"""

import json
import shutil

import serving


def body(rows):
    inputs = []
    for name in serving.FIELDS:
        values = [row[name] for row in rows]
        entry = {"name": name, "shape": [len(rows), 1], "datatype": "INT64", "data": values}
        if not all(isinstance(value, int) for value in values):
            entry |= {"datatype": "BYTES", "parameters": {"content_type": "str"}}
        inputs.append(entry)
    return {"parameters": {"content_type": "pd"}, "inputs": inputs, "outputs": [{"name": "predict_proba"}]}


def lay_out(options):
    """The folder that MLServer starts from."""
    folder = serving.KEPT / "mlserver"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    settings = {
        "debug": False,
        "host": "127.0.0.1",
        "http_port": options.port,
        "grpc_port": options.port + 1000,
        "metrics_port": options.port + 2000,
        "parallel_workers": options.workers if options.workers > 1 else 0,
    }
    model = {
        "name": "adult",
        "implementation": "mlserver_sklearn.SKLearnModel",
        "parameters": {"uri": str(serving.model_file())},
    }
    (folder / "settings.json").write_text(json.dumps(settings))
    (folder / "model-settings.json").write_text(json.dumps(model))
    return folder


def main():
    options = serving.parser(__doc__, 8103).parse_args()
    if options.bodies:
        serving.write_bodies(options, body)
        return
    base = f"http://127.0.0.1:{options.port}"
    command = [serving.command("mlserver"), "start", lay_out(options)]
    pipeline = serving.model()
    positive = list(pipeline.classes_).index(serving.POSITIVE)
    answer = lambda reply: (reply["outputs"][0]["data"][positive :: len(pipeline.classes_)], None)
    serving.serve(command, f"{base}/v2/health/ready", f"{base}/v2/models/adult/infer", body, answer)


if __name__ == "__main__":
    main()
