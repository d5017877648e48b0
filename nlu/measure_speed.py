"""How long a served model takes to load, and to understand a line, in one process without Rasa.

`nlu/.venv/bin/python nlu/measure_speed.py --model FILE` parses every line of content/held_back.csv by itself, as the
component does: with the look for two requests. Prints JSON; `cpu` is of this process only, also on a busy machine."""

from __future__ import annotations

import argparse
import csv
import json
import time
from pathlib import Path

import numpy as np

import archive
from understanding import requests

LINES = Path(__file__).parent.parent / "content" / "held_back.csv"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    model: Path = parser.parse_args().model
    began, cpu = time.perf_counter(), time.process_time()
    archive.checked_manifest(model)
    understanding = archive.read(model)
    loaded, loaded_cpu = time.perf_counter() - began, time.process_time() - cpu
    with LINES.open(encoding="utf-8", newline="") as file:
        lines = [row["text"] for row in csv.DictReader(file)]
    understanding.parse(lines[0])
    took = []
    for text in lines:
        began, cpu = time.perf_counter(), time.process_time()
        requests.find(text, understanding.parse(text), understanding.parse)
        took.append((1000 * (time.perf_counter() - began), 1000 * (time.process_time() - cpu)))
    percentiles = np.percentile(took, (50, 95, 99), axis=0)
    told = {"load_s": loaded, "load_cpu_s": loaded_cpu, "lines": len(lines)}
    for name, (wall, processor) in zip(("p50", "p95", "p99"), percentiles):
        told |= {f"{name}_ms": wall, f"{name}_cpu_ms": processor}
    print(json.dumps({name: round(float(value), 2) for name, value in told.items()}))


if __name__ == "__main__":
    main()
