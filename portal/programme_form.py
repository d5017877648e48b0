"""The form of a kind of conversation: from what is kept to fields, and from fields to what is to be kept."""

from collections.abc import Mapping
from typing import Any

from db.models import BenefitKind, MeetingChannel, Perspective
from services.content.forms import LANGUAGES
from services.tidy import tidy
from services.town_settings.errors import Misfit

NUMBERS = (
    "months", "minutes", "before", "after", "age_from", "age_to", "notice_hours", "horizon_days", "invite_days",
    "choose_days", "hand_days", "seats",
)  # fmt: skip
CHOICES = {"channels": MeetingChannel, "perspectives": Perspective, "benefits": BenefitKind}
MOMENTS = ("14d", "7d", "3d", "2d", "1d", "4h", "2h", "1h")
FIRST = "first_channel"
NEW = {
    "minutes": "45", "before": "5", "after": "10", "notice_hours": "24", "horizon_days": "42", "invite_days": "28",
    "choose_days": "7", "hand_days": "14", "led_by": "own", FIRST: "office", "channels_phone": "1",
    "benefits_algemeen": "1", "remind_before_3d": "1", "remind_before_1d": "1", "remind_before_2h": "1",
}  # fmt: skip
"""As it mostly is."""
BESIDE = {
    "lines_differ": "bring_en", "ages_turned_round": "age_to", "task_before_reminder": "hand_days",
    "first_not_with_team": "led_by", "first_comes_again": "months", "first_talk_twice": "first_talk",
    "key_twice": "name_nl",
}  # fmt: skip
"""Where something is told that is about more than one field."""


def moments(told: Mapping[str, str]) -> list[str]:
    """What can be ticked: what is usual, and what was kept besides."""
    kept = [name.removeprefix("remind_before_") for name in told if name.startswith("remind_before_")]
    return [*(one for one in kept if one not in MOMENTS), *MOMENTS]


def fields_of(told: Mapping[str, Any]) -> dict[str, str]:
    """By the name of the field; a tick that is not set is not there."""
    fields = {name: str(told[name]) for name in NUMBERS if told[name] is not None}
    fields |= {"led_by": told["led_by"], FIRST: told["channels"][0]}
    ticks = [f"{name}_{one}" for name in CHOICES for one in told[name]]
    ticks += [f"remind_before_{one}" for one in told["remind_before"]]
    ticks += ["first_talk"] if told["first_talk"] else []
    for language in LANGUAGES:
        fields[f"name_{language}"] = told["name"][language]
        fields[f"about_{language}"] = (told["about"] or {}).get(language, "")
        fields[f"bring_{language}"] = "\n".join(told["bring"][language])
    return fields | dict.fromkeys(ticks, "1")


def told_in(fields: Mapping[str, str]) -> dict[str, Any]:
    """As it would stand in a content file; what does not fit is found where those are checked."""
    told: dict[str, Any] = {name: fields.get(name, "").strip() or None for name in NUMBERS}
    told |= {
        name: [one.value for one in words if fields.get(f"{name}_{one}") == "1"] for name, words in CHOICES.items()
    }
    first = fields.get(FIRST, "")
    told["channels"] = [first, *(one for one in told["channels"] if one != first)] if first else told["channels"]
    told["led_by"] = fields.get("led_by", "")
    told["first_talk"] = fields.get("first_talk") == "1"
    told["remind_before"] = [one for one in moments(fields) if fields.get(f"remind_before_{one}") == "1"]
    for name in ("name", "about"):
        told[name] = {language: tidy(fields.get(f"{name}_{language}", "")) for language in LANGUAGES}
    told["about"] = told["about"] if any(told["about"].values()) else None
    told["bring"] = {language: _lines(fields.get(f"bring_{language}", "")) for language in LANGUAGES}
    return told


def field_of(misfit: Misfit) -> str:
    """Beside which field it is told: `name.nl` is `name_nl`, `channels.0` is `channels`."""
    setting, _, part = misfit.where.partition(".")
    language = part.partition(".")[0]
    if language in LANGUAGES:
        return f"{setting}_{language}"
    return BESIDE.get(misfit.kind, setting)


def _lines(typed: str) -> list[str]:
    return [line for line in tidy(typed).split("\n") if line]
