"""What holds in every situation, whatever the figures are."""

from decimal import Decimal

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from benefits.income.reasons import Step
from benefits.income.toeslag import Toeslag
from tests.unit.benefits.income.situations import LAW, Document, documents, outcome_of, single

FEW = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
CENT = Decimal("0.01")
hourly_wages = st.integers(664, 4000).map(lambda cents: f"{cents // 100}.{cents % 100:02}")


def with_hours(document: Document, hours: int) -> Document:
    first, *others = document["work"]
    return document | {"work": [first | {"hours_per_week": hours}, *others]}


@FEW
@given(hourly_wages, st.integers(0, 59), st.sampled_from(["2024-03-01", "2025-03-01", "2026-03-01", "2027-03-01"]))
def test_an_hour_more_never_lowers_the_net_wage(wage: str, hours: int, on: str) -> None:
    """From the lowest minimum wage there is; a step within one row of the wage table can cost a cent or two."""
    fewer, more = (outcome_of(single(number, wage, on)).settlement.net for number in (hours, hours + 1))

    assert fewer < more


@FEW
@given(documents())
def test_the_parts_sum_to_the_total(document: Document) -> None:
    outcome = outcome_of(document)
    net = sum((earner.wage.gross - earner.wage.tax for earner in outcome.earners), Decimal(0))
    exempt = sum((earner.exempt for earner in outcome.earners), Decimal(0))
    parts = [person.wage + person.bijstand for person in outcome.after.income.people]

    assert outcome.settlement.net == net == outcome.settlement.counted + exempt
    assert outcome.income_after == net + max(Decimal(0), outcome.norm.excl_vt - net + exempt)
    assert outcome.after.income.amount == sum(parts)


@FEW
@given(documents())
def test_the_difference_is_all_of_after_less_all_of_before(document: Document) -> None:
    outcome = outcome_of(document)
    before, after = (
        [toeslag.month for toeslag in view.toeslagen.values() if toeslag is not None]
        for view in (outcome.before, outcome.after)
    )

    assert len(before) == len(after)
    assert outcome.difference == outcome.income_after + sum(after) - outcome.income_before - sum(before)
    if not document["work"]:
        assert outcome.difference == 0


@FEW
@given(documents(wages=hourly_wages))
def test_bijstand_stops_at_the_first_whole_hour_without_a_top_up(document: Document) -> None:
    assume(document["work"])
    hours = outcome_of(document).hours_to_leave
    tops = [outcome_of(with_hours(document, number)).settlement.top_up for number in range(61)]

    assert hours == next((number for number, top in enumerate(tops) if top == 0), None)


@FEW
@given(documents())
def test_no_amount_is_negative_and_none_has_part_of_a_cent(document: Document) -> None:
    outcome = outcome_of(document)
    toeslagen = [found for view in (outcome.before, outcome.after) for found in view.toeslagen.values() if found]
    amounts = [outcome.norm.incl_vt, outcome.norm.excl_vt, outcome.settlement.counted, outcome.settlement.top_up]
    amounts += [toeslag.month for toeslag in toeslagen] + [earner.exempt for earner in outcome.earners]

    assert all(amount >= 0 and amount == amount.quantize(CENT) for amount in amounts)
    assert all(toeslag.year == 0 or toeslag.year >= Decimal("23.5") for toeslag in toeslagen)
    assert all(paid_is_less(toeslag) for toeslag in toeslagen)


def paid_is_less(toeslag: Toeslag) -> bool:
    """Cut off to whole euros, after the year was rounded to whole euros."""
    return Decimal("-0.05") < toeslag.month - toeslag.paid < Decimal("1.05")


@FEW
@given(documents())
def test_every_amount_has_a_reason_with_an_article_and_figures_that_had_begun(document: Document) -> None:
    outcome = outcome_of(document)
    steps = {reason.step for reason in outcome.reasons}
    begun = {figure.valid_from.isoformat() for reason in outcome.reasons for figure in reason.figures}
    ahead = {"2027-01-01"} if Step.EXEMPTION_34A in steps else set()

    assert {Step.NORM_EXCL_VT, Step.COUNTED_INCOME, Step.TOP_UP, Step.TOETSINGSINKOMEN, Step.ZORGTOESLAG} <= steps
    assert all(reason.article for reason in outcome.reasons)
    assert all(day <= document["on"] for day in begun - ahead)


@FEW
@given(documents())
def test_a_top_up_of_nothing_is_leaving_and_before_is_the_norm(document: Document) -> None:
    outcome = outcome_of(document)

    assert outcome.leaves_bijstand == (outcome.settlement.top_up == 0)
    assert outcome.income_before == outcome.norm.excl_vt > 0
    assert outcome.rules_version == LAW.version
