"""Somebody goes to work: the list, the day, a question in between, the buttons and the page, all of it real."""

import pytest

from tests.e2e.installation import Resident, plain

pytestmark = pytest.mark.e2e


def after(page: str, line: str) -> str:
    """What was said since that line."""
    text = plain(page).replace("\xa0", " ")
    return text[text.rindex(line) :]


def test_a_list_is_made_dated_and_ticked(resident: Resident) -> None:
    line = "ik heb werk gevonden, wat moet ik nu regelen"
    told = after(resident.says(line), line)
    assert "Geef uw werk door aan de gemeente" in told
    assert "Op welke dag begint u?" in told

    between = after(resident.says("kan ik vakantie houden in turkije"), "turkije")
    assert "artikel 13" in between
    assert "Op welke dag begint u? Typ die dag" in between

    dated = after(resident.says("dat is 1 december"), "dat is 1 december")
    assert "Voordat u begint op 1 december" in dated
    assert "Op welke dag" not in dated


def test_step_by_step_a_thing_is_ticked_and_reminded_of(resident: Resident) -> None:
    resident.says("ik heb werk gevonden, wat moet ik nu regelen")
    resident.presses("Weet ik nog niet")
    assert "Bij wie: de gemeente." in plain(resident.presses("Stap voor stap"))
    assert "Klaar: Geef uw werk door aan de gemeente." in plain(resident.presses("Dit is klaar"))
    assert "staat hier een herinnering" in plain(resident.presses("Herinner mij"))

    page = resident.client.get(f"/{resident.slug}/checklist").text
    assert "1 van de 9 punten klaar" in page
    assert "Herinnering: " in page


def test_a_day_in_the_first_line_is_not_asked_for(resident: Resident) -> None:
    line = "ik mag per 1 februari beginnen, welke stappen moet ik zetten voor mijn nieuwe baan"
    told = after(resident.says(line), line)

    assert "Voordat u begint op 1 februari" in told
    assert "Op welke dag" not in told
