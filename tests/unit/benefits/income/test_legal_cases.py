"""Every sentence in tests/cases is true of what we calculate, within the tolerance that it states."""

from decimal import Decimal
from typing import Any

import pytest

from benefits.errors import ScenarioWrong
from benefits.income.read_scenario import read_scenario
from tests.unit.benefits.income.legal_cases import CASES, Case, Given, _list, read_cases
from tests.unit.benefits.income.situations import LAW, TODAY

CALCULATED = [case for case in read_cases() if case.calculate != "refused"]
REFUSED: list[Given] = [case for file in CASES.glob("*.yaml") for case in _list(file) if case["calculate"] == "refused"]


def agrees(found: Any, expected: Any, tolerance: Decimal) -> bool:
    if isinstance(expected, bool | list) or expected is None:
        return bool(found == expected)
    if isinstance(expected, int | Decimal):
        return found is not None and abs(Decimal(found) - expected) <= tolerance
    return bool(found == expected)


@pytest.mark.parametrize("case", CALCULATED, ids=lambda case: f"{case.file}:{case.id}")
def test_the_sentence_is_true(case: Case) -> None:
    found = case.found()

    wrong = {
        key: (found[key], expected)
        for key, expected in case.expected.items()
        if not agrees(found[key], expected, case.tolerance)
    }
    assert wrong == {}, case.sentence


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: str(case["id"]))
def test_the_situation_is_refused_by_its_key(case: Given) -> None:
    with pytest.raises(ScenarioWrong) as caught:
        read_scenario({"on": case["on"], **case["given"]}, TODAY, LAW)

    assert caught.value.key == case["expected"]["key"], case["sentence"]
    assert str(caught.value).startswith(f"{caught.value.key}: ")


def test_no_two_cases_have_the_same_name() -> None:
    names = [case["id"] for file in CASES.glob("*.yaml") for case in _list(file)]

    assert len(names) == len(set(names))
    assert len(names) >= 120
