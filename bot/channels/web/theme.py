"""The colour of a municipality: used when it can be read, otherwise ours stays."""

import logging
from functools import cache

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.door import door_of
from db.models import Municipality
from db.models.municipality import LIBRARY
from services.municipalities import find_municipality

log = logging.getLogger(__name__)

ENOUGH = 4.5
"""WCAG 1.4.3: text on a background of this colour, or in this colour on white."""
DARK_SURFACE = "#1d2427"
ENOUGH_ON_DARK = 7.0
type Rgb = tuple[int, int, int]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@cache  # so that one bad colour is one line in the log, not one a page
def usable_colour(colour: str, slug: str) -> str | None:
    """The colour, or None when white on it cannot be read."""
    try:
        ratio = contrast(colour, "#ffffff")
    except ValueError:
        log.warning("the colour of municipality %s is not of the form #rrggbb; the default is used", slug)
        return None
    if ratio < ENOUGH:
        log.warning("the colour of municipality %s has contrast %.1f on white, below %.1f; the default is used",
                    slug, ratio, ENOUGH)  # fmt: skip
        return None
    return colour


def lighter_for_dark(colour: str) -> str:
    """The same colour mixed with white until it can be read on our dark surface."""
    for step in range(21):
        mixed = _hex(tuple(round(c + (255 - c) * step / 20) for c in _rgb(colour)))
        if contrast(mixed, DARK_SURFACE) >= ENOUGH_ON_DARK:
            return mixed
    return "#ffffff"


def style_sheet(colour: str | None) -> str:
    if colour is None:
        return ""
    return (
        f":root {{ --trede-primary: {colour}; }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ --trede-primary: {lighter_for_dark(colour)}; }} }}\n"
    )


def theme_path(town: Municipality) -> str | None:
    """Where the style sheet of this municipality stands; the colour is in it, so that a new one is fetched."""
    colour = _colour_of(town)
    return f"/{town.slug}/thema.css?{colour.removeprefix('#')}" if colour and town.slug != LIBRARY else None


def _colour_of(town: Municipality) -> str | None:
    colour = town.settings.get("colour")
    return usable_colour(str(colour).lower(), town.slug) if colour else None


async def serve_theme(request: Request) -> Response:
    def read() -> str | None:
        with door_of(request).database.reading() as session:
            return _colour_of(find_municipality(session, request.path_params["slug"]))

    headers = {"Cache-Control": "public, max-age=86400"}
    return Response(style_sheet(await run_in_threadpool(read)), media_type="text/css", headers=headers)


def _rgb(colour: str) -> Rgb:
    if len(colour) != 7 or colour[0] != "#":
        raise ValueError(colour)
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(colour: tuple[int, ...]) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
