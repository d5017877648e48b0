"""Huurtoeslag by the rules that hold from 1 January 2026 (art. 13 to 21 Wht; art. 7 Besluit op de huurtoeslag).

Only bare rent counts, rent above the limit does not exclude any more, and the amount tapers off in a straight line.
Before 2026 it is not computed: the factors of those years are not known.
"""

from decimal import Decimal

from benefits.income.law import FiguresOn
from benefits.income.scenario import Scenario
from benefits.income.toeslag import SMALLEST, Toeslag, payable

FIGURE = "huurtoeslag_2026"
LIMIT = f"{FIGURE}.vermogen_per_persoon"
KK, MOST_RENT = f"{FIGURE}.kwaliteitskortingsgrens", f"{FIGURE}.maximale_huurgrens"
SHARES = (f"{FIGURE}.pct_tot_kk", f"{FIGURE}.pct_kk_tot_aftopping", f"{FIGURE}.pct_boven_aftopping")
ARTICLE = "artikelen 13, 17 tot en met 21 Wet op de huurtoeslag; artikel 7 Besluit op de huurtoeslag"
NO_RENT, WEALTH = "artikel 5 Wet op de huurtoeslag", "artikel 7, lid 1, Wet op de huurtoeslag"
NOT_WHOLE = "artikel 11 Wet op de huurtoeslag"
MONTHS = 12
NOTHING = Decimal(0)


def huurtoeslag_2026(income: Decimal, scenario: Scenario, figures: FiguresOn) -> Toeslag | None:
    """None when the figures of the day are not there."""
    if LIMIT not in figures:
        return None
    if scenario.housing.kale_huur is None:
        return Toeslag(NOTHING, NO_RENT, ())
    if not scenario.housing.zelfstandig:
        return Toeslag(NOTHING, NOT_WHOLE, ())
    if scenario.wealth > wealth_limit(scenario, figures):
        return Toeslag(NOTHING, WEALTH, (LIMIT,))
    return _by_rent_and_income(scenario.housing.kale_huur, income, scenario, figures)


def wealth_limit(scenario: Scenario, figures: FiguresOn) -> Decimal:
    """Of applicant and partner together; what others in the home have is not known."""
    return figures[LIMIT] * len(scenario.ages)


def _by_rent_and_income(rent: Decimal, income: Decimal, scenario: Scenario, figures: FiguresOn) -> Toeslag:
    size = people_at_home(scenario)
    tail = "eenpersoons" if size == 1 else "meerpersoons"
    cap = f"{FIGURE}.aftoppingsgrens_{'1_2' if size <= 2 else '3plus'}"
    most = f"{MOST_RENT}_18_20" if all_under_21(scenario) else MOST_RENT
    basic, point, taper = (f"{FIGURE}.{part}_{tail}" for part in ("basishuur", "inkomensijkpunt", "afbouw"))
    lost = figures[taper] * max(NOTHING, income - figures[point])
    year = MONTHS * _subsidised(min(rent, figures[most]), figures[basic], figures[cap], figures) - lost
    used = (basic, KK, cap, most, *SHARES, point, taper, SMALLEST)
    return Toeslag(payable(year, figures), ARTICLE, used)


def _subsidised(rent: Decimal, basic: Decimal, cap: Decimal, figures: FiguresOn) -> Decimal:
    """Per month: all from the basishuur to the first limit, a share up to the second, a smaller one above it."""
    first, second, third = (figures[ref] for ref in SHARES)
    quality = figures[KK]
    return (
        first * max(NOTHING, min(rent, quality) - basic)
        + second * max(NOTHING, min(rent, cap) - quality)
        + third * max(NOTHING, rent - cap)
    )


def people_at_home(scenario: Scenario) -> int:
    """Cost sharers count as medebewoners; their income is not known and taken as none."""
    return len(scenario.ages) + len(scenario.household.children) + scenario.household.cost_sharers


def all_under_21(scenario: Scenario) -> bool:
    """Then rent counts up to a lower limit; a child or a cost sharer (27 or older) lifts that."""
    alone = not scenario.household.children and not scenario.household.cost_sharers
    return alone and scenario.number_under_21 == len(scenario.ages)
