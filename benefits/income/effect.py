"""The income effect: one situation in, what work does to its income out. Nothing is read, written or remembered."""

from benefits.income.cautions import cautions_of
from benefits.income.law import FiguresOn, IncomeLaw
from benefits.income.leaving import hours_to_leave
from benefits.income.norm import VAKANTIETOESLAG, Norm, norm_of
from benefits.income.outcome import Outcome
from benefits.income.reasons import Moment
from benefits.income.scenario import Scenario
from benefits.income.settlement import Earner, Settlement, earners_of, settle, settlement_reasons
from benefits.income.year_view import YearView, year_reasons, year_view


def income_effect(law: IncomeLaw, scenario: Scenario) -> Outcome:
    """With the law and the figures of `scenario.on`, which `read_scenario` has checked."""
    figures = law.on(scenario.on)
    norm = norm_of(scenario, figures)
    earners = earners_of(scenario, figures)
    settlement = settle(norm, earners)
    before, after = _years(norm, earners, settlement, scenario, figures)
    hours = hours_to_leave(norm.excl_vt, earners, figures)
    reasons = (
        *norm.reasons,
        *settlement_reasons(settlement, earners, hours, figures),
        *year_reasons(before, Moment.BEFORE, figures),
        *year_reasons(after, Moment.AFTER, figures),
    )
    cautions = cautions_of(scenario, earners, before, after, reasons, figures)
    return Outcome(norm, earners, settlement, before, after, hours, reasons, cautions, law.version)


def _years(
    norm: Norm, earners: tuple[Earner, ...], settlement: Settlement, scenario: Scenario, figures: FiguresOn
) -> tuple[YearView, YearView]:
    """A year without the work and one with it; the top-up has its vakantietoeslag added again."""
    top_up_incl_vt = settlement.top_up / (1 - figures[VAKANTIETOESLAG])
    wages = [earner.wage for earner in earners]
    before = year_view(norm.incl_vt, (), scenario, figures)
    return before, year_view(top_up_incl_vt, wages, scenario, figures) if wages else before
