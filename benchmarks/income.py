"""The income effect beside OpenFisca, in one run: `python -m benchmarks.income`.

OpenFisca (core, with its country template) goes into an environment of its own that is thrown away afterwards. Its
example computes the disposable income of one person out of four small rules; ours a whole income effect with toeslagen,
leaving point and reasons. Rounds alternate, so that whatever else the machine does hits both.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from datetime import date
from itertools import islice, product
from pathlib import Path
from typing import Any

from benefits.figures import load_figures
from benefits.income.as_data import as_data
from benefits.income.effect import income_effect
from benefits.income.law import income_law
from benefits.income.read_scenario import read_scenario

OTHER_SIDE = Path(__file__).parent / "openfisca_side.py"
PACKAGES = ("openfisca-core==46.0.1", "openfisca-country-template==8.2.0")
ROUNDS, ONE_BY_ONE, MANY = 7, 300, 10_000
TODAY = date(2026, 11, 23)


def documents() -> list[dict[str, Any]]:
    """Different households, hours and dates, 10,000 of them."""
    kinds: list[dict[str, Any]] = [
        {"type": "alleenstaande", "birth_dates": ["1985-03-01"]},
        {"type": "alleenstaande", "birth_dates": ["2003-03-01"], "cost_sharers": 1},
        {"type": "alleenstaande_ouder", "birth_dates": ["1990-03-01"], "children": [{"birth_date": "2020-05-01"}]},
        {"type": "paar", "birth_dates": ["1985-03-01", "2001-03-01"], "children": [{"birth_date": "2012-05-01"}]},
    ]
    days = ("2025-03-15", "2026-03-15", "2026-09-15", "2027-03-15")
    every = product(kinds, days, range(6, 41), (f"{14 + n / 4:.2f}" for n in range(18)))
    return [
        {
            "on": day,
            "household": household,
            "housing": {"kale_huur": "612.35"},
            "work": [{"hours_per_week": hours, "hourly_wage": wage}],
        }
        for household, day, hours, wage in islice(every, MANY)
    ]


class Ours:
    """Our side: from plain data to plain data, and the calculation alone."""

    def __init__(self) -> None:
        self.law = income_law(load_figures())
        self.documents = documents()
        self.scenarios = [read_scenario(document, TODAY, self.law) for document in self.documents]

    def effect(self) -> None:
        for scenario in self.scenarios[:: MANY // ONE_BY_ONE][:ONE_BY_ONE]:
            income_effect(self.law, scenario)

    def whole(self) -> None:
        for document in self.documents[:: MANY // ONE_BY_ONE][:ONE_BY_ONE]:
            as_data(income_effect(self.law, read_scenario(document, TODAY, self.law)), _key)

    def many(self) -> None:
        for scenario in self.scenarios:
            income_effect(self.law, scenario)


def _key(key: str, **_: str) -> str:
    return key


class OpenFisca:
    """The other side: a child in its own environment, which runs a measurement when it is asked to."""

    def __init__(self, folder: Path) -> None:
        venv.create(folder, with_pip=True)
        python = folder / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "-qq", *PACKAGES], check=True)
        self.child = subprocess.Popen([python, OTHER_SIDE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, what: str, number: int) -> float:
        assert self.child.stdin is not None  # noqa: S101
        assert self.child.stdout is not None  # noqa: S101
        self.child.stdin.write(json.dumps([what, number]) + "\n")
        self.child.stdin.flush()
        return float(self.child.stdout.readline())

    def close(self) -> None:
        if self.child.stdin is not None:
            self.child.stdin.close()
        self.child.wait(timeout=10)


def measure(ours: Ours, other: OpenFisca) -> dict[str, list[float]]:
    """Seconds of processor time of every round; the first round only warms up."""
    found: dict[str, list[float]] = {}
    for number in range(ROUNDS + 1):
        seconds = {
            "ours, calculation with reasons": _timed(ours.effect) / ONE_BY_ONE,
            "ours, from document to document": _timed(ours.whole) / ONE_BY_ONE,
            "OpenFisca, one household": other.ask("one", ONE_BY_ONE) / ONE_BY_ONE,
            "ours, 10,000 one by one": _timed(ours.many),
            "OpenFisca, 10,000 in one array": other.ask("array", MANY),
            "OpenFisca, 10,000 one by one": other.ask("one", ONE_BY_ONE) / ONE_BY_ONE * MANY,
        }
        for name, value in seconds.items() if number else ():
            found.setdefault(name, []).append(value)
    return found


def _timed(work: Callable[[], None]) -> float:
    begin = time.process_time()
    work()
    return time.process_time() - begin


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        other = OpenFisca(Path(folder))
        try:
            found = measure(Ours(), other)
        finally:
            other.close()
    sys.stdout.write(f"| processor time, {ROUNDS} rounds in turns | median | fastest | slowest |\n|---|---|---|---|\n")
    for name, rounds in found.items():
        shown = [f"{1000 * value:,.2f} ms" for value in (statistics.median(rounds), min(rounds), max(rounds))]
        sys.stdout.write(f"| {name} | {' | '.join(shown)} |\n")


if __name__ == "__main__":
    main()
