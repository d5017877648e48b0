"""One row of the list, with everything a caseworker chooses by."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ScalarSelect, Select, case, func, select
from sqlalchemy.orm import Session

from db.models import Account, Channel, Conversation, ConversationState, Message, MessageKind, MessageStatus, Topic
from services.conversation_list.order import Place, spoke_last
from services.municipalities import scope
from services.phrases import DEFAULT_LANGUAGE

SAID_AT_MOST = 160
"""Characters of the last line: enough to know what it is about."""
HUMAN, WAITING = ConversationState.HUMAN, ConversationState.WAITING


@dataclass(frozen=True)
class Row:
    id: int
    state: ConversationState
    channel: Channel
    language: str
    topic: str | None
    topic_label: str | None
    said: str
    """The beginning of the resident's last line."""
    unread: int
    """Lines that no caseworker has seen."""
    last_line_at: datetime
    changed_at: datetime
    waits_since: datetime | None
    """Since when the resident waits: for anybody, or for an answer of who has the conversation."""
    snoozed_until: datetime | None
    holder: int | None
    holder_name: str | None

    @property
    def place(self) -> Place:
        if self.state is WAITING and self.waits_since is not None:
            return Place(True, self.waits_since, self.id)
        return Place(False, self.last_line_at, self.id)


def read_rows(session: Session, municipality_id: int, ids: Select[int]) -> list[Row]:
    """These conversations as they are now, in the order of the list; those of another municipality are left out."""
    chosen = ids.subquery()
    query = (
        select(
            Conversation,
            Account.name,
            _label(session, municipality_id),
            _said(),
            _unread(),
            case((Conversation.state == HUMAN, spoke_last()), else_=False),
            case((Conversation.state == HUMAN, _first_unanswered()), else_=None),
        )
        .join(chosen, chosen.c.id == Conversation.id)
        .outerjoin(Account, Account.id == Conversation.assigned_to)
        .where(Conversation.municipality_id == municipality_id)
    )
    return sorted((_row(*fetched) for fetched in session.execute(query)), key=_order)


def _row(
    conversation: Conversation,
    holder_name: str | None,
    label: dict[str, str] | None,
    said: str | None,
    unread: int,
    waits_for_answer: bool,
    first_unanswered: datetime | None,
) -> Row:
    waits_since = None
    if conversation.state is WAITING:
        waits_since = conversation.waiting_since or conversation.last_line_at
    elif waits_for_answer:
        waits_since = first_unanswered or conversation.human_since
    return Row(
        id=conversation.id,
        state=conversation.state,
        channel=conversation.channel,
        language=conversation.language,
        topic=conversation.topic,
        topic_label=(label or {}).get(DEFAULT_LANGUAGE),
        said=said or "",
        unread=unread,
        last_line_at=conversation.last_line_at,
        changed_at=conversation.changed_at,
        waits_since=waits_since,
        snoozed_until=conversation.snoozed_until,
        holder=conversation.assigned_to,
        holder_name=holder_name,
    )


def _order(row: Row) -> tuple[bool, float, int]:
    place = row.place
    sign = 1 if place.waiting else -1
    return (not place.waiting, sign * place.at.timestamp(), sign * place.id)


def _label(session: Session, municipality_id: int) -> ScalarSelect[dict[str, str]]:
    """The own topic of that name, otherwise the library's."""
    owners = scope(session, municipality_id)
    query = select(Topic.label).where(Topic.name == Conversation.topic, Topic.municipality_id.in_(owners))
    return query.order_by(Topic.municipality_id != municipality_id).limit(1).scalar_subquery()


def _said() -> ScalarSelect[str]:
    query = select(func.substr(Message.text, 1, SAID_AT_MOST))
    return query.where(
        Message.conversation_id == Conversation.id, Message.seq == Conversation.line_seq
    ).scalar_subquery()


def _unread() -> ScalarSelect[int]:
    query = select(func.count()).where(
        Message.conversation_id == Conversation.id,
        Message.seq > Conversation.staff_seen_seq,
        Message.kind == MessageKind.LINE,
    )
    return query.scalar_subquery()


def _first_unanswered() -> ScalarSelect[datetime]:
    """When the resident first wrote something to the colleague that is not answered yet."""
    replied = select(func.coalesce(func.max(Message.seq), 0)).where(
        Message.conversation_id == Conversation.id, Message.kind == MessageKind.STAFF
    )
    query = select(Message.created_at).where(
        Message.conversation_id == Conversation.id,
        Message.status == MessageStatus.HANDED,
        Message.seq > replied.correlate(Conversation).scalar_subquery(),
    )
    return query.order_by(Message.seq).limit(1).scalar_subquery()
