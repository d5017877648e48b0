"""Rasa's processor on a model that is loaded already, for turns that happen whole or not at all."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import LockStore
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from serving.actions import KeptOpen, failures
from serving.model import Loaded


class TurnProcessor(MessageProcessor):  # type: ignore[misc]
    """Does not store a turn in which an action failed: the same line can then be tried again."""

    def __init__(self, loaded: Loaded, trackers: TrackerStore, locks: LockStore, actions: EndpointConfig) -> None:
        self._loaded = loaded
        super().__init__(
            model_path=loaded.path,
            tracker_store=trackers,
            lock_store=locks,
            generator=NaturalLanguageGenerator.create(None, loaded.domain),
            action_endpoint=KeptOpen.of(actions),
        )

    def _load_model(self, model_path: Any) -> Any:
        """What the parent process loaded, instead of unpacking the file again."""
        return self._loaded.path.name, self._loaded.metadata, self._loaded.runner

    async def answer(self, message: UserMessage, tracker: DialogueStateTracker) -> None:
        """Rasa's `handle_message` on a tracker that was fetched already; the words go to the message's channel."""
        channel = message.output_channel
        await self._update_tracker_session(tracker, channel, message.metadata)
        await self._handle_message_with_tracker(message, tracker)
        tracker = await self.run_action_extract_slots(channel, tracker)
        await self._run_prediction_loop(channel, tracker)
        await self.save_tracker(tracker)

    def _check_for_unseen_features(self, parse_data: Any) -> None:
        """Nothing: our classifier knows no other topics than those of the domain."""

    async def save_tracker(self, tracker: DialogueStateTracker) -> None:
        """Stores the turn, without what a form that has ended was told."""
        if failures.get([]):
            return
        self._forget_answers(tracker)
        await super().save_tracker(tracker)

    def _forget_answers(self, tracker: DialogueStateTracker) -> None:
        """A "yes, delete" that stayed behind would answer the same question next time, unasked."""
        active = self.domain.forms.get(tracker.active_loop_name, {}).get("required_slots", [])
        for name in self._loaded.manifest["form_slots"]:
            if name not in active and tracker.get_slot(name) is not None:
                tracker.update(SlotSet(name, None), self.domain)
