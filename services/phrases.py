"""Say one of the sentences that are not answers."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from db.models import Municipality, Phrase
from services.errors import UnknownPhrase
from services.fill import PLACEHOLDER
from services.local_rules import local_sentences
from services.municipalities import OWNERS

DEFAULT_LANGUAGE = "nl"
KEPT_DAYS = 30
FACTS = {
    "telefoon": "phone",
    "website": "website",
    "bezoekadres": "visit",
    "openingstijden": "opening_hours",
    "doorgeven": "report_changes",
}
_TEXTS = select(Phrase.key, Phrase.text, Phrase.language, Phrase.municipality_id).where(
    Phrase.municipality_id.in_(OWNERS),
    Phrase.language.in_(bindparam("languages", expanding=True)),
)


class Phrases:
    """The sentences of one municipality in one language, read in one query when the first of them is needed.

    Dutch stands in where the language lacks one.
    """

    def __init__(self, session: Session, municipality: Municipality, language: str) -> None:
        self._session = session
        self.language = language
        self.municipality = municipality

    @cached_property
    def _texts(self) -> dict[str, str]:
        values = {"town": self.municipality.id, "languages": (DEFAULT_LANGUAGE, self.language)}
        rows = self._session.execute(_TEXTS, values)
        # The own sentence comes last and so wins; the language asked for wins from Dutch.
        own_last = sorted(rows, key=lambda row: (row[2] == self.language, row[3] == self.municipality.id))
        return {row[0]: row[1] for row in own_last}

    @cached_property
    def values(self) -> dict[str, str]:
        return municipality_values(self.municipality, self._texts)

    def values_on(self, day: date) -> dict[str, str]:
        """What may stand in an answer: the facts, and a sentence for what municipalities decide themselves."""
        policy = self.municipality.settings.get("policy") or {}
        local = local_sentences(policy, self._texts, day)
        return self.values | {name: put_values(text, self.values) for name, text in local.items()}

    def say(self, key: str, **values: str) -> str:
        if key not in self._texts:
            raise UnknownPhrase(f"There is no phrase '{key}'.")
        return put_values(self._texts[key], self.values | values)

    def all(self) -> dict[str, str]:
        return {key: put_values(text, self.values) for key, text in self._texts.items()}

    def keys_with(self, prefix: str) -> list[str]:
        return [key for key in self._texts if key.startswith(prefix)]


def put_values(text: str, values: Mapping[str, str]) -> str:
    """Fill what is known; leave the rest as it stands."""
    return PLACEHOLDER.sub(lambda match: values.get(match.group(1), match.group()), text)


def municipality_values(municipality: Municipality, texts: Mapping[str, str]) -> dict[str, str]:
    """`gemeente.naam` and its facts. For what the municipality has not filled in there are words that lead on."""
    contact = municipality.settings.get("contact") or {}
    values = {"gemeente.naam": municipality.name, "gemeente.bewaardagen": str(kept_days(municipality))}
    for name, setting in FACTS.items():
        values[f"gemeente.{name}"] = str(contact.get(setting) or texts.get(f"not_told.{name}", municipality.name))
    return values


def kept_days(municipality: Municipality) -> int:
    """Days after its last line that a conversation is kept; what the municipality tells residents and then does."""
    return int(municipality.settings.get("retention_days") or KEPT_DAYS)
