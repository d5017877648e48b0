"""The page behind the link in a message that itself tells nothing: for who has the key, as long as it holds."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Channel, Message, MessageKind, MessageStatus, Municipality
from services.reminding.letter import KEYS, link_to_letter
from services.words import Button, Words
from tests.agenda import build_chat
from tests.integration.web.conftest import Chat

SECRET = "Uw gesprek is op maandag 7 december."


@pytest.fixture
def said(chat: Chat) -> int:
    """A message over Telegram that only tells that there is one."""
    with chat.database.writing() as session:
        town = find_town(session)
        message = Message(
            municipality_id=town.id, conversation_id=build_chat(session, town, channel=Channel.TELEGRAM).id, seq=1,
            kind=MessageKind.REMINDER, status=MessageStatus.SENT, text="U heeft een bericht.", created_at=chat.clock(),
            detail={"letter": Words(SECRET, buttons=(Button("Verzetten", "/move"),)).to_json()},
        )  # fmt: skip
        session.add(message)
        session.flush()
        return message.id


def find_town(session: Session) -> Municipality:
    return session.scalars(select(Municipality).where(Municipality.slug == "voorbeeldstad")).one()


def link(chat: Chat, message_id: int) -> str:
    """As it goes out: `/voorbeeldstad/bericht/...`."""
    with chat.database.writing() as session:
        town, message = find_town(session), session.get_one(Message, message_id)
        made = link_to_letter(session, town.id, town.slug, message.id, message.conversation_id, chat.clock())
    assert made is not None
    return made


def opened(chat: Chat, address: str) -> tuple[int, bool]:
    answer = chat.browser().client.get(address)
    return answer.status_code, SECRET in answer.text


def test_who_has_the_key_reads_it_without_a_cookie_and_leaves_no_trace(chat: Chat, said: int) -> None:
    answer = chat.browser().client.get(link(chat, said))

    assert (answer.status_code, SECRET in answer.text, "Verzetten" in answer.text) == (200, True, True)
    assert "set-cookie" not in answer.headers
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert "noindex" in answer.headers["x-robots-tag"]


@pytest.mark.parametrize("wrong", ["{}x", "{}-", "1-", "999-{}", "", "x"])
def test_another_key_opens_nothing_and_the_page_leads_on(chat: Chat, said: int, wrong: str) -> None:
    address = link(chat, said)
    key = address.rpartition("/")[2]

    assert opened(chat, address.replace(key, wrong.format(key) or "0-0")) == (404, False)
    assert 'href="/voorbeeldstad"' in chat.browser().client.get(address.replace(key, "0-0")).text


def test_under_another_municipality_it_is_not_there(chat: Chat, said: int) -> None:
    assert opened(chat, link(chat, said).replace("voorbeeldstad", "buurstad")) == (404, False)


def test_after_a_week_it_is_over(chat: Chat, said: int) -> None:
    address = link(chat, said)
    chat.clock.pass_by(timedelta(days=7, seconds=-1))
    before = opened(chat, address)
    chat.clock.pass_by(timedelta(seconds=1))

    assert (before, opened(chat, address)) == ((200, True), (404, False))


def test_later_links_take_the_place_of_the_first(chat: Chat, said: int) -> None:
    first, *_, last = [link(chat, said) for _ in range(KEYS + 1)]

    assert (opened(chat, first), opened(chat, last)) == ((404, False), (200, True))


def test_what_was_wiped_opens_no_more(chat: Chat, said: int) -> None:
    address = link(chat, said)
    with chat.database.writing() as session:
        session.delete(session.get_one(Message, said))

    assert opened(chat, address) == (404, False)
