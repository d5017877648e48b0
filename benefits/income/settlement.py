"""Setting wages off against bijstand (art. 19 lid 2, 31, 32 and 45 Pw), by the method in which both sides leave out
holiday pay."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from benefits.income.exemption import NONE, Exemption, exemption_reason
from benefits.income.exemption_34a import applies, exemption_34a
from benefits.income.exemptions_2026 import exemption_2026
from benefits.income.law import FiguresOn
from benefits.income.norm import Norm
from benefits.income.reasons import Reason, Step
from benefits.income.scenario import Scenario, Work
from benefits.income.wage import Wage, wage_of, wage_reasons

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Earner:
    """One working person: `rule` is the exemption this person has, `exemption` the one that was used."""

    work: Work
    wage: Wage
    rule: Exemption

    @property
    def exemption(self) -> Exemption:
        return self.rule if self.wage.net > 0 else NONE

    @property
    def exempt(self) -> Decimal:
        return self.exemption.of(self.wage.net)

    @property
    def counted(self) -> Decimal:
        return self.wage.net - self.exempt


@dataclass(frozen=True, slots=True)
class Settlement:
    """Per month. A couple's incomes are added; each partner has an exemption of their own."""

    counted: Decimal
    top_up: Decimal
    net: Decimal


def earners_of(scenario: Scenario, figures: FiguresOn) -> tuple[Earner, ...]:
    rule = exemption_34a if applies(scenario, figures) else exemption_2026
    return tuple([Earner(work, wage_of(work, figures), rule(scenario, work, figures)) for work in scenario.work])


def settle(norm: Norm, earners: Sequence[Earner]) -> Settlement:
    counted = sum((earner.counted for earner in earners), NOTHING)
    net = sum((earner.wage.net for earner in earners), NOTHING)
    return Settlement(counted, max(NOTHING, norm.excl_vt - counted), net)


def settlement_reasons(
    settlement: Settlement, earners: Sequence[Earner], hours: int | None, figures: FiguresOn
) -> list[Reason]:
    """`hours` are those at which bijstand stops, when there are such."""
    reasons: list[Reason] = []
    for earner in earners:
        reasons += wage_reasons(earner.wage, figures)
        if earner.exemption is not NONE:
            reasons.append(exemption_reason(earner.exemption, earner.wage.net, earner.wage.person))
    reasons.append(Reason(Step.COUNTED_INCOME, settlement.counted, "artikelen 31 en 32 Participatiewet"))
    reasons.append(Reason(Step.TOP_UP, settlement.top_up, "artikel 19, lid 2, en artikel 45 Participatiewet"))
    if hours is not None:
        reasons.append(Reason(Step.HOURS_TO_LEAVE, Decimal(hours), "artikel 19, lid 1, Participatiewet"))
    return reasons
