"""How a figure looks in a Dutch text."""

from datetime import date
from decimal import Decimal

import pytest

from benefits.figures import load_figures
from benefits.money import to_cents
from benefits.notation import in_dutch
from benefits.series import FigureValue
from benefits.units import Confidence, Unit


def a_figure(value: str, unit: Unit) -> FigureValue:
    day = date(2026, 1, 1)
    return FigureValue(
        "norm", Decimal(value), unit, day, None, "artikel 21", "Normenbrief", Confidence.SEEN_IN_SOURCE, False
    )


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("8000", Unit.EUR, "€\u00a08.000"),
        ("8000.00", Unit.EUR, "€\u00a08.000"),
        ("1419.46", Unit.EUR_PER_MONTH, "€\u00a01.419,46"),
        ("1401.5", Unit.EUR_PER_MONTH, "€\u00a01.401,50"),
        ("285", Unit.EUR_PER_MONTH, "€\u00a0285"),
        ("0", Unit.EUR, "€\u00a00"),
        ("1234567.80", Unit.EUR_PER_YEAR, "€\u00a01.234.567,80"),
        ("14.99", Unit.EUR_PER_HOUR, "€\u00a014,99"),
        ("-48.15", Unit.EUR_PER_MONTH, "€\u00a0-48,15"),
        ("0.25", Unit.FRACTION, "25%"),
        ("0.125", Unit.FRACTION, "12,5%"),
        ("0.06398", Unit.FRACTION, "6,398%"),
        ("1.00", Unit.FRACTION, "100%"),
        ("4", Unit.WEEKS, "4"),
        ("30", Unit.MONTHS, "30"),
        ("2.5", Unit.YEARS, "2,5"),
    ],
)
def test_the_unit_makes_the_notation(value: str, unit: Unit, text: str) -> None:
    assert in_dutch(a_figure(value, unit)) == text


def test_half_a_cent_goes_up_and_not_to_the_even_cent() -> None:
    assert to_cents(Decimal("0.125")) == Decimal("0.13")
    assert to_cents(Decimal("0.135")) == Decimal("0.14")
    assert to_cents(Decimal("0.1249")) == Decimal("0.12")
    assert in_dutch(a_figure("2.665", Unit.EUR)) == "€\u00a02,67"


def test_an_amount_that_rounds_to_whole_euros_has_no_cents() -> None:
    assert in_dutch(a_figure("9.996", Unit.EUR)) == "€\u00a010"


def test_a_figure_from_the_files_reads_as_in_a_letter() -> None:
    figures, day = load_figures(), date(2026, 11, 22)

    assert in_dutch(figures.on("pw_vermogensgrens.alleenstaande", day)) == "€\u00a08.000"
    assert in_dutch(figures.on("pw_norm_21_aow_alleenstaande", day)) == "€\u00a01.419,46"
    assert in_dutch(figures.on("pw_vrijlating_r_pct", day)) == "12,5%"
    assert in_dutch(figures.on("pw_maatregel_taal.m1_6", day)) == "20%"
    assert in_dutch(figures.on("awb_bezwaar_weken", day)) == "6"
