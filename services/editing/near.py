"""Examples that look alike: within a topic they teach nothing new, in two topics they teach the wrong thing."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Example, Topic
from services.municipalities import library

ALIKE_FROM = 80
"""Percent. Of the examples that ship, one in a hundred is as near as this to one of another topic."""


@dataclass(frozen=True)
class Near:
    """An example that is there already, and how much a line looks like it, in percent."""

    text: str
    topic: str
    percent: int


class Neighbours:
    """All examples of the library in one language, read once for many lines."""

    def __init__(self, session: Session, language: str) -> None:
        query = (
            select(Example.text, Topic.name)
            .join(Topic)
            .where(Topic.municipality_id == library(session).id, Example.language == language)
            .order_by(Example.id)
        )
        self._rows: Sequence[tuple[str, str]] = [(text, topic) for text, topic in session.execute(query)]
        self._plain = [plain(text) for text, _ in self._rows]

    def nearest(self, line: str) -> Near | None:
        """The one that looks most like it, if it does from ALIKE_FROM on; the order of words makes no difference."""
        found = process.extractOne(plain(line), self._plain, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE_FROM)
        if found is None:
            return None
        _, score, place = found
        text, topic = self._rows[place]
        return Near(text, topic, round(score))


def plain(text: str) -> str:
    """Words only, without capitals, accents and signs."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"\w+", "".join(c for c in letters if not unicodedata.combining(c))))
