"""A browser that a code linked: known for longer than another, also when no conversation is in sight any more."""

from datetime import timedelta

from sqlalchemy import select

from bot.channels.web.session import LINKED_FOR
from db.models import Conversation, Municipality
from services.conversations import WAITS_FOR
from tests.integration.web.browser import Browser
from tests.integration.web.conftest import Chat
from tests.people import build_person, link_directly


def kept_for(browser: Browser) -> int:
    cookie = browser.get().headers["set-cookie"]
    return int(cookie.lower().split("max-age=")[1].split(";")[0])


def test_a_linked_browser_is_known_for_half_a_year(chat: Chat, fatima: Browser) -> None:
    fatima.send("spaargeld")
    assert kept_for(fatima) == WAITS_FOR.total_seconds()
    with chat.database.writing() as session:
        town = session.scalars(select(Municipality).where(Municipality.slug == "voorbeeldstad")).one()
        link_directly(session, session.scalars(select(Conversation.id)).one(), build_person(session, town))

    assert kept_for(fatima) == LINKED_FOR.total_seconds()
    chat.clock.pass_by(timedelta(days=40))
    assert kept_for(fatima) == LINKED_FOR.total_seconds()
