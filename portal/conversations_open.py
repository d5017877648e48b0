"""An open page about conversations: what it shows, and what is different from it now."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from db.models import Conversation
from portal.checklist import read_todo
from portal.conversations import BESIDE
from portal.conversations_asked import Asked
from portal.door import PortalDoor
from portal.render import render
from portal.snoozing import snoozes
from portal.staff import Staff
from services.calculations import of_conversation
from services.calendar import day_here
from services.callbacks import open_callback
from services.conversation_list.order import View
from services.conversation_list.page import PAGE, Version, count_waiting, first_ids, rows_now, versions
from services.errors import ConversationGone
from services.income_view.beside import beside
from services.people.person import person_of
from services.reading.said import Said
from services.reading.transcript import newer_conversation, said_after

AS_WELL = timedelta(minutes=1)
"""What changed so long before the page was drawn may have been written down after it."""
TICK = timedelta(seconds=20)
"""What is told in minutes changes without anything happening: so often it is looked at."""

type Event = tuple[str, str, str]
"""Its name, its number and its HTML."""


@dataclass
class Open:
    """One open page. Every look costs a few small queries; only what changed is read and drawn again."""

    door: PortalDoor
    staff: Staff
    asked: Asked
    rows: tuple[int, ...]
    beginning: bool
    """Whether it shows the first page of its list, where new ones come."""
    conversation: int | None
    after: int
    since: datetime
    """When the page was drawn: what changed later it has not shown, also when it connects again after an hour."""
    _sent: dict[str, str] = field(default_factory=dict)
    _versions: dict[int, Version] = field(default_factory=dict)
    _waiting: set[int] = field(default_factory=set)
    _ticked: datetime | None = None
    _talk: Version | None = None
    _last_day: date | None = None
    """Of the last message on the page."""

    def look(self, whole: bool = True) -> list[Event]:
        """What is different from what the page shows; not `whole`: in the conversation only, which is little work.
        Raises ConversationGone when what it shows is no more."""
        now = self.door.clock()
        with self.door.database.reading() as session:
            events = [*self._rows(session, now), *self._around(session)] if whole else []
            if self.conversation is not None:
                events += self._conversation(session, self.conversation, now)
        return events

    def _rows(self, session: Session, now: datetime) -> Iterator[Event]:
        town = self.staff.municipality_id
        there, before = versions(session, town, self.rows), self._versions
        for gone in set(self.rows) - there.keys():
            yield from self._if_new("rij", f"g{gone}", render("gesprek_weg.html", id=gone))
        changed = {id_ for id_, version in there.items() if before.get(id_) != version}
        if self._ticked is None or now - self._ticked >= TICK:
            self._ticked = now
            changed |= self._waiting & there.keys()
        for row in rows_now(session, town, changed) if changed else ():
            (self._waiting.add if row.waits_since else self._waiting.discard)(row.id)
            html = render("gesprek_rij.html", row=row, asked=self.asked, now=now, open=self.conversation)
            yield from self._if_new("rij", f"g{row.id}", html, bool(row.waits_since) or self._is_later(row.changed_at))
        self._versions = there

    def _around(self, session: Session) -> Iterator[Event]:
        """The counts above the list, and how many would stand in it that are not on the page."""
        town, account = self.staff.municipality_id, self.staff.account_id
        counts = count_waiting(session, town, account)
        yield from self._if_new(
            "delen", "", render("gesprekken_delen.html", asked=self.asked, counts=counts, View=View)
        )
        if self.beginning and not self.asked.filters.words:
            size = PAGE if self.conversation is None else BESIDE
            new = len(set(first_ids(session, town, account, self.asked.filters, size)) - set(self.rows))
            yield from self._if_new("nieuw", "", f"{new} nieuw" if new else "", fresh=bool(new))

    def _conversation(self, session: Session, conversation_id: int, now: datetime) -> Iterator[Event]:
        """What was said, and who has it. When it was wiped, nothing of it may stay."""
        town = self.staff.municipality_id
        version = versions(session, town, [conversation_id]).get(conversation_id)
        if version is None:
            raise ConversationGone
        if version == self._talk:
            return
        said = said_after(session, self.door.figures, town, conversation_id, self.after - 1)
        if self.after and (not said or said[0].seq != self.after):
            raise ConversationGone
        if self._last_day is None and said:
            self._last_day = day_here(said[0].at)
        for one in said:
            if one.seq > self.after:
                yield self._message(one, now)
        yield from self._stand(session, conversation_id, now)
        self._talk = version

    def _stand(self, session: Session, conversation_id: int, now: datetime) -> Iterator[Event]:
        conversation = session.get_one(Conversation, conversation_id)
        shown = {
            "row": rows_now(session, self.staff.municipality_id, [conversation_id])[0],
            "conversation": conversation,
            "newer": newer_conversation(session, conversation),
            "promise": open_callback(session, conversation),
            "calculations": beside(of_conversation(session, conversation)),
            "todo": read_todo(session, self.door.figures, conversation, now),
            "person": person_of(session, conversation),
            "snoozes": snoozes(now),
            "asked": self.asked,
            "staff": self.staff,
            "csrf": self.staff.csrf,
            "now": now,
        }
        for name in ("stand", "daden"):
            html = render(f"gesprek_{name}.html", **shown)
            yield from self._if_new(name, "", html, self._is_later(conversation.changed_at))

    def _message(self, said: Said, now: datetime) -> Event:
        day = day_here(said.at)
        html = render("gesprek_bericht.html", said=said, new_day=day != self._last_day, staff=self.staff, now=now)
        self._last_day, self.after = day, said.seq
        return "bericht", str(said.seq), html

    def _is_later(self, changed_at: datetime) -> bool:
        return changed_at > self.since - AS_WELL

    def _if_new(self, name: str, number: str, html: str, fresh: bool = True) -> Iterator[Event]:
        """What the page does not show yet. Of what was never sent, only what is `fresh`: the rest it was drawn with."""
        key = name + number
        before, self._sent[key] = self._sent.get(key), html
        if fresh if before is None else before != html:
            yield name, number, html
