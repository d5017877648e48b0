"""`Klopt dit?` under an answer, as a browser without JavaScript and one with it send it."""

import re

import pytest
from sqlalchemy import select

from db.models import Feedback
from services.receive import LINES_A_MINUTE
from tests.integration.web.browser import Browser
from tests.integration.web.conftest import Chat
from tests.integration.web.test_lines import PAYLOADS

HTMX = {"HX-Request": "true"}


def ask(browser: Browser) -> str:
    """A question with its answer; gives the number of the answer."""
    browser.send("Hoeveel spaargeld mag ik hebben?")
    return browser.fields["bericht"]


def judge(browser: Browser, answer: str, what: str, headers: dict[str, str] | None = None, **more: str) -> int:
    form = {"csrf": browser.fields["csrf"], "bericht": answer, "klopt": what, **more}
    return browser.post("/klopt", form, headers).status_code


def told(chat: Chat) -> list[tuple[bool, str | None]]:
    with chat.database.reading() as session:
        return [(row.right, row.remark) for row in session.scalars(select(Feedback).order_by(Feedback.id))]


def pressed(page: str) -> list[str]:
    return re.findall(r'value="(ja|nee)" aria-pressed="true"', page)


def test_only_an_answer_to_a_question_asks(fatima: Browser) -> None:
    fatima.send("Hallo")
    assert "Klopt dit?" not in fatima.page
    ask(fatima)
    assert fatima.page.count("Klopt dit?") == 1


def test_yes_is_kept_shown_and_thanked_for(chat: Chat, fatima: Browser) -> None:
    answer = ask(fatima)
    assert judge(fatima, answer, "ja") == 303

    assert told(chat) == [(True, None)]
    assert pressed(fatima.page) == ["ja"]
    assert "Dank u wel." in fatima.page
    assert "Wat klopt er niet?" not in fatima.page


def test_it_leads_back_to_the_answer(fatima: Browser) -> None:
    answer = ask(fatima)
    form = {"csrf": fatima.fields["csrf"], "bericht": answer, "klopt": "ja"}
    assert fatima.client.post("/voorbeeldstad/klopt", form).headers["location"] == f"/voorbeeldstad#k{answer}"
    assert f'id="k{answer}"' in fatima.get().text


def test_after_no_one_line_may_follow(chat: Chat, fatima: Browser) -> None:
    answer = ask(fatima)
    judge(fatima, answer, "nee")
    assert "Wat klopt er niet?" in fatima.page
    assert told(chat) == [(False, None)]

    judge(fatima, answer, "wat", wat="  Het bedrag is oud. Bel 0612345678. ")
    assert told(chat) == [(False, "Het bedrag is oud. Bel [telefoonnummer].")]
    assert "U schreef: <span" in fatima.page
    assert "Wat klopt er niet?" not in fatima.page


def test_who_changes_his_mind_changes_the_one_row(chat: Chat, fatima: Browser) -> None:
    answer = ask(fatima)
    for what in ("nee", "ja", "nee", "nee"):
        judge(fatima, answer, what)
    assert told(chat) == [(False, None)]
    assert pressed(fatima.page) == ["nee"]


def test_with_javascript_only_the_piece_comes_back(chat: Chat, fatima: Browser) -> None:
    answer = ask(fatima)
    assert judge(fatima, answer, "nee", HTMX) == 200
    assert fatima.page.startswith(f'<div class="klopt" id="k{answer}"')
    assert pressed(fatima.page) == ["nee"]
    assert told(chat) == [(False, None)]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_the_answer_of_somebody_else_cannot_be_judged(
    chat: Chat, fatima: Browser, karel: Browser, headers: dict[str, str]
) -> None:
    answer = ask(fatima)
    ask(karel)
    assert judge(karel, answer, "nee", headers) == 422
    assert "bewaren wij niet meer" in karel.page
    assert told(chat) == []


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_form_of_another_site_or_without_its_token_does_nothing(
    chat: Chat, fatima: Browser, headers: dict[str, str]
) -> None:
    answer = ask(fatima)
    assert judge(fatima, answer, "nee", headers | {"Sec-Fetch-Site": "cross-site"}) == 403
    assert judge(fatima, answer, "nee", headers, csrf="x") == 403
    assert judge(fatima, answer, "nee", headers, wat="x" * 70_000) == 403
    assert told(chat) == []


@pytest.mark.parametrize(
    "form",
    [
        {"bericht": ""},
        {"bericht": "-1"},
        {"bericht": "9" * 30},
        {"bericht": "١"},
        {"klopt": ""},
        {"klopt": "misschien"},
        {"klopt": "wat"},
    ],
)
def test_what_no_page_of_ours_sends_is_refused(chat: Chat, fatima: Browser, form: dict[str, str]) -> None:
    sent = {"csrf": "", "bericht": ask(fatima), "klopt": "ja"} | form
    sent["csrf"] = fatima.fields["csrf"]
    assert fatima.post("/klopt", sent, HTMX).status_code == 422
    assert told(chat) == []


def test_too_many_presses_are_refused_and_what_was_typed_stays(chat: Chat, fatima: Browser) -> None:
    answer = ask(fatima)
    for press in range(LINES_A_MINUTE):
        assert judge(fatima, answer, "ja" if press % 2 else "nee", HTMX) == 200
    assert judge(fatima, answer, "nee", HTMX) == 429
    assert "Wacht een minuut" in fatima.page


def test_a_remark_that_comes_too_fast_is_not_lost(chat: Chat, fatima: Browser) -> None:
    answer = ask(fatima)
    for press in range(LINES_A_MINUTE):
        judge(fatima, answer, "nee" if press % 2 else "ja", HTMX)
    assert judge(fatima, answer, "wat", HTMX, wat='Het "bedrag"') == 429
    assert 'value="Het &#34;bedrag&#34;"' in fatima.page
    assert told(chat) == [(False, None)]


def test_wiping_takes_it_along(chat: Chat, fatima: Browser) -> None:
    answer = ask(fatima)
    judge(fatima, answer, "nee")
    fatima.get("/wis")
    fatima.post("/wis", {"csrf": fatima.fields["csrf"]})
    assert told(chat) == []
    assert judge(fatima, answer, "ja") == 422


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_remark_is_shown_as_the_text_it_is(chat: Chat, fatima: Browser, payload: str) -> None:
    answer = ask(fatima)
    judge(fatima, answer, "nee")
    before = len(re.findall(r"<script|<img|<svg|onerror=|<b ", fatima.page))
    judge(fatima, answer, "wat", wat=payload)
    assert told(chat)[0][1]
    assert len(re.findall(r"<script|<img|<svg|<b ", fatima.page)) == before
    assert "49" not in fatima.page.split("U schreef:")[1][:60]
