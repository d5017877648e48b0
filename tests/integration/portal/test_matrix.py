"""Every route of the staff's pages, for everybody who may stand at it. A route that is added comes in by itself."""

import httpx
import pytest
from starlette.routing import Route

from db.models import Role
from portal.deeds import NAMES
from portal.entrance import Entrance
from portal.guard import Page
from portal.routes import ROUTES
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office
from tests.integration.portal.samples import ELSEWHERE, EVERYBODYS, address_of, form_of, town_for

PAGES = [route for route in ROUTES if isinstance(route, Page)]
STATIC = "/static/{digest}/{path:path}"
FEED = "/feed/{secret}.ics"
"""For a calendar, that cannot sign in: test_feed.py holds what it gives to whom."""
OPEN = {"GET /inloggen", "POST /inloggen", "GET /inloggen/verder"}
SIGNING_IN = OPEN | {
    f"{method} /inloggen/{step}" for method in ("GET", "POST") for step in ("code", "wachtwoord", "instellen")
} | {"POST /inloggen/later"}  # fmt: skip


def method_of(route: Route) -> str:
    (method,) = (route.methods or set()) - {"HEAD"}
    return method


def named(route: Route) -> str:
    return f"{method_of(route)} {route.path}"


def ask(browser: StaffBrowser, page: Page, address: str) -> httpx.Response:
    return browser.get(address) if method_of(page) == "GET" else browser.post(address, form_of(page))


WRITING = [page for page in PAGES if method_of(page) != "GET"]


def test_every_route_is_a_guarded_page_or_a_step_of_signing_in_or_a_style_sheet_or_the_feed() -> None:
    assert {type(route) for route in ROUTES} == {Route, Entrance, Page}
    assert [route.path for route in ROUTES if type(route) is Route] == [STATIC, FEED]
    entrances = [route for route in ROUTES if isinstance(route, Entrance)]
    assert {named(route) for route in entrances} == SIGNING_IN
    assert {named(route) for route in entrances if route.step is None} == OPEN


def test_every_page_has_roles_and_a_deed_that_an_administrator_can_read() -> None:
    assert [named(page) for page in PAGES if not page.roles or not page.roles <= set(Role)] == []
    assert [named(page) for page in PAGES if page.deed not in NAMES] == []


def test_an_administrator_comes_nowhere_near_what_residents_say() -> None:
    private = ("/gesprekken", "/terugbellen", "/agenda", "/inwoners", "/uitnodigingen", "/taken")

    assert [named(p) for p in PAGES if p.path.startswith(private) and p.roles != {Role.CASEWORKER}] == []


def test_who_is_not_signed_in_or_only_half_sees_and_does_nothing(office: Office) -> None:
    next_year = office.clock.now.replace(year=2027)
    half = office.sign_in(office.add(*Role, login="half"), proven=False)
    one_time = office.sign_in(office.add(*Role, login="eenmalig", one_time_until=next_year))
    blocked = office.sign_in(office.add(*Role, login="weg", blocked_at=office.clock()))
    for page in PAGES:
        address = address_of(office, page, office.town)
        for browser in (office.nobody(), half, one_time, blocked):
            status = ask(browser, page, address).status_code
            assert status == (303 if method_of(page) == "GET" else 401), named(page)
    assert office.entries() == []


@pytest.mark.parametrize("role", Role)
def test_a_page_opens_for_its_roles_and_for_no_other_and_all_is_noted(office: Office, role: Role) -> None:
    for page in PAGES:
        town = town_for(office, page)
        browser, address, before = office.staff(role, town=town), address_of(office, page, town), len(office.entries())
        status = ask(browser, page, address).status_code
        noted = office.entries()[before:]
        if role not in page.roles:
            assert status == 403, named(page)
            assert [entry.deed for entry in noted] == ["refused"], named(page)
        elif page.deed not in ELSEWHERE:
            assert status in (200, 303), f"{named(page)} gave {status}: has samples.FORMS what it needs?"
            assert len(noted) == 1, named(page)
        assert all(entry.municipality_id == town.id and entry.account_id for entry in noted), named(page)
        assert {entry.deed for entry in noted} <= set(NAMES), named(page)


def test_what_belongs_to_another_municipality_is_not_there(office: Office) -> None:
    for page in PAGES:
        if not page.param_convertors.keys() - EVERYBODYS:
            continue
        town = town_for(office, page)
        for role in page.roles:
            browser, before = office.staff(role, town=town), len(office.entries())
            status = ask(browser, page, address_of(office, page, office.stranger)).status_code
            assert status == 404, f"{named(page)} gave {status} for an object of another municipality"
            assert len(office.entries()) == before, named(page)


def test_no_form_is_taken_without_its_token_or_from_another_site(office: Office) -> None:
    other = office.staff(Role.CASEWORKER)
    for page in WRITING:
        town = town_for(office, page)
        browser, address = office.staff(*page.roles, town=town), address_of(office, page, town)
        tries = (
            browser.post(address, form_of(page), csrf=False),
            browser.post(address, form_of(page) | {"csrf": other.csrf}, csrf=False),
            browser.post(address, form_of(page), {"Sec-Fetch-Site": "cross-site"}),
            browser.post(address, form_of(page), {"Sec-Fetch-Site": "same-site"}),
            browser.post(address, form_of(page), {"Origin": "https://elders.test"}),
        )
        assert [response.status_code for response in tries] == [403] * 5, named(page)
    assert office.entries() == []


def test_other_methods_are_refused(office: Office) -> None:
    browser = office.staff(*Role)
    paths = {page.path: {method_of(p) for p in PAGES if p.path == page.path} for page in PAGES}
    for path, methods in paths.items():
        page = next(page for page in PAGES if page.path == path)
        address = address_of(office, page, office.town)
        for method in {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"} - methods:
            assert browser.ask(method, address).status_code in (404, 405), f"{method} {path}"
    assert office.entries() == []
