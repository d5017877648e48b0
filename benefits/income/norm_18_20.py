"""The norm of who is 18, 19 or 20, and of a couple with such a person; and what is added without parents (art. 20)."""

from decimal import Decimal

from benefits.income.law import FiguresOn
from benefits.income.reasons import Reason, Step
from benefits.income.scenario import Scenario

SUPPLEMENT = "pw_norm_18_20_verhoging_ouders"


def norm_under_21(scenario: Scenario, figures: FiguresOn) -> Reason:
    """Article 20 lid 1 (without children) and lid 2 (with): a, b or c by who is under 21."""
    with_child = bool(scenario.household.children)
    tail = "met_kind" if with_child else "zonder_kind"
    if not scenario.is_couple:
        letter, ref = "a", "pw_norm_18_20_alleenstaande"
    elif scenario.number_under_21 == 2:
        letter, ref = "b", f"pw_norm_18_20_gehuwden_{tail}"
    else:
        letter, ref = "c", f"pw_norm_18_20_met_21plus_{tail}"
    article = f"artikel 20, lid {2 if with_child else 1}, onderdeel {letter}, Participatiewet"
    return Reason(Step.NORM, figures[ref], article, figures.used(ref))


def parents_supplement(scenario: Scenario, base: Decimal, figures: FiguresOn) -> Reason | None:
    """Article 20 lid 3 and 4, from 2026: once for every person of 18 to 20, together at most the norm of article 21.

    None when it does not apply; before 2026 it was bijzondere bijstand (art. 12), which has no national amount.
    """
    if not needs_supplement(scenario) or SUPPLEMENT not in figures:
        return None
    most_ref = "pw_norm_21_aow_gehuwden" if scenario.is_couple else "pw_norm_21_aow_alleenstaande"
    most = max(figures[most_ref] - base, Decimal(0))
    amount = min(scenario.number_under_21 * figures[SUPPLEMENT], most)
    used = figures.used(SUPPLEMENT, most_ref)
    return Reason(Step.VERHOGING_OUDERS, amount, "artikel 20, lid 3 en 4, Participatiewet", used)


def needs_supplement(scenario: Scenario) -> bool:
    return scenario.number_under_21 > 0 and not scenario.household.parents_can_support
