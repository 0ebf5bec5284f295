#!/usr/bin/env python3
"""Serves the Adult model the usual way by hand: FastAPI, uvicorn with its fast loop and parser, scikit-learn.

    serve_fastapi.py [--port N] [--workers N]
    serve_fastapi.py --bodies FILE

POST /predict takes one row and answers {"label", "probability"}. The route is a coroutine: one that is not would be
handed to a thread for every request, which is slower here.
"""

import sys
from pathlib import Path

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

import serving


class Row(BaseModel):
    model_config = ConfigDict(validate_by_name=False, validate_by_alias=True)

    age: float
    workclass: str = "?"
    fnlwgt: float
    education: str = "?"
    education_num: float = Field(alias="education-num")
    marital_status: str = Field("?", alias="marital-status")
    occupation: str = "?"
    relationship: str = "?"
    race: str = "?"
    sex: str = "?"
    capital_gain: float = Field(alias="capital-gain")
    capital_loss: float = Field(alias="capital-loss")
    hours_per_week: float = Field(alias="hours-per-week")
    native_country: str = Field("?", alias="native-country")


class Answer(BaseModel):
    label: str
    probability: float


def make_app():
    from fastapi import FastAPI

    app = FastAPI()
    pipeline = serving.model()
    classes = list(pipeline.classes_)
    positive = classes.index(serving.POSITIVE)

    @app.get("/health")
    async def health():
        return {}

    @app.post("/predict")
    async def predict(row: Row) -> Answer:
        table = pd.DataFrame([row.model_dump(by_alias=True)], columns=serving.FIELDS)
        shares = pipeline.predict_proba(table)[0]
        return Answer(label=classes[shares.argmax()], probability=shares[positive])

    return app


def body(rows):
    return rows[0]


def main():
    options = serving.parser(__doc__, 8101).parse_args()
    if options.bodies:
        serving.write_bodies(options, body)
        return
    serving.model()
    base = f"http://127.0.0.1:{options.port}"
    command = [sys.executable, "-m", "uvicorn", "--factory", "serve_fastapi:make_app", "--app-dir"]
    command += [Path(__file__).parent, "--host", "127.0.0.1", "--port", options.port, "--workers", options.workers]
    command += ["--loop", "uvloop", "--http", "httptools", "--log-level", "warning", "--no-access-log"]
    answer = lambda reply: ([reply["probability"]], [reply["label"]])
    serving.serve(command, f"{base}/health", f"{base}/predict", body, answer)


if __name__ == "__main__":
    main()
