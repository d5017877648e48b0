"""The bijstandsnorm of a household by kind and age (art. 20 to 22a Pw), with and without vakantietoeslag."""

from dataclasses import dataclass
from decimal import Decimal

from benefits.income.kostendelers import ARTICLE, FIGURES, kostendelersnorm
from benefits.income.law import FiguresOn
from benefits.income.norm_18_20 import norm_under_21, parents_supplement
from benefits.income.reasons import Reason, Step
from benefits.income.scenario import Scenario
from benefits.money import to_cents

VAKANTIETOESLAG = "pw_vakantietoeslag_pct"


@dataclass(frozen=True, slots=True)
class Norm:
    """Per month and net; bijstand is paid monthly without vakantietoeslag, the rest later (art. 45 lid 1)."""

    incl_vt: Decimal
    excl_vt: Decimal
    reasons: tuple[Reason, ...]


def norm_of(scenario: Scenario, figures: FiguresOn) -> Norm:
    reasons = list(_base(scenario, figures))
    base = sum((reason.amount for reason in reasons), Decimal(0))
    supplement = parents_supplement(scenario, base, figures)
    if supplement is not None:
        reasons.append(supplement)
        base += supplement.amount
    excl_vt = without_vakantietoeslag(base, figures)
    article = "artikel 19, lid 3, en artikel 45, lid 1, Participatiewet"
    reasons.append(Reason(Step.NORM_EXCL_VT, excl_vt, article, figures.used(VAKANTIETOESLAG)))
    return Norm(base, excl_vt, tuple(reasons))


def without_vakantietoeslag(norm: Decimal, figures: FiguresOn) -> Decimal:
    """Article 19 lid 3 Pw: the norm holds vakantietoeslag as a share of itself."""
    return to_cents(norm * (1 - figures[VAKANTIETOESLAG]))


def _base(scenario: Scenario, figures: FiguresOn) -> tuple[Reason, ...]:
    """Article 22a never touches who is under 21; a partner of 21 or older has a share of his own then (lid 3)."""
    adults = len(scenario.ages) - scenario.number_under_21
    sharers = scenario.household.cost_sharers
    if adults and sharers:
        share = kostendelersnorm(sharers + adults, figures)
        older = Reason(Step.KOSTENDELERSNORM, adults * share, ARTICLE, figures.used(*FIGURES))
        return (older, _younger_partner(scenario, figures)) if scenario.number_under_21 else (older,)
    if scenario.number_under_21:
        return (norm_under_21(scenario, figures),)
    ref = "pw_norm_21_aow_gehuwden" if scenario.is_couple else "pw_norm_21_aow_alleenstaande"
    letter = "b" if scenario.is_couple else "a"
    article = f"artikel 21, onderdeel {letter}, Participatiewet"
    return (Reason(Step.NORM, figures[ref], article, figures.used(ref)),)


def _younger_partner(scenario: Scenario, figures: FiguresOn) -> Reason:
    """Article 22a lid 3: with a child an amount of its own, without one the norm of a single person of 18 to 20."""
    with_child = bool(scenario.household.children)
    ref = "pw_kostendeler_gemengd_met_kind" if with_child else "pw_norm_18_20_alleenstaande"
    letter = "a" if with_child else "b"
    return Reason(
        Step.NORM, figures[ref], f"artikel 22a, lid 3, onderdeel {letter}, Participatiewet", figures.used(ref)
    )
