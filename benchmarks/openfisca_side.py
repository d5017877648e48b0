"""OpenFisca's own example, run in its own environment by benchmarks/income.py: a question a line, seconds a line."""

import json
import sys
import time
from typing import Any

MONTH = "2017-01"


def one(system: Any, number: int) -> None:
    """A household from plain data, its disposable income, and again."""
    from openfisca_core.simulation_builder import SimulationBuilder  # noqa: PLC0415
    from openfisca_country_template import situation_examples  # noqa: PLC0415

    for _ in range(number):
        simulation = SimulationBuilder().build_from_entities(system, situation_examples.single)
        simulation.calculate("disposable_income", MONTH)


def array(system: Any, number: int) -> None:
    """What it is made for: all households at once, in arrays."""
    import numpy  # noqa: PLC0415
    from openfisca_core.simulation_builder import SimulationBuilder  # noqa: PLC0415

    simulation = SimulationBuilder().build_default_simulation(system, number)
    simulation.set_input("salary", MONTH, numpy.linspace(0, 4000, number))
    simulation.calculate("disposable_income", MONTH)


def main() -> None:
    from openfisca_country_template import CountryTaxBenefitSystem  # noqa: PLC0415

    system = CountryTaxBenefitSystem()
    for line in sys.stdin:
        what, number = json.loads(line)
        begin = time.process_time()
        {"one": one, "array": array}[what](system, number)
        sys.stdout.write(f"{time.process_time() - begin}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
