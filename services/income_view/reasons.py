"""Why each amount is what it is, step by step, in five parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.income_view.amounts import cents, day
from services.phrases import Phrases


@dataclass(frozen=True)
class Figure:
    """A figure of law as it was used."""

    id: str
    value: str
    since: str
    until: str | None


@dataclass(frozen=True)
class Step:
    what: str
    amount: str
    article: str
    amounts_of: str
    """The day from which the newest of its figures held; empty when it uses none."""
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Part:
    title: str
    steps: tuple[Step, ...]


BENEFIT = {"norm", "kostendelersnorm", "verhoging_ouders", "norm_excl_vt"}
WAGE = {"gross_wage", "wage_tax", "net_wage"}
PARTS = {
    "benefit": "calculation_reasons_benefit",
    "wage": "calculation_reasons_wage",
    "settle": "calculation_reasons_settle",
    "before": "calculation_reasons_before",
    "after": "calculation_reasons_after",
}


def parts_of(outcome: Mapping[str, Any], phrases: Phrases) -> tuple[Part, ...]:
    """The order within a part is that of the calculation."""
    steps: dict[str, list[Step]] = {part: [] for part in PARTS}
    for reason in outcome["reasons"]:
        steps[_part(reason)].append(_step(reason, outcome, phrases))
    return tuple(Part(phrases.say(PARTS[part]), tuple(found)) for part, found in steps.items() if found)


def _part(reason: Mapping[str, Any]) -> str:
    if "moment" in reason:
        return str(reason["moment"])
    if reason["step"] in BENEFIT:
        return "benefit"
    return "wage" if reason["step"] in WAGE else "settle"


def _step(reason: Mapping[str, Any], outcome: Mapping[str, Any], phrases: Phrases) -> Step:
    what = as_shown(outcome, phrases, reason["what"], f"income_step.{reason['step']}")
    if reason.get("person"):
        what = phrases.say("calculation_reason_partner", wat=what)
    in_hours = reason["step"] == "hours_to_leave"
    figures = _figures(reason["parameters"], phrases)
    newest = max((figure["valid_from"] for figure in reason["parameters"]), default=None)
    return Step(
        what=what,
        amount=phrases.say("calculation_reason_hours", uren=reason["amount"])
        if in_hours
        else cents(Decimal(reason["amount"])),
        article=reason["article"],
        amounts_of=phrases.say("calculation_reason_amounts_of", datum=day(newest, phrases.language)) if newest else "",
        figures=figures,
    )


def as_shown(outcome: Mapping[str, Any], phrases: Phrases, told: str, key: str, **values: str) -> str:
    """The sentence as it was shown; in the reader's own language when it was shown in another."""
    return told if outcome["language"] == phrases.language else phrases.say(key, **values)


def _figures(figures: Sequence[Mapping[str, Any]], phrases: Phrases) -> tuple[Figure, ...]:
    def until(figure: Mapping[str, Any]) -> str | None:
        return day(figure["valid_to"], phrases.language) if figure["valid_to"] else None

    return tuple(
        Figure(
            figure["id"], figure["value"].replace(".", ","), day(figure["valid_from"], phrases.language), until(figure)
        )
        for figure in figures
    )
