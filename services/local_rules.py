"""What each municipality decides itself, as one sentence: what it filled in, or whom to ask as long as it has not."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from benefits.notation import euros_in_dutch

LOCAL = {
    "vrijlating": "exemption_25_asked",
    "inkomenstoeslag": "income_supplement",
    "stadspas": "scheme_pass",
    "kwijtschelding": "remission_link",
    "schuldhulp": "debt_help",
    "bijzondere_bijstand": "special_assistance_link",
    "kleine_giften": "gift_report_below_limit",
    "vakantie": "holiday_permission",
    "betaaldag": "pay_date",
    "reiskosten": "travel_costs",
    "papieren": "documents_list",
    "jobcoach": "job_coach_contact",
    "voorschot": "advance_desk",
}
"""What stands between braces, as `{gemeente.betaaldag}`, and the setting behind it (`services.content.policy`)."""
AMOUNTS = ("alleen", "samen")


def local_sentences(policy: Mapping[str, Any], texts: Mapping[str, str], on: date) -> dict[str, str]:
    """A sentence for each, from the phrases `local.<name>.<kind>`; what is in `{}` there is left to who asks."""
    return {f"gemeente.{name}": _sentence(name, policy.get(setting), texts, on) for name, setting in LOCAL.items()}


def _sentence(name: str, value: Any, texts: Mapping[str, str], on: date) -> str:
    kind, told = _told(value, on)
    text = texts.get(f"local.{name}.{kind}") or texts.get(f"local.{name}.told") or ""
    for slot, said in told.items():
        text = text.replace(f"{{{slot}}}", said)
    return text


def _told(value: Any, on: date) -> tuple[str, dict[str, str]]:
    """Which sentence, and what is filled in there. An amount of which the time is over is not known any more."""
    if value is None or (isinstance(value, dict) and on > date.fromisoformat(value["until"])):
        return "blank", {}
    if isinstance(value, bool):
        return ("yes" if value else "no"), {}
    if isinstance(value, dict):
        return "told", {"jaren": str(value["years"])} | {
            name: euros_in_dutch(Decimal(value[setting]))
            for name, setting in zip(AMOUNTS, ("alone", "couple"), strict=True)
        }
    return str(value), {"wat": str(value)}
