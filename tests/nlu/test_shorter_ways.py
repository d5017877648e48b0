"""Where we leave out work of Rasa's, the outcome is Rasa's own, for this version of Rasa: held to it line by line."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import archive
import builders
import numpy as np
import pytest
import rasa
from fake_actions import FakeActions
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.utils.endpoints import EndpointConfig
from serving import model, rules, shelves, turn
from serving.memory import Memory
from serving.processor import TurnProcessor
from understanding import features
from understanding.normalise import normalise

DIALOGUES = [
    ["hoeveel spaargeld mag ik hebben", "mag ik op vakantie", "wanneer komt het geld", "spaargeld grens", "hoi qwrtz"],
    ["qwrtz", "zzzx qwr", "mag ik op vakantie", "qwrtz"],
    ["verwijder mijn gegevens", "ja graag", "mag ik op vakantie", "verwijder mijn gegevens", "nee"],
    ["mag ik op vakantie", "betaaldatum", "spaargeld grens", "verwijder mijn gegevens", "betaaldatum", "qwrtz", "ja"],
    ["verwijder mijn gegevens", "gegevens verwijderen", "stop", "ja", "betaaldatum", "betaaldatum"],
    ["stop", "nee", "ja", "wat voor weer wordt het", "stop", "nee", "ja"],
]  # fmt: skip


@pytest.fixture(scope="module")
def loaded(trained: Path) -> model.Loaded:
    return model.load(trained)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[EndpointConfig]:
    actions = FakeActions()
    yield EndpointConfig(actions.url, enable_selective_domain=True)
    actions.shutdown()
    actions.server_close()


def test_the_version_whose_ways_we_shorten() -> None:
    assert rasa.__version__ == "3.6.21"


@pytest.mark.parametrize("lines", DIALOGUES)
def test_a_dialogue_goes_as_with_all_of_rasa(
    loaded: model.Loaded, endpoint: EndpointConfig, trained: Path, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On one side our turn, runner, rules and short memory; on the other `handle_message` and a memory of everything."""
    expected = asyncio.run(_by_rasa(trained, endpoint, lines))
    monkeypatch.setattr(RulePolicy, "_get_possible_keys", rules._possible_keys)
    assert asyncio.run(_by_us(loaded, endpoint, lines)) == expected


async def _by_rasa(trained: Path, endpoint: EndpointConfig, lines: list[str]) -> list[Any]:
    _, metadata, runner = MessageProcessor._load_model(trained)
    theirs = model.Loaded(trained, archive.checked_manifest(trained), metadata, runner)
    processor = TurnProcessor(theirs, InMemoryTrackerStore(theirs.domain), InMemoryLockStore(), endpoint)
    processor.action_endpoint = endpoint
    said = []
    for line in lines:
        channel = CollectingOutputChannel()
        await processor.handle_message(UserMessage(line, channel, "somebody", metadata={"line": line}))
        said.append(_said(channel.messages))
    return said


async def _by_us(loaded: model.Loaded, endpoint: EndpointConfig, lines: list[str]) -> list[Any]:
    memory, locks = Memory(loaded.domain, shelves.Here()), InMemoryLockStore()
    agent = Agent(domain=loaded.domain, tracker_store=memory, lock_store=locks, action_endpoint=endpoint)
    agent.processor = TurnProcessor(loaded, memory, locks, endpoint)
    said = []
    for number, text in enumerate(lines):
        line = turn.Line("somebody", str(number), text, payload=False)
        said.append(_said((await turn.take(agent, line, frozenset())).messages))
    await agent.processor.action_endpoint.close()
    return said


def _said(messages: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(one["custom"]["action"], one["custom"]["topic"]) for one in messages]


def test_the_parse_is_that_of_rasas_own_runner(loaded: model.Loaded, trained: Path) -> None:
    theirs, target = MessageProcessor._load_model(trained)[2], loaded.metadata.nlu_target
    for text in [text for text, _ in builders.examples()] + ["", "qwrtz", '/more_explanation{"topic": "stop"}']:
        inputs = {"__message__": [UserMessage(text)], "__tracker__": None}
        ours, expected = (runner.run(inputs, [target])[target][0].as_dict(True) for runner in (loaded.runner, theirs))
        assert ours == expected


def test_the_rules_that_are_looked_up_are_those_that_fit(loaded: model.Loaded) -> None:
    """For the states of every rule there is, as a conversation would have them."""
    policy = next(
        node._component
        for node in loaded.runner._instantiated_nodes.values()
        if isinstance(node._component, RulePolicy)
    )
    tables = (policy.lookup["rules"], policy.lookup["rules_for_loop_unhappy_path"])
    found = 0
    for table in tables:
        for key in (*tables[0], *tables[1], "[]", "[{}]", '[{"prev_action": {"action_name": "action_listen"}}]'):
            states = policy._rule_key_to_state(key)
            fitting = rules._possible_keys(policy, table, states)
            assert fitting == rules._rasas_keys(policy, table, states)
            found += len(fitting)
    assert found > len(tables[0])


def test_one_text_weighs_what_it_weighs_among_many() -> None:
    texts = [normalise(text) for text, _ in builders.examples()]
    views = features.fit(texts)
    others = [*texts, "", "qwrtz", normalise("Mag ik € 5.000 sparen of niet??"), texts[0] + " " + texts[1]]
    for text, expected in zip(others, features.matrix(views, others).toarray()):
        columns, values = features.row(views, text)
        row = np.zeros_like(expected)
        row[columns] = values
        assert np.allclose(row, expected, atol=1e-6)
