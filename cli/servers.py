"""Web servers inside one event loop."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp


class PortTaken(Exception):
    """The port is in use; the message says which, and what to do."""


class Server(uvicorn.Server):
    """One of several servers of a process: who started them handles the signals."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def listen(host: str, port: int) -> socket.socket:
    """Take the port now, so that a taken one is told before anything else starts. 0 takes a free one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio switches Nagle's delay off only for a socket that says it is TCP; with it, a kept connection waits 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise PortTaken(f"poort {port} op {host} is bezet of niet toegestaan; kies een andere met PORT=...") from error
    listening.set_inheritable(True)
    return listening


async def serve(app: ASGIApp, listening: socket.socket, stop_within: int = 3) -> None:
    """Serve until cancelled."""
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=stop_within,
        proxy_headers=False,
        lifespan="off",
    )
    await Server(config).serve(sockets=[listening])
