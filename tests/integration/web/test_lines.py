"""A line is stored once, by the one whose conversation it is, and nothing that was typed is lost."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from benefits.figures import load_figures
from bot.brain import Brain
from bot.channels.web.app import make_app
from bot.turn import Turns
from db.models import Conversation, Message, MessageKind
from services.answering import OpenLine
from tests.integration.web.browser import Browser, Client
from tests.integration.web.conftest import Chat

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><script>alert(1)</script>",
    "<svg/onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "**<b onclick=alert(1)>**",
    "' OR 1=1 --",
    "\r\nSet-Cookie: a=b",
    "data: x\n\nevent: opnieuw\ndata: y",
)


def flat(text: str) -> str:
    """Without what is bold or a new line."""
    return " ".join(text.replace("**", "").split())


def lines(chat: Chat) -> list[Message]:
    return [message for message in chat.messages() if message.kind is MessageKind.LINE]


def test_a_line_is_answered_on_the_page_that_the_post_leads_to(fatima: Browser) -> None:
    response = fatima.send("Hoeveel spaargeld mag ik hebben?")
    assert (response.status_code, response.headers["location"]) == (303, "/voorbeeldstad#laatste")
    assert fatima.said[-2] == "Hoeveel spaargeld mag ik hebben?"
    assert "€\xa08.000" in fatima.said[-1]


def test_looking_at_the_page_stores_nothing(chat: Chat, fatima: Browser) -> None:
    assert "een chatbot van de gemeente Voorbeeldstad" in " ".join(fatima.get().text.split())
    with chat.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Conversation)) == 0


def test_the_same_form_posted_twice_is_one_line(chat: Chat, fatima: Browser) -> None:
    fatima.get()
    form = fatima.fields
    fatima.send("Hallo", form=form)
    fatima.send("Hallo", form=form)
    assert [line.text for line in lines(chat)] == ["Hallo"]


def test_the_number_of_somebody_elses_line_is_worth_nothing(chat: Chat, fatima: Browser, karel: Browser) -> None:
    fatima.get()
    nonce = fatima.fields["nonce"]
    fatima.send("Van Fatima")
    karel.send("Van Karel", nonce=nonce)
    assert "Van Karel" in karel.said
    assert "Van Fatima" not in karel.page


def test_a_starter_button_works_before_there_is_a_conversation(chat: Chat, fatima: Browser) -> None:
    fatima.get()
    fatima.press(3, 1)  # chatbot, example, question: the buttons hang on the last
    assert [(line.text, line.payload) for line in lines(chat)] == [("Wat houd ik over", "/work_income_effect")]


def test_the_button_for_a_person_gets_its_meaning_from_the_server(chat: Chat, fatima: Browser) -> None:
    fatima.send(medewerker="1", payload="/delete_my_data", text="/delete_my_data")
    assert [(line.text, line.payload) for line in lines(chat)] == [("Medewerker", "/talk_to_human")]


def test_a_typed_payload_is_text(chat: Chat, fatima: Browser) -> None:
    fatima.send("/delete_my_data")
    assert [(line.text, line.payload) for line in lines(chat)] == [("/delete_my_data", None)]


@pytest.mark.parametrize("htmx", [False, True])
def test_an_empty_line_is_refused_kindly(chat: Chat, fatima: Browser, htmx: bool) -> None:
    response = fatima.send("   ", htmx=htmx)
    assert response.status_code == 422
    assert "Typ eerst uw vraag" in response.text
    assert not lines(chat)


@pytest.mark.parametrize("choice", ["2:9", "99:0", "1:0", "x:y", "2:-1", "2:999999999999999"])
def test_a_button_that_does_not_exist_is_refused_and_the_text_is_kept(chat: Chat, fatima: Browser, choice: str) -> None:
    response = fatima.send("mijn tekst", keuze=choice)
    assert response.status_code == 422
    assert fatima.typed == "mijn tekst"
    assert not lines(chat)


def test_the_twenty_first_line_of_a_minute_waits_with_its_text(chat: Chat, fatima: Browser) -> None:
    chat.turn.silent = True
    for number in range(20):
        assert fatima.send(f"regel {number}", htmx=True).status_code == 200
    fatima.get()
    response = fatima.send("regel 21")
    assert response.status_code == 429
    assert fatima.typed == "regel 21"
    assert len(lines(chat)) == 20


@pytest.mark.parametrize("letter", ["a", "ع", "😀"])
def test_a_line_of_5000_characters_is_accepted_in_every_script(chat: Chat, fatima: Browser, letter: str) -> None:
    assert fatima.send(letter * 5_000, htmx=True).status_code == 200
    assert len(lines(chat)[0].text) == 5_000


@pytest.mark.parametrize("htmx", [False, True])
def test_more_than_a_line_can_be_gets_a_kind_page(chat: Chat, fatima: Browser, htmx: bool) -> None:
    response = fatima.send("a" * 100_000, htmx=htmx)
    assert response.status_code == 413
    assert "te lang om te versturen" in response.text
    assert not lines(chat)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_somebody_types_is_shown_and_never_run(fatima: Browser, payload: str) -> None:
    fatima.send(payload)
    assert flat(payload) in [flat(said) for said in fatima.said]
    for harm in ("<script>alert", "<img src=x", "<svg/onload", "<b onclick"):
        assert harm not in fatima.page


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_refused_text_comes_back_harmless(fatima: Browser, payload: str) -> None:
    fatima.send(payload, csrf="gone")
    assert fatima.typed.replace("\r\n", "\n") == payload.replace("\r\n", "\n")
    assert "<script>alert" not in fatima.page


def test_a_page_of_a_wiped_conversation_cannot_press_the_buttons_of_a_new_one(chat: Chat, fatima: Browser) -> None:
    fatima.send("spaargeld")
    old = dict(fatima.fields)
    fatima.get("/wis")
    fatima.post("/wis", fatima.fields)
    fatima.send("spaargeld", gesprek="")
    response = fatima.send(keuze="4:0", form=old, nonce="fresh")
    assert response.status_code == 422
    assert len(lines(chat)) == 1


def test_an_unanswered_line_says_that_the_answer_is_coming(
    chat: Chat, fatima: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.web.wait.LONGEST", 0.05)
    chat.turn.silent = True
    fatima.send("Hallo")
    assert "Het antwoord komt eraan" in fatima.page


@pytest.mark.parametrize(("line", "numbers"), [("ik red het niet meer", "113 112"), ("er is brand", "112 113")])
def test_somebody_in_danger_sees_at_once_whom_to_call(fatima: Browser, line: str, numbers: str) -> None:
    fatima.send(line)
    called = re.findall(r'utrecht-button--(primary|secondary)-action" href="tel:(\d+)"', fatima.page)

    assert called == [*zip(("primary", "secondary"), numbers.split(), strict=True)]


def test_a_line_is_taken_in_the_transaction_that_stores_it(chat: Chat) -> None:
    """Whoever answers here need not look for it again; a form that is posted twice is taken once."""
    given: list[OpenLine | None] = []
    turns = Turns(chat.database, load_figures(), Brain("", ""), chat.clock, lambda _: None)
    door = replace(chat.door, take=turns.take, wake=lambda _conversation, line=None: given.append(line))
    visitor = Browser(Client(make_app(door), chat.runner, "http"))
    visitor.get()
    form = visitor.fields
    for _ in range(2):
        visitor.send("hoeveel spaargeld", htmx=True, form=form)

    assert [line and line.text for line in given] == ["hoeveel spaargeld", None]
