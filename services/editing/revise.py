"""Write another text for a topic. A text that was written is never changed: residents were told it."""

from datetime import datetime

from sqlalchemy.orm import Session

from benefits.figures import Figures
from db.models import Account, AnswerRevision, Municipality
from services.calendar import day_here
from services.editing.draft import Draft, check_draft, mark_of
from services.editing.errors import BegunAlready, ChangedMeanwhile, DraftRefused, NeedsConfirmation, UnknownRevision
from services.editing.topics import lock_topic, own_topic


def revise_answer(
    session: Session, figures: Figures, account: Account, name: str, draft: Draft, based_on: int,
    now: datetime, confirmed: str = "",
) -> AnswerRevision:  # fmt: skip
    """The text that is read from its first day on, from the next question. `based_on`: the newest that the editor saw.

    Raises DraftRefused, NeedsConfirmation (send its mark as `confirmed`), ChangedMeanwhile, UnknownTopic.
    """
    topic = lock_topic(session, account.municipality_id, name)
    newest = topic.revisions[-1]
    if newest.id != based_on:
        if newest.written_by == account.id and draft.says_the_same_as(newest):
            return newest  # sent twice
        raise ChangedMeanwhile(newest.id)
    today = day_here(now)
    found = check_draft(topic, draft, figures, today)
    if any(fault.misleads for fault in found):
        raise DraftRefused(found)
    if found and mark_of(found) != confirmed:
        raise NeedsConfirmation(found, mark_of(found))
    revision = draft.as_revision(account.municipality_id)
    revision.checked_on, revision.written_at, revision.written_by = today, now, account.id
    # Not the name of a person: this goes into the files that are exported.
    revision.checked_by = f"redactie {session.get_one(Municipality, account.municipality_id).name}"
    own_topic(session, topic, account.municipality_id, now).revisions.append(revision)
    session.flush()
    return revision


def call_off(session: Session, account: Account, name: str, revision_id: int, now: datetime) -> AnswerRevision:
    """A planned text will not be read. Raises UnknownRevision, BegunAlready; doing it twice is harmless."""
    topic = lock_topic(session, account.municipality_id, name)
    revision = next((one for one in topic.revisions if one.id == revision_id), None)
    if revision is None or topic.municipality_id != account.municipality_id:
        raise UnknownRevision
    if revision.valid_from <= day_here(now):
        raise BegunAlready
    revision.withdrawn_at = revision.withdrawn_at or now
    session.flush()
    return revision
