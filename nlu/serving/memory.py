"""What Rasa remembers of a conversation: one text, with no more turns than the dialogue looks back at.

Rasa's own stores keep every event for ever, read and replay all of them at every line, and send them all to the action
server. Ours keeps the two last turns, and all turns of a form as long as it is open."""

from __future__ import annotations

import json
from typing import Any, Protocol

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, DEFAULT_SLOT_NAMES
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses

TURNS = 2
"""The second stage of the fallback looks at the turn before; a repeated line is told again from the last one."""

# Rasa looks through all its classes for every event it reads.
_KINDS: dict[str, type[Event]] = {kind.type_name: kind for kind in reversed(all_subclasses(Event))}


class Shelf(Protocol):
    """Where the texts lie, by the name of the conversation."""

    def get(self, conversation: str) -> str | None: ...

    def put(self, conversation: str, text: str) -> None: ...

    def drop(self, conversation: str) -> None: ...


class Memory(TrackerStore):  # type: ignore[misc]
    """What Rasa asks of a tracker store, as far as we use it."""

    def __init__(self, domain: Any, shelf: Shelf) -> None:
        super().__init__(domain)
        self.shelf = shelf

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as it was saved, or None when nobody knows it."""
        text = self.shelf.get(sender_id)
        return None if text is None else read(sender_id, text, self.domain)

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """A new one, which is not written before there is something in it."""
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """In the place of what was there: a lock keeps others out of the conversation meanwhile."""
        self.shelf.put(tracker.sender_id, write(tracker))

    def forget(self, conversation: str) -> None:
        self.shelf.drop(conversation)


def read(conversation: str, text: str, domain: Any) -> DialogueStateTracker:
    """Raises KeyError on an event that this version of Rasa does not have."""
    events = [_KINDS[event["event"]]._from_parameters(event) for event in json.loads(text)]
    return DialogueStateTracker.from_events(conversation, events, domain.slots)


def write(tracker: DialogueStateTracker) -> str:
    return json.dumps([event.as_dict() for event in remembered(tracker)])


def remembered(tracker: DialogueStateTracker) -> list[Event]:
    """The beginning of the session and the last turns; everything since the beginning while a form may need it."""
    events = list(tracker.events)
    events = events[_last(events, SessionStarted) :]
    lines = [place for place, event in enumerate(events) if isinstance(event, UserUttered)]
    if tracker.active_loop_name or len(lines) <= TURNS or _knows_something(tracker):
        return events
    return events[: lines[0]] + events[lines[-TURNS] :]


def _last(events: list[Event], kind: type[Event]) -> int:
    """The place of the last event of that kind, or 0."""
    return max((place for place, event in enumerate(events) if isinstance(event, kind)), default=0)


def _knows_something(tracker: DialogueStateTracker) -> bool:
    """Whether a slot is filled: what filled it may not be cut off."""
    return any(slot.value is not None for slot in tracker.slots.values() if slot.name not in DEFAULT_SLOT_NAMES)
