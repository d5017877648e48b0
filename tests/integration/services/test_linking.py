"""A code links a chat to a person: once, in its own municipality, in few tries, and never on record."""

import logging
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from db.models import (
    AuditEntry,
    ContactPoint,
    Conversation,
    ConversationState,
    LinkCode,
    Message,
    MessageKind,
    MessageStatus,
)
from db.models.search_effort import EffortKind
from services.brake import FREE
from services.effects import apply_effects
from services.effort.keep import efforts_of, keep_effort
from services.errors import PersonExists, UnknownCode, UnknownPerson
from services.people.link import CHAT, TOWN, unlink
from services.people.link_code import make_code, revoke_code
from services.people.person import add_person, codes_of, contact_points_of, conversations_of, find_person, person_of
from tests.builders import build_municipality
from tests.integration.services.conftest import Town, at_once
from tests.people import build_caseworker, build_code, build_person

LINKED, WRONG, WAIT = "hoort nu bij uw dossier", "werkt hier niet", "even geen codes"


def new_code(town: Town, number: str = "K-1001") -> str:
    with town.database.writing() as session:
        return build_code(session, town.row, build_person(session, town.row, number))


def last_said(town: Town, conversation_id: int) -> str:
    return town.messages(conversation_id)[-1].text


def whose(town: Town, conversation_id: int) -> str | None:
    with town.database.reading() as session:
        person = person_of(session, session.get_one(Conversation, conversation_id))
        return person.client_number if person else None


def count(town: Town, record: type) -> int:
    with town.database.reading() as session:
        return session.scalar(select(func.count()).select_from(record)) or 0


@pytest.mark.parametrize("written", ["{}", "mijn koppelcode is {}", "{} dat staat op mijn briefje"])
def test_a_code_typed_at_once_links_the_chat(town: Town, written: str) -> None:
    code = new_code(town)

    received = town.say(written.format(code.lower()))

    assert LINKED in last_said(town, received.conversation_id)
    assert whose(town, received.conversation_id) == "K-1001"


def test_the_ways_in_which_people_type_a_code_all_work(town: Town) -> None:
    for number, (old, new) in enumerate((("-", ""), ("-", " - "), ("0", "o"), ("0", "O"), ("1", "l"), ("1", "i"))):
        received = town.say(f"({new_code(town, f'K-{number}').replace(old, new)}).", address=f"resident {number}")

        assert whose(town, received.conversation_id) == f"K-{number}"


def test_who_was_asked_for_it_may_read_it_out_in_pieces(town: Town) -> None:
    code = new_code(town).replace("-", "")
    asked = town.say("ik heb een koppelcode")
    with town.database.writing() as session:
        session.get_one(Conversation, asked.conversation_id).topic = "link_case"

    town.say(f"{code[:3]} {code[3:6]} {code[6:]}")

    assert whose(town, asked.conversation_id) == "K-1001"


def test_the_code_is_in_no_row_and_no_log_and_no_line_for_rasa(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    code = new_code(town)
    long = " ".join(["ik heb een hele lange vraag over mijn bijverdiensten en over mijn huur"] * 2)
    received = town.say(f"{long} {code}")
    town.say(code, address="somebody else")

    with town.database.reading() as session:
        stored = [f"{m.text}{m.payload}{m.detail}" for m in session.scalars(select(Message))]
        stored += [f"{c.lookup}" for c in session.scalars(select(LinkCode))]
        stored += [f"{e.deed}{e.subject}{e.detail}" for e in session.scalars(select(AuditEntry))]
    halves = code.split("-")
    assert [text for text in (*stored, caplog.text) if any(half in text.upper() for half in halves)] == []
    # Besides the code there is a question in it: Rasa reads the rest.
    assert (town.next_text(received.conversation_id) or "").endswith("[koppelcode]")


def test_a_short_line_with_a_code_is_answered_here_and_now(town: Town) -> None:
    received = town.say(new_code(town))

    (line,) = town.messages(received.conversation_id, MessageKind.LINE)
    assert (line.status, line.text, line.detail) == (MessageStatus.ANSWERED, "[koppelcode]", {"masked": ["koppelcode"]})
    assert town.next_text(received.conversation_id) is None


def test_a_code_works_once(town: Town) -> None:
    code = new_code(town)
    first = town.say(code, address="phone")

    second = town.say(code, address="laptop")

    assert (whose(town, first.conversation_id), whose(town, second.conversation_id)) == ("K-1001", None)
    assert WRONG in last_said(town, second.conversation_id)


def test_of_two_chats_with_the_same_code_at_once_one_is_linked(town: Town) -> None:
    code = new_code(town)
    chats = [town.say(address=f"chat {n}").conversation_id for n in range(6)]

    at_once(6, lambda n: town.say(code, address=f"chat {n}", external_id=f"race-{n}"))

    assert sorted(str(whose(town, chat)) for chat in chats) == ["K-1001", *["None"] * 5]
    assert sum(LINKED in last_said(town, chat) for chat in chats) == 1


def test_a_code_that_ran_out_is_as_wrong_as_any_other(town: Town) -> None:
    code = new_code(town)
    town.clock.forward(days=8)

    received = town.say(code)

    assert WRONG in last_said(town, received.conversation_id)
    assert whose(town, received.conversation_id) is None


def test_a_municipality_sets_for_how_long_a_code_holds(town: Town) -> None:
    with town.database.writing() as session:
        row = session.merge(town.row)
        row.settings = {"link_code_days": 1}
        made, _ = make_code(
            session, town.keys, build_caseworker(session, row), build_person(session, row), town.clock()
        )

    assert made.expires_at == town.clock() + timedelta(days=1)


def test_a_code_of_another_municipality_does_not_work_here(town: Town) -> None:
    with town.database.writing() as session:
        other = build_municipality(session, "elders", "Elders")
        code = build_code(session, other, build_person(session, other, "E-1"))

    received = town.say(code)

    assert WRONG in last_said(town, received.conversation_id)
    assert count(town, AuditEntry) == 1  # only that it was made


def test_nothing_of_another_municipality_can_be_reached(town: Town) -> None:
    with town.database.writing() as session:
        other = build_municipality(session, "elders", "Elders")
        person, stranger = build_person(session, town.row), build_caseworker(session, other)
        code, _ = make_code(session, town.keys, build_caseworker(session, town.row), person, town.clock())

        with pytest.raises(UnknownPerson):
            make_code(session, town.keys, stranger, person, town.clock())
        with pytest.raises(UnknownPerson):
            find_person(session, other.id, person.id)
        with pytest.raises(UnknownCode):
            revoke_code(session, stranger, code.id, town.clock())
        assert list(contact_points_of(session, other.id, person.id)) == []
        assert list(codes_of(session, other.id, person.id)) == []


def test_a_new_code_takes_the_place_of_the_old_one(town: Town) -> None:
    with town.database.writing() as session:
        person = build_person(session, town.row)
        old, new = (build_code(session, town.row, person) for _ in range(2))

    assert WRONG in last_said(town, town.say(old).conversation_id)
    assert LINKED in last_said(town, town.say(new).conversation_id)


def test_a_code_that_was_revoked_works_no_more_and_a_used_one_cannot_be_revoked(town: Town) -> None:
    with town.database.writing() as session:
        caseworker, person = build_caseworker(session, town.row), build_person(session, town.row)
        made, code = make_code(session, town.keys, caseworker, person, town.clock())
        revoke_code(session, caseworker, made.id, town.clock())
        second, good = make_code(session, town.keys, caseworker, person, town.clock())

    assert WRONG in last_said(town, town.say(code).conversation_id)
    town.say(good)
    with town.database.writing() as session, pytest.raises(UnknownCode):
        revoke_code(session, caseworker, second.id, town.clock())


def test_a_closed_case_takes_no_chat(town: Town) -> None:
    with town.database.writing() as session:
        person = build_person(session, town.row)
        code = build_code(session, town.row, person)
        person.closed_at = town.clock()

    assert WRONG in last_said(town, town.say(code).conversation_id)


def test_after_a_few_wrong_codes_a_chat_has_to_wait_also_with_the_right_one(town: Town) -> None:
    right = new_code(town)
    for _ in range(FREE[CHAT]):
        received = town.say("2A2A-2A2A")
    assert WRONG in last_said(town, received.conversation_id)

    town.say(right)
    assert WAIT in last_said(town, received.conversation_id)
    town.clock.forward(minutes=2)
    town.say(right)

    assert whose(town, received.conversation_id) == "K-1001"


def test_a_hundred_wrong_codes_at_once_are_all_counted(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FREE, TOWN, 3)
    chats = at_once(8, lambda n: town.say("2A2A-2A2A", address=f"chat {n}", external_id=f"race-{n}").conversation_id)

    assert sum(WRONG in last_said(town, chat) for chat in chats) == 3
    assert sum(WAIT in last_said(town, chat) for chat in chats) == 5


def test_the_tries_of_a_municipality_begin_anew_every_day(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FREE, TOWN, 1)
    town.say("2A2A-2A2A", address="one")
    assert WAIT in last_said(town, town.say("2A2A-2A2A", address="two").conversation_id)

    town.clock.forward(days=1)

    assert WRONG in last_said(town, town.say("2A2A-2A2A", address="three").conversation_id)


def test_two_channels_are_one_person_with_one_history(town: Town) -> None:
    with town.database.writing() as session:
        person = build_person(session, town.row)
        first = build_code(session, town.row, person)
    old = town.say("iets van vroeger", address="phone")
    town.clock.forward(days=3)
    phone = town.say(first, address="phone")
    with town.database.writing() as session:
        second = build_code(session, town.row, session.merge(person))
    laptop = town.say(second, address="laptop")

    with town.database.reading() as session:
        history = conversations_of(session, town.row.id, person.id)
        assert {row.id for row in history} == {phone.conversation_id, laptop.conversation_id}
        assert old.conversation_id not in {row.id for row in history}
        assert len(contact_points_of(session, town.row.id, person.id)) == 2


def test_what_was_told_before_linking_goes_along(town: Town) -> None:
    received = town.say()
    with town.database.writing() as session:
        conversation = session.get_one(Conversation, received.conversation_id)
        keep_effort(session, conversation, EffortKind.APPLIED, town.clock().date(), "gesolliciteerd", town.clock())

    town.say(new_code(town))

    with town.database.reading() as session:
        person = person_of(session, conversation)
        assert person is not None
        assert [effort.text for effort in efforts_of(session, town.row.id, person.id)] == ["gesolliciteerd"]


def test_another_code_makes_the_chat_that_of_another_person(town: Town) -> None:
    received = town.say(new_code(town, "K-1"))

    town.say(new_code(town, "K-2"))

    assert whose(town, received.conversation_id) == "K-2"


def test_the_resident_undoes_the_link_and_the_log_tells(town: Town) -> None:
    received = town.say(new_code(town))
    with town.database.writing() as session:
        conversation = session.get_one(Conversation, received.conversation_id)
        apply_effects(session, conversation, [{"effect": "link", "deed": "undo"}], town.clock())

    assert whose(town, received.conversation_id) is None
    with town.database.reading() as session:
        entries = [(entry.deed, entry.account_id is None) for entry in session.scalars(select(AuditEntry))]
    assert entries == [("link_code_made", False), ("linked", True), ("unlinked", True)]


def test_when_a_caseworker_undoes_it_the_resident_reads_so(town: Town) -> None:
    received = town.say(new_code(town))
    with town.database.writing() as session:
        contact = session.scalars(select(ContactPoint)).one()
        unlink(session, contact, build_caseworker(session, town.row, "tweede"), town.clock())

    assert whose(town, received.conversation_id) is None
    assert "ongedaan gemaakt" in last_said(town, received.conversation_id)


def test_a_client_number_is_used_once_in_a_municipality(town: Town) -> None:
    with town.database.writing() as session:
        build_person(session, town.row)
        other = build_municipality(session, "elders", "Elders")

        with pytest.raises(PersonExists):
            add_person(session, town.row.id, " K-1001 ", town.clock())
        assert add_person(session, other.id, "K-1001", town.clock()).id


def test_with_a_person_in_the_chat_a_code_links_all_the_same(town: Town) -> None:
    received = town.say()
    town.set_state(received.conversation_id, ConversationState.HUMAN)

    town.say(new_code(town))

    assert whose(town, received.conversation_id) == "K-1001"
    assert LINKED in last_said(town, received.conversation_id)
