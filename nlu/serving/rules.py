"""Finds the rules that fit by looking them up; Rasa compares every rule with every state, twice a line.

Rasa 3.6.21 stores a rule as a list of states, oldest first. For the newest state it must have the intent and the
previous action of the conversation, or name none; so most rules are left out before Rasa's own comparison."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Optional

from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import SHOULD_NOT_BE_SET

_rasas_keys = RulePolicy._get_possible_keys

Key = tuple[Optional[str], Optional[str]]


def install() -> None:
    """Puts the index before Rasa's comparison; doing so twice changes nothing."""
    RulePolicy._get_possible_keys = _possible_keys


def _possible_keys(self: Any, lookup: dict[str, str], states: list[Any]) -> set[str]:
    """What Rasa finds, sought among the rules that can fit the newest state."""
    action, intent = _marks(states[-1]) if states else (None, None)
    fitting = lookup if action is None else _fitting(_index_of(self, lookup), action, intent)
    found: set[str] = _rasas_keys(self, fitting, states)
    return found


def _fitting(index: dict[Key, dict[str, str]], action: str, intent: str | None) -> dict[str, str]:
    fitting: dict[str, str] = {}
    for key in {(action, intent), (action, None), (None, intent), (None, None)}:
        fitting |= index.get(key, {})
    return fitting


def _index_of(policy: Any, lookup: dict[str, str]) -> dict[Key, dict[str, str]]:
    """The rules by what their newest state asks for; made once for each table of rules."""
    indexes: dict[int, dict[Key, dict[str, str]]] = policy.__dict__.setdefault("_indexes", {})
    if id(lookup) not in indexes:
        index: dict[Key, dict[str, str]] = defaultdict(dict)
        for rule, action in lookup.items():
            index[_marks(policy._rule_key_to_state(rule)[-1])][rule] = action
        indexes[id(lookup)] = dict(index)
    return indexes[id(lookup)]


def _marks(state: Any) -> Key:
    """The previous action and the intent of a state; None where it has none, or where a rule says that it has none."""
    marks = (state.get("prev_action", {}).get("action_name"), state.get("user", {}).get("intent"))
    return tuple(None if mark == SHOULD_NOT_BE_SET else mark for mark in marks)  # type: ignore[return-value]
