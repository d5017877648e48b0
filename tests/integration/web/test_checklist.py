"""The page of the list in a browser without JavaScript: made, dated, ticked, reminded, kept, and only one's own."""

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from benefits.figures import load_figures
from db.models import ChecklistItem, Message, MessageStatus
from services.checklist.remind import say_thing
from services.reminding.claim import claim_reminders
from services.reminding.speak import say_reminders
from tests.integration.web.browser import Browser
from tests.integration.web.conftest import Chat


def do(browser: Browser, deed: str, key: str = "", day: str = "", **other: str) -> int:
    """Press a button on the page of the list."""
    response = browser.post(
        "/checklist", {"csrf": browser.fields["csrf"], "daad": deed, "punt": key, "dag": day} | other
    )
    if response.status_code == 303:
        browser.get("/checklist")
    return response.status_code


@pytest.fixture
def listed(fatima: Browser) -> Browser:
    fatima.get("/checklist")
    do(fatima, "maak")
    return fatima


def items(chat: Chat) -> dict[str, ChecklistItem]:
    with chat.database.reading() as session:
        return {item.key: item for item in session.scalars(select(ChecklistItem))}


def planned(chat: Chat) -> list[datetime]:
    return [m.due_at for m in chat.messages() if m.status is MessageStatus.PLANNED and m.due_at]


def test_without_a_list_there_is_a_way_to_one(fatima: Browser, chat: Chat) -> None:
    fatima.get("/checklist")

    assert "U heeft hier nog geen lijst" in fatima.page
    assert do(fatima, "maak") == 303
    assert "0 van de 9 punten klaar" in fatima.page
    assert len(items(chat)) == 9


def test_with_a_day_every_thing_has_its_own(listed: Browser) -> None:
    do(listed, "begin", day="2026-12-14")

    assert "vóór 14 december 2026" in listed.page
    assert "vóór 11 januari 2027" in listed.page
    assert 'value="2026-12-14"' in listed.page


@pytest.mark.parametrize(
    ("day", "told"), [("", "Kies eerst een dag."), ("gisteren", "Kies eerst een dag."), ("2062-01-01", "te ver weg")]
)
def test_a_day_that_is_none_is_told_beside_the_field(listed: Browser, day: str, told: str) -> None:
    assert do(listed, "begin", day=day) == 422
    assert told in listed.page


def test_a_tick_stays_and_can_be_taken_back(listed: Browser, chat: Chat) -> None:
    do(listed, "klaar", "travel")
    assert "1 van de 9 punten klaar" in listed.page
    assert items(chat)["travel"].done_at == chat.clock()

    do(listed, "open", "travel")
    assert "0 van de 9 punten klaar" in listed.page


def test_a_reminder_is_asked_for_moved_and_forgotten(listed: Browser, chat: Chat) -> None:
    do(listed, "begin", day="2026-12-14")
    do(listed, "herinner", "travel")
    assert planned(chat) == [datetime(2026, 12, 11, 9, tzinfo=UTC)]
    assert "vrijdag 11 december 2026, 10.00" in listed.page

    for deed, day, at in (
        ("morgen", "", datetime(2026, 11, 24, 9, tzinfo=UTC)),
        ("week", "", datetime(2026, 12, 7, 9, tzinfo=UTC)),
        ("op", "2027-07-01", datetime(2027, 7, 1, 8, tzinfo=UTC)),
    ):
        do(listed, deed, "travel", day)
        assert planned(chat) == [at]
    do(listed, "vergeet", "travel")
    assert planned(chat) == []


@pytest.mark.parametrize(
    ("day", "told"), [("", "Kies eerst een dag."), ("2026-11-22", "al voorbij"), ("2029-01-01", "te ver")]
)
def test_a_day_of_a_reminder_is_looked_at(listed: Browser, day: str, told: str) -> None:
    assert do(listed, "op", "travel", day) == 422
    assert told in listed.page
    assert 'id="fout-travel"' in listed.page


def test_a_reminder_that_was_said_stands_in_the_chat_and_on_the_page(listed: Browser, chat: Chat) -> None:
    do(listed, "begin", day="2026-12-14")
    do(listed, "herinner", "travel")
    chat.clock.now = datetime(2026, 12, 11, 9, tzinfo=UTC)
    with chat.database.writing() as session:
        (reminder,) = claim_reminders(session, "clock", chat.clock())
        saying = {"checklist": partial(say_thing, load_figures())}
        say_reminders(session, saying, [reminder], "clock", chat.clock())
    listed.get("/checklist")
    assert "Herinnering van vrijdag 11 december 2026, 10.00 uur: dit punt staat nog open." in listed.page

    listed.get()
    assert listed.said[-1].startswith("Herinnering")


def test_the_browser_is_known_again_as_long_as_the_list_is_needed(listed: Browser, chat: Chat) -> None:
    do(listed, "begin", day="2027-03-01")
    chat.clock.pass_by(timedelta(days=60))
    response = listed.get("/checklist")

    assert "vóór 1 maart 2027" in listed.page
    age = int(response.headers["set-cookie"].split("Max-Age=")[1].split(";")[0])
    assert timedelta(days=60) < timedelta(seconds=age) < timedelta(days=90)


def test_without_a_list_the_cookie_lives_no_longer_than_before(fatima: Browser) -> None:
    assert f"Max-Age={8 * 86400};" in fatima.get("/checklist").headers["set-cookie"]


def test_nobody_sees_or_changes_the_list_of_another(listed: Browser, karel: Browser, chat: Chat) -> None:
    karel.get("/checklist")
    assert do(karel, "klaar", "travel") == 422

    assert "U heeft hier nog geen lijst" in karel.page
    assert items(chat)["travel"].done_at is None


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {}])
def test_a_form_of_another_site_changes_nothing(listed: Browser, chat: Chat, headers: dict[str, str]) -> None:
    csrf = listed.fields["csrf"] if headers else "guessed"
    response = listed.post("/checklist", {"csrf": csrf, "daad": "klaar", "punt": "travel"}, headers)

    assert response.status_code == 403
    assert items(chat)["travel"].done_at is None


def test_wiping_the_chat_takes_the_list_with_it(listed: Browser, chat: Chat) -> None:
    do(listed, "herinner", "travel")
    listed.get("/wis")
    listed.post("/wis", {"csrf": listed.fields["csrf"]})

    assert items(chat) == {}
    with chat.database.reading() as session:
        assert session.scalars(select(Message)).all() == []


def test_a_deed_nobody_knows_changes_nothing(listed: Browser, chat: Chat) -> None:
    assert do(listed, "alles", "travel") == 303
    assert {item.done_at for item in items(chat).values()} == {None}
