"""Kostendelersnorm: the norm of one person who shares a home with others of 27 and older (art. 22a Pw)."""

from decimal import Decimal

from benefits.income.law import FiguresOn
from benefits.money import to_cents

ARTICLE = "artikel 22a Participatiewet"
FIGURES = ("pw_kostendeler_basis_pct", "pw_kostendeler_pct_per_persoon", "pw_norm_21_aow_gehuwden")


def kostendelersnorm(sharing: int, figures: FiguresOn) -> Decimal:
    """((40% + A x 30%) / A) x B of lid 1; A is `sharing`: cost sharers, the person, a partner of 21 or older."""
    fixed, each, couple = (figures[ref] for ref in FIGURES)
    return to_cents((fixed + sharing * each) / sharing * couple)
