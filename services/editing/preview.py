"""What residents will read: on a day, in a municipality, in a language; before it is saved."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from benefits.errors import FigureError
from benefits.figures import Figures
from db.models import AnswerRevision, Municipality, Topic
from services.answer_periods import Period, in_force, periods
from services.answer_topic import answer_with, explain_with, text_in
from services.calendar import in_words
from services.editing.draft import Draft
from services.municipalities import library
from services.phrases import Phrases
from services.words import Words, amounts_since


@dataclass(frozen=True)
class Preview:
    """`words` is None when the text cannot be filled: a placeholder is wrong, and the check tells which."""

    words: Words | None
    more: Words | None
    why: Words | None
    source: str
    """The line under the answer, as residents see it before they open it; empty when there is nothing to tell."""
    revision: AnswerRevision | None
    """What is read that day; None: nothing holds."""
    is_draft: bool
    """Whether that is the text being written, and not another one that holds on that day."""


def preview(
    session: Session, figures: Figures, municipality: Municipality, topic: Topic, draft: Draft | None,
    on: date, language: str,
) -> Preview:  # fmt: skip
    """With the draft as if it were saved now; without one what residents read as it stands."""
    written = draft.as_revision(topic.municipality_id) if draft else None
    if written is not None:
        written.checked_on = on
    revision = in_force([*topic.revisions, *([written] if written else [])], on)
    phrases = Phrases(session, municipality, language)
    try:
        words = answer_with(session, figures, phrases, topic, revision, on)
        more, why = (
            explain_with(session, figures, phrases, topic, revision, on, (part,))
            if revision is not None and text_in(revision, language).get(part)
            else None
            for part in ("more", "why")
        )
    except (FigureError, KeyError):
        return Preview(None, None, None, "", revision, revision is not None and revision is written)
    return Preview(
        words, more, why, _source_line(words, phrases), revision, revision is not None and revision is written
    )


def _source_line(words: Words, phrases: Phrases) -> str:
    since = amounts_since(words.detail())
    per = phrases.say("figures_per", datum=in_words(date.fromisoformat(since), phrases.language)) if since else ""
    first = f"{phrases.say('source_prefix')} {words.sources[0]['text']}" if words.sources else ""
    return " · ".join(part for part in (first or (phrases.say("source_details") if words.figures else ""), per) if part)


def periods_with(topic: Topic, draft: Draft) -> list[Period]:
    """How the days will be divided when it is saved; the revision of the draft has no number yet."""
    return periods([*topic.revisions, draft.as_revision(topic.municipality_id)])


def municipalities_to_preview(session: Session, municipality_id: int) -> list[Municipality]:
    """For an editor of the library all of them; for another only the own one."""
    owner = library(session)
    query = select(Municipality).where(Municipality.id != owner.id).order_by(Municipality.name)
    if municipality_id != owner.id:
        query = query.where(Municipality.id == municipality_id)
    return list(session.scalars(query))
