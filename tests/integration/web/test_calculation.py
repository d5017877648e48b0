"""The page of a calculation: who sees it, what can be done with it, and the way on when it cannot be shown."""

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from db.models import Calculation, Conversation
from services.calculations import make_link
from tests.calculations import a_situation, build_calculation
from tests.integration.web.browser import Browser
from tests.integration.web.conftest import Chat

PAGE = re.compile(r"<[^>]+>")


def shown_to(chat: Chat, browser: Browser, situation: dict[str, Any] | None = None, **how: Any) -> str:
    """The way to the page of a calculation that was shown in the conversation of this browser."""
    browser.send("hoeveel houd ik over")
    with chat.database.writing() as session:
        conversation = session.scalars(select(Conversation).order_by(Conversation.id.desc())).first()
        assert conversation is not None
        made = build_calculation(session, conversation, situation, chat.clock(), **how)
        return f"/berekening/{made.public_id}"


def link_to(chat: Chat) -> str:
    with chat.database.writing() as session:
        link = make_link(session.scalars(select(Calculation)).one(), "voorbeeldstad", chat.clock())
    return link.removeprefix("/voorbeeldstad")


def kept(chat: Chat) -> Calculation:
    with chat.database.reading() as session:
        return session.scalars(select(Calculation)).one()


def words(browser: Browser) -> str:
    return " ".join(PAGE.sub(" ", browser.page).replace("\u00a0", " ").split())


def test_the_page_tells_all_in_the_order_in_which_people_ask_it(chat: Chat, fatima: Browser) -> None:
    response = fatima.get(shown_to(chat, fatima))
    assert response.status_code == 200
    told = words(fatima)
    order = (
        "U houdt ongeveer € 272 per maand meer over dan nu.",
        "Loon, netto € 0 € 1.272",
        "Samen € 1.850 € 2.123",
        "Vanaf 26 uur per week stopt uw uitkering.",
        "20 uw uren 1.272 364 486 2.123",
        "Van 20 tot 26 uur levert meer werken bijna niets op.",
        "Wat verandert wanneer?",
        "Let op",
        "Dit is niet meegerekend",
        "Dit is een schatting, geen beschikking (besluit).",
        "met de bedragen van 1 juli 2026.",
        "artikel 31, lid 2, onderdeel n, Participatiewet",
        "Medewerkers van de gemeente die uw gesprek mogen lezen",
    )
    places = [told.find(sentence) for sentence in order]
    assert -1 not in places
    assert places == sorted(places)


def test_nothing_of_it_is_kept_by_search_engines_browsers_or_proxies(chat: Chat, fatima: Browser) -> None:
    headers = fatima.get(shown_to(chat, fatima)).headers
    assert headers["x-robots-tag"] == "noindex, noarchive"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "style=" not in fatima.page


def test_another_browser_gets_a_kind_page_and_no_amounts(chat: Chat, fatima: Browser, karel: Browser) -> None:
    path = shown_to(chat, fatima)
    response = karel.get(path)
    assert response.status_code == 404
    assert "Deze berekening kunnen wij hier niet laten zien" in karel.page
    assert "Vraag in de chat of in Telegram opnieuw" in karel.page
    assert "272" not in karel.page


def test_a_link_opens_it_for_a_day_anywhere(chat: Chat, fatima: Browser, karel: Browser) -> None:
    shown_to(chat, fatima)
    link = link_to(chat)
    assert karel.get(link).status_code == 200
    assert "Deze link werkt tot dinsdag 24 november 2026, 10.00." in karel.page
    assert 'value="bewaar"' not in karel.page, "the list is of the browser in which it was asked for"
    chat.clock.pass_by(timedelta(hours=24))
    assert karel.get(link).status_code == 404


@pytest.mark.parametrize("key", ["", "x", "é", "A" * 5000])
def test_a_wrong_key_gets_the_same_page_as_an_unknown_calculation(
    chat: Chat, fatima: Browser, karel: Browser, key: str
) -> None:
    path = shown_to(chat, fatima)
    link_to(chat)
    wrong = karel.client.get(f"/voorbeeldstad{path}", params={"sleutel": key})
    unknown = karel.client.get("/voorbeeldstad/berekening/0000", params={"sleutel": key})
    assert (wrong.status_code, unknown.status_code) == (404, 404)
    assert wrong.text == unknown.text


def test_a_link_of_one_municipality_opens_nothing_in_another(chat: Chat, fatima: Browser, karel: Browser) -> None:
    shown_to(chat, fatima)
    karel.slug = "buurstad"
    assert karel.get(link_to(chat)).status_code == 404


def do(browser: Browser, path: str, deed: str, **more: str) -> int:
    return browser.post(path.partition("?")[0], {"csrf": browser.fields["csrf"], "daad": deed, **more}).status_code


def test_it_is_saved_in_the_list_of_this_browser_and_taken_off_again(
    chat: Chat, fatima: Browser, karel: Browser
) -> None:
    path = shown_to(chat, fatima)
    fatima.get("/berekeningen")
    assert "U heeft nog geen berekening bewaard." in fatima.page
    fatima.get(path)
    assert do(fatima, path, "bewaar") == 303
    fatima.get("/berekeningen")
    assert "20 uur per week, berekend op 23 november 2026" in fatima.page
    assert path in fatima.page
    karel.get("/berekeningen")
    assert path not in karel.page
    fatima.get(path)
    do(fatima, path, "haal_weg")
    assert kept(chat).saved_at is None


def test_it_is_shared_with_the_caseworker_and_that_is_undone(chat: Chat, fatima: Browser) -> None:
    path = shown_to(chat, fatima)
    fatima.get(path)
    do(fatima, path, "deel")
    first = kept(chat).shared_at
    assert first == chat.clock()
    chat.clock.pass_by(timedelta(minutes=1))
    do(fatima, path, "deel")
    assert kept(chat).shared_at == first, "pressing twice changes nothing"
    fatima.get(path)
    assert "U deelt deze berekening sinds 23 november 2026." in fatima.page
    do(fatima, path, "niet_delen")
    assert kept(chat).shared_at is None


def test_who_has_the_link_may_share_but_not_save(chat: Chat, fatima: Browser, karel: Browser) -> None:
    path = shown_to(chat, fatima)
    link = link_to(chat)
    karel.get(link)
    key = link.partition("=")[2]
    do(karel, path, "bewaar", sleutel=key)
    do(karel, path, "deel", sleutel=key)
    assert (kept(chat).saved_at, kept(chat).shared_at) == (None, chat.clock())


def test_a_form_without_its_token_or_key_does_nothing(chat: Chat, fatima: Browser, karel: Browser) -> None:
    path = shown_to(chat, fatima)
    fatima.get(path)
    assert fatima.post(path, {"csrf": "x", "daad": "deel"}).status_code == 403
    assert "Druk nog een keer op de knop." in fatima.page
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert fatima.post(path, {"csrf": fatima.fields["csrf"], "daad": "deel"}, headers).status_code == 403
    karel.get("/wis")
    assert do(karel, path, "deel") == 404
    assert do(fatima, path, "wis_alles") == 303
    assert (kept(chat).saved_at, kept(chat).shared_at) == (None, None)


def test_a_range_stands_in_two_columns(chat: Chat, fatima: Browser) -> None:
    fatima.get(shown_to(chat, fatima, a_situation(16), until=Decimal(20)))
    told = words(fatima)
    assert "Per maand Nu Met 16 uur Met 20 uur" in told
    assert "Met 16 uur per week houdt u ongeveer € 222 per maand meer over dan nu." in told
    assert "Samen € 1.850 € 2.073 € 2.123" in told


def test_less_is_said_as_it_is(chat: Chat, fatima: Browser) -> None:
    """Two small jobs of a couple that shares its home: the wage is settled, and toeslagen fall."""
    paar = {"type": "paar", "birth_dates": ["1990-03-01", "1988-01-01"]}
    work = [{"hours_per_week": 30, "hourly_wage": "15.00", "months_with_n": 6}]
    fatima.get(shown_to(chat, fatima, a_situation(household=paar, work=work)))
    told = words(fatima)
    assert re.search(r"U houdt ongeveer (€ \d+ per maand minder over dan|evenveel over als) nu", told), told[:400]


def test_it_is_shown_in_the_language_of_the_chat(chat: Chat, fatima: Browser) -> None:
    path = shown_to(chat, fatima)
    with chat.database.writing() as session:
        session.scalars(select(Conversation)).one().language = "en"
    fatima.get(path)
    assert "You keep about" in fatima.page
    assert "Assistance you get each month without work; holiday pay comes later" in fatima.page
    assert 'lang="en"' in fatima.page
