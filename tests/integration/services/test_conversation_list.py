"""The caseworkers' list: its order, its filters, its pages, and that it is read along an index."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, text

from db.models import Channel, Conversation, ConversationState, MessageKind, MessageStatus
from db.session import Database
from services.conversation_list.order import Filters, Place, View
from services.conversation_list.page import Page, count_waiting, list_conversations, rows_now
from services.conversation_list.rows import Row
from tests.builders import build_municipality, build_topic
from tests.conversations import MONDAY, build_conversation, build_message
from tests.integration.services.colleagues import Colleague, colleague
from tests.integration.services.conftest import Town

HUMAN, WAITING, CLOSED = ConversationState.HUMAN, ConversationState.WAITING, ConversationState.CLOSED


def minutes_ago(minutes: float) -> datetime:
    return MONDAY - timedelta(minutes=minutes)


@pytest.fixture
def sanne(town: Town) -> Colleague:
    return colleague(town, "Sanne")


def add(town: Town, *lines: str, **fields: object) -> int:
    with town.database.writing() as session:
        return build_conversation(session, town.row, *lines, **fields).id  # type: ignore[arg-type]


def page(
    who: Colleague, after: Place | None = None, before: Place | None = None, size: int = 50, **filters: object
) -> Page:
    with who.town.database.reading() as session:
        given = Filters(**filters)  # type: ignore[arg-type]
        return list_conversations(session, who.town.row.id, who.account.id, given, after, before, size)


def ids(who: Colleague, **given: object) -> list[int]:
    return [row.id for row in page(who, **given).rows]  # type: ignore[arg-type]


def row(who: Colleague, conversation_id: int) -> Row:
    with who.town.database.reading() as session:
        return rows_now(session, who.town.row.id, [conversation_id])[0]


def test_who_waits_longest_comes_first_and_then_the_newest(town: Town, sanne: Colleague) -> None:
    old, new = add(town, at=minutes_ago(500)), add(town, at=minutes_ago(1))
    short = add(town, at=minutes_ago(2), state=WAITING, waiting_since=minutes_ago(5))
    long = add(town, at=minutes_ago(3), state=WAITING, waiting_since=minutes_ago(90))

    assert ids(sanne) == [long, short, new, old]


def test_a_row_tells_what_one_chooses_by(town: Town, sanne: Colleague) -> None:
    said = [f"vraag {number}" for number in range(3)]
    made = add(town, *said, channel=Channel.TELEGRAM, topic="wealth_limit", staff_seen_seq=1, at=minutes_ago(4))

    seen = row(sanne, made)

    assert (seen.topic_label, seen.channel, seen.said, seen.unread) == (
        "Hoeveel spaargeld",
        Channel.TELEGRAM,
        "vraag 2",
        2,
    )
    assert (seen.last_line_at, seen.waits_since, seen.holder_name) == (minutes_ago(4), None, None)


def test_the_label_of_an_own_topic_wins_and_a_topic_that_is_no_more_has_none(town: Town, sanne: Colleague) -> None:
    with town.database.writing() as session:
        build_topic(session, "wealth_limit", "Spaargeld hier", municipality=town.row)
    own, gone = add(town, topic="wealth_limit"), add(town, topic="no_longer_there")

    assert (row(sanne, own).topic_label, row(sanne, gone).topic_label) == ("Spaargeld hier", None)


def test_only_the_beginning_of_a_long_line_is_read(town: Town, sanne: Colleague) -> None:
    assert len(row(sanne, add(town, "lang " * 900)).said) == 160


def test_a_resident_waits_from_the_first_line_that_a_colleague_did_not_answer(town: Town, sanne: Colleague) -> None:
    received = town.say("hallo")
    sanne.take(received.conversation_id)
    sanne.reply(received.conversation_id)
    assert row(sanne, received.conversation_id).waits_since is None

    town.clock.forward(minutes=1)
    first = town.clock()
    town.say("en nu?")
    town.clock.forward(minutes=1)
    town.say("bent u er nog?")

    assert row(sanne, received.conversation_id).waits_since == first


def test_until_the_first_reply_the_resident_waits_for_who_took_over(town: Town, sanne: Colleague) -> None:
    received = town.say("hallo")
    town.answer(received)
    town.clock.forward(minutes=3)
    sanne.take(received.conversation_id)

    seen = row(sanne, received.conversation_id)
    assert (seen.waits_since, seen.holder_name) == (town.clock(), sanne.account.name)


def test_for_you_is_what_you_have_and_have_not_answered(town: Town, sanne: Colleague) -> None:
    piet = colleague(town, "Piet")
    mine, answered, of_piet = (town.say(address=str(number)).conversation_id for number in range(3))
    for one, who in ((mine, sanne), (answered, sanne), (of_piet, piet)):
        who.take(one)
    sanne.reply(answered)

    assert ids(sanne, view=View.FOR_YOU) == [mine]
    assert set(ids(sanne, view=View.YOURS)) == {mine, answered}
    assert ids(piet, view=View.YOURS) == [of_piet]


def test_the_views_hold_what_they_say(town: Town, sanne: Colleague) -> None:
    with_bot, waits, over = add(town), add(town, state=WAITING, waiting_since=MONDAY), add(town, state=CLOSED)

    assert ids(sanne, view=View.BOT) == [with_bot]
    assert ids(sanne, view=View.WAITING) == [waits]
    assert ids(sanne, view=View.CLOSED) == [over]
    assert set(ids(sanne)) == {with_bot, waits, over}


def test_filters_hold_together(town: Town, sanne: Colleague) -> None:
    wanted = add(town, channel=Channel.TELEGRAM, topic="wealth_limit")
    add(town, channel=Channel.WEB, topic="wealth_limit")
    add(town, channel=Channel.TELEGRAM, topic="holiday_abroad")
    add(town, channel=Channel.TELEGRAM, topic="wealth_limit", staff_seen_seq=1)

    assert ids(sanne, channel=Channel.TELEGRAM, topic="wealth_limit", unread=True) == [wanted]


def test_a_search_gives_what_was_said_within_the_filters(town: Town, sanne: Colleague) -> None:
    add(town, "mag ik een caravan hebben")
    wanted = add(town, "mijn caravan is oud", state=WAITING, waiting_since=MONDAY)

    assert len(ids(sanne, words="caravan")) == 2
    assert ids(sanne, words="caravan", view=View.WAITING) == [wanted]
    assert ids(sanne, words="boot") == []


@pytest.mark.parametrize("view", [View.ALL, View.BOT])
def test_paging_there_and_back_shows_every_conversation_once(town: Town, sanne: Colleague, view: View) -> None:
    with town.database.writing() as session:
        for number in range(23):
            # Some at the same moment: the number decides.
            build_conversation(session, town.row, at=minutes_ago(number // 3))
        for number in range(4 if view is View.ALL else 0):
            build_conversation(session, town.row, state=WAITING, waiting_since=minutes_ago(number // 2))
    everything = ids(sanne, view=view)

    forth = [page(sanne, view=view, size=5)]
    while forth[-1].older:
        forth.append(page(sanne, after=forth[-1].rows[-1].place, view=view, size=5))
    back = [forth[-1]]
    while back[-1].newer:
        back.append(page(sanne, before=back[-1].rows[0].place, view=view, size=5))

    assert [one.id for some in forth for one in some.rows] == everything
    assert [one.id for some in back[::-1] for one in some.rows] == everything
    assert len(everything) == (27 if view is View.ALL else 23)


def test_back_at_the_beginning_the_first_page_is_whole(town: Town, sanne: Colleague) -> None:
    for number in range(4):
        add(town, at=minutes_ago(number))
    second = page(sanne, size=3).rows[1]

    assert len(page(sanne, before=second.place, size=3).rows) == 3


def test_behind_all_who_wait_nobody_waits(town: Town, sanne: Colleague) -> None:
    add(town, state=WAITING, waiting_since=MONDAY)

    assert ids(sanne, view=View.WAITING, after=Place(False, MONDAY, 1)) == []


def test_another_municipality_sees_nothing_of_it(town: Town, sanne: Colleague) -> None:
    made = add(town, "mijn caravan")
    with town.database.writing() as session:
        elsewhere = build_municipality(session, "elders", "Elders")
    with town.database.reading() as session:
        for filters in (Filters(), Filters(words="caravan"), Filters(View.WAITING), Filters(View.YOURS)):
            assert list_conversations(session, elsewhere.id, sanne.account.id, filters).rows == ()
        assert rows_now(session, elsewhere.id, [made]) == ()


def test_what_waits_is_counted_to_a_hundred(town: Town, sanne: Colleague) -> None:
    with town.database.writing() as session:
        for _ in range(103):
            build_conversation(session, town.row, state=WAITING, waiting_since=MONDAY)
    with town.database.reading() as session:
        told = count_waiting(session, town.row.id, sanne.account.id)

    assert told == {View.FOR_YOU: 0, View.WAITING: 100, View.YOURS: 0}


def test_a_page_is_few_queries_whatever_stands_on_it(town: Town, sanne: Colleague) -> None:
    for number in range(30):
        add(town, topic="wealth_limit", at=minutes_ago(number))
    asked: list[str] = []
    event.listen(town.database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))

    page(sanne)

    assert len([query for query in asked if query.startswith("SELECT")]) <= 2


FILTERED = [
    Filters(),
    Filters(View.BOT),
    Filters(View.CLOSED, topic="wealth_limit"),
    Filters(channel=Channel.TERMINAL, topic="wealth_limit"),
    Filters(unread=True),
    Filters(View.WAITING),
]


@pytest.mark.parametrize("filters", FILTERED, ids=str)
def test_a_page_is_read_along_an_index(database: Database, town: Town, sanne: Colleague, filters: Filters) -> None:
    with town.database.writing() as session:
        for number in range(300):
            build_conversation(session, town.row, at=minutes_ago(number), staff_seen_seq=number % 2)
        build_message(session, session.get_one(Conversation, 1), 2, "ja", MessageKind.STAFF, status=MessageStatus.SENT)
    place = Place(filters.view is View.WAITING, minutes_ago(100), 100)
    plan = plan_of(database, sanne, filters, place)

    assert "conversation" in plan
    assert "Seq Scan on conversation" not in plan
    assert "SCAN conversation" not in plan
    # What is put in order is the few of a page, or the few that wait.
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan.split("CORRELATED")[0] or filters.view is View.WAITING


def plan_of(database: Database, who: Colleague, filters: Filters, place: Place) -> str:
    """How the database reads the page behind this place."""
    sqlite = database.engine.dialect.name == "sqlite"
    plans: list[str] = []
    explain = "EXPLAIN QUERY PLAN " if sqlite else "EXPLAIN "
    with database.reading() as session:
        if not sqlite:
            # A table of a test is read whole whatever its indexes, because it is small.
            session.execute(text("SET LOCAL enable_seqscan = off"))
        connection = session.connection()

        def note(_connection: object, _cursor: object, query: str, given: object, *_: object) -> None:
            if query.startswith("SELECT conversation"):
                rows = connection.connection.cursor().execute(explain + query, given).fetchall()  # type: ignore[arg-type]
                plans.extend(str(part) for fetched in rows for part in fetched)

        event.listen(connection, "before_cursor_execute", note)
        list_conversations(session, who.town.row.id, who.account.id, filters, after=place)
    return "\n".join(plans)
