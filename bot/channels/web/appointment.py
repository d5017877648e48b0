"""The file with which a resident puts an appointment in his own calendar."""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.door import door_of
from bot.channels.web.session import speaking, web_session
from services.calendar_file import calendar_file, find_for_calendar
from services.errors import NotYourAppointment
from services.municipalities import find_municipality

FILE = "text/calendar; charset=utf-8"
HEADERS = {"Content-Disposition": 'attachment; filename="afspraak.ics"', "Cache-Control": "private, no-store"}


async def send_calendar_file(request: Request) -> Response:
    """For who has its random name: a phone fetches it without the cookie of the browser."""
    door, slug, public_id = door_of(request), request.path_params["slug"], request.path_params["appointment"]

    def write() -> bytes | None:
        with door.database.reading() as db:
            town = find_municipality(db, slug)
            try:
                one = find_for_calendar(db, town, public_id)
            except NotYourAppointment:
                return None
            _conversation, phrases = speaking(db, door, web_session(request), slug)
            return calendar_file(db, one, phrases)

    written = await run_sync(write)
    if written is None:
        return Response(status_code=404)
    return Response(written, media_type=FILE, headers=HEADERS)
