"""The door of the actions: only for Rasa, and nothing of a resident in the logs."""

import io
import json
import logging
import zlib

import pytest

from actions.answer_topic import AnswerTopic
from actions.desk import Desk
from actions.server import ACTIONS
from benefits.figures import load_figures
from cli.logs import JsonLines
from db.session import Database
from tests.integration.actions.conftest import Office, user

pytestmark = pytest.mark.anyio
CANARY = "mijn bsn is 123456782"


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer wrong", "Basic a token for tests", "Bearer \xe9\xe9"])
async def test_without_the_token_nothing_is_done(office: Office, token: str) -> None:
    headers = [(b"authorization", token.encode("latin-1"))]
    response = await office.client.post("/webhook", content=b"{}", headers=headers)

    assert response.status_code == 401
    assert response.text == ""


async def test_an_action_that_does_not_exist_is_told_apart(office: Office) -> None:
    response = await office.call("action_dance", user("car"))

    assert response.status_code == 404
    assert response.json()["action_name"] == "action_dance"


@pytest.mark.parametrize("body", [b"", b"geen json", b"[1, 2]", b"\xff"])
async def test_a_body_that_is_no_call_is_refused(office: Office, body: bytes) -> None:
    assert (await office.client.post("/webhook", content=body)).status_code == 400


async def test_a_compressed_call_is_read_and_a_broken_one_refused(office: Office) -> None:
    body = zlib.compress(json.dumps({"next_action": "action_dance", "tracker": {"events": []}}).encode())
    deflated = {"content-encoding": "deflate"}

    assert (await office.client.post("/webhook", content=body, headers=deflated)).status_code == 404
    assert (await office.client.post("/webhook", content=body[:9], headers=deflated)).status_code == 400


async def test_an_action_that_breaks_is_told_without_what_the_resident_wrote(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise ValueError(CANARY)

    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    monkeypatch.setattr(logging.getLogger(), "handlers", [handler])
    monkeypatch.setattr(AnswerTopic, "words", break_down)
    response = await office.call("action_answer_topic", user("car", CANARY))

    assert response.status_code == 500
    assert CANARY not in response.text
    logged = [json.loads(line) for line in written.getvalue().splitlines()]
    assert ("action failed", "ValueError") in [(entry["what"], entry.get("error")) for entry in logged]
    assert CANARY not in written.getvalue()


async def test_a_topic_that_does_not_exist_is_an_error_so_that_the_turn_says_sorry(office: Office) -> None:
    assert (await office.call("action_answer_topic", user("parking"))).status_code == 500


async def test_the_health_tells_nothing_but_that_it_is_there(office: Office) -> None:
    response = await office.client.get("/health", headers={"Authorization": ""})

    assert response.json() == {"status": "ok"}


def test_every_action_has_a_name_of_its_own() -> None:
    desk = Desk(Database("sqlite://"), load_figures())

    assert len({action(desk).name() for action in ACTIONS}) == len(ACTIONS)
