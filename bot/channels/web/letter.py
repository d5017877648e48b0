"""The page behind a link in a message that itself tells nothing: it shows what there is to read, to who has the key.

It needs no cookie and leaves none: whoever opens it came from another channel.
"""

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.channels.web.door import WebDoor, door_of
from bot.channels.web.render import render
from services.calendar import day_and_time
from services.errors import LinkOver
from services.municipalities import find_municipality
from services.phrases import DEFAULT_LANGUAGE, Phrases
from services.reminding.letter import open_letter


async def show_letter(request: Request) -> Response:
    door, slug, key = door_of(request), request.path_params["slug"], request.path_params["key"]
    html, status = await run_sync(_draw, door, slug, key)
    response = HTMLResponse(html, status)
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    # The address is the key: no other site gets to know it.
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response


def _draw(door: WebDoor, slug: str, key: str) -> tuple[str, int]:
    with door.database.reading() as db:
        town = find_municipality(db, slug)
        try:
            letter = open_letter(db, town.id, key, door.clock())
        except LinkOver:
            return render("brief_weg.html", Phrases(db, town, DEFAULT_LANGUAGE)), 404
        phrases = Phrases(db, town, letter.language)
        said_at = day_and_time(letter.said_at, letter.language)
        return render("brief.html", phrases, words=letter.words, said_at=said_at), 200
