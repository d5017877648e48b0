"""What answers need to know of a municipality: which settings there are, and how one is changed."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ValidationError
from sqlalchemy.orm import Session

from db.models import Municipality
from services.content.forms import Contact
from services.content.policy import Policy
from services.local_rules import LOCAL
from services.phrases import FACTS
from services.town_settings.errors import Misfit, NoSuchSetting, SettingsChanged, SettingsRefused, misfits_of
from services.town_settings.town import lock_town, mark_of


class Kind(StrEnum):
    """How it is filled in."""

    TEXT = "text"
    ADDRESS = "address"
    """As people type it, without https."""
    YES_NO = "yes_no"
    HOW_ASKED = "how_asked"
    DAY = "day"
    """Of the month."""
    SUPPLEMENT = "supplement"
    """Years, two amounts, and the last day on which they hold."""


KINDS = {
    "exemption_25": Kind.YES_NO, "exemption_25_asked": Kind.HOW_ASKED, "anticipates_34a": Kind.YES_NO,
    "pay_date": Kind.DAY, "income_form_day": Kind.DAY, "income_supplement": Kind.SUPPLEMENT,
    "remission_link": Kind.ADDRESS, "special_assistance_link": Kind.ADDRESS, "documents_list": Kind.ADDRESS,
    "gift_report_below_limit": Kind.YES_NO, "holiday_permission": Kind.YES_NO, "travel_costs": Kind.YES_NO,
}  # fmt: skip
"""What is not here is text."""
FORMS: dict[str, type[BaseModel]] = {"contact": Contact, "policy": Policy}


@dataclass(frozen=True)
class Setting:
    name: str
    part: str
    """Where it stands in the settings: `contact` or `policy`."""
    slot: str | None
    """What stands between braces in an answer, `gemeente.betaaldag`; None: no answer says it."""
    kind: Kind

    def value_in(self, town: Municipality) -> Any:
        return (town.settings.get(self.part) or {}).get(self.name)


def find_setting(name: str) -> Setting:
    """Raises NoSuchSetting."""
    found = next((one for one in SETTINGS if one.name == name), None)
    if found is None:
        raise NoSuchSetting
    return found


def change_setting(session: Session, municipality_id: int, name: str, value: Any, seen: str) -> bool:
    """Whether it is different now; residents read it from the next question on. None: not known any more.

    `seen`: the mark of what it was when it was opened. Raises NoSuchSetting, SettingsRefused, SettingsChanged.
    """
    setting, town = find_setting(name), lock_town(session, municipality_id)
    new, old = _fitting(setting, value), setting.value_in(town)
    if new == old:
        return False
    if mark_of(old) != seen:
        raise SettingsChanged
    part = {**(town.settings.get(setting.part) or {}), name: new}
    town.settings = {**town.settings, setting.part: part}
    return True


def _fitting(setting: Setting, value: Any) -> Any:
    if isinstance(value, str) and ("{" in value or "}" in value):
        raise SettingsRefused([Misfit(setting.name, "stray_brace")])
    try:
        return FORMS[setting.part].model_validate({setting.name: value}).model_dump(mode="json")[setting.name]
    except ValidationError as error:
        raise SettingsRefused(misfits_of(error)) from error


def _settings() -> tuple[Setting, ...]:
    slots = {setting: f"gemeente.{slot}" for slot, setting in {**FACTS, **LOCAL}.items()}
    return tuple(
        Setting(name, part, slots.get(name), KINDS.get(name, Kind.TEXT))
        for part, form in FORMS.items()
        for name in form.model_fields
    )


SETTINGS = _settings()
"""In the order of their forms."""
