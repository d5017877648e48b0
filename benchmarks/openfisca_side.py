"""OpenFisca's own example, run in its own environment by benchmarks/income.py: a question a line, seconds a line.

Its packages are imported by name, because the environment of the product does not have them.
"""

import json
import sys
import time
from importlib import import_module
from typing import Any

MONTH = "2017-01"


def one(system: Any, number: int) -> None:
    """A household from plain data, its disposable income, and again."""
    person = import_module("openfisca_country_template.situation_examples").single
    for _ in range(number):
        simulation = _builder().build_from_entities(system, person)
        simulation.calculate("disposable_income", MONTH)


def array(system: Any, number: int) -> None:
    """What it is made for: all households at once, in arrays."""
    simulation = _builder().build_default_simulation(system, number)
    simulation.set_input("salary", MONTH, import_module("numpy").linspace(0, 4000, number))
    simulation.calculate("disposable_income", MONTH)


def _builder() -> Any:
    return import_module("openfisca_core.simulation_builder").SimulationBuilder()


def main() -> None:
    system = import_module("openfisca_country_template").CountryTaxBenefitSystem()
    for line in sys.stdin:
        what, number = json.loads(line)
        begin = time.process_time()
        {"one": one, "array": array}[what](system, number)
        sys.stdout.write(f"{time.process_time() - begin}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
