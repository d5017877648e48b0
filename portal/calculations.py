"""A calculation as the resident saw it, with all reasons, and what comes out when something is different."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from benefits.errors import ScenarioWrong
from benefits.income.read_scenario import read_scenario
from db.models import Calculation, Conversation, Municipality, Role
from pages.calculation_chart import Chart, draw_chart
from portal.calculations_form import FAULTS, NotRead, Typed, described, place_of, typed_from, typed_over
from portal.door import PortalDoor, door_of
from portal.guard import page
from portal.render import draw
from portal.staff import Staff
from services.calculations import find_for_staff, full_outcome, of_conversation
from services.calendar import day_here
from services.errors import UnknownCalculation
from services.income_view.beside import Beside, beside
from services.income_view.sheet import Sheet, sheet_of
from services.phrases import DEFAULT_LANGUAGE, Phrases


@dataclass(frozen=True)
class View:
    calculation: Calculation
    siblings: Sequence[Beside]
    """All of this conversation."""
    sheet: Sheet
    typed: Typed
    varied: bool = False
    shown_to_resident: str = ""
    """The sentence above the calculation of which this is a variation."""
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def chart(self) -> Chart | None:
        return draw_chart(self.sheet.line) if self.sheet.line else None


async def read_calculation(request: Request, staff: Staff) -> Response:
    view = await run_sync(_look, door_of(request), staff, _number(request), None)
    return draw(request, staff, "berekening.html", view=view)


async def vary_calculation(request: Request, staff: Staff) -> Response:
    """Worked out on the fly and kept nowhere."""
    view = await run_sync(_look, door_of(request), staff, _number(request), dict(request.query_params))
    return draw(request, staff, "berekening.html", 422 if view.faults else 200, view=view)


def _look(door: PortalDoor, staff: Staff, number: int, given: Mapping[str, str] | None) -> View:
    with door.database.reading() as session:
        calculation = find_for_staff(session, staff.municipality_id, number)
        phrases = Phrases(session, session.get_one(Municipality, staff.municipality_id), DEFAULT_LANGUAGE)
        siblings = beside(of_conversation(session, session.get_one(Conversation, calculation.conversation_id)))
        scenario, outcome = calculation.scenario or {}, calculation.outcome or {}
        made_on = day_here(calculation.shown_at or door.clock())
        shown = View(calculation, siblings, sheet_of(scenario, outcome, made_on, phrases), typed_from(scenario))
        return shown if given is None else _varied(door, shown, typed_over(shown.typed, given), phrases)


def _varied(door: PortalDoor, shown: View, typed: Typed, phrases: Phrases) -> View:
    scenario = shown.calculation.scenario or {}
    try:
        document = described(typed, scenario)
        outcome = _calculate(door, document, phrases)
    except NotRead as error:
        return _faulty(shown, typed, error.field)
    except ScenarioWrong as error:
        return _faulty(shown, typed, place_of(error))
    sheet = sheet_of(document, outcome, day_here(door.clock()), phrases)
    return View(shown.calculation, shown.siblings, sheet, typed, True, shown.sheet.headline)


def _faulty(shown: View, typed: Typed, name: str) -> View:
    return View(shown.calculation, shown.siblings, shown.sheet, typed, faults={name: FAULTS[name]})


def _calculate(door: PortalDoor, document: dict[str, Any], phrases: Phrases) -> dict[str, Any]:
    return full_outcome(door.law, read_scenario(document, day_here(door.clock()), door.law), phrases)


def _number(request: Request) -> int:
    """One that no database can hold is of no calculation."""
    found = int(request.path_params["calculation"])
    if found >= 2**63:
        raise UnknownCalculation
    return found


PAGES = (
    page(
        "/gesprekken/berekeningen/{calculation:int}", read_calculation, roles=Role.CASEWORKER, deed="read_calculation"
    ),
    page(
        "/gesprekken/berekeningen/{calculation:int}/variatie",
        vary_calculation,
        roles=Role.CASEWORKER,
        deed="vary_calculation",
    ),
)
