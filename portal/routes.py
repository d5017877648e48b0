"""All routes of the staff's pages. A module of pages has a tuple `PAGES`; it is added to the list here."""

from starlette.routing import BaseRoute, Route

from portal import home
from portal.render import ASSETS

PAGES = (*home.PAGES,)
ROUTES: tuple[BaseRoute, ...] = (Route("/static/{digest}/{path:path}", ASSETS.serve), *PAGES)
