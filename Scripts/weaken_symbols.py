#!/usr/bin/env python3
"""Makes a shared library loadable without the library that some of its symbols come from.

    weaken_symbols.py IN OUT PREFIX...

DuckDB's wheel holds the whole engine, and calls Python only from its Python-facing half. Its undefined `Py*` symbols
stop the loader all the same. A weak undefined symbol resolves to null instead, so the engine loads and its C and ADBC
interfaces, which never reach those calls, work without Python. Only ELF, 64-bit, little-endian.
"""

import struct
import sys

SHT_DYNSYM = 11
SHN_UNDEF = 0
STB_GLOBAL, STB_WEAK = 1, 2
SYMBOL_BYTES = 24


def sections(image):
    """(type, offset, size, link) of each section."""
    (table,) = struct.unpack_from("<Q", image, 0x28)
    entry_bytes, count = struct.unpack_from("<HH", image, 0x3A)
    for i in range(count):
        _, kind, _, _, offset, size, link, _, _, _ = struct.unpack_from("<IIQQQQIIQQ", image, table + i * entry_bytes)
        yield kind, offset, size, link


def weaken(image, prefixes):
    """Edits `image` in place; returns how many symbols became weak."""
    found = list(sections(image))
    changed = 0
    for kind, offset, size, link in found:
        if kind != SHT_DYNSYM:
            continue
        names = found[link][1]
        for symbol in range(offset, offset + size, SYMBOL_BYTES):
            name, info, _, section = struct.unpack_from("<IBBH", image, symbol)
            if section != SHN_UNDEF or info >> 4 != STB_GLOBAL:
                continue
            if image.startswith(prefixes, names + name):
                image[symbol + 4] = STB_WEAK << 4 | info & 0xF
                changed += 1
    return changed


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    source, target, *prefixes = sys.argv[1:]
    with open(source, "rb") as file:
        image = bytearray(file.read())
    if image[:6] != b"\x7fELF\x02\x01":
        sys.exit(f"{source}: not a 64-bit little-endian ELF file")
    if not weaken(image, tuple(prefix.encode() for prefix in prefixes)):
        sys.exit(f"{source}: no undefined symbol starts with {' or '.join(prefixes)}")
    with open(target, "wb") as file:
        file.write(image)


if __name__ == "__main__":
    main()
