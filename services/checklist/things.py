"""Which things stand on a list, in which order, and before which day each has to be done."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from benefits.errors import FigureError
from benefits.figures import Figures
from benefits.income.ages import age_on
from services.fill import show_figure
from services.words import ShownFigure

CHILDCARE_UNDER = 13
"""Years: childcare and its toeslag end with primary school (article 1.1 Wet kinderopvang)."""
ALLOWANCES_TERM = "toeslagen_wijziging_weken"


class Term(StrEnum):
    """Before when it has to be done, counted from the first working day."""

    START = "start"
    WEEKS = "weeks"
    """As many weeks after it as a change may wait at Dienst Toeslagen."""
    MONTH = "month"
    """After the first month, when there is a payslip."""
    NEVER = "never"
    """Good to know for later."""

    @property
    def is_before_start(self) -> bool:
        return self is Term.START


@dataclass(frozen=True)
class Thing:
    key: str
    """Its words are the phrases `checklist.<key>...`."""
    term: Term
    topics: tuple[str, ...]
    """What explains it: the first of these that exists."""


THINGS = (
    Thing("report_work", Term.START, ("what_to_report",)),
    Thing("tax_credit", Term.START, ("wage_tax_credit",)),
    Thing("childcare", Term.START, ("childcare_practical", "childcare_allowance")),
    Thing("first_gap", Term.START, ("first_salary_gap",)),
    Thing("travel", Term.START, ("travel_costs",)),
    Thing("allowances", Term.WEEKS, ("toeslagen_change",)),
    Thing("local_schemes", Term.MONTH, ("local_schemes", "remission_taxes")),
    Thing("payslips", Term.MONTH, ("month_of_work",)),
    Thing("job_stops", Term.NEVER, ("job_lost_again",)),
)
BY_KEY = {thing.key: thing for thing in THINGS}
PLACES = {thing.key: place for place, thing in enumerate(THINGS)}
FIRST = THINGS[0].key
"""On every list, and to be done before the first working day: its day is how a list knows that day."""


def things_for(scenario: Mapping[str, Any] | None, today: date) -> list[Thing]:
    """The general list, or that of a situation in the form of docs/income.md."""
    return [thing for thing in THINGS if thing.key != "childcare" or scenario is None or _has_small(scenario, today)]


def _has_small(scenario: Mapping[str, Any], today: date) -> bool:
    children = scenario.get("household", {}).get("children", ())
    return any(age_on(date.fromisoformat(child["birth_date"]), today) < CHILDCARE_UNDER for child in children)


def due_day(thing: Thing, start: date | None, weeks: int | None) -> date | None:
    """The day before which it has to be done; None when nobody knows, or when there is none."""
    if start is None:
        return None
    match thing.term:
        case Term.START:
            return start
        case Term.WEEKS:
            return start + timedelta(weeks=weeks) if weeks else None
        case Term.MONTH:
            return _a_month_later(start)
    return None


def allowances_term(figures: Figures, on: date) -> ShownFigure | None:
    """In how many weeks Dienst Toeslagen wants to know; None when that is not known on that day."""
    try:
        return show_figure(figures, ALLOWANCES_TERM, on)
    except FigureError:
        return None


def _a_month_later(day: date) -> date:
    years, month = divmod(day.month, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))
