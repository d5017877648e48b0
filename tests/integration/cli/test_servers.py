"""What every server of ours does with a connection."""

import asyncio
import socket

from cli.servers import listen


def test_an_answer_does_not_wait_for_a_receipt() -> None:
    """Without TCP_NODELAY a connection that is kept open waits 40 ms for every answer."""
    assert asyncio.run(_without_delay()) == 1


async def _without_delay() -> int:
    found: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def look(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted = writer.get_extra_info("socket")
        found.set_result(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    listening = listen("127.0.0.1", 0)
    server = await asyncio.start_server(look, sock=listening)
    async with server:
        _, writer = await asyncio.open_connection(*listening.getsockname())
        writer.close()
        return await found
