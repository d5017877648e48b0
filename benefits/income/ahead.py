"""The months that come: the same situation under the figures and the exemption that hold by then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from benefits.income.ages import age_on
from benefits.income.cautions import Code
from benefits.income.effect import income_effect
from benefits.income.law import IncomeLaw
from benefits.income.outcome import Outcome
from benefits.income.scenario import Scenario, Work

MONTHS_AHEAD = 18
"""An exemption of twelve months that begins with the new year still ends within sight."""
WORTH_TELLING = Decimal(1)


class Why(StrEnum):
    """What makes a month different from the one before it."""

    FIGURES = "figures"
    """Other amounts hold by law."""
    EXEMPTION = "exemption"
    """Another part of the wage may be kept, or none any more."""
    UNKNOWN = "unknown"
    """From here the amounts are not known yet: those of before are used."""


@dataclass(frozen=True)
class Change:
    day: date
    whys: tuple[Why, ...]
    outcome: Outcome


def what_changes(law: IncomeLaw, scenario: Scenario) -> tuple[Change, ...]:
    """The first days of the months in which something worth telling is different; nobody grows older meanwhile."""
    changes: list[Change] = []
    before = income_effect(law, scenario)
    for day, outcome in _months_after(scenario, before, law):
        whys = tuple(_whys(law, before, outcome, day))
        if whys:
            changes.append(Change(day, whys, outcome))
        before = outcome
    return tuple(changes)


def _months_after(scenario: Scenario, outcome: Outcome, law: IncomeLaw) -> Iterator[tuple[date, Outcome]]:
    """Every month uses up one of the exemption that it had."""
    for _ in range(MONTHS_AHEAD):
        scenario = _a_month_later(scenario, outcome)
        outcome = income_effect(law, scenario)
        yield scenario.on, outcome


def _a_month_later(scenario: Scenario, outcome: Outcome) -> Scenario:
    on = scenario.on
    day = date(on.year + on.month // 12, on.month % 12 + 1, 1)
    household = replace(
        scenario.household,
        birth_dates=_of_same_age(scenario.household.birth_dates, on, day),
        children=_of_same_age(scenario.household.children, on, day),
    )
    work = tuple([_month_used(earner.work, earner.exemption.kind) for earner in outcome.earners])
    return replace(scenario, on=day, household=household, work=work)


def _of_same_age(births: Sequence[date], on: date, later: date) -> tuple[date, ...]:
    """Ages are told in whole years more often than days of birth: a birthday would be a guess."""
    return tuple([date(later.year - age_on(birth, on), later.month, 1) for birth in births])


def _month_used(work: Work, kind: str) -> Work:
    match kind:
        case "n":
            return replace(work, months_with_n=work.months_with_n + 1)
        case "r":
            return replace(work, months_with_r=work.months_with_r + 1)
        case "z":
            return replace(work, months_with_z=work.months_with_z + 1)
        case "34a":
            return replace(work, months_with_34a=work.months_with_34a + 1)
    return work


def _whys(law: IncomeLaw, before: Outcome, after: Outcome, day: date) -> Iterator[Why]:
    # Without bijstand on either side nothing of the wage is counted, whatever the rule.
    felt = not (before.leaves_bijstand and after.leaves_bijstand)
    other_exemption = felt and _kinds(before) != _kinds(after)
    if other_exemption:
        yield Why.EXEMPTION
    if _outdated(after) and not _outdated(before):
        yield Why.UNKNOWN
    elif law.on(day).since == day and _other_amounts(before, after, without_work_only=other_exemption):
        yield Why.FIGURES


def _kinds(outcome: Outcome) -> list[str]:
    return [earner.exemption.kind for earner in outcome.earners]


def _outdated(outcome: Outcome) -> bool:
    return any(caution.code is Code.FIGURES_OUTDATED for caution in outcome.cautions)


def _other_amounts(before: Outcome, after: Outcome, without_work_only: bool) -> bool:
    """By at least a euro in a month. Another exemption changes what work brings by itself."""
    change = after.income_before + after.before.month - before.income_before - before.before.month
    with_work = change + after.difference - before.difference
    return max(abs(change), Decimal(0) if without_work_only else abs(with_work)) >= WORTH_TELLING
