"""How an outcome is told: the names of the contract, a sentence for everything, every figure with its date."""

import json
from decimal import Decimal

import pytest

from benefits.exact_yaml import read_yaml
from benefits.income.as_data import as_data
from benefits.income.cautions import Code
from benefits.income.reasons import Step
from tests.unit.benefits.income.legal_cases import CASES
from tests.unit.benefits.income.situations import couple, outcome_of, single

PHRASES = CASES.parents[1] / "content" / "phrases" / "income.yaml"
PROMISED = {
    "norm_incl_vt", "norm_excl_vt", "gross_wage", "wage_tax", "net_wage", "exemption", "exemptions", "counted_income",
    "top_up", "leaves_bijstand", "income_before", "income_after", "toetsingsinkomen_before", "toetsingsinkomen_after",
    "zorgtoeslag_before", "zorgtoeslag_after", "huurtoeslag_before", "huurtoeslag_after",
    "kindgebonden_budget_before", "kindgebonden_budget_after", "difference", "hours_to_leave", "reasons", "warnings",
}  # fmt: skip


def told(document: dict[str, object]) -> dict[str, object]:
    return as_data(outcome_of(document), lambda key, **words: f"{key} {words}")


def test_every_key_of_the_contract_is_there() -> None:
    assert set(told(single())) >= PROMISED
    assert set(told(single())) - PROMISED == {"paid", "rules_version"}


def test_amounts_are_texts_with_two_decimals_and_it_all_goes_into_json() -> None:
    data = told(single(hours=8))

    assert (data["norm_incl_vt"], data["gross_wage"], data["wage_tax"]) == ("1419.46", "519.65", "0.00")
    assert json.loads(json.dumps(data)) == data


def test_every_step_and_every_warning_has_a_sentence_and_no_sentence_is_left_over() -> None:
    expected = {f"income_step.{step}" for step in Step} | {f"income_warning.{code}" for code in Code}
    texts = read_yaml(PHRASES)

    assert isinstance(texts, dict)
    assert set(texts) == expected


def test_a_reason_names_its_article_and_its_figures_with_their_dates() -> None:
    reasons = outcome_of(single()).reasons
    exemption = next(reason for reason in reasons if reason.step is Step.EXEMPTION_N)

    assert exemption.article == "artikel 31, lid 2, onderdeel n, Participatiewet"
    assert [figure.ref for figure in exemption.figures] == [
        "pw_vrijlating_n_pct",
        "pw_vrijlating_n_max",
        "pw_vrijlating_n_maanden",
    ]
    assert {figure.valid_from.year for figure in exemption.figures} <= {2023, 2026}


def test_without_work_there_is_no_exemption_and_nothing_to_leave() -> None:
    data = told(single(hours=0))

    assert data["exemption"] == {"person": 0, "kind": "none", "amount": "0.00", "months_left": None}
    assert (data["exemptions"], data["hours_to_leave"], data["leaves_bijstand"]) == ([], None, False)


def test_each_partner_has_their_own_exemption_and_the_first_worker_is_the_exemption() -> None:
    work = [
        {"person": 1, "hours_per_week": 8, "hourly_wage": "14.99", "months_with_n": 6},
        {"person": 0, "hours_per_week": 8, "hourly_wage": "14.99"},
    ]
    outcome = outcome_of(couple(work=work))

    assert [(earner.wage.person, earner.exemption.kind) for earner in outcome.earners] == [(1, "none"), (0, "n")]
    assert as_data(outcome, lambda key, **_: key)["exemption"]["kind"] == "none"


@pytest.mark.parametrize(
    ("on", "months", "left", "day"),
    [("2026-03-31", 0, 6, "2026-09-01"), ("2026-03-31", 5, 1, "2026-04-01"), ("2026-11-22", 0, 2, "2027-01-01")],
)
def test_an_exemption_says_until_when(on: str, months: int, left: int, day: str) -> None:
    """Six months from the month of the situation, or until the exemption is abolished."""
    cautions = outcome_of(single(on=on, months_with_n=months)).cautions
    ends = next(caution for caution in cautions if caution.code is Code.EXEMPTION_ENDS)

    assert (ends.months, str(ends.day)) == (left, day)


def test_a_too_friendly_estimate_is_said_only_where_it_can_cost_money() -> None:
    """A partner without a wage beside a top-up; somebody of 19 has the same gap, and nothing to lose by it."""
    work = [{"hours_per_week": 18, "hourly_wage": "14.99"}]
    couples, young = outcome_of(couple(work=work)), outcome_of(single(hours=0, born="2007-03-01"))

    assert couples.after.income.amount == Decimal("31257.46")
    assert couples.after.income.at_least == Decimal("32360.43")
    assert Code.GROSS_BIJSTAND_TOO_LOW in [caution.code for caution in couples.cautions]
    assert young.before.income.at_least > young.before.income.amount
    assert Code.GROSS_BIJSTAND_TOO_LOW not in [caution.code for caution in young.cautions]
