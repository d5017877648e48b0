"""The exemptions of art. 31 lid 2 n, r, y and z Pw: the law until 31 December 2026, the last day of their figures."""

from benefits.income.ages import WITH_EXEMPTIONS, YOUNG_CHILD
from benefits.income.exemption import NONE, Exemption, capped, months_left
from benefits.income.law import FiguresOn
from benefits.income.scenario import Scenario, Work


def exemption_2026(scenario: Scenario, work: Work, figures: FiguresOn) -> Exemption:
    """n goes before y, y before z, z before r: each says that it yields to the one before it."""
    of_age = scenario.ages[work.person] >= WITH_EXEMPTIONS  # lid 5: n and r are not for who is younger
    n = months_left("n", work.months_with_n, figures)
    z = months_left("z", work.months_with_z, figures)
    r = months_left("r", work.months_with_r, figures)
    if of_age and n and scenario.municipality.grants_exemption:
        return capped("n", "pw_vrijlating_n_max", n, figures)
    if work.medisch_urenbeperkt:
        return capped("y", "pw_vrijlating_y_max", None, figures)
    if work.doelgroep_lks and z and not (of_age and n):
        return capped("z", "pw_vrijlating_z_aa_max", z, figures)
    if of_age and r and not n and _cares_alone(scenario) and scenario.municipality.grants_exemption:
        return capped("r", "pw_vrijlating_r_max", r, figures)
    return NONE


def _cares_alone(scenario: Scenario) -> bool:
    """Sub r, 1: a single parent with the full care of a child under 12."""
    return scenario.is_single_parent and any(age < YOUNG_CHILD for age in scenario.ages_of_children)
