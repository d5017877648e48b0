"""The list on record: made, given days, ticked. A tick stays; what no longer fits the situation goes."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from benefits.figures import Figures
from db.models import Calculation, CalculationState, ChecklistItem, Conversation
from services.calendar import day_here
from services.checklist.reminder import forget_reminder
from services.checklist.things import PLACES, allowances_term, due_day, things_for
from services.errors import TooFarAway, UnknownThing
from services.needed import renew_need

type Dues = dict[str, date | None]
"""The things of a list, and before which day each has to be done."""

START_WITHIN = timedelta(days=366)
"""A first working day lies at most so far before or behind us."""


def read_list(session: Session, conversation: Conversation) -> Sequence[ChecklistItem]:
    """The things in their order; none when no list was made."""
    query = select(ChecklistItem).where(
        ChecklistItem.municipality_id == conversation.municipality_id,
        ChecklistItem.conversation_id == conversation.id,
    )
    return session.scalars(query.order_by(ChecklistItem.place)).all()


def plan_list(
    session: Session, figures: Figures, conversation: Conversation | None, start: date | None, now: datetime
) -> Dues:
    """What the list of this situation is today. Nothing is written. Raises TooFarAway."""
    today = day_here(now)
    if start is not None and abs(start - today) > START_WITHIN:
        raise TooFarAway
    term = allowances_term(figures, start or today)
    weeks = int(term.value) if term else None
    calculation = _last_shown(session, conversation) if conversation is not None else None
    scenario = calculation.scenario if calculation else None
    return {thing.key: due_day(thing, start, weeks) for thing in things_for(scenario, today)}


def keep_list(session: Session, conversation: Conversation, dues: Dues, now: datetime) -> None:
    """Make the list, or make the one that is there like this. The caller holds the lock of the conversation.

    What was ticked or has a reminder stays, also when it fits the situation no more.
    """
    there = {item.key: item for item in read_list(session, conversation)}
    calculation = _last_shown(session, conversation)
    for key, item in there.items():
        if key in dues:
            item.due_on = dues[key]
        elif item.done_at is None and item.reminder_id is None:
            session.delete(item)
    for key in dues.keys() - there.keys():
        session.add(_item(conversation, key, dues[key], calculation, now))
    session.flush()
    renew_need(session, conversation, now)


def tick(session: Session, conversation: Conversation, key: str, now: datetime) -> None:
    """It is done; nobody has to be reminded of it any more. Raises UnknownThing."""
    item = find_thing(session, conversation, key)
    item.done_at = item.done_at or now
    forget_reminder(session, item)
    renew_need(session, conversation, now)


def untick(session: Session, conversation: Conversation, key: str, now: datetime) -> None:
    find_thing(session, conversation, key).done_at = None
    renew_need(session, conversation, now)


def find_thing(session: Session, conversation: Conversation, key: str) -> ChecklistItem:
    """Raises UnknownThing."""
    item = session.scalar(
        select(ChecklistItem).where(
            ChecklistItem.municipality_id == conversation.municipality_id,
            ChecklistItem.conversation_id == conversation.id,
            ChecklistItem.key == key,
        )
    )
    if item is None:
        raise UnknownThing
    return item


def _item(
    conversation: Conversation, key: str, due_on: date | None, calculation: Calculation | None, now: datetime
) -> ChecklistItem:
    return ChecklistItem(
        municipality_id=conversation.municipality_id,
        conversation_id=conversation.id,
        calculation_id=calculation.id if calculation else None,
        key=key,
        place=PLACES[key],
        due_on=due_on,
        created_at=now,
    )


def _last_shown(session: Session, conversation: Conversation) -> Calculation | None:
    query = select(Calculation).where(
        Calculation.municipality_id == conversation.municipality_id,
        Calculation.conversation_id == conversation.id,
        Calculation.state == CalculationState.SHOWN,
    )
    return session.scalars(query.order_by(Calculation.id.desc()).limit(1)).first()
