"""What a page shows beside one outcome, as plain data: other hours, what is kept of more work, the months that come."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from benefits.income.ahead import Change, what_changes
from benefits.income.by_hours import FURTHER, IN_TABLE, AtHours, along_the_week, at_hours, kept_of_ten, with_hours
from benefits.income.effect import income_effect
from benefits.income.law import IncomeLaw
from benefits.income.outcome import Outcome
from benefits.income.scenario import Scenario
from benefits.money import to_cents


def overview(law: IncomeLaw, scenario: Scenario, outcome: Outcome, until: Decimal | None) -> dict[str, Any]:
    """`until` is the other end when hours were told as a range that begins with those of the scenario."""
    return {
        "figures_since": max(figure.valid_from for reason in outcome.reasons for figure in reason.figures).isoformat(),
        "together_before": _amount(outcome.income_before + outcome.before.month),
        "together_after": _amount(outcome.income_after + outcome.after.month),
        **(_other_hours(law, scenario, outcome, until) if scenario.work else {}),
        "ahead": [_change(change) for change in what_changes(law, scenario)] if scenario.work else [],
    }


def _other_hours(law: IncomeLaw, scenario: Scenario, outcome: Outcome, until: Decimal | None) -> dict[str, Any]:
    present = scenario.work[0].hours_per_week
    asked = [present] if until is None or until == present else [present, until]
    leaving = [] if outcome.hours_to_leave is None else [Decimal(outcome.hours_to_leave)]
    points = along_the_week(law, scenario, [*asked, *leaving])
    return {
        "asked": [hours_text(hours) for hours in asked],
        "until": _other_end(income_effect(law, with_hours(scenario, asked[-1]))) if asked[1:] else None,
        "by_hours": [_point(point, point.hours in (*IN_TABLE, *asked)) for point in points],
        "kept_of_ten": _kept(law, scenario, points, asked[-1]),
    }


def _other_end(outcome: Outcome) -> dict[str, str | None]:
    """The column beside that of the fewer hours, under the same names."""
    toeslagen = {
        f"{step}_after": None if toeslag is None else _amount(toeslag.month)
        for step, toeslag in outcome.after.toeslagen.items()
    }
    return {
        "net_wage": _amount(outcome.settlement.net),
        "top_up": _amount(outcome.settlement.top_up),
        **toeslagen,
        "together_after": _amount(outcome.income_after + outcome.after.month),
        "difference": _amount(outcome.difference),
    }


def _kept(law: IncomeLaw, scenario: Scenario, points: Sequence[AtHours], present: Decimal) -> dict[str, str | None]:
    """Of all the work, and of half a day more."""
    here = next(point for point in points if point.hours == present)
    so_far, further = kept_of_ten(points[0], here), kept_of_ten(here, at_hours(law, scenario, present + FURTHER))
    return {
        "so_far": None if so_far is None else _amount(so_far),
        "further": None if further is None else _amount(further),
    }


def hours_text(hours: Decimal) -> str:
    """`20`, `17.5`"""
    return f"{hours.normalize():f}"


def _point(point: AtHours, in_table: bool) -> dict[str, Any]:
    return {
        "hours": hours_text(point.hours),
        "gross_wage": _amount(point.gross),
        "net_wage": _amount(point.net),
        "top_up": _amount(point.top_up),
        "toeslagen": _amount(point.toeslagen),
        "together": _amount(point.together),
        "in_table": in_table,
    }


def _change(change: Change) -> dict[str, Any]:
    outcome = change.outcome
    return {
        "on": change.day.isoformat(),
        "whys": [why.value for why in change.whys],
        "exemptions": [earner.exemption.kind for earner in outcome.earners],
        "together_before": _amount(outcome.income_before + outcome.before.month),
        "together_after": _amount(outcome.income_after + outcome.after.month),
        "difference": _amount(outcome.difference),
    }


def _amount(euros: Decimal) -> str:
    return str(to_cents(euros))
