"""The product's export, checked: topics with examples, forms, actions. The format is described in nlu/README.md."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from project.errors import MaterialError

KINDS = ("faq", "task", "redirect")
# Payloads of buttons that no resident types and that therefore need no examples.
EXTRA_INTENTS = {"more_explanation": "action_more_explanation"}
ENTITIES = ("topic", "value", "date", "choice", "reference")
CANCELS = ("deny", "stop")

_NAME = re.compile(r"[a-z][a-z0-9_]{0,79}")
_VERSION = re.compile(r"[A-Za-z0-9._-]{1,80}")
# Rasa's own: an intent of this name would do something else than answer.
_RESERVED = {"restart", "back", "session_start", "nlu_fallback"}


@dataclass(frozen=True)
class Topic:
    id: str
    kind: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    """One question: `topic` starts it, the answer fills `slot`, then the action `then` runs."""

    name: str
    topic: str
    slot: str
    then: str


@dataclass(frozen=True)
class Material:
    version: str
    topics: tuple[Topic, ...]
    forms: tuple[Form, ...] = ()
    actions: dict[str, str] = field(default_factory=dict)  # topic or extra intent -> action
    intents: tuple[str, ...] = ()  # without examples: only a button starts them
    entities: tuple[str, ...] = ENTITIES
    cancels: tuple[str, ...] = CANCELS
    held_back: tuple[str, ...] = ()  # asked after training, never trained on
    code: str = ""  # the fingerprint of the code it is meant for; told again in the manifest

    def action_of(self, intent: str) -> str:
        """The action that answers an intent."""
        default = "action_answer_topic" if intent in {topic.id for topic in self.topics} else "action_not_understood"
        return self.actions.get(intent, EXTRA_INTENTS.get(intent, default))

    def all_intents(self) -> list[str]:
        return [topic.id for topic in self.topics] + list(self.intents)


def read(path: Path) -> Material:
    """The material in a file. Raises MaterialError."""
    try:
        return parse(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise MaterialError(f"{path.name} is not readable JSON") from error


def parse(raw: dict[str, Any]) -> Material:
    """The material from its JSON value. Raises MaterialError naming what is wrong."""
    version = str(raw.get("version", ""))
    if not _VERSION.fullmatch(version):
        raise MaterialError("version: letters, digits, dot, dash and underscore only, at most 80")
    topics = tuple(_topic(one) for one in raw.get("topics", []))
    forms = tuple(_form(one) for one in raw.get("forms", []))
    ids = _distinct("topics", [topic.id for topic in topics])
    extra = [*EXTRA_INTENTS, *raw.get("intents", []), *(CANCELS if forms else ())]
    intents = tuple(_name("intents", one) for one in dict.fromkeys(extra) if one not in ids)
    material = Material(
        version=version,
        topics=topics,
        forms=forms,
        actions={_name("actions", key): _name("actions", value) for key, value in raw.get("actions", {}).items()},
        intents=intents,
        entities=tuple(dict.fromkeys([*ENTITIES, *(_name("entities", one) for one in raw.get("entities", []))])),
        cancels=tuple(raw.get("cancels", CANCELS)),
        held_back=tuple(str(text) for text in raw.get("held_back", [])),
        code=str(raw.get("code", "")),
    )
    _check_whole(material)
    return material


def _topic(raw: dict[str, Any]) -> Topic:
    id_ = _name("topics[].id", raw.get("id"))
    if raw.get("kind") not in KINDS:
        raise MaterialError(f"topic {id_}: kind is one of {', '.join(KINDS)}")
    examples = [text.strip() for texts in raw.get("examples", {}).values() for text in texts if text.strip()]
    if len(set(examples)) < 2:
        raise MaterialError(f"topic {id_}: needs at least two different examples")
    return Topic(id_, raw["kind"], tuple(dict.fromkeys(examples)))


def _form(raw: dict[str, Any]) -> Form:
    return Form(*(_name(f"forms[].{key}", raw.get(key)) for key in ("name", "topic", "slot", "then")))


def _name(where: str, value: object) -> str:
    if not isinstance(value, str) or not _NAME.fullmatch(value) or value in _RESERVED:
        raise MaterialError(f"{where}: {value!r} is not a usable name")
    return value


def _distinct(where: str, names: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise MaterialError(f"{where}: {name} occurs twice")
        seen.add(name)
    return seen


def _check_whole(material: Material) -> None:
    intents = set(material.all_intents())
    _distinct("forms", [form.name for form in material.forms])
    _distinct("forms[].topic", [form.topic for form in material.forms])
    _distinct("forms[].slot", [form.slot for form in material.forms])
    for form in material.forms:
        if form.topic not in intents:
            raise MaterialError(f"form {form.name}: its topic {form.topic} is not among the topics")
    for intent in [*material.actions, *material.cancels]:
        if intent not in intents and not (intent in CANCELS and not material.forms):
            raise MaterialError(f"{intent} has an action or cancels, but is not among the topics")
