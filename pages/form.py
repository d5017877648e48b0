"""Read a posted form, and no more of it than a line can be."""

from urllib.parse import parse_qsl

from starlette.requests import Request

MOST_BYTES = 64 * 1024
"""A line of 5,000 characters fits in it in every script: an emoji takes 12 bytes in a form."""


class BodyTooLarge(Exception):
    """More was sent than a line can be."""


async def read_form(request: Request, most_bytes: int = MOST_BYTES, most_fields: int = 20) -> dict[str, str]:
    """Fields by name; of a name that comes twice the last one. Anything but an ordinary form has no fields."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most_bytes:
            raise BodyTooLarge
    try:
        return dict(
            parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=most_fields, errors="replace")
        )
    except ValueError:
        return {}
