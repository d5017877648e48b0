"""Draw a page of the staff: `draw(request, staff, "lijst.html", rows=rows)`."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from db.models import Role
from pages.assets import SHARED, Assets
from pages.markup import TEMPLATES, paragraphs, typed_paragraphs
from portal.door import door_of
from portal.rail import Entry
from portal.staff import Staff
from portal.stretch_words import long_day, short_day, stretch
from services.calendar import clock_time, day_here, in_words

FOLDER = Path(__file__).parent
ROLE_NAMES = {Role.CASEWORKER: "Klantmanager", Role.EDITOR: "Redacteur", Role.ADMINISTRATOR: "Beheerder"}
LONG = 12
"""Characters from which on it would be a pity to type something again."""
ASSETS = Assets("/portal/static", SHARED, FOLDER / "static")


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader([FOLDER / "templates", TEMPLATES]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"paragraphs": paragraphs, "day": day, "moment": moment, "iso": iso, "clock_time": clock_time}
    made.filters |= {"typed": typed_paragraphs, "role_names": role_names, "calendar": calendar}
    made.filters |= {"stretch": stretch, "short_day": short_day, "long_day": long_day}
    made.filters["told_moment"] = lambda told, now: moment(datetime.fromisoformat(told), now)
    made.filters["named"] = lambda account: (account.id, account.name)
    made.filters["programme_choice"] = lambda programme: (programme.key, programme.called("nl").capitalize())
    made.filters["meeting_choice"] = lambda channel, words: (channel.value, words[channel.value])
    made.filters["day_of"] = lambda moment: day_here(moment).isoformat()
    made.filters["weekday_day"] = lambda moment: long_day(day_here(moment)).capitalize()
    made.tests["long"] = lambda text: len(text) >= LONG
    made.globals["asset"] = ASSETS.path
    return made


def render(template: str, **values: Any) -> str:
    return environment().get_template(template).render(**values)


def draw(request: Request, staff: Staff | None, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page or a piece of one. Every template may use `staff`, `csrf`, `now`, `path` and `rail`."""
    rail: tuple[Entry, ...] = request.app.state.rail
    html = render(
        template,
        staff=staff,
        csrf=staff.csrf if staff else "",
        now=door_of(request).clock(),
        path=request.url.path,
        rail=[entry for entry in rail if staff and staff.may(*entry.roles)],
        **values,
    )
    return HTMLResponse(html, status)


def role_names(roles: Iterable[str]) -> str:
    """`Klantmanager, Redacteur`"""
    return ", ".join(ROLE_NAMES[role] for role in Role if role in set(roles))


def day(given: datetime) -> str:
    """`23 november 2026`"""
    return in_words(day_here(given), "nl")


def calendar(given: date | str) -> str:
    """A day without a time, or the same as it is kept in JSON: `1 januari 2027`."""
    return in_words(date.fromisoformat(given) if isinstance(given, str) else given, "nl")


def moment(given: datetime, now: datetime) -> str:
    """`14.05`, and with the day when that is not today: `22 nov 14.05`."""
    here, today = day_here(given), day_here(now)
    if here == today:
        return clock_time(given)
    form = "d MMM" if here.year == today.year else "d MMM y"
    return f"{format_date(here, form, locale='nl')} {clock_time(given)}"


def iso(given: datetime) -> str:
    """For the attribute `datetime` of an element `time`."""
    return given.isoformat(timespec="seconds")
