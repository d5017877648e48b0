"""Cookies, cross-site posts, headers, colours, and the files that are not ours."""

import logging
import re

import pytest

from bot.channels.web.assets import ASSETS
from bot.channels.web.theme import contrast, lighter_for_dark, usable_colour
from pages.vendor import VENDOR, sha256
from tests.integration.web.browser import Browser
from tests.integration.web.conftest import Chat

PAGES = (
    "/",
    "/voorbeeldstad",
    "/voorbeeldstad/wis",
    "/voorbeeldstad/privacy",
    "/voorbeeldstad/toegankelijkheid",
    "/voorbeeldstad/thema.css",
    "/voorbeeldstad/berichten",
    "/voorbeeldstad/stroom",
    "/nergens",
    "/nergens/stroom",
    "/voorbeeldstad/regel",
    "/static/x/y.js",
    "/a/b/c/d",
)


@pytest.mark.parametrize("path", PAGES)
def test_every_response_carries_the_safe_headers(secure_chat: Chat, path: str) -> None:
    headers = secure_chat.browser().client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["strict-transport-security"].startswith("max-age=31536000")
    assert "permissions-policy" in headers
    assert headers["cache-control"] == ("public, max-age=86400" if path.endswith(".css") else "no-store")


def test_an_error_of_ours_is_a_kind_page_with_the_same_headers(
    chat: Chat, fatima: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("a mistake")

    monkeypatch.setattr("bot.channels.web.chat.read_log", broken)
    response = fatima.get()
    assert response.status_code == 500
    assert "Er ging iets mis" in response.text
    assert "a mistake" not in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]


def test_an_unknown_municipality_gets_a_kind_page(fatima: Browser) -> None:
    response = fatima.client.get("/nergens")
    assert response.status_code == 404
    assert "Deze pagina bestaat niet" in response.text


@pytest.mark.parametrize("path", ["/", "/voorbeeldstad", "/voorbeeldstad/wis", "/voorbeeldstad/privacy", "/nergens"])
def test_no_page_has_anything_inline_or_from_elsewhere(fatima: Browser, path: str) -> None:
    page = fatima.client.get(path).text
    assert not re.search(r"<style|<script(?! src=\"/static/)|\sstyle=|\son\w+=", page)
    assert not re.search(r"(?:src|href)=\"(?!/|#|tel:|https://wetten)", page)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(chat: Chat, fatima: Browser) -> None:
    cookie = fatima.get().headers["set-cookie"].lower()
    assert cookie.startswith("trede=")
    assert "; httponly" in cookie
    assert "; samesite=lax" in cookie
    assert "; max-age=691200" in cookie
    assert "secure" not in cookie


def test_behind_tls_the_cookie_is_bound_to_this_host(secure_chat: Chat) -> None:
    cookie = secure_chat.browser().get().headers["set-cookie"]
    assert cookie.startswith("__Host-trede=")
    assert "; Secure" in cookie
    assert "; Path=/" in cookie
    assert "domain" not in cookie.lower()


def test_a_cookie_that_is_not_ours_is_replaced(fatima: Browser) -> None:
    fatima.client.cookies.set("trede", "short")
    assert re.match(r"trede=[\w-]{43};", fatima.get().headers["set-cookie"])


@pytest.mark.parametrize("htmx", [False, True])
def test_an_expired_form_is_refused_with_the_text_kept_and_works_when_sent_again(
    chat: Chat, fatima: Browser, htmx: bool
) -> None:
    response = fatima.send("mijn lange vraag", htmx=htmx, csrf="0" * 64)
    assert response.status_code == 403
    assert "te lang open" in response.text
    assert not chat.messages()
    assert htmx or fatima.typed == "mijn lange vraag"
    assert fatima.send("mijn lange vraag").status_code == 303


def test_the_token_of_another_session_is_refused(chat: Chat, fatima: Browser, karel: Browser) -> None:
    fatima.get()
    assert karel.send("hallo", csrf=fatima.fields["csrf"]).status_code == 403
    assert not chat.messages()


@pytest.mark.parametrize("path", ["/regel", "/wis"])
def test_a_post_from_another_site_is_refused_and_its_text_not_shown(chat: Chat, fatima: Browser, path: str) -> None:
    fatima.send("spaargeld")
    before = len(chat.messages())
    response = fatima.post(path, fatima.fields | {"tekst": "untrue"}, {"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403
    assert "untrue" not in response.text
    assert len(chat.messages()) == before


def test_no_text_reaches_the_log(fatima: Browser, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        fatima.send("mijn geheim over spaargeld")
    # The test's own client and the turn's stand-in are not the product.
    ours = [record for record in caplog.records if record.name.startswith(("bot", "services", "db"))]
    assert "geheim" not in " ".join(record.getMessage() for record in ours)


def test_files_are_kept_for_a_year_under_the_name_of_their_content(fatima: Browser) -> None:
    response = fatima.client.get(ASSETS.path("chat.js"))
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["content-type"].startswith("text/javascript")
    assert fatima.client.get("/static/0000/chat.js").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["..%2fapp.py", "vendor/README.md", "/etc/passwd"])
def test_no_other_file_can_be_asked_for(fatima: Browser, path: str) -> None:
    assert fatima.client.get(f"/static/x/{path}").status_code == 404


def test_the_files_that_are_not_ours_are_those_that_were_fetched() -> None:
    readme = (VENDOR / "README.md").read_text(encoding="utf-8")
    hashes = dict(re.findall(r"^\| `([\w.-]+)` \| `([0-9a-f]{64})` \|$", readme, re.MULTILINE))
    files = {path.name: sha256(path) for path in VENDOR.iterdir() if path.suffix in (".js", ".css")}
    assert files == hashes


def test_our_own_script_stays_small() -> None:
    assert len((ASSETS.folders[-1] / "chat.js").read_text(encoding="utf-8").splitlines()) < 150


def test_a_readable_colour_of_the_municipality_is_used(fatima: Browser) -> None:
    assert "--trede-primary: #34459a" in fatima.client.get("/voorbeeldstad/thema.css").text


def test_an_unreadable_colour_is_refused_with_its_ratio_in_the_log(
    fatima: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    usable_colour.cache_clear()
    page = fatima.client.get("/buurstad").text
    assert "thema.css" not in page
    assert fatima.client.get("/buurstad/thema.css").text == ""
    assert [r.getMessage() for r in caplog.records if r.name.startswith("bot")] == [
        "the colour of municipality buurstad has contrast 1.2 on white, below 4.5; the default is used"
    ]


@pytest.mark.parametrize("colour", ["#000000", "#34459a", "#6a3576", "#4d5a1f", "#0b5a66"])
def test_in_the_dark_a_colour_becomes_light_enough_to_read(colour: str) -> None:
    assert contrast(lighter_for_dark(colour), "#1d2427") >= 7


@pytest.mark.parametrize("colour", ["red", "#fff", "#zzzzzz", "#34459a; } body { display: none"])
def test_what_is_not_a_colour_never_reaches_the_style_sheet(colour: str) -> None:
    assert usable_colour(colour, "x") is None
