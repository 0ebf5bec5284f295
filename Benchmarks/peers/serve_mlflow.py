#!/usr/bin/env python3
"""Serves the Adult model with MLflow's scoring server, `mlflow models serve`.

    serve_mlflow.py [--port N] [--workers N] [--proba]
    serve_mlflow.py --bodies FILE

POST /invocations takes {"dataframe_split": …} and answers {"predictions": [label, …]}; with --proba, the two
classes' probabilities in place of the label.
"""

import os
import shutil
import sys
import warnings
from pathlib import Path

import serving

warnings.filterwarnings("ignore")


def body(rows):
    split = {"columns": serving.FIELDS, "data": [[row[name] for name in serving.FIELDS] for row in rows]}
    return {"dataframe_split": split}


def save(function):
    """The model in MLflow's own layout, with the signature that turns JSON into the columns' types."""
    import mlflow.sklearn
    import pandas as pd
    from mlflow.models import infer_signature

    folder = serving.KEPT / f"mlflow-{serving.sklearn.__version__}-{function}"
    if not folder.exists():
        part = folder.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        pipeline = serving.model()
        table = pd.DataFrame(serving.rows(100), columns=serving.FIELDS)
        mlflow.sklearn.save_model(
            pipeline,
            part,
            signature=infer_signature(table, getattr(pipeline, function)(table)),
            serialization_format="cloudpickle",
            pyfunc_predict_fn=function,
            pip_requirements=[],
        )
        part.rename(folder)
    return folder


def main():
    parser = serving.parser(__doc__, 8102)
    parser.add_argument("--proba", action="store_true", help="answer probabilities, not labels")
    options = parser.parse_args()
    if options.bodies:
        serving.write_bodies(options, body)
        return
    folder = save("predict_proba" if options.proba else "predict")
    base = f"http://127.0.0.1:{options.port}"
    command = [sys.executable, "-m", "mlflow", "models", "serve", "--model-uri", folder, "--env-manager", "local"]
    command += ["--host", "127.0.0.1", "--port", options.port, "--workers", options.workers]
    positive = list(serving.model().classes_).index(serving.POSITIVE)
    if options.proba:
        answer = lambda reply: ([shares[positive] for shares in reply["predictions"]], None)
    else:
        answer = lambda reply: (None, reply["predictions"])
    # It starts uvicorn by name, and passes its environment on.
    environment = {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "UVICORN_ACCESS_LOG": "false",
        "UVICORN_LOG_LEVEL": "warning",
        "UVICORN_LOOP": "uvloop",
        "UVICORN_HTTP": "httptools",
    }
    serving.serve(command, f"{base}/ping", f"{base}/invocations", body, answer, environment)


if __name__ == "__main__":
    main()
