"""What the assistant knows: the list of topics, and one topic with all its texts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from db.models import AnswerRevision, Municipality, Role, Topic
from portal.door import PortalDoor, door_of
from portal.guard import page
from portal.render import draw
from portal.staff import Staff
from portal.topic_parts import in_parts
from services.answer_topic import find_topic
from services.calendar import day_here
from services.content.forms import LANGUAGES
from services.editing.compare import compare_texts
from services.editing.draft import Draft
from services.editing.examples import number_of_examples
from services.editing.history import Standing, history, newer_national
from services.editing.judged import judged_texts, number_of_remarks
from services.editing.preview import municipalities_to_preview, preview
from services.editing.topic_list import TopicRow, list_topics
from services.editing.topics import has_own_text

BY_RESIDENTS = "inwoners"
"""What is not right according to residents: in one list, the most first."""
SHOW: dict[str, Callable[[TopicRow], bool]] = {
    "": lambda row: True,
    "aandacht": lambda row: bool(row.ended_figures or row.ends_on or row.checked_on is None),
    "gepland": lambda row: row.planned_from is not None,
    "eigen": lambda row: row.own or row.towns > 0,
    BY_RESIDENTS: lambda row: row.judged.wrong > 0,
}
"""What the list can be narrowed to."""


@dataclass(frozen=True)
class Look:
    """For which day, municipality and language somebody looks at an answer."""

    on: date
    town: Municipality
    language: str
    towns: list[Municipality]


async def show_topics(request: Request, staff: Staff) -> Response:
    door, asked = door_of(request), request.query_params
    search, show = asked.get("zoek", "").strip(), asked.get("toon", "")
    show = show if show in SHOW else ""

    def look() -> list[TopicRow]:
        with door.database.reading() as session:
            rows = list_topics(session, door.figures, staff.municipality_id, today_of(door), search)
        return [row for row in rows if SHOW[show](row)]

    rows = await run_sync(look)
    if show == BY_RESIDENTS:
        rows = sorted(rows, key=lambda row: (-row.judged.wrong, row.judged.right, row.question.casefold()))
    sections: dict[str, list[TopicRow]] = {}
    for row in rows:
        sections.setdefault(row.section if show != BY_RESIDENTS else BY_RESIDENTS, []).append(row)
    parts = in_parts(sections, asked.get("deel", ""))
    return draw(request, staff, "onderwerpen.html", parts=parts, number=len(rows), search=search, show=show)


async def show_topic(request: Request, staff: Staff) -> Response:
    def look() -> dict[str, Any]:
        with door_of(request).database.reading() as session:
            return _topic_page(session, request, staff)

    return draw(request, staff, "onderwerp.html", **await run_sync(look), done=request.query_params.get("gedaan", ""))


def _topic_page(session: Session, request: Request, staff: Staff) -> dict[str, Any]:
    door, asked = door_of(request), request.query_params
    today = today_of(door)
    topic = find_topic(session, staff.municipality_id, request.path_params["topic"])
    at = look_of(session, staff, dict(asked), today)
    own = topic.municipality_id == staff.municipality_id
    written = history(session, topic, staff.municipality_id, today)
    return {
        "topic": topic,
        "own": own and not staff.is_library,
        "at": at,
        "seen": look_at(session, door, topic, at, None) if at else None,
        "elsewhere": bool(at and staff.is_library and has_own_text(session, at.town.id, topic.name)),
        "written": written,
        "may_call_off": own,
        "planned": [one for one in written if one.standing is Standing.PLANNED],
        "newer": newer_national(session, topic, today),
        "examples": number_of_examples(session, topic.name),
        "judged": judged_texts(session, staff.municipality_id, topic.name),
        "remarks": 0 if staff.is_library else number_of_remarks(session, staff.municipality_id, topic.name),
        "compared": _compared(topic, asked.get("oud", ""), asked.get("nieuw", "")),
        "today": today,
    }


def look_of(session: Session, staff: Staff, asked: dict[str, str], today: date) -> Look | None:
    """What was asked for, as far as somebody may see it; None while there is no municipality at all."""
    towns = municipalities_to_preview(session, staff.municipality_id)
    if not towns:
        return None
    town = next((town for town in towns if str(town.id) == asked.get("gemeente")), towns[0])
    language = asked.get("taal", "")
    return Look(day_of(asked.get("dag", "")) or today, town, language if language in LANGUAGES else LANGUAGES[0], towns)


def look_at(session: Session, door: PortalDoor, topic: Topic, at: Look, draft: Draft | None) -> Any:
    return preview(session, door.figures, at.town, topic, draft, at.on, at.language)


def day_of(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None


def today_of(door: PortalDoor) -> date:
    return day_here(door.clock())


def _compared(topic: Topic, old: str, new: str) -> dict[str, Any] | None:
    """Two texts of this topic beside each other."""
    found = {str(one.id): one for one in topic.revisions}
    if old not in found or new not in found:
        return None
    return {"old": found[old], "new": found[new], "places": compare_texts(found[old], found[new])}


def revision_of(topic: Topic, number: str) -> AnswerRevision | None:
    return next((one for one in topic.revisions if str(one.id) == number), None)


PAGES = (
    page("/onderwerpen", show_topics, roles=Role.EDITOR, deed="read_topics"),
    page("/onderwerpen/{topic}", show_topic, roles=Role.EDITOR, deed="read_topic"),
)
