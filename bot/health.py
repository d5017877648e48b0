"""`/livez` and `/readyz`: for whoever watches over the processes."""

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.brain import Brain
from db.migrate import is_current
from db.session import Database


def health_routes(database: Database, brain: Brain) -> list[Route]:
    async def livez(_request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readyz(_request: Request) -> Response:
        """503 while something is missing that answers need; lines are kept all the same."""
        ready = {"database": await anyio.to_thread.run_sync(_is_well, database), "rasa": await brain.is_ready()}
        return JSONResponse(ready, status_code=200 if all(ready.values()) else 503)

    return [Route("/livez", livez), Route("/readyz", readyz)]


def _is_well(database: Database) -> bool:
    try:
        return is_current(database.engine)
    except Exception:
        return False
