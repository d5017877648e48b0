"""The exemption of art. 34a Pw: the law from 1 January 2027, the first day of its figures; also under 27."""

from benefits.income.exemption import NONE, Exemption
from benefits.income.law import FiguresOn
from benefits.income.scenario import Scenario, Work

ANTICIPATED_IN = 2026  # the year in which a municipality may work as if it held
SHARE, MONTHS = "pw_34a_pct", "pw_34a_maanden"


def exemption_34a(scenario: Scenario, work: Work, figures: FiguresOn) -> Exemption:
    """Medisch urenbeperkt: no end and no finding of the college. Everybody else: twelve months, if it helps to work."""
    if work.medisch_urenbeperkt:
        article = "artikel 34a, lid 1, onderdeel b, Participatiewet"
        return Exemption("34a", figures[SHARE], None, None, article, figures.used(SHARE))
    left = max(0, int(figures[MONTHS]) - work.months_with_34a)
    if left and scenario.municipality.grants_exemption:
        article = "artikel 34a, lid 1, onderdeel a, Participatiewet"
        return Exemption("34a", figures[SHARE], None, left, article, figures.used(SHARE, MONTHS))
    return NONE


def applies(scenario: Scenario, figures: FiguresOn) -> bool:
    """In force on the day, or anticipated by the municipality in the year before."""
    anticipated = scenario.municipality.anticipates_34a and scenario.on.year == ANTICIPATED_IN
    return anticipated or figures.in_force(SHARE)
