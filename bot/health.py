"""`/livez`, `/readyz` and `/metrics`: for whoever watches over the processes."""

from collections.abc import Callable
from dataclasses import dataclass

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.brain import Brain
from db.migrate import is_current
from db.session import Database

METRICS_FORM = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True)
class Watched:
    """What a process can be asked about. `brain`: None where nothing is asked of Rasa."""

    database: Database
    brain: Brain | None
    hangs: Callable[[], bool]
    """Whether a task of it has been going on for so long that only a restart will help."""
    metrics: Callable[[], bytes]
    behind: Callable[[], bool] | None = None
    """Whether reminders should have gone out and did not. It is told, and takes nobody out of service."""


def health_routes(watched: Watched, with_metrics: bool) -> list[Route]:
    """`with_metrics`: only where nobody from outside comes."""

    async def livez(_request: Request) -> Response:
        """503 when it should be started again. That it answers at all tells that it is alive."""
        return PlainTextResponse("hangs", 503) if watched.hangs() else PlainTextResponse("ok")

    async def readyz(_request: Request) -> Response:
        """503 while something is missing that answers need; lines are kept all the same."""
        ready = {"database": await anyio.to_thread.run_sync(_is_well, watched.database)}
        if watched.brain is not None:
            ready["rasa"] = await watched.brain.is_ready()
        status = 200 if all(ready.values()) else 503
        if watched.behind is not None and ready["database"]:
            ready["reminders"] = not await anyio.to_thread.run_sync(watched.behind)
        return JSONResponse(ready, status)

    async def metrics(_request: Request) -> Response:
        # Some of them are looked up in the database.
        return Response(await anyio.to_thread.run_sync(watched.metrics), media_type=METRICS_FORM)

    routes = [Route("/livez", livez), Route("/readyz", readyz)]
    return [*routes, Route("/metrics", metrics)] if with_metrics else routes


def _is_well(database: Database) -> bool:
    try:
        return is_current(database.engine)
    except Exception:
        return False
