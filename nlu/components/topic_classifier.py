"""Our understanding as a component of Rasa's graph: it learns, is stored and is loaded with the model."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from understanding import learn, requests, storage
from understanding.model import Parse, Understanding

# train.py puts its own here; Rasa passes nothing through.
progress: Callable[[str, int, int], None] = learn.silent
begun: learn.Learning | None = None


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent):  # type: ignore[misc]
    """Sets `intent` (a topic or nlu_fallback) and `intent_ranking` (real topics only) of each message, and `requests`
    when it holds two of them."""

    def __init__(self, storage_: ModelStorage, resource: Resource, understanding: Understanding | None) -> None:
        self._storage = storage_
        self._resource = resource
        self._understanding = understanding

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> TopicClassifier:
        """An untrained component."""
        return cls(model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TopicClassifier:
        """The trained component. Raises instead of going on untrained, as Rasa's own classifiers do."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, storage.read_folder(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from every example with a topic and writes the parts into the model."""
        pairs = [(one.get("text"), one.get("intent")) for one in training_data.intent_examples]
        examples = [(text, topic) for text, topic in pairs if text and topic]
        ahead = begun is not None and begun.pairs == learn.distinct(examples)
        learning = begun if begun is not None and ahead else learn.Learning(examples)
        self._understanding = learning.finish(progress)
        with self._storage.write_to(self._resource) as folder:
            storage.write(self._understanding, folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Parses each message. A payload is parsed too; Rasa's RegexMessageHandler overrules it afterwards."""
        if self._understanding is None:
            raise RuntimeError("the topic classifier was asked before it was trained")
        for message in messages:
            text = message.get("text") or ""
            parse = self._understanding.parse(text)
            _write(message, parse, requests.find(text, parse, self._understanding.parse))
        return messages


def _write(message: Message, parse: Parse, found: requests.Requests | None) -> None:
    intent = {"name": parse.topic, "confidence": parse.confidence}
    message.set("intent", intent, add_to_output=True)
    message.set("intent_ranking", parse.as_dict()["ranking"], add_to_output=True)
    if found is not None:
        message.set("requests", found.as_dict(), add_to_output=True)
