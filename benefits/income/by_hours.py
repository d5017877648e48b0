"""The same situation at other hours of work: for a table, a line in a chart, and what is kept of more work."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from benefits.income.effect import income_effect
from benefits.income.law import IncomeLaw
from benefits.income.scenario import Scenario

IN_TABLE = tuple(Decimal(hours) for hours in (0, 8, 12, 16, 20, 24, 28, 32, 36))
FULL_WEEK = 40
STEP = 2
FURTHER = Decimal(4)
"""What people work more when they do: half a day."""


@dataclass(frozen=True, slots=True)
class AtHours:
    """Amounts of a month. `gross` is the wage of all who work; `toeslagen` are those that are known."""

    hours: Decimal
    gross: Decimal
    net: Decimal
    top_up: Decimal
    toeslagen: Decimal

    @property
    def together(self) -> Decimal:
        return self.net + self.top_up + self.toeslagen


def at_hours(law: IncomeLaw, scenario: Scenario, hours: Decimal) -> AtHours:
    outcome = income_effect(law, with_hours(scenario, hours))
    gross = sum((earner.wage.gross for earner in outcome.earners), Decimal(0))
    return AtHours(hours, gross, outcome.settlement.net, outcome.settlement.top_up, outcome.after.month)


def with_hours(scenario: Scenario, hours: Decimal) -> Scenario:
    """The first worker works so many hours, a partner as before."""
    first, *others = scenario.work
    return replace(scenario, work=(replace(first, hours_per_week=hours), *others))


def along_the_week(law: IncomeLaw, scenario: Scenario, wanted: Sequence[Decimal]) -> list[AtHours]:
    """Every other hour of a week, and the hours that are wanted, in order."""
    most = max([FULL_WEEK, *(int(hours.to_integral_value(ROUND_CEILING)) for hours in wanted)])
    hours = {Decimal(hour) for hour in range(0, most + 1, STEP)} | set(wanted)
    return [at_hours(law, scenario, each) for each in sorted(hours)]


def kept_of_ten(less: AtHours, more: AtHours) -> Decimal | None:
    """How much of every ten euros of extra gross wage is left; None when there is no extra wage."""
    earned = more.gross - less.gross
    return (more.together - less.together) * 10 / earned if earned > 0 else None
