"""The guard: who is let in and for how long, what is noted, and that nothing typed is lost."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount

from db.models import Municipality, Role
from portal.guard import EVERYBODY, acting, page
from portal.staff import Staff
from services.errors import ServiceError, UnknownTopic
from tests.integration.portal.browser import StaffBrowser, open_browser
from tests.integration.portal.conftest import Office


class Busy(ServiceError):
    """Somebody else is at it."""


async def say(request: Request, staff: Staff) -> Response:
    return PlainTextResponse(f"{staff.municipality} {staff.may(Role.EDITOR)} {staff.may(Role.CASEWORKER)}")


async def rename(request: Request, staff: Staff) -> Response:
    with acting(request, staff, "renamed", "municipality 1") as act:
        act.session.get_one(Municipality, staff.municipality_id).name = request.state.form["naam"]
        if request.state.form["naam"] == "mis":
            raise Busy
    return PlainTextResponse("done")


async def lose(request: Request, staff: Staff) -> Response:
    raise UnknownTopic


async def break_down(request: Request, staff: Staff) -> Response:
    raise RuntimeError("a secret text")


PAGES = (
    page("/zeg/{thing:int}", say, roles=EVERYBODY, deed="say"),
    page("/stukje/{thing:int}", say, roles=EVERYBODY, deed="say_again", piece=True),
    page("/naam", rename, roles=Role.EDITOR, deed="rename", methods=("POST",), most_bytes=2_000),
    page("/weg", lose, roles=EVERYBODY, deed="lose"),
    page("/stuk", break_down, roles=EVERYBODY, deed="break"),
)


@contextmanager
def with_pages(office: Office) -> Iterator[None]:
    portal = next(route for route in office.app.routes if isinstance(route, Mount)).app
    assert isinstance(portal, Starlette)
    kept = list(portal.router.routes)
    portal.router.routes[:0] = PAGES
    yield
    portal.router.routes[:] = kept


@pytest.fixture
def anna(office: Office) -> Iterator[StaffBrowser]:
    """An editor of voorbeeldstad, and pages that do simple things."""
    with with_pages(office):
        yield office.staff(Role.EDITOR)


def test_nobody_is_sent_to_signing_in_and_back_afterwards(office: Office) -> None:
    response = office.nobody().get("/ik?a=b")

    assert response.status_code == 303
    assert response.headers["location"] == "/portal/inloggen?verder=/portal/ik%3Fa%3Db"


def test_a_piece_of_a_page_sends_the_whole_page_to_signing_in(office: Office) -> None:
    asked = {"HX-Request": "true", "HX-Current-URL": "http://staff.test/portal/gesprekken?staat=waiting"}
    response = office.nobody().get("/ik", asked)

    assert response.status_code == 401
    assert response.headers["hx-redirect"] == "/portal/inloggen?verder=/portal/gesprekken%3Fstaat%3Dwaiting"


def test_a_page_knows_who_looks(anna: StaffBrowser) -> None:
    assert anna.get("/zeg/1").text == "voorbeeldstad True False"


def test_reading_is_noted_with_what_was_read(office: Office, anna: StaffBrowser) -> None:
    anna.get("/zeg/12")
    (entry,) = office.entries()

    assert (entry.deed, entry.subject, entry.municipality_id) == ("say", "thing 12", office.town.id)
    assert entry.account_id == office.accounts()[0].id


def test_a_piece_that_is_fetched_again_and_again_is_noted_once_in_a_quarter_of_an_hour(
    office: Office, anna: StaffBrowser
) -> None:
    for thing in (1, 1, 2, 1):
        anna.get(f"/stukje/{thing}")
    assert [entry.subject for entry in office.entries()] == ["thing 1", "thing 2"]
    office.clock.forward(minutes=16)
    anna.get("/stukje/1")
    assert len(office.entries()) == 3


def test_half_an_hour_of_doing_nothing_ends_the_session(office: Office, anna: StaffBrowser) -> None:
    office.clock.forward(minutes=29)
    assert anna.get("/zeg/1").status_code == 200
    office.clock.forward(minutes=29)
    assert anna.get("/zeg/1").status_code == 200
    office.clock.forward(minutes=30)
    assert anna.get("/zeg/1").status_code == 303


def test_a_page_that_refreshes_itself_does_not_keep_the_session(office: Office, anna: StaffBrowser) -> None:
    for _ in range(6):
        office.clock.forward(minutes=6)
        status = anna.get("/stukje/1").status_code

    assert status == 303


def test_after_ten_hours_one_signs_in_again_however_busy(office: Office, anna: StaffBrowser) -> None:
    for _ in range(29):
        office.clock.forward(minutes=20)
        assert anna.get("/zeg/1").status_code == 200
    office.clock.forward(minutes=20)
    assert anna.get("/zeg/1").status_code == 303


@pytest.mark.parametrize("token", ["x" * 43, "kort", "'" * 43])
def test_a_cookie_that_is_not_a_session_opens_nothing(office: Office, token: str) -> None:
    assert open_browser(office.app, office.runner, office.keys, token).get("/ik").status_code == 303


def test_a_deed_and_its_entry_are_kept_together_or_not_at_all(office: Office, anna: StaffBrowser) -> None:
    assert anna.post("/naam", {"naam": "Nieuwstad"}).text == "done"
    assert [entry.deed for entry in office.entries()] == ["renamed"]
    assert anna.post("/naam", {"naam": "mis"}).status_code == 409
    with office.database.reading() as session:
        assert session.get_one(Municipality, office.town.id).name == "Nieuwstad"
    assert len(office.entries()) == 1


def test_what_was_typed_stands_on_the_page_that_says_what_went_wrong(office: Office, anna: StaffBrowser) -> None:
    failed = anna.post("/naam", {"naam": "mis", "tekst": "mijn <b>lange</b> tekst", "wachtwoord": "geheim woord"})

    assert "Er is niets veranderd" in failed.text
    assert "mijn &lt;b&gt;lange&lt;/b&gt; tekst" in failed.text
    assert "geheim woord" not in failed.text
    assert 'action="/portal/naam"' in failed.text


def test_a_form_that_was_open_too_long_can_be_sent_again_after_signing_in(office: Office, anna: StaffBrowser) -> None:
    account = office.accounts()[0]
    office.clock.forward(hours=1)
    late = anna.post("/naam", {"naam": "Nieuwstad"})
    assert late.status_code == 401
    assert 'name="naam" value="Nieuwstad"' in late.text
    again = office.sign_in(account)
    expired = again.post("/naam", {"naam": "Nieuwstad", "csrf": anna.csrf}, csrf=False)
    assert expired.status_code == 403
    assert f'name="csrf" value="{again.csrf}"' in expired.text
    assert again.post("/naam", {"naam": "Nieuwstad"}).text == "done"


def test_with_htmx_a_refusal_is_a_sentence_at_its_place_and_brings_the_new_token(anna: StaffBrowser) -> None:
    refused = anna.post("/naam", {"naam": "x", "csrf": "0" * 64}, {"HX-Request": "true"}, csrf=False)

    assert refused.status_code == 403
    assert refused.headers["hx-retarget"] == "#melding"
    assert f'data-csrf="{anna.csrf}"' in refused.text
    assert "<html" not in refused.text


def test_another_site_gets_nothing_of_what_it_sent(anna: StaffBrowser) -> None:
    response = anna.post("/naam", {"naam": "ondergeschoven"}, {"Sec-Fetch-Site": "cross-site"})

    assert response.status_code == 403
    assert "ondergeschoven" not in response.text


def test_a_form_may_be_as_large_as_its_page_says(anna: StaffBrowser) -> None:
    assert anna.post("/naam", {"naam": "x", "tekst": "w" * 1_500}).status_code == 200
    response = anna.post("/naam", {"naam": "x", "tekst": "w" * 3_000})
    assert response.status_code == 413
    assert "te veel tekst" in response.text


@pytest.mark.parametrize("path", ["/weg", "/nergens", "/zeg/woord"])
def test_what_is_not_there_is_told_with_a_way_on(anna: StaffBrowser, path: str) -> None:
    response = anna.get(path)

    assert response.status_code == 404
    assert "Deze pagina bestaat niet" in response.text
    assert 'href="/portal/"' in response.text


def test_a_mistake_of_ours_is_a_kind_page_without_its_text(office: Office, anna: StaffBrowser) -> None:
    response = anna.get("/stuk")

    assert response.status_code == 500
    assert "Er ging bij ons iets mis" in response.text
    assert "secret" not in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert office.entries() == []


@pytest.mark.parametrize("path", ["/inloggen", "/ik", "/nergens", "/naam"])
def test_every_response_has_the_safe_headers_and_is_kept_nowhere(anna: StaffBrowser, path: str) -> None:
    headers = anna.get(path).headers

    assert "unsafe" not in headers["content-security-policy"]
    assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


def test_the_address_without_a_slash_leads_there_too(office: Office) -> None:
    client = office.nobody()

    assert client.get("").headers["location"] == "/portal/"
