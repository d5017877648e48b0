"""What residents read because of a setting: now, as long as it is empty, and in which answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from db.models import Municipality, Topic
from services.content.forms import LANGUAGES
from services.editing.usable import used_in
from services.local_rules import local_sentences
from services.municipalities import scope
from services.phrases import Phrases, municipality_values
from services.town_settings.local import SETTINGS, Setting

type Said = dict[str, str]
"""By language."""


@dataclass(frozen=True)
class Shown:
    setting: Setting
    value: Any
    said: Said
    """Empty when no answer says it."""
    blank: Said
    topics: tuple[tuple[str, str], ...]
    """Name and question of the answers that say it, today or by a text for later."""


def show_settings(session: Session, town: Municipality, today: date) -> list[Shown]:
    now, empty = _said(session, town, town, today), _said(session, town, _blank(town), today)
    used: dict[str, list[tuple[str, str]]] = {}
    for name, question, slots in _topics(session, town.id, today):
        for slot in slots:
            used.setdefault(slot, []).append((name, question))
    return [
        Shown(
            one, one.value_in(town), _of(now, one), _of(empty, one),
            tuple(sorted(used.get(one.slot or "", ()), key=lambda topic: topic[1].casefold())),
        )
        for one in SETTINGS
    ]  # fmt: skip


def _said(session: Session, town: Municipality, told: Municipality, today: date) -> dict[str, Mapping[str, str]]:
    """What stands for every name, by language. `told`: with these settings, in the sentences of `town`."""
    found: dict[str, Mapping[str, str]] = {}
    for language in LANGUAGES:
        texts = Phrases(session, town, language).all()
        values = municipality_values(told, texts)
        found[language] = values | local_sentences(told.settings.get("policy") or {}, texts, today)
    return found


def _blank(town: Municipality) -> Municipality:
    """As if it had told nothing; never kept."""
    return Municipality(name=town.name, settings={})


def _of(said: Mapping[str, Mapping[str, str]], setting: Setting) -> Said:
    return {one: values[setting.slot] for one, values in said.items()} if setting.slot else {}


def _topics(session: Session, municipality_id: int, today: date) -> list[tuple[str, str, set[str]]]:
    """Of every topic that residents here read: its name, its question and the names in its texts."""
    query = (
        select(Topic)
        .where(Topic.municipality_id.in_(scope(session, municipality_id)), Topic.set_aside_at.is_(None))
        .options(selectinload(Topic.revisions))
    )
    # The own topic comes last and so wins.
    topics = {
        one.name: one for one in sorted(session.scalars(query), key=lambda t: t.municipality_id == municipality_id)
    }
    return [(one.name, one.question["nl"], _names(one, today)) for one in topics.values()]


def _names(topic: Topic, today: date) -> set[str]:
    found: set[str] = set()
    for revision in topic.revisions:
        if revision.withdrawn_at is None and (revision.valid_to is None or revision.valid_to >= today):
            found |= used_in(revision.texts)
    return found
