"""What Rasa remembers between two lines: enough for the dialogue, and no more."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from serving import memory, shelves, stores

DOMAIN = Domain.from_dict(
    {
        "intents": ["ask"],
        "slots": {"kind": {"type": "text", "influence_conversation": False, "mappings": [{"type": "custom"}]}},
        "forms": {"a_form": {"required_slots": ["kind"]}},
    }
)
START: list[Event] = [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted("action_listen")]


def turn_of(number: int, *others: Event) -> list[Event]:
    said = UserUttered(f"line {number}", {"name": "ask", "confidence": 1.0}, metadata={"line": str(number)})
    return [
        said,
        *others,
        ActionExecuted("action_answer_topic"),
        BotUttered(f"answer {number}"),
        ActionExecuted("action_listen"),
    ]


def tracker_of(*events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("somebody", [*START, *events], DOMAIN.slots)


def lines(tracker: DialogueStateTracker) -> list[str]:
    return [event.text for event in tracker.events if isinstance(event, UserUttered)]


def kept(tracker: DialogueStateTracker) -> DialogueStateTracker:
    return memory.read("somebody", memory.write(tracker), DOMAIN)


def test_the_two_last_turns_are_kept_behind_the_beginning() -> None:
    again = kept(tracker_of(*turn_of(1), *turn_of(2), *turn_of(3), *turn_of(4)))
    assert lines(again) == ["line 3", "line 4"]
    assert isinstance(list(again.events)[0], SessionStarted)
    assert again.latest_message and again.latest_message.metadata == {"line": "4"}
    assert again.latest_bot_utterance.text == "answer 4"
    assert kept(again).events == again.events


@pytest.mark.parametrize(
    "open_", [ActiveLoop("a_form"), SlotSet("kind", "work")], ids=["an open form", "a slot that is filled"]
)
def test_nothing_is_forgotten_while_a_form_may_need_it(open_: Event) -> None:
    tracker = tracker_of(*turn_of(1, open_), *turn_of(2), *turn_of(3), *turn_of(4))
    again = kept(tracker)
    assert len(lines(again)) == 4
    assert again.current_slot_values() == tracker.current_slot_values()
    assert again.active_loop_name == tracker.active_loop_name


def test_a_form_that_has_ended_is_forgotten() -> None:
    form = [
        *turn_of(1, ActiveLoop("a_form"), SlotSet("kind", "work")),
        *turn_of(2, ActiveLoop(None), SlotSet("kind", None)),
    ]
    again = kept(tracker_of(*form, *turn_of(3), *turn_of(4)))
    assert lines(again) == ["line 3", "line 4"]
    assert (again.get_slot("kind"), again.active_loop_name) == (None, None)


def test_an_earlier_session_is_forgotten() -> None:
    assert lines(kept(tracker_of(*turn_of(1), *START, *turn_of(2)))) == ["line 2"]


def test_an_event_that_this_rasa_does_not_have_is_an_error() -> None:
    with pytest.raises(KeyError):
        memory.read("somebody", '[{"event": "of_another_version"}]', DOMAIN)


@pytest.fixture(params=["memory", "file"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    return shelves.Here() if request.param == "memory" else shelves.File(str(tmp_path / "trackers.db"))


def test_a_text_is_put_replaced_and_dropped(shelf: Any) -> None:
    assert shelf.get("a") is None
    shelf.put("a", "first")
    shelf.put("a", "second")
    shelf.put("b", "other")
    assert (shelf.get("a"), shelf.get("b")) == ("second", "other")
    shelf.drop("a")
    shelf.drop("nobody")
    assert (shelf.get("a"), shelf.get("b")) == (None, "other")


def test_another_process_reads_what_one_has_written(tmp_path: Path) -> None:
    one, other = (shelves.File(str(tmp_path / "trackers.db")) for _ in range(2))
    one.put("a", "first")
    assert other.get("a") == "first"
    other.put("a", "second")
    assert one.get("a") == "second"


def test_conversations_that_are_silent_for_long_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = str(tmp_path / "trackers.db")
    file, now = shelves.File(where), time.time()
    for name, age in (("old", stores.KEPT + 60), ("new", stores.KEPT - 60)):
        monkeypatch.setattr(time, "time", lambda age=age: now - age)
        file.put(name, "text")
    monkeypatch.setattr(time, "time", lambda: now)
    assert stores.forget_old(where) == 1
    assert (file.get("old"), file.get("new")) == (None, "text")
    assert stores.forget_old("memory") == 0


def test_what_rasas_own_store_left_in_the_file_is_wiped(tmp_path: Path) -> None:
    path = tmp_path / "trackers.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE events (data TEXT)")
        database.execute("INSERT INTO events VALUES ('what somebody said')")
    shelves.File(str(path))
    tables = sqlite3.connect(path).execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    assert tables == [("remembered",)]
