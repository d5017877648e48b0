"""An outcome as plain data under the names of the contract: to be printed, stored and shown again as it was."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from benefits.income.cautions import Caution
from benefits.income.outcome import Outcome
from benefits.income.reasons import Reason, Step
from benefits.income.settlement import Earner
from benefits.income.toeslag import Toeslag
from benefits.income.year_view import YearView
from benefits.money import to_cents
from benefits.notation import day_in_dutch, euros_in_dutch
from benefits.series import FigureValue

# `say("income_step.norm")` gives a sentence; {wat} and {datum} are filled in by keyword.
Say = Callable[..., str]


def as_data(outcome: Outcome, say: Say) -> dict[str, Any]:
    """Amounts are texts with two decimals; `say` puts the words to reasons and warnings."""
    norm, settlement = outcome.norm, outcome.settlement
    exemptions = [_exemption(earner) for earner in outcome.earners]
    none = {"person": 0, "kind": "none", "amount": "0.00", "months_left": None}
    return {
        "norm_incl_vt": _amount(norm.incl_vt),
        "norm_excl_vt": _amount(norm.excl_vt),
        "gross_wage": _amount(sum((earner.wage.gross for earner in outcome.earners), Decimal(0))),
        "wage_tax": _amount(sum((earner.wage.tax for earner in outcome.earners), Decimal(0))),
        "net_wage": _amount(settlement.net),
        "exemption": exemptions[0] if exemptions else none,
        "exemptions": exemptions,
        "counted_income": _amount(settlement.counted),
        "top_up": _amount(settlement.top_up),
        "leaves_bijstand": outcome.leaves_bijstand,
        "income_before": _amount(outcome.income_before),
        "income_after": _amount(outcome.income_after),
        **_years(outcome.before, outcome.after),
        "difference": _amount(outcome.difference),
        "hours_to_leave": outcome.hours_to_leave,
        "reasons": [_reason(reason, say) for reason in outcome.reasons],
        "warnings": [_caution(caution, say) for caution in outcome.cautions],
        "rules_version": outcome.rules_version,
    }


def _amount(euros: Decimal) -> str:
    return str(to_cents(euros))


def _exemption(earner: Earner) -> dict[str, Any]:
    return {
        "person": earner.wage.person,
        "kind": earner.exemption.kind,
        "amount": _amount(earner.exempt),
        "months_left": earner.exemption.months_left,
    }


def _years(before: YearView, after: YearView) -> dict[str, Any]:
    """Each toeslag exact per month, and under `paid` as Dienst Toeslagen rounds what it pays."""
    moments = (("before", before), ("after", after))
    data: dict[str, Any] = {f"toetsingsinkomen_{moment}": _amount(view.income.amount) for moment, view in moments}
    for step in (Step.ZORGTOESLAG, Step.HUURTOESLAG, Step.KINDGEBONDEN_BUDGET):
        for moment, view in moments:
            toeslag = view.toeslagen[step]
            data[f"{step}_{moment}"] = None if toeslag is None else _amount(toeslag.month)
    data["paid"] = {
        f"{step}_{moment}": _paid(toeslag) for moment, view in moments for step, toeslag in view.toeslagen.items()
    }
    return data


def _paid(toeslag: Toeslag | None) -> str | None:
    return None if toeslag is None else _amount(toeslag.paid)


def _reason(reason: Reason, say: Say) -> dict[str, Any]:
    in_hours = reason.step is Step.HOURS_TO_LEAVE
    data: dict[str, Any] = {
        "step": reason.step.value,
        "what": say(f"income_step.{reason.step}"),
        "amount": str(reason.amount) if in_hours else _amount(reason.amount),
        "article": reason.article,
        "parameters": [_figure(figure) for figure in reason.figures],
    }
    if reason.person is not None:
        data["person"] = reason.person
    if reason.moment is not None:
        data["moment"] = reason.moment.value
    return data


def _figure(figure: FigureValue) -> dict[str, Any]:
    return {
        "id": figure.ref,
        "value": str(figure.value),
        "valid_from": figure.valid_from.isoformat(),
        "valid_to": figure.valid_to.isoformat() if figure.valid_to else None,
        "stale": figure.stale,
    }


def _caution(caution: Caution, say: Say) -> dict[str, Any]:
    """With the amount, the day or the number of months that its sentence tells."""
    words: dict[str, str] = {}
    data: dict[str, Any] = {"code": caution.code.value}
    if caution.person is not None:
        data["person"] = caution.person
    if caution.amount is not None:
        data["amount"] = _amount(caution.amount)
        words["wat"] = euros_in_dutch(caution.amount)
    if caution.months is not None:
        data["months"] = caution.months
        words["wat"] = "1 maand" if caution.months == 1 else f"{caution.months} maanden"
    if caution.day is not None:
        data["day"] = caution.day.isoformat()
        words["datum"] = day_in_dutch(caution.day)
    return data | {"sentence": say(f"income_warning.{caution.code}", **words)}
