"""Tasks: found by whose they are, of what kind and whether they are done; ticked alone or together, and put back."""

import pytest

from db.models import Account, Role, StaffTask, TaskKind
from services.staff_tasks import add_task
from tests.agenda import build_person
from tests.builders import NOW
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office

NUMBERS = ("K-1", "K-2", "K-3")


@pytest.fixture
def anna(office: Office) -> Account:
    return office.add(Role.CASEWORKER, login="anna", name="Anna Visser")


@pytest.fixture
def browser(office: Office, anna: Account) -> StaffBrowser:
    return office.sign_in(anna)


def task(
    office: Office, number: str, kind: TaskKind = TaskKind.NO_ANSWER, whose: Account | None = None, **fields: int
) -> int:
    with office.database.writing() as session:
        town = office.stranger if fields.pop("elsewhere", 0) else office.town
        person = build_person(session, town, number=number)
        return add_task(
            session, town.id, kind, f"{town.id} {number}", NOW, account_id=whose.id if whose else None,
            person_id=person.id,
        ).id  # fmt: skip


def done(office: Office) -> dict[int, int | None]:
    """By whom, of what is done."""
    with office.database.reading() as session:
        return {one.id: one.done_by for one in session.query(StaffTask).all() if one.done_at is not None}


def seen(browser: StaffBrowser, query: str = "") -> set[str]:
    page = browser.get(f"/taken{query}").text
    return {number for number in NUMBERS if f">{number}</a>" in page}


def test_tasks_are_filtered_by_whose_and_of_what_kind(office: Office, anna: Account, browser: StaffBrowser) -> None:
    task(office, "K-1", whose=anna), task(office, "K-2", TaskKind.NOT_REACHED)
    task(office, "K-3", whose=office.add(Role.CASEWORKER, login="piet"))

    assert seen(browser) == {"K-1", "K-2"}
    assert seen(browser, "?van=mij") == {"K-1"}
    assert seen(browser, "?van=team") == {"K-2"}
    assert seen(browser, "?van=iedereen") == {"K-1", "K-2", "K-3"}
    assert seen(browser, "?van=iedereen&soort=niet-bereikt") == {"K-2"}
    assert seen(browser, "?van=x&soort=x&vanaf=x") == {"K-1", "K-2"}
    assert "Aan de beurt, nog geen tijd gekozen (2)" in browser.get("/taken?van=iedereen&soort=niet-bereikt").text


def test_a_long_list_goes_on_over_pages(office: Office, browser: StaffBrowser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.tasks.A_PAGE", 2)
    for number in NUMBERS:
        task(office, number)

    assert seen(browser) == {"K-1", "K-2"}
    assert 'href="/portal/taken?van=team&amp;vanaf=2"' in browser.get("/taken?van=team").text
    assert seen(browser, "?van=team&vanaf=2") == {"K-3"}


def test_several_are_ticked_together_and_noted(office: Office, anna: Account, browser: StaffBrowser) -> None:
    first, second, _third = (task(office, number) for number in NUMBERS)
    form = {f"taak_{first}": "1", f"taak_{second}": "1", "taak_x": "1"}
    once, twice = (browser.post("/taken/klaar?van=team", form) for _ in range(2))

    assert once.headers["location"] == "/portal/taken?van=team&afgevinkt=2"
    assert twice.headers["location"] == "/portal/taken?van=team&afgevinkt=0"
    assert done(office) == {first: anna.id, second: anna.id}
    assert office.entries("tasks_done")[0].detail == {"tasks": [first, second]}


def test_who_ticked_first_has_done_it(office: Office, anna: Account, browser: StaffBrowser) -> None:
    one = task(office, "K-1")
    office.staff(Role.CASEWORKER).post(f"/taken/{one}/klaar")
    browser.post("/taken/klaar", {f"taak_{one}": "1"})

    assert done(office)[one] not in (None, anna.id)


def test_with_one_of_another_municipality_none_is_ticked(office: Office, browser: StaffBrowser) -> None:
    ours, theirs = task(office, "K-1"), task(office, "K-2", elsewhere=1)
    response = browser.post("/taken/klaar", {f"taak_{ours}": "1", f"taak_{theirs}": "1"})

    assert (response.status_code, done(office)) == (404, {})
    assert office.entries("tasks_done") == []


def test_without_a_cross_it_is_said_what_to_do(browser: StaffBrowser) -> None:
    assert browser.post("/taken/klaar").headers["location"] == "/portal/taken?afgevinkt=0"
    assert "Kruis eerst een taak aan" in browser.get("/taken?afgevinkt=0").text


def test_what_is_done_stands_apart_and_can_be_put_back(office: Office, browser: StaffBrowser) -> None:
    one = task(office, "K-1")
    browser.post(f"/taken/{one}/klaar")

    assert (seen(browser), seen(browser, "?staat=klaar")) == (set(), {"K-1"})
    assert "door Anna Visser" in browser.get("/taken?staat=klaar").text
    assert [browser.post(f"/taken/{one}/terug?staat=klaar").status_code for _ in range(2)] == [303, 303]
    assert (seen(browser), done(office)) == ({"K-1"}, {})
