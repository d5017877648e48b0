"""What people type is shown in a real browser and nothing of it runs."""

import pytest
from playwright.sync_api import Dialog, expect

from tests.browser.chat_page import ask
from tests.browser.conftest import OpenPage

CORPUS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</textarea></form><script>alert(1)</script>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href=javascript:alert(1)>klik</a>",
    "**<img src=x onerror=alert(1)>**",
    '<div hx-get="/wis" hx-trigger="load" hx-on:load="alert(1)">x</div>',
    "<hx-partial hx-target='body'><p>weg</p></hx-partial>",
    "<div id=velden hx-swap-oob=true>weg</div>",
    "{{constructor.constructor('alert(1)')()}}",
)


@pytest.mark.parametrize("js", [True, False])
def test_no_payload_runs_or_changes_the_page(open_page: OpenPage, js: bool) -> None:
    page = open_page(js=js)
    dialogs: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    for number, payload in enumerate(CORPUS):
        ask(page, payload)
        expect(page.locator(f"#m{4 + 2 * number} .bel__tekst")).to_have_text(payload.replace("**", ""))
        expect(page.locator(f"#m{5 + 2 * number} .bel__tekst")).to_have_text(f"U vroeg: {payload.replace('**', '')}")
    assert dialogs == []
    assert page.locator("#log :is(script, img, svg, iframe, [hx-get], [onerror])").count() == 0
    expect(page.locator("#velden input")).to_have_count(4)


def test_the_page_keeps_to_its_own_policy(open_page: OpenPage) -> None:
    page = open_page("/")
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/voorbeeldstad")
    ask(page, "spaargeld")
    expect(page.locator("#m5")).to_be_visible()
    page.reload()
    expect(page.locator("#m5")).to_be_visible()
    assert complaints == []
