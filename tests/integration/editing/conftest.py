"""An editor of the library and editors of two municipalities, each deed in a transaction of its own."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from benefits.figures import Figures, load_figures
from db.models import Account, AnswerRevision, Example, Municipality, Role, Topic
from db.session import Database
from services.answer_topic import answer_topic, find_topic
from services.calendar import day_here
from services.editing.draft import Draft, draft_of
from services.editing.revise import revise_answer
from services.municipalities import library
from services.phrases import Phrases
from tests.builders import build_account, build_municipality, build_phrases, build_topic
from tests.conftest import Clock

SOURCES = ({"text": "artikel 34 Participatiewet", "url": "https://wetten.overheid.nl/BWBR0015703/"},)
NEW_YEAR = date(2027, 1, 1)


@dataclass
class Desk:
    database: Database
    clock: Clock
    figures: Figures
    editor: Account
    """Of the library."""
    anna: Account
    """Of `voorbeeldstad`."""
    bob: Account
    """Of `buurstad`."""
    town: Municipality
    stranger: Municipality

    @property
    def today(self) -> date:
        return day_here(self.clock())

    def draft(self, answer: str = "Dat mag sinds kort.", **other: Any) -> Draft:
        """A text from today on without anything to say about it."""
        texts = {"nl": {"answer": answer}, "en": {"answer": "You may."}}
        return replace(Draft(texts, self.today, None, SOURCES), **other)

    def newest(self, account: Account, name: str = "wealth_limit") -> AnswerRevision:
        with self.database.reading() as session:
            return find_topic(session, account.municipality_id, name).revisions[-1]

    def save(
        self,
        account: Account,
        draft: Draft | None = None,
        based_on: int = 0,
        name: str = "wealth_limit",
        confirmed: str = "",
    ) -> AnswerRevision:
        """On top of the newest text, unless the test says which one was seen."""
        seen = based_on or self.newest(account, name).id
        with self.database.writing() as session:
            return revise_answer(
                session, self.figures, account, name, draft or self.draft(), seen, self.clock(), confirmed
            )

    def reads(self, town: Municipality | None = None, on: date | None = None, name: str = "wealth_limit") -> str:
        """What a resident reads there on that day."""
        with self.database.reading() as session:
            phrases = Phrases(session, town or self.town, "nl")
            return answer_topic(session, self.figures, phrases, name, on or self.today).text

    def topics(self, name: str = "wealth_limit") -> list[Topic]:
        with self.database.reading() as session:
            return list(session.scalars(select(Topic).where(Topic.name == name).order_by(Topic.id)))

    def examples(self, name: str = "wealth_limit") -> list[str]:
        with self.database.reading() as session:
            query = select(Example.text).join(Topic).where(Topic.name == name).order_by(Example.id)
            return list(session.scalars(query))

    def again(self, revision: AnswerRevision, **other: Any) -> Draft:
        return replace(draft_of(revision, self.today), **other)


@pytest.fixture
def desk(database: Database, clock: Clock) -> Desk:
    with database.writing() as session:
        build_phrases(session)
        build_topic(session, "wealth_limit", "Hoeveel spaargeld")
        build_topic(session, "holiday_abroad", "Op vakantie")
        town, stranger = build_municipality(session), build_municipality(session, "buurstad", "Buurstad")
        editor, anna, bob = (build_account(session, one, Role.EDITOR) for one in (library(session), town, stranger))
    return Desk(database, clock, load_figures(), editor, anna, bob, town, stranger)
