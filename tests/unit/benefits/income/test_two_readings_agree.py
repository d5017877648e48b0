"""The law was written down twice, in different ways, by one text. On any situation both have to say the same."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, given, settings

from benefits.income.as_data import as_data
from tests.unit.benefits.income.second_opinion import second_opinion
from tests.unit.benefits.income.situations import Document, documents, outcome_of

# The first rounds each person's year to cents and the second nothing: what is summed may differ by a cent a part.
ROUNDED = {"toetsingsinkomen_before": 4, "toetsingsinkomen_after": 4, "difference": 4}
ONE_CENT = Fraction("0.01")
NO_AMOUNT = {"exemptions", "hours_to_leave"}


def amount(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(Decimal(text))


def differences(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What differs by more than a cent for every part that was rounded."""
    found = {}
    for key, other in theirs.items():
        if key in NO_AMOUNT:
            continue
        own = amount(ours[key])
        if (own is None) != (other is None) or (own is not None and abs(own - other) > ONE_CENT * ROUNDED.get(key, 1)):
            found[key] = (ours[key], None if other is None else float(other))
    return found


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_two_readings_of_the_law_agree_to_the_cent(document: Document) -> None:
    ours, theirs = as_data(outcome_of(document), lambda key, **_: key), second_opinion(document)

    assert differences(ours, theirs) == {}
    assert ours["hours_to_leave"] == theirs["hours_to_leave"]
    assert [(used["kind"], amount(used["amount"])) for used in ours["exemptions"]] == theirs["exemptions"]
