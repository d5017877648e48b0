"""Find conversations by what was said in them: every word, in one message, the last one also by its beginning.

What residents and colleagues wrote is searched; what the assistant answers is the same in many conversations, and is
found by its topic. Both databases keep the words themselves, and let them go with the message (migration 0006).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import CTE, BigInteger, ColumnElement, column, func, select, text
from sqlalchemy.orm import Session

from db.models import Conversation, Message
from services.search_words import words_of

MOST_CONVERSATIONS = 200
MOST_MESSAGES = 2_000
"""Of the messages that hold the words, so many of the newest are looked through: a word that is in every second
conversation is no reason to wait."""
SHORTEST_BEGINNING = 2
"""Letters. A single letter as the beginning of a word would stand for half of all that was said."""

_SQLITE = "SELECT rowid AS id FROM message_search WHERE message_search MATCH :wanted ORDER BY rowid DESC LIMIT :most"
# The index has no order: first all that it finds, and only then the newest of them.
_POSTGRESQL = """
WITH found AS MATERIALIZED (
  SELECT id FROM message WHERE municipality_id = :town AND said_words @@ to_tsquery('simple', :wanted)
)
SELECT id FROM found ORDER BY id DESC LIMIT :most"""


@dataclass(frozen=True)
class Found:
    conversations: tuple[int, ...]
    all: bool
    """Whether there are no others: a search gives the newest ones only."""


def find_conversations(
    session: Session, municipality_id: int, typed: str, filters: Sequence[ColumnElement[bool]] = ()
) -> Found:
    """Those with all the words in one message, the last said first. `filters`: conditions on the conversation."""
    words = words_of(typed)
    if not words:
        return Found((), all=True)
    hits = _hits(session, municipality_id, words)
    looked_through = select(func.count()).select_from(hits).scalar_subquery()
    query = (
        select(Conversation.id, looked_through)
        .select_from(hits)
        .join(Message, Message.id == hits.c.id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(Conversation.municipality_id == municipality_id, *filters)
        .group_by(Conversation.id)
        .order_by(func.max(Message.id).desc())
        .limit(MOST_CONVERSATIONS + 1)
    )
    rows = session.execute(query).all()
    most = rows[0][1] if rows else session.scalar(select(looked_through)) or 0
    ids = tuple(row[0] for row in rows[:MOST_CONVERSATIONS])
    return Found(ids, all=len(rows) <= MOST_CONVERSATIONS and most < MOST_MESSAGES)


def tidy_up(session: Session) -> None:
    """SQLite keeps the words of what was deleted until it writes them anew; PostgreSQL does so by itself (vacuum)."""
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text("INSERT INTO message_search(message_search) VALUES ('optimize')"))


def _hits(session: Session, municipality_id: int, words: list[str]) -> CTE:
    """The newest messages with these words. Made first and once: otherwise the order or the join might go before."""
    last = f"{words[-1]}*" if len(words[-1]) >= SHORTEST_BEGINNING else words[-1]
    if session.get_bind().dialect.name == "sqlite":
        wanted = [f"town : gemeente{municipality_id}", *(f"text : {_quoted(word)}" for word in (*words[:-1], last))]
        hits = text(_SQLITE).bindparams(wanted=" AND ".join(wanted), most=MOST_MESSAGES)
    else:
        wanted = [f"'gemeente{municipality_id}'", *(_quoted(word, "'", ":*") for word in (*words[:-1], last))]
        hits = text(_POSTGRESQL).bindparams(wanted=" & ".join(wanted), town=municipality_id, most=MOST_MESSAGES)
    return hits.columns(column("id", BigInteger)).cte("hits")


def _quoted(word: str, quote: str = '"', beginning: str = "*") -> str:
    return f"{quote}{word.removesuffix('*')}{quote}{beginning if word.endswith('*') else ''}"
