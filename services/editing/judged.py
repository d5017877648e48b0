"""What residents said of the answers, as an editor sees it: how often, of which text, and what was not right.

A municipality sees what its own residents said. Who writes for all of them sees how often the national texts were right
or not, everywhere together; what residents wrote is read by their own municipality alone, which answers for it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from db.models import AnswerRevision, Feedback
from services.editing.errors import OwnResidentsOnly
from services.municipalities import library

NEWEST = 50


@dataclass(frozen=True)
class Judged:
    right: int = 0
    wrong: int = 0

    @property
    def total(self) -> int:
        return self.right + self.wrong


@dataclass(frozen=True)
class Remark:
    text: str
    at: datetime
    revision: int | None
    """Number of the text that it is about."""


type ByText = Mapping[int | None, Judged]
"""By the number of the text; None: of a text that had no number."""


def judged_texts(session: Session, municipality_id: int, topic: str) -> ByText:
    """How often each text of this topic was right and was not."""
    return _judged(session, municipality_id, Feedback.topic == topic).get(topic, {})


def judged_topics(session: Session, municipality_id: int) -> Mapping[str, ByText]:
    """The same of all topics, by name."""
    return _judged(session, municipality_id)


def remarks_on(session: Session, municipality_id: int, topic: str) -> Sequence[Remark]:
    """The newest first. Raises OwnResidentsOnly."""
    if municipality_id == library(session).id:
        raise OwnResidentsOnly
    query = (
        select(Feedback.remark, Feedback.given_at, Feedback.revision)
        .where(*_remarked(municipality_id, topic))
        .order_by(Feedback.given_at.desc(), Feedback.id.desc())
        .limit(NEWEST)
    )
    return [Remark(text, at, revision) for text, at, revision in session.execute(query) if text]


def number_of_remarks(session: Session, municipality_id: int, topic: str) -> int:
    """Without reading them."""
    return session.scalar(select(func.count()).where(*_remarked(municipality_id, topic))) or 0


def _remarked(municipality_id: int, topic: str) -> tuple[ColumnElement[bool], ...]:
    return Feedback.municipality_id == municipality_id, Feedback.topic == topic, Feedback.remark.is_not(None)


def _judged(session: Session, municipality_id: int, *which: ColumnElement[bool]) -> dict[str, dict[int | None, Judged]]:
    right, wrong = (func.sum(case((Feedback.right.is_(said), 1), else_=0)) for said in (True, False))
    query = select(Feedback.topic, Feedback.revision, right, wrong).where(*which)
    if municipality_id == library(session).id:
        # Of every municipality, but only of the texts that are the library's: an own text is not its business.
        query = query.join(AnswerRevision, AnswerRevision.id == Feedback.revision)
        query = query.where(AnswerRevision.municipality_id == municipality_id)
    else:
        query = query.where(Feedback.municipality_id == municipality_id)
    found: dict[str, dict[int | None, Judged]] = {}
    for topic, revision, yes, no in session.execute(query.group_by(Feedback.topic, Feedback.revision)):
        found.setdefault(topic, {})[revision] = Judged(int(yes), int(no))
    return found
