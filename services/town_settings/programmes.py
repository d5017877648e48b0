"""Add a kind of conversation, change it, switch it off and on: checked as a content file is, and never silently."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm import Session

from db.models import Municipality
from services.agenda.programmes import read_programme
from services.content.check import programme_faults
from services.content.programmes import ProgrammeForm, Programmes
from services.town_settings.effects import effects
from services.town_settings.errors import (
    Misfit,
    NoSuchProgramme,
    SettingsChanged,
    SettingsQuestion,
    SettingsRefused,
    misfits_of,
)
from services.town_settings.town import lock_town, mark_of

ALL: TypeAdapter[tuple[ProgrammeForm, ...]] = TypeAdapter(Programmes)
LONGEST_KEY = 40


def told_of(town: Municipality, key: str) -> dict[str, Any]:
    """A kind of conversation with all that it sets. Raises NoSuchProgramme."""
    for told in town.settings.get("programmes") or ():
        if told["key"] == key:
            return ProgrammeForm.model_validate(told).model_dump(mode="json")
    raise NoSuchProgramme


def add_programme(
    session: Session, municipality_id: int, told: Mapping[str, Any], now: datetime, confirmed: str = ""
) -> str:
    """The key of the new one. Raises SettingsRefused, SettingsQuestion (send its mark as `confirmed`), OfTownsOnly."""
    town = lock_town(session, municipality_id)
    others = list(town.settings.get("programmes") or ())
    form = _alone({**told, "key": _key(told["name"]["nl"]), "in_use": True})
    if form.key in {one["key"] for one in others} and told_of(town, form.key) == form.model_dump(mode="json"):
        return form.key  # sent twice
    _keep(session, town, others, len(others), form, now, confirmed)
    return form.key


def change_programme(
    session: Session, municipality_id: int, key: str, told: Mapping[str, Any], seen: str, now: datetime,
    confirmed: str = "",
) -> Sequence[str]:  # fmt: skip
    """The names of what is different now. `seen`: the mark of what it was when it was opened.

    Raises NoSuchProgramme, SettingsRefused, SettingsQuestion or SettingsChanged.
    """
    town = lock_town(session, municipality_id)
    old = told_of(town, key)
    form = _alone({**told, "key": key, "in_use": old["in_use"]})
    wanted = form.model_dump(mode="json")
    changed = [name for name in wanted if wanted[name] != old[name]]
    if changed and mark_of(old) != seen:
        raise SettingsChanged
    if changed:
        everything = list(town.settings["programmes"])
        _keep(session, town, everything, _place(everything, key), form, now, confirmed)
    return changed


def switch_programme(session: Session, municipality_id: int, key: str, on: bool) -> bool:
    """Off: nobody is invited or books any more, open invitations are withdrawn, what was booked takes place.

    Whoever asks for it has read what it means. Whether anything is different now. Raises NoSuchProgramme, or
    SettingsRefused when another one is the first talk now.
    """
    town = lock_town(session, municipality_id)
    old = told_of(town, key)
    if old["in_use"] == on:
        return False
    everything = list(town.settings["programmes"])
    place, form = _place(everything, key), _alone(old | {"in_use": on})
    _beside_the_others(everything, place, form)
    _put(town, everything, place, form)
    return True


def _keep(
    session: Session, town: Municipality, everything: list[Any], place: int, form: ProgrammeForm, now: datetime,
    confirmed: str,
) -> None:  # fmt: skip
    _beside_the_others(everything, place, form)
    old = ProgrammeForm.model_validate(everything[place]) if place < len(everything) else None
    known = set(programme_faults(old)) if old else set()
    found = [fault for fault in programme_faults(form) if fault not in known]
    if misleading := [Misfit(fault.where, fault.kind) for fault in found if fault.misleads]:
        raise SettingsRefused(misleading)
    wanted = form.model_dump(mode="json")
    before = read_programme(old.model_dump(mode="json")) if old else None
    means = effects(session, town, before, read_programme(wanted), now)
    if (found or means) and mark_of(wanted) != confirmed:
        raise SettingsQuestion(wanted, found, means, mark_of(wanted))
    _put(town, everything, place, form)


def _alone(told: Mapping[str, Any]) -> ProgrammeForm:
    """As it fits by itself. Raises SettingsRefused."""
    try:
        return ProgrammeForm.model_validate(told)
    except ValidationError as error:
        raise SettingsRefused(misfits_of(error)) from error


def _beside_the_others(everything: Sequence[Any], place: int, form: ProgrammeForm) -> None:
    """Raises SettingsRefused."""
    beside = [one for number, one in enumerate(everything) if number != place]
    if form.name.nl.casefold() in {one["name"]["nl"].casefold() for one in beside}:
        raise SettingsRefused([Misfit("name.nl", "name_twice")])
    try:
        ALL.validate_python([*beside, form])
    except ValidationError as error:
        raise SettingsRefused(misfits_of(error)) from error


def _put(town: Municipality, everything: list[Any], place: int, form: ProgrammeForm) -> None:
    everything[place : place + 1] = [form.model_dump(mode="json")]
    town.settings = {**town.settings, "programmes": everything}


def _place(everything: Sequence[Mapping[str, Any]], key: str) -> int:
    return next(number for number, one in enumerate(everything) if one["key"] == key)


def _key(name: str) -> str:
    """`Kansen in Kaart` is kept as `kansen_in_kaart`, whatever it is called later."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    return (words if words[:1].isalpha() else f"gesprek_{words}".rstrip("_"))[:LONGEST_KEY]
