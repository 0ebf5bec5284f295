"""What the client programs here share: arguments, one line a check, and an Adult row."""

import argparse
import sys
import traceback
import urllib.parse

FIELDS = [
    "age",
    "workclass",
    "fnlwgt",
    "education",
    "education-num",
    "marital-status",
    "occupation",
    "relationship",
    "race",
    "sex",
    "capital-gain",
    "capital-loss",
    "hours-per-week",
    "native-country",
]
VALUES = [
    [39, "State-gov", 77516, "Bachelors", 13, "Never-married", "Adm-clerical", "Not-in-family", "White", "Male"]
    + [2174, 0, 40, "United-States"],
    [52, "Self-emp-not-inc", 209642, "HS-grad", 9, "Married-civ-spouse", "Exec-managerial", "Husband", "White", "Male"]
    + [0, 0, 45, "United-States"],
    [28, "Private", 338409, "Bachelors", 13, "Married-civ-spouse", "Prof-specialty", "Wife", "Black", "Female"]
    + [0, 0, 40, "Cuba"],
]
ROWS = [dict(zip(FIELDS, values)) for values in VALUES]
LABELS = ("<=50K", ">50K")


def parser(description):
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", type=base, help="the server, as http://127.0.0.1:8080")
    parser.add_argument("--model", default="adult", help="the model's name (default: adult)")
    parser.add_argument("--token", help="sent as a bearer token")
    return parser


def base(text):
    parts = urllib.parse.urlsplit(text)
    if parts.scheme != "http" or not parts.hostname or not parts.port:
        raise argparse.ArgumentTypeError(f"{text!r} is not like http://127.0.0.1:8080")
    return text.rstrip("/")


def headers(options):
    return {"Authorization": f"Bearer {options.token}"} if options.token else {}


passed = 0


def done(what):
    global passed
    passed += 1
    print(f"ok {passed} {what}", flush=True)


def fail(what, why=""):
    print(f"not ok {passed + 1} {what}" + (f": {why}" if why else ""), file=sys.stderr, flush=True)
    sys.exit(1)


def expect(what, condition, why=""):
    """One line for a check that holds; the end of the program for one that does not."""
    if not condition:
        fail(what, why)
    done(what)


def equal(what, found, wanted):
    expect(what, found == wanted, f"{found!r} where {wanted!r} was expected")


def refused(what, call, kind, word=""):
    """The call must throw `kind`, with a message that holds `word`. Returns what was thrown."""
    try:
        result = call()
    except kind as error:
        expect(what, str(error).strip() and word in str(error), f"its message is {str(error)!r}")
        return error
    fail(what, f"it was accepted: {result!r}"[:300])


def end():
    print(f"{passed} passed, 0 failed", flush=True)


def run(main):
    """Any other error is a failed check as well: its trace, then one line."""
    try:
        main()
    except SystemExit:
        raise
    except Exception as error:
        traceback.print_exc()
        fail("the check could not be made", f"{type(error).__name__}: {error}")
    end()
