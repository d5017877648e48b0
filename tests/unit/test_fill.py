"""A text gets the figures of the day, in bold and with their date; never a hole, never a figure of no date."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest

from benefits.errors import FigureNotKnown, FigureUnknown
from benefits.figures import Figures
from benefits.series import Dated, Series, Status
from benefits.units import Confidence, Unit
from services.fill import fill, placeholders

SUMMER, WINTER = date(2026, 7, 1), date(2027, 1, 1)


def build_series(ref: str, unit: Unit, *values: tuple[str, date, date | None]) -> Series:
    dated = tuple(
        Dated(Decimal(value), start, end, "Staatscourant", Confidence.SEEN_IN_SOURCE, date(2026, 11, 22))
        for value, start, end in values
    )
    return Series(ref, unit, "artikel 1", Path("law/a.yaml"), dated, Status())


def build_figures() -> Figures:
    series = (
        build_series("norm.alleen", Unit.EUR_PER_MONTH, ("1401.50", date(2026, 1, 1), date(2026, 6, 30)),
                     ("1419.46", SUMMER, date(2026, 12, 31))),
        build_series("grens", Unit.EUR, ("8000", date(2026, 1, 1), None)),
        build_series("deel", Unit.FRACTION, ("0.25", date(2026, 1, 1), None)),
        build_series("termijn", Unit.WEEKS, ("4", SUMMER, None)),
    )  # fmt: skip
    return Figures(MappingProxyType({one.ref: one for one in series}))


def test_a_figure_of_the_day_is_put_in_bold_in_dutch_notation() -> None:
    filled = fill("{norm.alleen}, {grens}, {deel} en {termijn} weken", build_figures(), SUMMER, {})

    assert filled.text == "**€\u00a01.419,46**, **€\u00a08.000**, **25%** en **4** weken"
    assert [figure.date for figure in filled.figures] == ["2026-07-01", "2026-01-01", "2026-01-01", "2026-07-01"]


def test_the_day_before_a_change_gives_the_old_figure() -> None:
    filled = fill("{norm.alleen}", build_figures(), date(2026, 6, 30), {})

    assert filled.text == "**€\u00a01.401,50**"
    assert not filled.figures[0].stale


def test_a_day_in_the_placeholder_wins_from_today() -> None:
    filled = fill("nu {norm.alleen}, in januari {norm.alleen@2026-01-01}", build_figures(), SUMMER, {})

    assert filled.text == "nu **€\u00a01.419,46**, in januari **€\u00a01.401,50**"
    assert [figure.date for figure in filled.figures] == ["2026-07-01", "2026-01-01"]


def test_a_figure_whose_time_is_over_is_marked_stale() -> None:
    figure = fill("{norm.alleen}", build_figures(), WINTER, {}).figures[0]

    assert figure.stale
    assert figure.valid_to == "2026-12-31"


def test_what_the_municipality_told_is_put_in_as_it_is() -> None:
    filled = fill("Bel {gemeente.telefoon}.", build_figures(), SUMMER, {"gemeente.telefoon": "14 050 {grens}"})

    assert filled.text == "Bel 14 050 {grens}."
    assert filled.figures == ()


def test_a_figure_that_stands_twice_is_told_once() -> None:
    assert len(fill("{grens} en {grens}", build_figures(), SUMMER, {}).figures) == 1


@pytest.mark.parametrize(("text", "error"), [("{onbekend}", FigureUnknown), ("{termijn@2026-01-01}", FigureNotKnown)])
def test_a_text_is_never_shown_with_a_hole(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        fill(text, build_figures(), SUMMER, {})


def test_placeholders_tell_name_and_day() -> None:
    assert placeholders("{a.b} {c@2027-01-01} {D}") == [("a.b", None), ("c", date(2027, 1, 1))]
