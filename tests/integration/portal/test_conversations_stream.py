"""The open line to the list and to a conversation: it tells what changed, once, and nothing of another municipality."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete

from db.models import Account, Conversation, ConversationState, Message, MessageKind, MessageStatus, Role
from portal.conversations_asked import Asked
from portal.conversations_open import Open
from portal.staff import Staff, staff_of
from services.conversation_list.order import Filters, View
from services.errors import ConversationGone
from services.staff_sessions import find_session
from tests.conversations import build_conversation, build_message
from tests.integration.portal.browser import StaffBrowser
from tests.integration.portal.conftest import Office

WAITING = ConversationState.WAITING


@pytest.fixture
def sanne(office: Office) -> Account:
    return office.add(Role.CASEWORKER, login="sanne", name="Sanne", shown_as="Sanne")


@pytest.fixture
def browser(office: Office, sanne: Account) -> StaffBrowser:
    return office.sign_in(sanne)


@pytest.fixture
def staff(office: Office, browser: StaffBrowser) -> Staff:
    with office.database.reading() as session:
        found = find_session(session, office.keys, browser.token, office.clock())
        assert found
        return staff_of(found, "csrf")


def add(office: Office, *lines: str, **fields: object) -> int:
    """A conversation of some hours ago: nothing about it is new."""
    old = office.clock() - timedelta(hours=3)
    with office.database.writing() as session:
        return build_conversation(session, office.town, *lines, **{"at": old} | fields).id  # type: ignore[arg-type]


def change(office: Office, conversation: int, **fields: object) -> None:
    with office.database.writing() as session:
        row = session.get_one(Conversation, conversation)
        for name, value in ({"changed_at": office.clock()} | fields).items():
            setattr(row, name, value)


def opened(office: Office, staff: Staff, *rows: int, view: View = View.ALL, **more: object) -> Open:
    given = {"rows": rows, "beginning": True, "conversation": None, "after": 0, "since": office.clock()} | more
    page = Open(office.door, staff, Asked(Filters(view)), **given)  # type: ignore[arg-type]
    page.look()
    return page


def told(page: Open) -> list[tuple[str, str]]:
    """Names of the events, with the text of their HTML."""
    return [(name, " ".join(re.sub(r"<[^>]+>", " ", html).split())) for name, _, html in page.look()]


def test_a_page_that_was_just_drawn_is_told_nothing(office: Office, staff: Staff) -> None:
    page = Open(office.door, staff, Asked(Filters()), (add(office),), True, None, 0, office.clock())

    assert [name for name, _ in told(page)] == ["delen"]
    assert told(page) == []


def test_what_changed_while_the_page_was_drawn_is_told_at_once(office: Office, staff: Staff) -> None:
    fresh = add(office)
    change(office, fresh, state=WAITING, waiting_since=office.clock())
    page = Open(office.door, staff, Asked(Filters()), (fresh,), True, None, 0, office.clock())

    assert "rij" in [name for name, _ in told(page)]


def test_a_page_that_was_away_for_an_hour_is_told_all_it_missed(office: Office, staff: Staff) -> None:
    changed, same = add(office), add(office)
    drawn_at = office.clock()
    office.clock.forward(minutes=10)
    change(office, changed, state=ConversationState.CLOSED)
    office.clock.forward(minutes=50)
    page = Open(office.door, staff, Asked(Filters()), (changed, same), True, None, 0, drawn_at)

    assert [(name, html) for name, html in told(page) if name == "rij" and "Gesloten" in html]
    assert len([name for name, _ in told(page)]) == 0


def test_a_row_that_changes_is_sent_alone_and_once(office: Office, staff: Staff) -> None:
    one, two = add(office, "een"), add(office, "twee")
    page = opened(office, staff, two, one)
    change(office, one, state=ConversationState.CLOSED)

    events = told(page)
    assert [name for name, _ in events] == ["rij"]
    assert "Gesloten" in events[0][1]
    assert told(page) == []


def test_a_waiting_time_ticks_without_anything_happening(office: Office, staff: Staff) -> None:
    waits = add(office, state=WAITING, waiting_since=office.clock() - timedelta(minutes=5))
    page = opened(office, staff, waits)
    office.clock.forward(seconds=60)

    events = told(page)
    assert [name for name, _ in events] == ["rij"]
    assert "wacht 6 min" in events[0][1]


def test_new_ones_are_counted_within_the_filters_and_do_not_come_by_themselves(office: Office, staff: Staff) -> None:
    waits = add(office, state=WAITING, waiting_since=office.clock() - timedelta(minutes=5))
    page = opened(office, staff, waits, view=View.WAITING)
    add(office)
    assert [name for name, _ in told(page)] == []

    for _ in range(2):
        add(office, state=WAITING, waiting_since=office.clock())
    events = dict(told(page))
    assert events["nieuw"] == "2 nieuw"
    assert "Wacht 3 gesprekken" in events["delen"]
    assert told(page) == []


def test_on_a_later_page_of_the_list_nothing_is_called_new(office: Office, staff: Staff) -> None:
    page = opened(office, staff, add(office), beginning=False)
    add(office)

    assert "nieuw" not in dict(told(page))


def test_an_erased_conversation_goes_from_the_list(office: Office, staff: Staff) -> None:
    gone = add(office, "mijn geheim")
    page = opened(office, staff, gone)
    with office.database.writing() as session:
        session.execute(delete(Conversation))

    assert told(page) == [("rij", "Dit gesprek is gewist.")]


def test_what_is_said_comes_in_order_and_once(office: Office, staff: Staff) -> None:
    talk = add(office, "een", "twee")
    page = opened(office, staff, conversation=talk, after=2)
    with office.database.writing() as session:
        row = session.get_one(Conversation, talk)
        build_message(session, row, 3, "drie", created_at=office.clock())
        build_message(session, row, 4, "vier", MessageKind.STAFF, created_at=office.clock())
    events = [(name, number, html) for name, number, html in page.look() if name == "bericht"]

    assert [number for _, number, _ in events] == ["3", "4"]
    assert [name for name, _ in told(page) if name == "bericht"] == []


def test_a_new_day_is_marked_once(office: Office, staff: Staff) -> None:
    talk = add(office, "een")
    page = opened(office, staff, conversation=talk, after=1)
    office.clock.forward(days=1)
    with office.database.writing() as session:
        row = session.get_one(Conversation, talk)
        for seq in (2, 3):
            build_message(session, row, seq, f"regel {seq}", created_at=office.clock())

    drawn = "".join(html for name, _, html in page.look() if name == "bericht")
    assert drawn.count("dagstreep") == 1
    assert drawn.index("24 november 2026") < drawn.index("regel 2")


def test_who_takes_over_changes_what_one_may_do(office: Office, staff: Staff, browser: StaffBrowser) -> None:
    talk = add(office)
    page = opened(office, staff, conversation=talk, after=1)
    office.staff(Role.CASEWORKER).post(f"/gesprekken/{talk}/overnemen")

    events = dict(told(page))
    assert "heeft dit gesprek" in events["stand"]
    assert "Overnemen van" in events["daden"]


def test_a_conversation_that_was_wiped_leaves_the_page(office: Office, staff: Staff) -> None:
    talk = add(office, "een", "twee")
    page = opened(office, staff, conversation=talk, after=2)
    with office.database.writing() as session:
        session.execute(delete(Message))
        build_message(session, session.get_one(Conversation, talk), 3, "Alles is gewist.", MessageKind.NOTICE)

    with pytest.raises(ConversationGone):
        page.look()


def test_a_line_to_another_municipality_tells_nothing(office: Office, staff: Staff) -> None:
    with office.database.writing() as session:
        theirs = build_conversation(session, office.stranger, "geheim").id
    rows = Open(office.door, staff, Asked(Filters()), (theirs,), True, None, 0, office.clock())

    assert "geheim" not in str(rows.look())
    with pytest.raises(ConversationGone):
        Open(office.door, staff, Asked(Filters()), (), True, theirs, 1, office.clock()).look()


def names(stream: str) -> list[str]:
    return re.findall(r"^event: (\w+)\r?$", stream, re.MULTILINE)


@pytest.fixture
def one_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.conversations_stream.LONGEST", 0.2)
    monkeypatch.setattr("portal.conversations_stream.GATHER", 0.2)


@pytest.mark.usefixtures("one_look")
def test_the_line_is_a_stream_of_named_events(office: Office, browser: StaffBrowser) -> None:
    talk = add(office, "een\ndata: twee")
    change(office, talk)
    with office.database.writing() as session:
        session.get_one(Message, 1).status = MessageStatus.HANDED
    response = browser.get(f"/gesprekken/stroom?rijen={talk},x,999&gesprek={talk}&bericht=0")

    assert response.headers["content-type"].startswith("text/event-stream")
    assert names(response.text) == ["rij", "rij", "delen", "bericht", "stand", "daden"]
    assert "id: 1" in response.text
    # What was typed stays within its event: every line of it is a line of data.
    assert [line for line in response.text.splitlines() if not re.match(r"(event|id|data): |data:$|$", line)] == []


@pytest.mark.usefixtures("one_look")
def test_who_is_signed_out_is_told_so_and_nothing_else(
    office: Office, browser: StaffBrowser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.conversations_stream.still_here", lambda *_: False)

    assert names(browser.get("/gesprekken/stroom").text) == ["uit"]


@pytest.mark.usefixtures("one_look")
def test_what_is_gone_makes_the_page_ask_again(browser: StaffBrowser) -> None:
    assert "event: opnieuw" in browser.get("/gesprekken/stroom?gesprek=999").text
