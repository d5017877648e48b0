"""A small set of which every share was worked out by hand."""

from typing import Any

import pytest

from services.evaluation import Labelled, Parsed, evaluate

# meant, answered with (None: asked back), ranking, style, language
MESSAGES = (
    (("car",), "car", ("car", "gifts"), "plain", "nl"),
    (("car", "gifts"), "gifts", ("gifts", "car"), "typo", "nl"),
    (("debts",), "car", ("car", "gifts", "debts"), "typo", "nl"),
    (("fine",), None, ("duties", "appeal", "car", "fine"), "plain", "en"),
    (("out_of_scope",), "elsewhere_ww", ("elsewhere_ww",), "plain", "nl"),
    (("elsewhere_aow",), None, ("car",), "plain", "nl"),
    (("out_of_scope",), "car", ("car", "out_of_scope"), "plain", "nl"),
    (("gifts",), "out_of_scope", ("out_of_scope", "gifts"), "typo", "en"),
)


@pytest.fixture
def report() -> dict[str, Any]:
    return evaluate(
        [
            (Labelled("tekst", meant, style, language), Parsed(topic, ranking, 0.8))
            for meant, topic, ranking, style, language in MESSAGES
        ]
    )


def test_ranked_first_and_among_the_first_three(report: dict[str, Any]) -> None:
    assert report["messages"] == 8
    assert report["top1"] == 3 / 8
    assert report["top3"] == 6 / 8


def test_how_many_of_ours_were_answered_and_how_many_wrongly(report: dict[str, Any]) -> None:
    assert report["coverage"] == 4 / 5
    assert report["wrong_answers"] == 3 / 8


def test_pointing_elsewhere_or_asking_back_counts_as_out_of_scope(report: dict[str, Any]) -> None:
    assert report["out_of_scope"] == {"precision": 0.5, "recall": 0.6667, "answered": 0.3333}


def test_shares_are_told_by_topic_style_and_language(report: dict[str, Any]) -> None:
    assert report["per_style"]["typo"] == {
        "messages": 3, "top1": 0.3333, "top3": 1.0, "coverage": 1.0, "wrong_answers": 0.6667,
    }  # fmt: skip
    assert report["per_language"]["en"]["top3"] == 0.5
    assert report["per_topic"]["car"]["messages"] == 2


def test_what_is_taken_for_what_stands_most_often_first(report: dict[str, Any]) -> None:
    assert report["confused"][0] == {"meant": "debts", "taken_for": "car", "times": 1}
    assert {"meant": "gifts", "taken_for": "out_of_scope", "times": 1} in report["confused"]


def test_nothing_to_count_is_no_share() -> None:
    report = evaluate([])

    assert report["top1"] is None
    assert report["out_of_scope"] == {"precision": None, "recall": None, "answered": None}


def test_calibration_tells_per_tenth_how_sure_and_how_often_right(report: dict[str, Any]) -> None:
    assert report["calibration"] == [{"from": 0.8, "messages": 8, "confidence": 0.8, "right": 0.375}]
