"""The tables of a calculation: now beside then, other hours, and the months that come."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.income_view.amounts import bare, day, euros, hours, with_sign
from services.phrases import Phrases

TOESLAGEN = {
    "zorgtoeslag": "calculation_part_zorgtoeslag",
    "huurtoeslag": "calculation_part_huurtoeslag",
    "kindgebonden_budget": "calculation_part_kindgebonden_budget",
}
NEW_RULES = "34a"


@dataclass(frozen=True)
class Part:
    """A row of the first table; the first of `amounts` is now, the others are with work."""

    label: str
    amounts: tuple[str, ...]
    kind: str = ""
    """`total` or `difference` for the rows that stand out."""


@dataclass(frozen=True)
class AtHours:
    hours: str
    amounts: tuple[str, ...]
    """Wage, benefit, allowances, together, difference."""
    yours: bool


@dataclass(frozen=True)
class Later:
    day: str
    whys: tuple[str, ...]
    together: str
    difference: str


def columns_of(outcome: Mapping[str, Any], phrases: Phrases) -> tuple[str, ...]:
    with_work = [phrases.say("calculation_at_hours", uren=hours(asked)) for asked in outcome.get("asked", ())]
    return (phrases.say("calculation_now"), *(with_work or [phrases.say("calculation_with_work")]))


def now_beside_then(outcome: Mapping[str, Any], phrases: Phrases) -> tuple[Part, ...]:
    """A toeslag that is nothing on both sides is left out."""
    ends = [outcome, *([outcome["until"]] if outcome.get("until") else [])]

    def row(key: str, before: str | None, after: str, kind: str = "") -> Part:
        return Part(phrases.say(key), _told([before, *(end[after] for end in ends)], phrases), kind)

    differences = ("", *(with_sign(Decimal(end["difference"])) for end in ends))
    return (
        row("calculation_part_wage", "0", "net_wage"),
        row("calculation_part_benefit", outcome["income_before"], "top_up"),
        *(
            row(label, outcome[f"{name}_before"], f"{name}_after")
            for name, label in TOESLAGEN.items()
            if any(_counts(given) for given in (outcome[f"{name}_before"], *(end[f"{name}_after"] for end in ends)))
        ),
        row("calculation_part_together", outcome["together_before"], "together_after", "total"),
        Part(phrases.say("calculation_part_difference"), differences, "difference"),
    )


def _counts(amount: str | None) -> bool:
    return amount is None or Decimal(amount) != 0


def _told(amounts: list[str | None], phrases: Phrases) -> tuple[str, ...]:
    not_known = phrases.say("calculation_not_known")
    return tuple(not_known if amount is None else euros(Decimal(amount)) for amount in amounts)


def at_other_hours(outcome: Mapping[str, Any]) -> tuple[AtHours, ...]:
    now = Decimal(outcome["together_before"])
    return tuple(
        AtHours(
            hours=hours(row["hours"]),
            amounts=(
                *(bare(Decimal(row[key])) for key in ("net_wage", "top_up", "toeslagen", "together")),
                with_sign(Decimal(row["together"]) - now).replace("€\u00a0", ""),
            ),
            yours=row["hours"] in outcome["asked"],
        )
        for row in outcome.get("by_hours", ())
        if row["in_table"]
    )


def months_that_come(outcome: Mapping[str, Any], phrases: Phrases) -> tuple[Later, ...]:
    return tuple(
        Later(
            day=day(change["on"], phrases.language),
            whys=tuple(_whys(change, phrases)),
            together=euros(Decimal(change["together_after"])),
            difference=with_sign(Decimal(change["difference"])),
        )
        for change in outcome["ahead"]
    )


def _whys(change: Mapping[str, Any], phrases: Phrases) -> Iterator[str]:
    for why in change["whys"]:
        if why == "unknown":
            yield phrases.say("calculation_ahead_unknown")
        elif why == "figures":
            yield phrases.say("calculation_ahead_figures")
        else:
            yield phrases.say(_exemption(change["exemptions"]))


def _exemption(kinds: list[str]) -> str:
    if NEW_RULES in kinds:
        return "calculation_ahead_new_rules"
    return "calculation_ahead_none_left" if set(kinds) <= {"none"} else "calculation_ahead_other_part"
