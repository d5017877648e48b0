"""The figures of a day: complete, never from a later day, and never from an earlier one than the day before had."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from benefits.income.law import FiguresOn, income_law
from benefits.income.needed import NEEDED, SERVED_AHEAD
from benefits.series import ONE_DAY
from tests.unit.benefits.income.legal_cases import FIGURES
from tests.unit.benefits.income.situations import LAW


def test_calculations_begin_where_all_figures_do() -> None:
    assert LAW.first_day == date(2024, 1, 1)
    assert LAW.first_day_with_children == date(2025, 1, 1)


def test_a_later_day_never_uses_an_earlier_figure() -> None:
    days = [LAW.first_day + timedelta(number) for number in range(0, 2200, 7)]
    for ref in {ref for refs in NEEDED.values() for ref in refs}:
        begins = [LAW.on(day).by_ref[ref].valid_from for day in days if ref in LAW.on(day)]

        assert begins == sorted(begins), ref


def test_no_day_uses_a_figure_that_has_not_begun_but_for_the_one_a_municipality_may_anticipate() -> None:
    for period in LAW.periods:
        early = {ref for ref, figure in period.by_ref.items() if figure.valid_from > period.since}

        assert early <= SERVED_AHEAD


@pytest.mark.parametrize("period", LAW.periods, ids=lambda period: period.since.isoformat())
def test_all_parts_of_a_figure_are_of_one_date(period: FiguresOn) -> None:
    for refs in NEEDED.values():
        assert len({period.by_ref[ref].valid_from for ref in refs if ref in period}) <= 1


def test_a_set_of_which_only_a_part_is_enacted_waits_for_the_rest() -> None:
    figures = LAW.on(date(2027, 1, 15))

    assert figures["kindgebonden_budget.afbouw"] == Decimal("0.076")
    assert figures.by_ref["kindgebonden_budget.afbouw"].stale


@pytest.mark.parametrize(("day", "old", "new"), [(date(2026, 12, 31), True, False), (date(2027, 1, 1), False, True)])
def test_the_exemptions_change_on_the_day_their_figures_say(day: date, old: bool, new: bool) -> None:
    assert LAW.on(day).in_force("pw_vrijlating_n_pct") is old
    assert LAW.on(day).in_force("pw_34a_pct") is new


def test_the_day_before_a_change_still_has_the_old_figures() -> None:
    for before, period in pairwise(LAW.periods):
        assert LAW.on(period.since - ONE_DAY) is before
        assert LAW.on(period.since) is period


def test_the_version_tells_formulas_and_figures_apart() -> None:
    rules, figures = LAW.version.split("+")

    assert income_law(FIGURES).version == LAW.version
    assert rules == "1.0"
    assert len(figures) == 8
