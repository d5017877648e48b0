"""What somebody does on the page of the list: make it, give it its first day, tick, and ask for a reminder."""

from dataclasses import dataclass
from datetime import date, datetime

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.channels.web.checklist import checklist_page
from bot.channels.web.door import WebDoor, door_of
from bot.channels.web.session import WebSession, is_cross_site, keep_session, web_session
from db.models import ChecklistItem, Conversation
from pages.form import BodyTooLarge, read_form
from services.checklist.entries import read_entries, start_among
from services.checklist.keep import find_thing, keep_list, plan_list, tick, untick
from services.checklist.reminder import forget_reminder, plan_reminder
from services.conversations import open_conversation
from services.errors import NotInThePast, ServiceError, TooFarAway, UnknownThing
from services.municipalities import find_municipality
from services.needed import renew_need
from services.reminding.moments import moment_on, sensible_moment, tomorrow, week_before


class NoDay(ServiceError):
    """What was filled in is no day."""


FAULTS: dict[type[Exception], str] = {
    NoDay: "checklist_no_day",
    NotInThePast: "checklist_day_past",
    TooFarAway: "checklist_day_far",
    UnknownThing: "checklist_gone",
}


@dataclass(frozen=True)
class Deed:
    """What the form says: `tick` of `travel`, with a day if one was filled in."""

    name: str
    key: str
    day: date | None

    @classmethod
    def of(cls, form: dict[str, str]) -> "Deed":
        return cls(form.get("daad", ""), form.get("punt", ""), _as_day(form.get("dag", "")))


async def change_checklist(request: Request) -> Response:
    door, session, slug = door_of(request), web_session(request), request.path_params["slug"]
    try:
        form = await read_form(request)
    except BodyTooLarge:
        form = {}
    if is_cross_site(request) or not session.csrf_holds(door.keys, form.get("csrf", "")):
        return await checklist_page(request, session, "error_expired", status=403)
    deed = Deed.of(form)
    try:
        conversation_id = await run_sync(_do, door, session, slug, deed)
    except tuple(FAULTS) as fault:
        return await checklist_page(request, session, FAULTS[type(fault)], deed.key, 422)
    door.live.ring(conversation_id)
    response = RedirectResponse(f"/{slug}/checklist#{deed.key or 'lijst'}", 303)
    keep_session(response, door, session)
    return response


def _do(door: WebDoor, session: WebSession, slug: str, deed: Deed) -> int:
    """The number of the conversation that holds the list. What is no deed of ours changes nothing."""
    with door.database.writing() as db:
        town, now = find_municipality(db, slug), door.clock()
        conversation = open_conversation(db, door.keys, session.address(town), now)
        if deed.name in ("maak", "begin"):
            _make(db, door, conversation, deed, now)
        elif deed.name in ("klaar", "open"):
            (tick if deed.name == "klaar" else untick)(db, conversation, deed.key, now)
        elif deed.name == "vergeet":
            forget_reminder(db, find_thing(db, conversation, deed.key))
            renew_need(db, conversation, now)
        elif deed.name in ("herinner", "morgen", "week", "op"):
            item = find_thing(db, conversation, deed.key)
            plan_reminder(db, conversation, item, _moment(deed, item, now), now)
        conversation.changed_at = now
        session.saw(conversation, now)
        return conversation.id


def _make(db: Session, door: WebDoor, conversation: Conversation, deed: Deed, now: datetime) -> None:
    if deed.name == "begin" and deed.day is None:
        raise NoDay
    start = deed.day or start_among(read_entries(db, conversation))
    keep_list(db, conversation, plan_list(db, door.figures, conversation, start, now), now)


def _moment(deed: Deed, item: ChecklistItem, now: datetime) -> datetime:
    if deed.name == "op":
        if deed.day is None:
            raise NoDay
        return moment_on(deed.day)
    if deed.name == "week" and item.due_on is not None:
        return week_before(item.due_on, now) or tomorrow(now)
    return tomorrow(now) if deed.name == "morgen" else sensible_moment(item.due_on, now)


def _as_day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
