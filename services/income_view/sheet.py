"""The whole page of a calculation in words, from what was kept: the same for the resident and for the caseworker."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from benefits.income.by_hours import FURTHER
from benefits.notation import euros_in_dutch
from services.income_view.amounts import day, in_dimes
from services.income_view.facts import Fact, facts_of
from services.income_view.headline import headline
from services.income_view.line import ALMOST_NOTHING, Line, line_of
from services.income_view.reasons import Part as ReasonPart
from services.income_view.reasons import as_shown, parts_of
from services.income_view.tables import (
    AtHours,
    Later,
    Part,
    at_other_hours,
    columns_of,
    months_that_come,
    now_beside_then,
)
from services.phrases import Phrases

TEN = Decimal(10)
WORDS = (
    "calculation_title", "calculation_now_title", "calculation_now_caption", "calculation_part", "calculation_rounded",
    "calculation_hours_title", "calculation_hours_caption", "calculation_hours", "calculation_column_wage",
    "calculation_part_benefit", "calculation_column_allowances", "calculation_part_together",
    "calculation_part_difference", "calculation_yours", "calculation_ahead_title", "calculation_ahead_than_without",
    "calculation_ahead_from", "calculation_ahead_none", "calculation_ahead_same_age", "calculation_cautions_title",
    "calculation_left_out_title", "calculation_facts_title", "calculation_reasons_title", "calculation_estimate",
    "calculation_rules",
)  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """`words`: headings and captions, by the end of their key (`hours_title`)."""

    language: str
    words: Mapping[str, str]
    headline: str
    facts: tuple[Fact, ...]
    columns: tuple[str, ...]
    now_beside_then: tuple[Part, ...]
    at_other_hours: tuple[AtHours, ...]
    about_hours: tuple[str, ...]
    """What is kept of more work, and when the benefit stops."""
    line: Line | None
    ahead: tuple[Later, ...]
    cautions: tuple[str, ...]
    left_out: tuple[str, ...]
    reasons: tuple[ReasonPart, ...]
    made: str
    rules_version: str


def sheet_of(scenario: Mapping[str, Any], outcome: Mapping[str, Any], made_on: date, phrases: Phrases) -> Sheet:
    """`scenario` and `outcome` as `services.calculations` keeps them."""
    made = {
        "datum": day(made_on.isoformat(), phrases.language),
        "cijfers": day(outcome["figures_since"], phrases.language),
    }
    return Sheet(
        language=phrases.language,
        words={key.removeprefix("calculation_"): phrases.say(key) for key in WORDS},
        headline=headline(outcome, phrases),
        facts=facts_of(scenario, phrases),
        columns=columns_of(outcome, phrases),
        now_beside_then=now_beside_then(outcome, phrases),
        at_other_hours=at_other_hours(outcome),
        about_hours=tuple(_about_hours(outcome, phrases)),
        line=line_of(outcome, phrases),
        ahead=months_that_come(outcome, phrases),
        cautions=tuple(_cautions(outcome, phrases)),
        left_out=tuple(phrases.say(key) for key in sorted(phrases.keys_with("calculation_left_out."))),
        reasons=parts_of(outcome, phrases),
        made=phrases.say("calculation_made", **made),
        rules_version=outcome["rules_version"],
    )


def _about_hours(outcome: Mapping[str, Any], phrases: Phrases) -> Iterator[str]:
    kept = outcome.get("kept_of_ten", {})
    ten = euros_in_dutch(TEN)
    if kept.get("so_far") is not None:
        yield phrases.say("calculation_kept", wat=ten, bedrag=in_dimes(Decimal(kept["so_far"])))
    if kept.get("further") is not None:
        yield _further(Decimal(kept["further"]), ten, phrases)
    if outcome["hours_to_leave"]:
        yield phrases.say("calculation_stops", uren=str(outcome["hours_to_leave"]))


def _further(amount: Decimal, ten: str, phrases: Phrases) -> str:
    more = str(FURTHER)
    if abs(amount) < TEN * ALMOST_NOTHING:
        return phrases.say("calculation_kept_nothing", uren=more)
    if amount < 0:
        return phrases.say("calculation_kept_less", uren=more)
    return phrases.say("calculation_kept_further", uren=more, wat=ten, bedrag=in_dimes(amount))


def _cautions(outcome: Mapping[str, Any], phrases: Phrases) -> Iterator[str]:
    """The end of an exemption stands among the months that come, when it is within sight."""
    told_there = any("exemption" in change["whys"] for change in outcome["ahead"])
    for warning in outcome["warnings"]:
        if warning["code"] == "exemption_ends" and told_there:
            continue
        values = {}
        if "amount" in warning:
            values["wat"] = euros_in_dutch(Decimal(warning["amount"]))
        if "day" in warning:
            values["datum"] = day(warning["day"], phrases.language)
        yield as_shown(outcome, phrases, warning["sentence"], f"income_warning.{warning['code']}", **values)
