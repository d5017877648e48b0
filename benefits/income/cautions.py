"""What has to be said beside the amounts, by a code that stays: `income_warning.<code>` is its sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from benefits.income.ages import WITH_EXEMPTIONS, YOUNG_CHILD
from benefits.income.exemption import NONE
from benefits.income.exemption_34a import applies
from benefits.income.law import FiguresOn
from benefits.income.norm_18_20 import SUPPLEMENT, needs_supplement
from benefits.income.reasons import Reason
from benefits.income.scenario import Scenario
from benefits.income.settlement import Earner
from benefits.income.wage import minimum_wage
from benefits.income.wealth import above_bijstand_limit, bijstand_limit, passed_toeslag_limit
from benefits.income.year_view import YearView, would_be_less
from benefits.series import ONE_DAY


class Code(StrEnum):
    BELOW_MINIMUM_WAGE = "below_minimum_wage"
    COHABITANT_INCOME_UNKNOWN = "cohabitant_income_unknown"
    EXEMPTION_ENDS = "exemption_ends"
    FIGURES_OUTDATED = "figures_outdated"
    GROSS_BIJSTAND_TOO_LOW = "gross_bijstand_too_low"
    HUURTOESLAG_CLAWBACK = "huurtoeslag_clawback"
    HUURTOESLAG_NOT_COMPUTED = "huurtoeslag_not_computed"
    IACK_NOT_INCLUDED = "iack_not_included"
    PARENTS_SUPPLEMENT_UNKNOWN = "parents_supplement_unknown"
    TOESLAG_WEALTH_ABOVE_LIMIT = "toeslag_wealth_above_limit"
    UNDER_27_NO_EXEMPTION = "under_27_no_exemption"
    WEALTH_ABOVE_LIMIT = "wealth_above_limit"


@dataclass(frozen=True, slots=True)
class Caution:
    """`amount`, `day` and `months` are what its sentence tells, where it tells one."""

    code: Code
    person: int | None = None
    amount: Decimal | None = None
    day: date | None = None
    months: int | None = None


def cautions_of(
    scenario: Scenario,
    earners: Sequence[Earner],
    before: YearView,
    after: YearView,
    reasons: Sequence[Reason],
    figures: FiguresOn,
) -> tuple[Caution, ...]:
    return (
        *_of_figures(reasons),
        *_of_household(scenario, figures),
        *_of_wealth(scenario, figures),
        *(caution for earner in earners for caution in _of_work(scenario, earner, figures)),
        *_of_toeslagen(scenario, before, after, figures),
    )


def _of_figures(reasons: Sequence[Reason]) -> Iterator[Caution]:
    """The newest last day among the figures that were used after it."""
    ends = [figure.valid_to for reason in reasons for figure in reason.figures if figure.stale]
    last = max((end for end in ends if end is not None), default=None)
    if last is not None:
        yield Caution(Code.FIGURES_OUTDATED, day=last)


def _of_household(scenario: Scenario, figures: FiguresOn) -> Iterator[Caution]:
    if needs_supplement(scenario) and SUPPLEMENT not in figures:
        yield Caution(Code.PARENTS_SUPPLEMENT_UNKNOWN)
    if scenario.is_single_parent and any(age < YOUNG_CHILD for age in scenario.ages_of_children):
        yield Caution(Code.IACK_NOT_INCLUDED)


def _of_wealth(scenario: Scenario, figures: FiguresOn) -> Iterator[Caution]:
    if above_bijstand_limit(scenario, figures):
        yield Caution(Code.WEALTH_ABOVE_LIMIT, amount=figures[bijstand_limit(scenario)])
    limit = passed_toeslag_limit(scenario, figures)
    if limit is not None:
        yield Caution(Code.TOESLAG_WEALTH_ABOVE_LIMIT, amount=limit)


def _of_work(scenario: Scenario, earner: Earner, figures: FiguresOn) -> Iterator[Caution]:
    person = earner.wage.person
    least = minimum_wage(scenario, person, figures)
    if earner.work.hours_per_week and earner.work.hourly_wage < least:
        yield Caution(Code.BELOW_MINIMUM_WAGE, person, amount=least)
    if not earner.wage.net:
        return
    young = scenario.ages[person] < WITH_EXEMPTIONS
    if young and earner.rule is NONE and not applies(scenario, figures):
        yield Caution(Code.UNDER_27_NO_EXEMPTION, person)
    if earner.rule.months_left is not None:
        end = _first_day_without(scenario.on, earner)
        # Until that day, which the abolition of the exemption may bring nearer than its months.
        months = (end.year - scenario.on.year) * 12 + end.month - scenario.on.month
        yield Caution(Code.EXEMPTION_ENDS, person, day=end, months=months)


def _first_day_without(day: date, earner: Earner) -> date:
    """The month after the last one; earlier when the exemption itself is abolished before."""
    months = day.year * 12 + day.month - 1 + (earner.rule.months_left or 0)
    end = date(months // 12, months % 12 + 1, 1)
    abolished = [figure.valid_to + ONE_DAY for figure in earner.rule.figures[:1] if figure.valid_to]
    return min([end, *(last for last in abolished if last > day)])


def _of_toeslagen(scenario: Scenario, before: YearView, after: YearView, figures: FiguresOn) -> Iterator[Caution]:
    if before.huurtoeslag is None or after.huurtoeslag is None:
        yield Caution(Code.HUURTOESLAG_NOT_COMPUTED)
    else:
        if after.huurtoeslag.month < before.huurtoeslag.month:
            yield Caution(Code.HUURTOESLAG_CLAWBACK, amount=before.huurtoeslag.month - after.huurtoeslag.month)
        if scenario.household.cost_sharers and scenario.housing.kale_huur is not None:
            yield Caution(Code.COHABITANT_INCOME_UNKNOWN)
    if any(would_be_less(view, scenario, figures) for view in (before, after)):
        yield Caution(Code.GROSS_BIJSTAND_TOO_LOW)
