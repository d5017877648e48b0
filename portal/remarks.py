"""What residents wrote of the answers of a topic. On a page of its own: who only mends a text need not read it."""

from typing import Any

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from db.models import Role
from portal.door import door_of
from portal.guard import page
from portal.render import draw
from portal.staff import Staff
from services.answer_topic import find_topic
from services.editing.judged import remarks_on


async def show_remarks(request: Request, staff: Staff) -> Response:
    def look() -> dict[str, Any]:
        with door_of(request).database.reading() as session:
            topic = find_topic(session, staff.municipality_id, request.path_params["topic"])
            return {"topic": topic, "remarks": remarks_on(session, staff.municipality_id, topic.name)}

    return draw(request, staff, "onderwerp_opmerkingen.html", **await run_sync(look))


PAGES = (page("/onderwerpen/{topic}/opmerkingen", show_remarks, roles=Role.EDITOR, deed="read_remarks"),)
