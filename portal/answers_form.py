"""The form in which a text is written: from a text on record to fields, and from fields to a draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.models import AnswerRevision
from portal.topics import day_of
from services.content.forms import LANGUAGES
from services.editing.draft import PLACES, Draft, draft_of, tidy_text
from services.tidy import tidy

MOST_SOURCES = 6
EMPTY_SOURCES = 2
"""So many empty rows stand below the sources that are there: without JavaScript no row can be added."""


@dataclass(frozen=True)
class DraftForm:
    """`fields` is what stands in the form, as it was typed; `wrong_days` the fields that hold no day."""

    fields: Mapping[str, str]
    draft: Draft | None
    wrong_days: tuple[str, ...] = ()

    @property
    def sources(self) -> list[tuple[str, str]]:
        """Rows to show: text and address."""
        rows = [_source(self.fields, row) for row in range(MOST_SOURCES)]
        filled = [row for row in rows if any(row)]
        return [*filled, *[("", "")] * min(EMPTY_SOURCES, MOST_SOURCES - len(filled))]


def form_of(revision: AnswerRevision, based_on: int, today: date) -> DraftForm:
    """To go on with a text that is on record, from today."""
    draft = draft_of(revision, max(today, revision.valid_from))
    fields = {
        f"{language}_{place}": (draft.texts.get(language) or {}).get(place, "")
        for language in LANGUAGES
        for place in PLACES
    }
    for row, source in enumerate(draft.sources[:MOST_SOURCES]):
        fields |= {f"bron_{row}_tekst": source.get("text", ""), f"bron_{row}_adres": source.get("url", "")}
    days = {"van": draft.valid_from.isoformat(), "tot": draft.valid_to.isoformat() if draft.valid_to else ""}
    return DraftForm(fields | days | {"gebaseerd": str(based_on)}, draft)


def read_draft(fields: Mapping[str, str]) -> DraftForm:
    """Whatever was typed comes back in `fields`; `draft` is None when a day cannot be read."""
    first, last = fields.get("van", ""), fields.get("tot", "")
    wrong = tuple(
        name for name, typed, needed in (("van", first, True), ("tot", last, False))
        if day_of(typed) is None and (needed or typed.strip())
    )  # fmt: skip
    valid_from = day_of(first)
    if wrong or valid_from is None:
        return DraftForm(fields, None, wrong)
    texts = {language: _texts(fields, language) for language in LANGUAGES}
    draft = Draft(
        {language: text for language, text in texts.items() if text}, valid_from, day_of(last), _sources(fields)
    )
    return DraftForm(fields, draft)


def _texts(fields: Mapping[str, str], language: str) -> dict[str, str]:
    typed = {place: tidy_text(fields.get(f"{language}_{place}", "")) for place in PLACES}
    return {place: text for place, text in typed.items() if text}


def _sources(fields: Mapping[str, str]) -> tuple[dict[str, str], ...]:
    rows = (_source(fields, row) for row in range(MOST_SOURCES))
    return tuple({"text": text, "url": address} for text, address in rows if text or address)


def _source(fields: Mapping[str, str], row: int) -> tuple[str, str]:
    return tidy(fields.get(f"bron_{row}_tekst", "")), tidy(fields.get(f"bron_{row}_adres", ""))
