"""What is left of a wage, asked by ten different people, through everything that is real.

The amounts are those of the law for a situation that is written down here a second time, apart from the talk.
"""

import html
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from benefits.figures import load_figures
from benefits.income.effect import income_effect
from benefits.income.law import income_law
from benefits.income.read_scenario import read_scenario
from benefits.notation import euros_in_dutch
from services.calendar import day_here
from tests.e2e.installation import Installation, Resident, plain

pytestmark = pytest.mark.e2e
TODAY = day_here(datetime.now(UTC))
LAW = income_law(load_figures())
MINIMUM = str(LAW.on(TODAY)["wml_uur.21+"])


def situation(
    kind: str, *ages: int, hours: float = 20, wage: str = "15.00", children: tuple[int, ...] = (), **more: Any
) -> dict[str, Any]:
    born = [TODAY.replace(year=TODAY.year - age, day=min(TODAY.day, 28)).isoformat() for age in ages]
    young = [{"birth_date": date(TODAY.year - age, 1, 1).isoformat()} for age in children]
    rent = more.pop("rent", None)
    return {
        "household": {"type": kind, "birth_dates": born, "children": young, "cost_sharers": more.pop("sharers", 0)},
        "housing": {"kale_huur": rent},
        "work": [{"hours_per_week": hours, "hourly_wage": wage, **more}],
    }


TALKS = {
    "alone": (
        "reken uit wat ik overhoud als ik werk | 20 uur | 15 euro | ik woon alleen | 45 | niemand | 600 | nee",
        situation("alleenstaande", 45, rent="600.00"),
    ),
    "23 years, with a question in between": (
        "berekening maken | 20 | minimumloon | alleen | mag ik 5000 euro sparen? | 23 | nee | 640",
        situation("alleenstaande", 23, wage=MINIMUM, rent="640.00"),
    ),
    "single parent of two": (
        "reken uit wat ik overhoud als ik werk | drie dagen van 6 uur | bij de Jumbo voor 15 euro"
        " | alleen met mijn 2 kinderen | 34 | 5 en 8 | niemand | 640 | nog niet",
        situation("alleenstaande_ouder", 34, hours=18, children=(5, 8), rent="640.00"),
    ),
    "couple, a wage of a month": (
        "berekening maken | 24 uur | 1560 bruto in de maand | samen met mijn vrouw | 34 en 31 | nee"
        " | mijn schoonmoeder woont ook bij ons | 712,50 | al 4 maanden",
        situation("paar", 34, 31, hours=24, sharers=1, rent="712.50", months_with_n=4),
    ),
    "few words": (
        "u kan rekenen voor mij? ik werk restaurant 3 dagen, 6 uur | geld weet niet | met kind | 29 | 4"
        " | nee | 500 | nee",
        situation("alleenstaande_ouder", 29, hours=18, wage=MINIMUM, children=(4,), rent="500.00"),
    ),
    "contradicts himself": (
        "maak een berekening | fulltime | nee wacht, 24 uur | 15 euro | ik bedoel 16 euro | ik woon alleen"
        " | of nee, met mijn vriendin | 40 | en zij 38 | geen kinderen | een | geen huur | nee",
        situation("paar", 40, 38, hours=24, wage="16.00", sharers=1),
    ),
    "knows nothing": (
        "ik wil een berekening" + " | weet ik niet" * 8,
        situation("alleenstaande", 30, wage=MINIMUM),
    ),
    "tells all at once": (
        "maak een berekening: 28 uur magazijn, 15,20 bruto, huur 640, ik woon alleen, ik ben 44 jaar | niemand | nooit",
        situation("alleenstaande", 44, hours=28, wage="15.20", rent="640.00"),
    ),
    "English": (
        "can you calculate what I keep with 20 hours of work | 15 euro per hour | I live alone | 45 | nobody"
        " | rent is 600 | no",
        situation("alleenstaande", 45, rent="600.00"),
    ),
    "what if": (
        "reken uit wat ik overhoud als ik werk | 20 uur | 15 euro | ik woon alleen | 45 | niemand | 600 | nee"
        " | en als ik 32 uur werk? | en met een kind van 4 erbij?",
        situation("alleenstaande_ouder", 45, hours=32, children=(4,), rent="600.00"),
    ),
}


def amounts(document: dict[str, Any]) -> list[str]:
    """What has to stand in the outcome: the difference, and both totals."""
    outcome = income_effect(LAW, read_scenario(document, TODAY, LAW))
    before = outcome.income_before + outcome.before.month
    shown = (abs(outcome.difference), before, before + outcome.difference)
    return [euros_in_dutch(a.quantize(Decimal(1), ROUND_HALF_UP)).replace("\xa0", " ") for a in shown]


def said_last(resident: Resident, line: str) -> str:
    """What came as the answer to a line."""
    page = html.unescape(plain(resident.says(line))).replace(" .", ".")
    return page[page.rindex(f"U: {line}") :]


@pytest.mark.parametrize("who", TALKS)
def test_people_get_the_amounts_of_their_own_situation(resident: Resident, who: str) -> None:
    lines, document = TALKS[who]
    answers = [said_last(resident, line) for line in lines.split(" | ")]

    difference, before, after = amounts(document)
    assert "schatting, geen beschikking" in answers[-1], answers
    assert difference in answers[-1] or "evenveel" in answers[-1]
    assert f"Samen {before}" in answers[-1]
    assert f"Samen {after}" in answers[-1]


def test_both_ends_of_a_range_are_said(resident: Resident) -> None:
    lines = (
        "berekening maken | zo'n 16 tot 20 uur denk ik | allebei | 15 euro | ik woon alleen | 45 | niemand | 600 | nee"
    )
    answers = [said_last(resident, line) for line in lines.split(" | ")]

    for hours in (16, 20):
        assert f"Samen {amounts(situation('alleenstaande', 45, hours=hours, rent='600.00'))[2]}" in answers[-1]


def test_the_outcome_leads_to_its_page(resident: Resident) -> None:
    for line in ("berekening maken", *["weet ik niet"] * 8):
        resident.says(line)
    (way,) = re.findall(r'bel__weg"><a[^>]*href="([^"]+)"', resident.page)
    page = resident.client.get(way)

    assert page.status_code == 200
    assert "Samen" in plain(page.text)


def test_who_is_self_employed_is_told_why_not(resident: Resident) -> None:
    resident.says("berekening maken")
    refused = said_last(resident, "ik ben zzp'er")

    assert "Als zelfstandige" in refused
    assert "Medewerker" in refused


def test_the_talk_survives_a_restart(install: Callable[..., Installation]) -> None:
    installation = install()
    installation.start()
    installation.wait_until_ready()
    with Resident(installation.url) as resident:
        for line in ("berekening maken", "20 uur", "15 euro"):
            resident.says(line)
        installation.kill_all()
        installation.start()
        installation.wait_until_ready()
        assert "Hoe oud bent u" in said_last(resident, "ik woon alleen")
