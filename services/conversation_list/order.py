"""Which conversations stand on a page, and in what order.

A page begins behind a place in the order, not at a number: it costs the same however far back one goes, and nothing is
doubled or passed over when conversations move while somebody reads.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, exists, false, func, literal, select, tuple_, union_all

from db.models import Channel, Conversation, ConversationState, Message, MessageKind
from db.models.conversation import WITH_PERSON
from db.types import UtcDateTime

type Conditions = Sequence[ColumnElement[bool]]

WAITS = Conversation.state == ConversationState.WAITING
WAITED_FROM = func.coalesce(Conversation.waiting_since, Conversation.last_line_at, type_=UtcDateTime())


class View(StrEnum):
    """What somebody wants to see of the list."""

    ALL = "all"
    FOR_YOU = "for_you"
    """You have it, and the resident spoke last."""
    WAITING = "waiting"
    """A person was asked for, and none is there yet."""
    YOURS = "yours"
    BOT = "bot"
    CLOSED = "closed"


@dataclass(frozen=True)
class Filters:
    view: View = View.ALL
    channel: Channel | None = None
    topic: str | None = None
    unread: bool = False
    words: str = ""


@dataclass(frozen=True)
class Place:
    """Where a conversation stands in the order."""

    waiting: bool
    at: datetime
    id: int


def conditions(municipality_id: int, account_id: int, filters: Filters) -> list[ColumnElement[bool]]:
    """What a conversation of this list fulfils; `words` is left to the search."""
    all_of = [Conversation.municipality_id == municipality_id, *_of_view(filters.view, account_id)]
    if filters.channel is not None:
        all_of.append(Conversation.channel == filters.channel)
    if filters.topic is not None:
        all_of.append(Conversation.topic == filters.topic)
    if filters.unread:
        all_of.append(Conversation.line_seq > Conversation.staff_seen_seq)
    return all_of


def spoke_last() -> ColumnElement[bool]:
    """Whether no colleague wrote anything after the resident's last line."""
    return ~exists().where(
        Message.conversation_id == Conversation.id,
        Message.seq > Conversation.line_seq,
        Message.kind == MessageKind.STAFF,
    )


def on_page(view: View, fulfil: Conditions, after: Place | None, before: Place | None, most: int) -> Select[int]:
    """The numbers of at least the first `most` behind one place, or the last `most` before the other."""
    limited = [select(part.limit(most).subquery().c.id) for part in parts(view, fulfil, after, before)]
    return select(union_all(*limited).subquery().c.id) if limited else select(Conversation.id).where(false())


def parts(view: View, fulfil: Conditions, after: Place | None = None, before: Place | None = None) -> list[Select[int]]:
    """Those who wait, and all others; each in its own order."""
    return [*_waiting_part(view, fulfil, after, before), *_other_part(view, fulfil, after, before)]


def _of_view(view: View, account_id: int) -> list[ColumnElement[bool]]:
    mine = Conversation.assigned_to == account_id
    if view is View.FOR_YOU:
        return [mine, Conversation.state == ConversationState.HUMAN, spoke_last()]
    if view is View.YOURS:
        return [mine, Conversation.state.in_(WITH_PERSON)]
    states = {
        View.WAITING: ConversationState.WAITING,
        View.BOT: ConversationState.BOT,
        View.CLOSED: ConversationState.CLOSED,
    }
    return [Conversation.state == states[view]] if view in states else []


def _waiting_part(view: View, fulfil: Conditions, after: Place | None, before: Place | None) -> Iterator[Select[int]]:
    """Who waits, the longest first. They are few, so they are put in order at once."""
    if view not in (View.ALL, View.WAITING) or (after is not None and not after.waiting):
        return
    query, key = select(Conversation.id).where(*fulfil, WAITS), tuple_(WAITED_FROM, Conversation.id)
    if before is not None:
        if before.waiting:
            query = query.where(key < _key(before))
        yield query.order_by(WAITED_FROM.desc(), Conversation.id.desc())
    else:
        if after is not None:
            query = query.where(key > _key(after))
        yield query.order_by(WAITED_FROM, Conversation.id)


def _other_part(view: View, fulfil: Conditions, after: Place | None, before: Place | None) -> Iterator[Select[int]]:
    """All others, the newest first, along the index."""
    if view is View.WAITING or (before is not None and before.waiting):
        return
    query = select(Conversation.id).where(*fulfil)
    if view is View.ALL:
        query = query.where(~WAITS)
    key = tuple_(Conversation.last_line_at, Conversation.id)
    if before is not None:
        yield query.where(key > _key(before)).order_by(Conversation.last_line_at, Conversation.id)
    else:
        if after is not None and not after.waiting:
            query = query.where(key < _key(after))
        yield query.order_by(Conversation.last_line_at.desc(), Conversation.id.desc())


def _key(place: Place) -> ColumnElement[tuple[datetime, int]]:
    return tuple_(literal(place.at, UtcDateTime()), literal(place.id))
