"""What one gets instead of the page: a sentence, a way on, and everything that was typed."""

from urllib.parse import quote, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from portal.faults import NOT_HERE, sentence
from portal.render import draw
from portal.staff import Staff
from services.errors import ServiceError
from services.sign_in import Step

SIGN_IN = "/portal/inloggen"
STEPS = {Step.CODE: f"{SIGN_IN}/code", Step.CHOOSE: f"{SIGN_IN}/wachtwoord", Step.SET_UP: f"{SIGN_IN}/instellen"}
SECRET = ("csrf", "wachtwoord", "nieuw", "nogmaals", "code", "geheim")
"""Fields that are never written back into a page."""


def not_signed_in(request: Request, step: Step | None) -> Response:
    """To signing in, and back to this page afterwards. A form that was posted is kept, to be sent again."""
    if request.method not in ("GET", "HEAD"):
        return _refuse(request, None, 401, "uitgelogd", again=True)
    address = STEPS[step] if step else SIGN_IN
    onward = own_path(_address_of(request))
    address += f"?verder={quote(onward)}" if onward else ""
    return (
        Response(status_code=401, headers={"HX-Redirect": address})
        if _by_htmx(request)
        else RedirectResponse(address, 303)
    )


def from_elsewhere(request: Request) -> Response:
    """Nothing of what another site had the browser send is shown."""
    return _refuse(request, None, 403, "van_elders")


def too_large(request: Request) -> Response:
    return _refuse(request, None, 413, "te_groot")


def expired(request: Request, staff: Staff) -> Response:
    return _refuse(request, staff, 403, "verlopen", again=True)


def not_your_role(request: Request, staff: Staff) -> Response:
    return _refuse(request, staff, 403, "geen_recht")


def not_found(request: Request, staff: Staff | None) -> Response:
    return _refuse(request, staff, 404, "niet_gevonden")


def faulty(request: Request, staff: Staff | None, error: ServiceError) -> Response:
    if isinstance(error, NOT_HERE):
        return not_found(request, staff)
    return _refuse(request, staff, 409, "mislukt", again=True, told=sentence(error))


def broken(request: Request) -> Response:
    return _refuse(request, None, 500, "storing")


def own_path(given: str) -> str | None:
    """An address of ours to go on to after signing in; None for anything that leads somewhere else."""
    parts = urlsplit(given)
    elsewhere = parts.scheme or parts.netloc or "\\" in given or ".." in parts.path or not given.isprintable()
    return given if given.startswith("/portal/") and not elsewhere and not given.startswith(SIGN_IN) else None


def _refuse(
    request: Request, staff: Staff | None, status: int, why: str, again: bool = False, told: str = ""
) -> Response:
    """`again`: with a button to send the same once more."""
    typed = {} if not again else {k: v for k, v in request.state.form.items() if k not in SECRET}
    template = "melding.html" if _by_htmx(request) else "fout.html"
    response = draw(
        request, staff, template, status, why=why, told=told, typed=typed,
        again=request.url.path if again and request.method == "POST" else None,
    )  # fmt: skip
    if _by_htmx(request):
        # Into the place for messages, whatever the page wanted to do with the answer: what was typed stays there.
        response.headers.update({"HX-Retarget": "#melding", "HX-Reswap": "innerHTML", "HX-Push-Url": "false"})
    return response


def _by_htmx(request: Request) -> bool:
    return "hx-request" in request.headers


def _address_of(request: Request) -> str:
    """Of the page that somebody looks at; a piece of it tells by htmx where it stands."""
    url = urlsplit(request.headers.get("hx-current-url", str(request.url)))
    return f"{url.path}?{url.query}" if url.query else url.path
