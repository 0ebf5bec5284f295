#!/usr/bin/env python3
"""Drives the Open Inference Protocol V2 with tritonclient, a client that knows nothing of Leeway.

    triton_client.py BASE [--model adult] [--matrix-model NAME] [--token T]

--matrix-model: a model of numeric features only, which takes one FP64 tensor [rows, features] as well.
"""

import numpy as np
import tritonclient.http as triton
from tritonclient.utils import InferenceServerException

from checks import FIELDS, LABELS, ROWS, done, equal, expect, fail, headers, parser, refused, run

NUMBERS = [name for name, value in ROWS[0].items() if isinstance(value, int)]


def tensors(rows, numbers="INT64", rank=1, binary=False, without=()):
    """One tensor a column."""
    inputs = []
    for name in FIELDS:
        if name in without:
            continue
        shape = [len(rows)] if rank == 1 else [len(rows), 1]
        kind = numbers if name in NUMBERS else "BYTES"
        to = {"INT64": np.int64, "INT32": np.int32, "FP64": np.float64, "FP32": np.float32, "BYTES": np.object_}[kind]
        tensor = triton.InferInput(name, shape, kind)
        tensor.set_data_from_numpy(np.array([row[name] for row in rows], dtype=to).reshape(shape), binary_data=binary)
        inputs.append(tensor)
    return inputs


def outputs(binary):
    return [triton.InferRequestedOutput(name, binary_data=binary) for name in ("probability", "label", "prediction_id")]


def words(array):
    """JSON brings strings, binary data bytes."""
    return [word.decode() if isinstance(word, bytes) else word for word in array.reshape(-1).tolist()]


def check_answer(what, reply, rows, request_id=None):
    probability, label = reply.as_numpy("probability"), reply.as_numpy("label")
    if probability is None or label is None:
        fail(what, f"the outputs are {[output['name'] for output in reply.get_response()['outputs']]}")
    if probability.dtype != np.float64 or probability.shape != (rows,):
        fail(what, f"probability is {probability.dtype} {probability.shape}, not float64 ({rows},)")
    if not ((probability >= 0) & (probability <= 1)).all():
        fail(what, f"probability is {probability}")
    if label.shape != (rows,) or not set(words(label)) <= set(LABELS):
        fail(what, f"label is {label}")
    identifiers = words(reply.as_numpy("prediction_id"))
    if len(set(identifiers)) != rows or not all(identifiers):
        fail(what, f"prediction_id is {identifiers}")
    if request_id and reply.get_response().get("id") != request_id:
        fail(what, f"id is {reply.get_response().get('id')!r}, not {request_id!r}")
    done(what)
    return probability


def main():
    arguments = parser(__doc__)
    arguments.add_argument("--matrix-model")
    options = arguments.parse_args()
    client = triton.InferenceServerClient(options.base.removeprefix("http://"), network_timeout=30.0)
    send = {"headers": headers(options)}
    name = options.model
    # Headers of its own for every call: the client writes into them, and would send a length again with the next one.
    infer = lambda *a, **k: client.infer(*a, **k, headers=headers(options))

    expect("the server is live", client.is_server_live(**send))
    expect("the server is ready", client.is_server_ready(**send))
    expect("the model is ready", client.is_model_ready(name, **send))
    expect("an unknown model is not ready", not client.is_model_ready("no-such-model", **send))

    server = client.get_server_metadata(**send)
    expect(
        "server metadata",
        isinstance(server.get("name"), str)
        and isinstance(server.get("version"), str)
        and isinstance(server.get("extensions"), list),
        server,
    )

    about = client.get_model_metadata(name, **send)
    equal("the model's name", about.get("name"), name)
    expect("the model's platform and versions", about.get("platform") and about.get("versions"), about)
    equal("the model's inputs", [entry["name"] for entry in about["inputs"]], FIELDS)
    kinds = {entry["name"]: entry["datatype"] for entry in about["inputs"]}
    expect(
        "the inputs' types",
        all(kinds[field] in (("FP64", "INT64") if field in NUMBERS else ("BYTES",)) for field in FIELDS),
        kinds,
    )
    equal(
        "the model's outputs",
        {entry["name"]: entry["datatype"] for entry in about["outputs"]},
        {"probability": "FP64", "label": "BYTES", "prediction_id": "BYTES"},
    )
    expect("every tensor's shape is a list", all(entry["shape"] for entry in about["inputs"] + about["outputs"]), about)

    found = []
    for rank in (1, 2):
        for numbers in ("INT64", "FP64"):
            for sent in (False, True):
                for asked in (False, True):
                    how = f"{numbers} [n{', 1' if rank == 2 else ''}]"
                    how += f", {'binary' if sent else 'JSON'} in, {'binary' if asked else 'JSON'} out"
                    request_id = f"request-{len(found)}"
                    reply = infer(
                        name, tensors(ROWS, numbers, rank, sent), outputs=outputs(asked), request_id=request_id
                    )
                    found.append(check_answer(how, reply, len(ROWS), request_id))
    found.append(check_answer("INT32", infer(name, tensors(ROWS, "INT32", binary=True)), len(ROWS)))
    found.append(check_answer("FP32", infer(name, tensors(ROWS, "FP32", binary=True)), len(ROWS)))
    expect("all give the same probabilities", all(np.array_equal(found[0], other) for other in found), found)

    one = check_answer("one row", infer(name, tensors(ROWS[:1])), 1)
    expect("one row scores as it does among others", one[0] == found[0][0], f"{one[0]} and {found[0][0]}")

    back = tensors(ROWS)[::-1]
    turned = infer(name, back).as_numpy("probability")
    expect("the order of the tensors does not matter", np.array_equal(turned, found[0]), turned)

    mixed = [triton.InferRequestedOutput("probability", binary_data=True)]
    reply = infer(name, tensors(ROWS), outputs=mixed)
    equal("only the asked output", [output["name"] for output in reply.get_response()["outputs"]], ["probability"])

    version = str(about["versions"][-1])
    check_answer("a named version", infer(name, tensors(ROWS), model_version=version), len(ROWS))

    if options.matrix_model:
        width = len(client.get_model_metadata(options.matrix_model, **send)["inputs"])
        matrix = np.random.default_rng(42).normal(size=(5, width))
        answers = []
        for sent in (False, True):
            tensor = triton.InferInput("input-0", [5, width], "FP64")
            tensor.set_data_from_numpy(matrix, binary_data=sent)
            reply = infer(options.matrix_model, [tensor])
            answers.append(reply.as_numpy("probability"))
            expect(f"a matrix, {'binary' if sent else 'JSON'}", answers[-1].shape == (5,), answers[-1])
        expect("both matrices give the same", np.array_equal(*answers), answers)

    unknown = lambda: infer("no-such-model", tensors(ROWS))
    refused("an unknown model is an error", unknown, InferenceServerException, "no-such-model")
    no_version = lambda: infer(name, tensors(ROWS), model_version="999999")
    refused("an unknown version is an error", no_version, InferenceServerException)
    missing = lambda: infer(name, tensors(ROWS, without=["fnlwgt"]))
    refused("a missing input is an error that names it", missing, InferenceServerException, "fnlwgt")

    wrong = triton.InferInput("age", [len(ROWS)], "BYTES")
    wrong.set_data_from_numpy(np.array(["old"] * len(ROWS), dtype=np.object_), binary_data=False)
    rest = tensors(ROWS, without=["age"])
    call = lambda: infer(name, [wrong, *rest])
    refused("a wrong type is an error that names it", call, InferenceServerException, "age")

    short = triton.InferInput("age", [1], "INT64")
    short.set_data_from_numpy(np.array([39], dtype=np.int64), binary_data=True)
    refused("unequal lengths are an error", lambda: infer(name, [short, *rest]), InferenceServerException)

    call = lambda: infer(name, tensors(ROWS), outputs=[triton.InferRequestedOutput("no-such-output")])
    refused("an unknown output is an error", call, InferenceServerException)
    client.close()


if __name__ == "__main__":
    run(main)
