"""Which figures have run out on a day, and what to do about it."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

from benefits.figures import Figures, load_figures
from benefits.series import Series


@dataclass(frozen=True)
class Publisher:
    """Where the new figures of a law appear, and who compares them before they count."""

    where: str
    checked_by: str


INCOME, PAYROLL = "an income consultant", "a payroll officer"
PUBLISHERS = {  # by the first folder under benefits/parameters
    "algemene_kinderbijslagwet": Publisher("SVB (kinderbijslagbedragen) and Staatscourant", INCOME),
    "algemene_ouderdomswet": Publisher("Staatscourant (AOW-leeftijd, five years ahead)", INCOME),
    "awb": Publisher("wetten.overheid.nl, BWBR0005537", "a lawyer (bezwaar en beroep)"),
    "invorderingswet": Publisher("the verordening of the municipality", "its tax department"),
    "loonheffing": Publisher("Belastingdienst (tarieven en heffingskortingen), after the Belastingplan", PAYROLL),
    "participatiewet": Publisher(
        "SZW Normenbrief and Staatscourant; text: wetten.overheid.nl, BWBR0015703", "a quality officer Participatiewet"
    ),
    "toeslagen": Publisher("Dienst Toeslagen (bedragen) and Staatscourant", INCOME),
    "wml": Publisher("Staatscourant (SZW, minimumloon) and rijksoverheid.nl", PAYROLL),
    "zorgverzekeringswet": Publisher("Belastingdienst (Zvw), VWS and Staatscourant", PAYROLL),
}


def stale_on(figures: Figures, day: date) -> list[Series]:
    """Series whose last value is over, without the law having ended them or the gap being known."""
    over = (series for series in figures.by_ref.values() if series.is_over(day))
    return sorted((s for s in over if not s.status.ended and not s.status.known_gap), key=_place)


def known_gaps_on(figures: Figures, day: date) -> list[Series]:
    """Series whose last value is over and whose file says that the next one was not found."""
    return sorted((s for s in figures.by_ref.values() if s.status.known_gap and s.is_over(day)), key=_place)


def gaps_that_are_filled(figures: Figures, day: date) -> list[Series]:
    """Series still marked as a known gap although they have a value: the mark has to go."""
    return sorted((s for s in figures.by_ref.values() if s.status.known_gap and not s.is_over(day)), key=_place)


def how_to_refresh(stale: Iterable[Series]) -> str:
    """One paragraph per file: what ran out when, what to add, where it is published and who checks it."""
    by_file = groupby(sorted(stale, key=_place), key=lambda series: series.file)
    return "\n".join(_for_file(file, list(group)) for file, group in by_file)


def _for_file(file: Path, group: list[Series]) -> str:
    last = max(day for series in group if (day := series.dated[-1].valid_to) is not None)
    publisher = PUBLISHERS[file.parts[0]]
    names = ", ".join(series.ref for series in group)
    return (
        f"benefits/parameters/{file}: {names} known until {last}.\n"
        f"    Add to `values` an entry with valid_from: {last + timedelta(days=1)}, valid_to, value, source, "
        f"confidence and checked_on.\n"
        f"    Published by: {publisher.where}. To be checked by: {publisher.checked_by}.\n"
        f"    Abolished? Then write `ended: true` and `why`. Steps: benefits/parameters/README.md"
    )


def _place(series: Series) -> tuple[Path, str]:
    return series.file, series.ref


def main(arguments: list[str]) -> None:
    """Print what will have run out on the day that is given, as 2027-01-01."""
    stale = stale_on(load_figures(), date.fromisoformat(arguments[0]))
    sys.stdout.write((how_to_refresh(stale) or "Nothing runs out.") + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
