"""Figures by reference and day: what is law, what is not known, what is old."""

from datetime import date
from decimal import Decimal

import pytest

from benefits.errors import FigureHasNoNumber, FigureNotKnown, FigureUnknown
from benefits.figures import Figures, load_figures
from benefits.units import Confidence, Unit

ALONE = "pw_norm_21_aow_alleenstaande"


@pytest.fixture(scope="module")
def figures() -> Figures:
    return load_figures()


@pytest.mark.parametrize(
    ("ref", "day", "amount"),
    [
        (ALONE, date(2026, 6, 30), "1401.50"),
        (ALONE, date(2026, 7, 1), "1419.46"),
        (ALONE, date(2025, 12, 31), "1369.06"),
        (ALONE, date(2026, 1, 1), "1401.50"),
        ("pw_vakantietoeslag_pct", date(2026, 6, 30), "0.05"),
        ("pw_vakantietoeslag_pct", date(2026, 7, 1), "0.048"),
        ("wml_uur.21+", date(2026, 6, 30), "14.71"),
        ("wml_uur.21+", date(2026, 7, 1), "14.99"),
        ("pw_vermogensgrens.alleenstaande", date(2025, 12, 31), "7770"),
        ("pw_vermogensgrens.alleenstaande", date(2026, 1, 1), "8000"),
        ("pw_voorschot_pct", date(2025, 12, 31), "0.9"),
        ("pw_voorschot_pct", date(2026, 1, 1), "0.95"),
    ],
)
def test_a_figure_changes_on_the_day_the_law_says(figures: Figures, ref: str, day: date, amount: str) -> None:
    assert figures.on(ref, day).value == Decimal(amount)


def test_a_value_comes_with_its_unit_dates_article_and_source(figures: Figures) -> None:
    value = figures.on("pw_vermogensgrens.gehuwden", date(2026, 11, 22))

    assert value.ref == "pw_vermogensgrens.gehuwden"
    assert value.unit is Unit.EUR
    assert (value.valid_from, value.valid_to) == (date(2026, 1, 1), date(2026, 12, 31))
    assert value.article == "artikel 34, lid 3, Participatiewet"
    assert "Normenbrief" in value.source
    assert value.confidence is Confidence.SEEN_IN_SOURCE
    assert not value.stale


def test_nested_parts_and_brackets_are_reached_by_their_path(figures: Figures) -> None:
    day = date(2026, 11, 22)

    assert figures.on("kinderopvangtoeslag.max_uurprijs.bso", day).value == Decimal("9.98")
    assert figures.on("ib_box1.1.tarief", day).value == Decimal("0.3575")
    assert figures.on("ib_box1.3.tarief", day).unit is Unit.FRACTION
    assert figures.on("ib_arbeidskorting.4.pct", day).value == Decimal("-0.0651")


def test_every_number_is_a_decimal_as_it_was_written(figures: Figures) -> None:
    numbers = [dated.value for series in figures.by_ref.values() for dated in series.dated]

    assert not [number for number in numbers if isinstance(number, float | int)]
    assert str(figures.on("pw_norm_21_aow_gehuwden", date(2026, 7, 1)).value) == "2027.79"
    assert str(figures.on("ib_algemene_heffingskorting.afbouw", date(2025, 1, 1)).value) == "0.06337"


def test_the_new_exemption_is_not_law_before_2027(figures: Figures) -> None:
    assert figures.on("pw_vrijlating_n_pct", date(2026, 12, 31)).value == Decimal("0.25")
    assert figures.on("pw_34a_pct", date(2027, 1, 1)).value == Decimal("0.15")
    with pytest.raises(FigureNotKnown, match="pw_34a_pct has no value on 2026-12-31; known from 2027-01-01"):
        figures.on("pw_34a_pct", date(2026, 12, 31))


@pytest.mark.parametrize("ref", ["pw_vrijlating_n_pct", "pw_vrijlating_n_max", "wml_uur.maand"])
def test_an_ended_figure_says_so_after_its_end(figures: Figures, ref: str) -> None:
    for ask in (figures.on, figures.last_known):
        with pytest.raises(FigureNotKnown, match="it has ended") as caught:
            ask(ref, date(2027, 1, 1))
        assert caught.value.ended


def test_a_day_before_the_first_value_does_not_count_as_ended(figures: Figures) -> None:
    with pytest.raises(FigureNotKnown) as caught:
        figures.on("pw_vrijlating_n_max", date(2022, 12, 31))

    assert caught.value.known == ((date(2023, 1, 1), date(2026, 12, 31)),)
    assert not caught.value.ended


def test_a_day_in_a_hole_is_not_known_and_the_error_shows_both_sides(figures: Figures) -> None:
    with pytest.raises(FigureNotKnown) as caught:
        figures.on("pw_vrijlating_r_max", date(2024, 7, 1))

    assert caught.value.known == (
        (date(2023, 1, 1), date(2024, 6, 30)),
        (date(2025, 1, 1), date(2026, 12, 31)),
    )


def test_the_last_known_value_is_stale_from_the_day_after_its_end(figures: Figures) -> None:
    assert not figures.last_known(ALONE, date(2026, 12, 31)).stale
    old = figures.last_known(ALONE, date(2027, 1, 1))

    assert old.stale
    assert old.value == Decimal("1419.46")
    with pytest.raises(FigureNotKnown, match=ALONE):
        figures.on(ALONE, date(2027, 1, 1))


def test_the_last_known_value_never_begins_later_than_the_day(figures: Figures) -> None:
    assert figures.last_known(ALONE, date(2026, 3, 1)).value == Decimal("1401.50")
    assert figures.last_known("pw_vrijlating_r_max", date(2024, 9, 1)).value == Decimal("164.73")
    with pytest.raises(FigureNotKnown):
        figures.last_known("pw_34b_bufferbudget", date(2026, 12, 31))


def test_a_part_that_a_later_statute_does_not_name_is_stale(figures: Figures) -> None:
    day = date(2027, 3, 1)

    assert figures.on("kindgebonden_budget.afbouw", day).value == Decimal("0.0805")
    assert figures.last_known("kindgebonden_budget.per_kind", day).stale


@pytest.mark.parametrize(
    ("ref", "close"),
    [
        ("pw_vermogensgrenz.alleenstaande", "pw_vermogensgrens.alleenstaande"),
        ("pw_vermogensgrens.alleenstaand", "pw_vermogensgrens.alleenstaande"),
        ("pw_vermogensgrens", "pw_vermogensgrens.gehuwden"),
    ],
)
def test_an_unknown_reference_names_what_comes_close(figures: Figures, ref: str, close: str) -> None:
    with pytest.raises(FigureUnknown, match=f"'{ref}'") as caught:
        figures.on(ref, date(2026, 1, 1))
    assert close in caught.value.close


def test_a_reference_like_nothing_else_is_unknown_without_a_hint(figures: Figures) -> None:
    with pytest.raises(FigureUnknown, match=r"no figure is called 'zzz'$"):
        figures.last_known("zzz", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("ref", "instead"),
    [
        ("kwijtschelding", "each municipality sets its own"),
        ("pw_kostendelersnorm_formule", "norm per rechthebbende"),
        ("ib_box1.3.tot", "the law sets no limit"),
    ],
)
def test_what_is_not_a_number_is_never_served_as_one(figures: Figures, ref: str, instead: str) -> None:
    with pytest.raises(FigureHasNoNumber, match=instead):
        figures.on(ref, date(2026, 11, 22))
    assert ref not in figures.refs()


def test_refs_list_what_a_text_may_use_with_its_unit(figures: Figures) -> None:
    refs = figures.refs()

    assert refs["wml_uur.21+"] is Unit.EUR_PER_HOUR
    assert refs["pw_zoektermijn_jongeren"] is Unit.WEEKS
    assert "pw_vermogensgrens" not in refs
