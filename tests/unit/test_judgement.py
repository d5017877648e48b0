"""When a new model may go live: every limit, just met and just passed."""

from typing import Any

import pytest

from services.evaluation import Labelled, Parsed
from services.judgement import PROTECTED, differences, judge, judge_material, measure


def shares(**other: Any) -> dict[str, Any]:
    """What was measured of a model."""
    found = {"messages": 800, "top1": 0.87, "top3": 0.95, "coverage": 0.76, "wrong_answers": 0.02}
    return found | {"not_ours_answered": 0.05, "heard": dict.fromkeys([*PROTECTED, "car"], 1.0)} | other


def codes(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    return [reason["code"] for reason in judge(before, after)]


@pytest.mark.parametrize(
    ("measured", "may", "may_not", "code"),
    [
        ("top1", 0.86, 0.859, "top1_fell"),
        ("wrong_answers", 0.025, 0.0251, "wrong_answers_rose"),
        ("not_ours_answered", 0.06, 0.0601, "not_ours_answered_rose"),
        ("coverage", 0.71, 0.709, "coverage_fell"),
    ],
)
def test_a_limit_that_is_passed_is_a_reason(measured: str, may: float, may_not: float, code: str) -> None:
    assert codes(shares(), shares(**{measured: may})) == []
    assert judge(shares(), shares(**{measured: may_not})) == [
        {"code": code, "before": shares()[measured], "after": may_not}
    ]


def test_what_gets_better_is_no_reason() -> None:
    assert codes(shares(), shares(top1=0.95, wrong_answers=0.0, not_ours_answered=0.0, coverage=0.9)) == []


def test_what_could_not_be_counted_is_not_held_against_it() -> None:
    assert codes(shares(not_ours_answered=None), shares()) == []
    assert codes(shares(), shares(coverage=None)) == []


@pytest.mark.parametrize("topic", PROTECTED)
def test_of_a_protected_topic_not_one_message_may_be_lost(topic: str) -> None:
    after = shares(heard=shares()["heard"] | {topic: 0.875})
    assert judge(shares(), after) == [{"code": "protected_fell", "topic": topic, "before": 1.0, "after": 0.875}]
    assert codes(after, shares()) == []


def test_a_protected_topic_that_is_gone_is_lost() -> None:
    assert codes(shares(), shares(heard={"car": 1.0})) == ["protected_fell"] * len(PROTECTED)


def test_another_topic_may_lose_a_message() -> None:
    assert codes(shares(), shares(heard=shares()["heard"] | {"car": 0.5})) == []


def test_few_examples_and_nothing_to_measure_with_are_told_before_training() -> None:
    assert judge_material({"car": 5, "debts": 30}, held_back=800) == []
    assert judge_material({"debts": 30, "car": 4}, held_back=0) == [
        {"code": "no_held_back"},
        {"code": "too_few_examples", "topic": "car", "examples": 4, "least": 5},
    ]


def test_a_message_is_heard_when_it_got_its_answer_or_a_button_for_it() -> None:
    labels = [Labelled("tekst", ("distress",)) for _ in range(4)]
    parses = [
        Parsed("distress", ("distress",), 0.9),
        Parsed(None, ("car", "debts", "distress"), 0.2),
        Parsed(None, ("car", "debts", "fine", "distress"), 0.2),
        Parsed("car", ("car", "distress"), 0.9),
    ]
    found = measure(labels, parses)
    assert found["heard"] == {"distress": 0.5}
    assert (found["messages"], found["top1"], found["wrong_answers"]) == (4, 0.25, 0.25)
    assert found["not_ours_answered"] is None


def test_what_changed_for_a_resident_is_told_message_by_message() -> None:
    answered, asked_back = Parsed("car", ("car",), 0.9), Parsed(None, ("car", "debts"), 0.2)
    wrong, unheard = Parsed("debts", ("debts", "car"), 0.9), Parsed(None, ("debts",), 0.2)
    turns = [(answered, wrong), (asked_back, answered), (unheard, asked_back), (answered, answered), (wrong, unheard)]
    labels = [Labelled(f"bericht {number}", ("car",)) for number in range(len(turns))]
    found = differences(labels, [was for was, _ in turns], [now for _, now in turns])
    assert found["worse"] == [{"text": "bericht 0", "meant": "car", "before": "car", "after": "debts"}]
    assert [told["text"] for told in found["better"]] == ["bericht 1", "bericht 2", "bericht 4"]
    assert (found["worse_in_all"], found["better_in_all"]) == (1, 3)
