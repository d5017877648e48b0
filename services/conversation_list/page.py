"""A page of the list, the rows of a page that is open, and how many wait."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Conversation
from services.conversation_list.order import Filters, Place, View, conditions, on_page, parts
from services.conversation_list.rows import Row, read_rows
from services.search import Found, find_conversations

type Version = list[object]

PAGE = 50
MOST_COUNTED = 99
COUNTED = (View.FOR_YOU, View.WAITING, View.YOURS)
"""Of these an index tells how many there are; nobody needs the number of all others."""


@dataclass(frozen=True)
class Page:
    rows: tuple[Row, ...]
    newer: bool
    older: bool
    """Whether there are others before the first row, and behind the last one."""
    found: Found | None = None
    """Of a search: whether it shows all there is."""


def list_conversations(
    session: Session,
    municipality_id: int,
    account_id: int,
    filters: Filters,
    after: Place | None = None,
    before: Place | None = None,
    size: int = PAGE,
) -> Page:
    """The first page, the one behind `after`, or the one that ends before `before`; as this account sees it."""
    fulfil, found = conditions(municipality_id, account_id, filters), None
    if filters.words.strip():
        found = find_conversations(session, municipality_id, filters.words, fulfil)
        fulfil = [Conversation.municipality_id == municipality_id, Conversation.id.in_(found.conversations)]
    rows = read_rows(session, municipality_id, on_page(filters.view, fulfil, after, before, size + 1))
    if before is None:
        return Page(tuple(rows[:size]), newer=after is not None, older=len(rows) > size, found=found)
    if len(rows) <= size:
        # Back at the beginning: a whole first page, not the few that have come before this place.
        return list_conversations(session, municipality_id, account_id, filters, size=size)
    return Page(tuple(rows[-size:]), newer=True, older=True, found=found)


def rows_now(session: Session, municipality_id: int, ids: Collection[int]) -> tuple[Row, ...]:
    """These conversations as they are now; those that are no more are left out."""
    own = Conversation.municipality_id == municipality_id
    return tuple(read_rows(session, municipality_id, select(Conversation.id).where(own, Conversation.id.in_(ids))))


def versions(session: Session, municipality_id: int, ids: Collection[int]) -> dict[int, Version]:
    """What of each of these is another one after any change: enough to know which to read again."""
    query = select(
        Conversation.id, Conversation.changed_at, Conversation.last_seq, Conversation.staff_seen_seq, Conversation.state
    ).where(Conversation.municipality_id == municipality_id, Conversation.id.in_(ids))
    return {id_: version for id_, *version in session.execute(query)}


def first_ids(session: Session, municipality_id: int, account_id: int, filters: Filters, size: int) -> list[int]:
    """Which conversations stand at the top of the list, without a search; much less work than a page of it."""
    found: list[int] = []
    for part in parts(filters.view, conditions(municipality_id, account_id, filters)):
        found += session.scalars(part.limit(size - len(found))).all()
    return found


def count_waiting(session: Session, municipality_id: int, account_id: int) -> dict[View, int]:
    """How many there are of each that is counted, and no further than MOST_COUNTED + 1."""
    return {view: _count(session, municipality_id, account_id, view) for view in COUNTED}


def _count(session: Session, municipality_id: int, account_id: int, view: View) -> int:
    fulfil = conditions(municipality_id, account_id, Filters(view))
    some = select(Conversation.id).where(*fulfil).limit(MOST_COUNTED + 1).subquery()
    return session.scalar(select(func.count()).select_from(some)) or 0
