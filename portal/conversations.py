"""The list of conversations, and one conversation with what lies behind every answer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from db.models import Role
from portal.checklist import read_todo
from portal.conversations_asked import LIST, Asked, asked_for, written
from portal.door import door_of
from portal.guard import acting, page
from portal.render import draw
from portal.snoozing import snoozes
from portal.staff import Staff
from services.calculations import of_conversation
from services.callbacks import open_callback
from services.conversation_list.order import View
from services.conversation_list.page import PAGE, Page, count_waiting, list_conversations
from services.errors import ConversationGone
from services.hand_over import LONGEST_REPLY
from services.income_view.beside import beside
from services.people.person import person_of
from services.reading.transcript import Transcript, mark_seen, read_transcript
from services.staff_sessions import new_token
from services.topic_labels import topic_labels

BESIDE = 25
"""Conversations in the list beside an open one."""


@dataclass(frozen=True)
class Shelf:
    """A part of the list as it is drawn."""

    asked: Asked
    page: Page
    counts: dict[View, int]
    topics: dict[str, str]
    drawn_at: datetime

    @property
    def newer(self) -> str | None:
        return self.asked.address(voor=written(self.page.rows[0].place)) if self.page.newer and self.page.rows else None

    @property
    def older(self) -> str | None:
        return self.asked.address(na=written(self.page.rows[-1].place)) if self.page.older and self.page.rows else None

    def stream(self, conversation: int | None = None, after: int = 0) -> str:
        """Where an open page hears what changes in it."""
        told = {"rijen": ",".join(str(row.id) for row in self.page.rows), "sinds": str(int(self.drawn_at.timestamp()))}
        if not self.asked.first_page:
            told["verder"] = "1"
        if conversation is not None:
            told |= {"gesprek": str(conversation), "bericht": str(after)}
        return f"{LIST}/stroom?{urlencode(self.asked.words() | told)}"


@dataclass(frozen=True)
class Draft:
    """What stands in the field of a reply when the page is drawn again, and what went wrong."""

    text: str = ""
    fault: str | None = None
    """Of the text itself."""
    told: str | None = None
    """Of what somebody wanted to do."""


async def show_list(request: Request, staff: Staff) -> Response:
    asked = asked_for(request.query_params)

    def look() -> Shelf:
        with door_of(request).database.reading() as session:
            return read_shelf(session, staff, asked, PAGE, door_of(request).clock())

    return draw(request, staff, "gesprekken.html", shelf=await run_sync(look), View=View, open=None)


async def show_conversation(request: Request, staff: Staff) -> Response:
    return await conversation_page(request, staff)


async def conversation_page(request: Request, staff: Staff, draft: Draft | None = None, status: int = 200) -> Response:
    """The page of one conversation; with a draft when something could not be done."""
    return draw(
        request, staff, "gesprek.html", status, **await run_sync(_read, request, staff),
        draft=draft or Draft(), View=View, nonce=new_token(), longest=LONGEST_REPLY,
        snoozes=snoozes(door_of(request).clock()),
    )  # fmt: skip


def _read(request: Request, staff: Staff) -> dict[str, Any]:
    """Reading it is noted, and what stands on the page has been seen: both in one transaction, before it is shown."""
    door, open_id = door_of(request), conversation_id(request)
    before = number(request.query_params.get("eerder", ""))
    asked = asked_for(request.query_params)
    with door.database.reading() as session:
        transcript = read_transcript(session, door.figures, staff.municipality_id, open_id, before)
        shelf = read_shelf(session, staff, asked, BESIDE, door.clock())
        promise = open_callback(session, transcript.conversation)
        todo = read_todo(session, door.figures, transcript.conversation, door.clock())
        calculations = beside(of_conversation(session, transcript.conversation))
        person = person_of(session, transcript.conversation)
    with acting(request, staff, "read_conversation", earlier=before is not None) as act:
        if before is None:
            mark_seen(act.session, staff.municipality_id, open_id, _last(transcript), door.clock())
    return {
        "transcript": transcript, "shelf": shelf, "promise": promise, "calculations": calculations, "todo": todo,
        "person": person,
        "open": open_id, "before": before, "last": _last(transcript),
    }  # fmt: skip


def _last(transcript: Transcript) -> int:
    return transcript.messages[-1].seq if transcript.messages else 0


def read_shelf(session: Session, staff: Staff, asked: Asked, size: int, now: datetime) -> Shelf:
    town, account = staff.municipality_id, staff.account_id
    return Shelf(
        asked=asked,
        page=list_conversations(session, town, account, asked.filters, asked.after, asked.before, size),
        counts=count_waiting(session, town, account),
        topics=topic_labels(session, town),
        drawn_at=now,
    )


def conversation_id(request: Request) -> int:
    """The number in the path; one that no database can hold is of no conversation."""
    found = int(request.path_params["conversation"])
    if found >= 2**63:
        raise ConversationGone
    return found


def number(given: str, digits: int = 9) -> int | None:
    """Digits of a length that every column can hold; an `id` may have eighteen."""
    return int(given) if given.isascii() and given.isdigit() and len(given) <= digits else None


PAGES = (
    page("/gesprekken", show_list, roles=Role.CASEWORKER, deed="list_conversations"),
    page("/gesprekken/{conversation:int}", show_conversation, roles=Role.CASEWORKER, deed="read_conversation"),
)
