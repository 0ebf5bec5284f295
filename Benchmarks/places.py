"""Where the benchmarks find things, and how they make a project folder to measure in."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEEWAY = ROOT / ".build/release/leeway"
PEERS = ROOT / "Benchmarks/peers"
DATA = ROOT / ".data/adult"
EXAMPLE = ROOT / "Examples/adult"


def fail(*lines):
    sys.exit("error: " + "\n       ".join(lines))


def project(name, configuration):
    """A new folder with a copy of the example, and `configuration` as its leeway.yaml."""
    folder = ROOT / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for file in EXAMPLE.iterdir():
        shutil.copy(file, folder)
    # It names the data relative to a folder in the top folder of the repository.
    text = (EXAMPLE / configuration).read_text().replace("../.data", os.path.relpath(ROOT / ".data", folder))
    (folder / "leeway.yaml").write_text(text)
    return folder


def first_line(*command):
    """What a command says first; nothing if it is not there or fails."""
    try:
        out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        return out.splitlines()[0].strip() if out.strip() else ""
    except (OSError, subprocess.CalledProcessError):
        return ""
