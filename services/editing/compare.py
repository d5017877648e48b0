"""Two texts of one topic beside each other, place by place."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.models import AnswerRevision
from services.content.forms import LANGUAGES
from services.editing.differences import Piece, differences
from services.editing.draft import PLACES


@dataclass(frozen=True)
class Compared:
    """`place`: `nl.answer`, `sources`; `pieces` tell both texts in one."""

    place: str
    pieces: Sequence[Piece]

    @property
    def changed(self) -> bool:
        return any(piece.change != "same" for piece in self.pieces)


def compare_texts(old: AnswerRevision, new: AnswerRevision) -> list[Compared]:
    """Every place that has a text in one of the two."""
    found = [
        Compared(f"{language}.{place}", differences(_said(old, language, place), _said(new, language, place)))
        for language in LANGUAGES
        for place in PLACES
    ]
    found.append(Compared("sources", differences(_sources(old), _sources(new))))
    return [one for one in found if one.pieces]


def _said(revision: AnswerRevision, language: str, place: str) -> str:
    return str((revision.texts.get(language) or {}).get(place) or "")


def _sources(revision: AnswerRevision) -> str:
    return "\n".join(f"{source.get('text', '')} {source.get('url', '')}" for source in revision.sources)
