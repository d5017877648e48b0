"""The words and the places of a calculation: sentences, columns, and a chart that stays within its plot."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from benefits.income.effect import income_effect
from benefits.income.overview import overview
from benefits.income.read_scenario import read_scenario
from pages.calculation_chart import draw_chart
from services.income_view.amounts import MINUS, bare, cents, euros, in_dimes, with_sign
from services.income_view.headline import headline
from services.income_view.line import flats_of, line_of
from services.phrases import put_values
from tests.builders import CONTENT
from tests.calculations import LAW, a_situation
from tests.unit.benefits.income.situations import TODAY


class Said:
    """The phrases of the product without a database."""

    def __init__(self, language: str = "nl") -> None:
        self.language = language

    def say(self, key: str, **values: str) -> str:
        return put_values(_texts()[key][self.language], values)


@cache
def _texts() -> dict[str, dict[str, str]]:
    file = Path(CONTENT) / "phrases" / "calculation.yaml"
    texts: dict[str, dict[str, str]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return texts


def outcome_of(document: dict[str, Any], until: Decimal | None = None) -> dict[str, Any]:
    scenario = read_scenario(document, TODAY, LAW)
    return overview(LAW, scenario, income_effect(LAW, scenario), until)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (euros(Decimal("1272.08")), "€\u00a01.272"),
        (euros(Decimal("-12.5")), f"{MINUS}\u00a0€\u00a013"),
        (euros(Decimal("-0.2")), "€\u00a00"),
        (with_sign(Decimal("272.19")), "+\u00a0€\u00a0272"),
        (with_sign(Decimal("0.3")), "€\u00a00"),
        (bare(Decimal("1272.50")), "1.273"),
        (cents(Decimal("1351.3")), "€\u00a01.351,30"),
        (in_dimes(Decimal("2.09")), "€\u00a02,10"),
    ],
)
def test_amounts_are_shown_as_people_here_write_them(shown: str, expected: str) -> None:
    assert shown == expected


@pytest.mark.parametrize(
    ("difference", "sentence"),
    [
        ("272.19", "U houdt ongeveer **€\u00a0272 per maand** meer over dan nu."),
        ("-14.50", "U houdt ongeveer **€\u00a015 per maand** minder over dan nu."),
        ("0.49", "U houdt ongeveer **evenveel** over als nu."),
        ("-0.49", "U houdt ongeveer **evenveel** over als nu."),
    ],
)
def test_the_sentence_says_more_less_or_the_same_as_it_is(difference: str, sentence: str) -> None:
    assert headline({"difference": difference, "ahead": []}, Said()) == sentence  # type: ignore[arg-type]


def test_the_sentence_says_what_becomes_of_it_when_the_exemption_ends() -> None:
    ahead = [
        {"on": "2027-01-01", "whys": ["unknown"], "difference": "100.00"},
        {"on": "2027-03-01", "whys": ["exemption"], "difference": "-3.00"},
    ]
    said = headline({"difference": "272.19", "ahead": ahead}, Said())  # type: ignore[arg-type]
    assert said.endswith("Vanaf 1 maart 2027 is dat ongeveer €\u00a03 minder dan zonder werk.")


def test_a_chart_has_everything_within_its_plot() -> None:
    for hours in (0, 2, 20, 39, 40, 60):
        line = line_of(outcome_of(a_situation(hours)), Said())  # type: ignore[arg-type]
        assert line is not None
        chart = draw_chart(line)
        places = [chart.now, *(tick.at for tick in (*chart.hours, *chart.euros))]
        places += [place for dot in chart.dots for place in (dot.x, dot.y)]
        assert all(0 <= Decimal(place.removesuffix("%")) <= 100 for place in places)
        corners = [Decimal(part) for point in chart.path.split() for part in point.split(",")]
        assert all(0 <= corner <= 1000 for corner in corners)
        assert 3 <= len(chart.euros) <= 7


def test_two_numbers_of_hours_are_two_marks_without_amounts() -> None:
    line = line_of(outcome_of(a_situation(16), Decimal(20)), Said())  # type: ignore[arg-type]
    assert line is not None
    assert [mark.label for mark in line.marks] == ["16 uur", "20 uur"]
    assert [dot.above for dot in draw_chart(line).dots] == [True, False]


def test_who_does_not_see_the_chart_hears_the_same_figures() -> None:
    line = line_of(outcome_of(a_situation(20)), Said())  # type: ignore[arg-type]
    assert line is not None
    assert "Met 20 uur heeft u €\u00a02.123." in line.description
    assert "Van 20 tot 26 uur levert meer werken bijna niets op." in line.description


def test_there_is_no_chart_of_work_that_pays_nothing() -> None:
    assert line_of(outcome_of(a_situation(20, "0.00")), Said()) is None  # type: ignore[arg-type]
    assert line_of(outcome_of(a_situation() | {"work": []}), Said()) is None  # type: ignore[arg-type]


def test_stretches_that_bring_nothing_are_joined_and_end_where_it_pays_again() -> None:
    rows = [
        {"hours": hours, "gross_wage": str(int(hours) * 65), "together": together}
        for hours, together in (("0", "1000"), ("2", "1005"), ("4", "1004"), ("6", "1100"), ("8", "1101"))
    ]
    assert list(flats_of(rows)) == [(Decimal(0), Decimal(4)), (Decimal(6), Decimal(8))]
