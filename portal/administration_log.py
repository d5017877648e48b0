"""The audit log, for an administrator: who read or did what, and whether the log is whole."""

from datetime import date
from urllib.parse import urlencode

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from db.models import Role
from portal.deeds import NAMES, deed_name
from portal.door import door_of
from portal.guard import page
from portal.render import draw
from portal.staff import Staff
from services.accounts import list_accounts
from services.audit import Chain, verify_chain
from services.audit_log import Found, Wanted, read_log


async def show_log(request: Request, staff: Staff) -> Response:
    wanted = _wanted(request)

    def read() -> tuple[Found, list[tuple[int, str]]]:
        with door_of(request).database.reading() as session:
            people = [(account.id, account.name) for account in list_accounts(session, staff.municipality_id)]
            return read_log(session, staff.municipality_id, wanted), people

    found, people = await run_sync(read)
    first, last = (found.rows[0][0].number, found.rows[-1][0].number) if found.rows else (0, 0)
    return draw(
        request, staff, "beheer_logboek.html", found=found, wanted=wanted, people=people,
        deeds=sorted(NAMES.items(), key=lambda pair: pair[1]), deed_name=deed_name,
        newer=_address(wanted, na=first) if found.newer else None,
        older=_address(wanted, voor=last) if found.older else None,
    )  # fmt: skip


async def verify(request: Request, staff: Staff) -> Response:
    def read() -> Chain:
        with door_of(request).database.reading() as session:
            return verify_chain(session, staff.municipality_id)

    return draw(request, staff, "beheer_controle.html", chain=await run_sync(read))


def _wanted(request: Request) -> Wanted:
    """What cannot be read as a number or a day is not asked for."""
    asked = request.query_params
    return Wanted(
        account_id=_number(asked.get("wie", "")),
        deed=asked.get("wat") or None,
        since=_day(asked.get("van", "")),
        until=_day(asked.get("tot", "")),
        below=_number(asked.get("voor", "")),
        above=_number(asked.get("na", "")),
    )


def _address(wanted: Wanted, **place: int) -> str:
    asked = {"wie": wanted.account_id, "wat": wanted.deed, "van": wanted.since, "tot": wanted.until, **place}
    return f"/portal/beheer/logboek?{urlencode({name: value for name, value in asked.items() if value is not None})}"


def _number(given: str) -> int | None:
    return int(given) if given.isascii() and given.isdigit() and len(given) <= 12 else None


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


PAGES = (
    page("/beheer/logboek", show_log, roles=Role.ADMINISTRATOR, deed="read_log"),
    page("/beheer/logboek/controle", verify, roles=Role.ADMINISTRATOR, deed="verify_log"),
)
