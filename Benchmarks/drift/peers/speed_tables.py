#!/usr/bin/env python3
"""Writes two Parquet files of the same population: 20 columns of numbers, 10 of categories.

    speed_tables.py ROWS FOLDER        FOLDER/reference_ROWS.parquet, FOLDER/current_ROWS.parquet

The numbers are normal, lognormal, exponential, uniform, rounded and whole ones; the categories 3 to 50, even and uneven.
Files that are there already stay.
"""

import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

CHUNK = 1_000_000


def table(rows: int, generator: np.random.Generator) -> pa.Table:
    columns: dict[str, pa.Array] = {}
    for place in range(20):
        values = [
            generator.normal(size=rows),
            generator.lognormal(size=rows),
            generator.exponential(size=rows),
            generator.uniform(size=rows),
            np.round(generator.normal(50, 12, size=rows), 1),
            np.floor(generator.gamma(4, 10, size=rows)),
        ][place % 6]
        columns[f"x{place}"] = pa.array(values)
    for place in range(10):
        count = (3, 5, 8, 12, 20, 50)[place % 6]
        shares = np.ones(count) if place % 2 else 1 / np.arange(1, count + 1)
        codes = generator.choice(count, size=rows, p=shares / shares.sum()).astype(np.int32)
        names = pa.array([f"category {code}" for code in range(count)])
        columns[f"c{place}"] = pa.DictionaryArray.from_arrays(codes, names).cast(pa.string())
    return pa.table(columns)


def write(rows: int, file: Path, seed: int) -> None:
    if file.exists():
        return
    generator = np.random.default_rng(seed)
    new = file.with_suffix(".new")
    first = table(min(rows, CHUNK), generator)
    with pq.ParquetWriter(new, first.schema) as writer:
        writer.write_table(first)
        for start in range(CHUNK, rows, CHUNK):
            writer.write_table(table(min(CHUNK, rows - start), generator))
    new.replace(file)


def main() -> None:
    rows, folder = int(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    write(rows, folder / f"reference_{rows}.parquet", 1)
    write(rows, folder / f"current_{rows}.parquet", 2)


if __name__ == "__main__":
    main()
