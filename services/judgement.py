"""Whether a new model may answer residents: measured beside the live one, on messages held back from all training.

A reason is `{"code": ...}` with the values that a page needs for its sentence; `Reason` lists the codes. Shares lie
between 0 and 1. The report of a run holds, as far as it came:
* `before`, `after`: what `measure` gives; `before` is None when there was no live model that could be compared.
* `reasons`: why it was refused; empty when it was not. With `anyway`, somebody let it go live in spite of them.
* `worse`, `better`, `worse_in_all`, `better_in_all`: what `differences` gives.
* `examples`, `topics`: numbers. `left_out`: held-back messages that are examples now, and so measure nothing.
* `unchanged`: true when the content was what the live model was made of already.
* `switch`: `rasas` (how many answered) and `why`, when one refused. `seconds`: `train`, `switch`.
* `detail`: of a training that failed, what it said.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from services.evaluation import Labelled, Parsed, answers_right, evaluate, is_heard, is_wrong_answer

TOP1_MAY_FALL = 0.01
"""About eight of eight hundred messages: less than that, a few moved examples do by chance."""
WRONG_ANSWERS_MAY_RISE = 0.005
"""A wrong answer harms more than a question back, so half as much of it is allowed."""
NOT_OURS_MAY_RISE = 0.01
"""An answer to what is not ours misleads who asks about another scheme. Two of two hundred such messages."""
COVERAGE_MAY_FALL = 0.05
"""A model that asks back where the live one answered makes no mistakes and yet serves nobody."""
LEAST_EXAMPLES = 5
"""A topic with fewer lines is recognised by chance."""
PROTECTED = ("distress", "talk_to_human", "request_callback", "advance", "suspension")
"""Who is in danger, wants a person, or has no money today. Of these not a single message may get lost."""
TOLD = 50
"""So many messages that got worse, and that got better, stand in a report."""


class Reason(StrEnum):
    NO_HELD_BACK = "no_held_back"
    TOP1_FELL = "top1_fell"
    """`before`, `after`; so too the next three."""
    WRONG_ANSWERS_ROSE = "wrong_answers_rose"
    NOT_OURS_ANSWERED_ROSE = "not_ours_answered_rose"
    COVERAGE_FELL = "coverage_fell"
    PROTECTED_FELL = "protected_fell"
    """`topic`, `before`, `after`: the share of its messages that got its answer, or a button for it."""
    TOO_FEW_EXAMPLES = "too_few_examples"
    """`topic`, `examples`, `least`."""


# measure, how much it may change for the worse, which way is worse, reason
LIMITS = (
    ("top1", TOP1_MAY_FALL, -1, Reason.TOP1_FELL),
    ("wrong_answers", WRONG_ANSWERS_MAY_RISE, 1, Reason.WRONG_ANSWERS_ROSE),
    ("not_ours_answered", NOT_OURS_MAY_RISE, 1, Reason.NOT_OURS_ANSWERED_ROSE),
    ("coverage", COVERAGE_MAY_FALL, -1, Reason.COVERAGE_FELL),
)
# Shares are rounded to four places; a limit that is met exactly is not passed.
ROUNDING = 0.00005


def measure(labels: Sequence[Labelled], parses: Sequence[Parsed]) -> dict[str, Any]:
    """The shares by which a model is judged: `messages`, `top1`, `top3`, `coverage`, `wrong_answers`,
    `not_ours_answered`, and `heard` by topic: the share of its messages that got its answer, or a button for it."""
    full = evaluate(list(zip(labels, parses, strict=True)))
    shares = {name: full[name] for name in ("messages", "top1", "top3", "coverage", "wrong_answers")}
    return shares | {"not_ours_answered": full["out_of_scope"]["answered"], "heard": _heard(labels, parses)}


def judge_material(examples: Mapping[str, int], held_back: int) -> list[dict[str, Any]]:
    """Why it makes no sense to train. `examples`: how many each topic has; `held_back`: messages to measure with."""
    few: list[dict[str, Any]] = [
        {"code": Reason.TOO_FEW_EXAMPLES.value, "topic": topic, "examples": number, "least": LEAST_EXAMPLES}
        for topic, number in sorted(examples.items())
        if number < LEAST_EXAMPLES
    ]
    return few if held_back else [{"code": Reason.NO_HELD_BACK.value}, *few]


def judge(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Why the new model may not go live; empty when it may. What could not be counted is not held against it."""
    reasons: list[dict[str, Any]] = []
    for name, allowed, worse, reason in LIMITS:
        if None not in (before[name], after[name]) and (after[name] - before[name]) * worse > allowed + ROUNDING:
            reasons.append({"code": reason.value, "before": before[name], "after": after[name]})
    return reasons + [_fell(topic, before, after) for topic in PROTECTED if _has_fallen(topic, before, after)]


def differences(labels: Sequence[Labelled], before: Sequence[Parsed], after: Sequence[Parsed]) -> dict[str, Any]:
    """The messages that came out worse and better: `text`, `meant`, `before`, `after` (topic, or None for a question
    back). They were written for measuring; no resident wrote them."""
    found: dict[str, list[dict[str, Any]]] = {"worse": [], "better": []}
    for label, was, now in zip(labels, before, after, strict=True):
        change = _worth(label, now) - _worth(label, was)
        if change:
            told = {"text": label.text, "meant": label.topics[0], "before": was.topic, "after": now.topic}
            found["better" if change > 0 else "worse"].append(told)
    return {name: told[:TOLD] for name, told in found.items()} | {
        f"{name}_in_all": len(told) for name, told in found.items()
    }


def _heard(labels: Sequence[Labelled], parses: Sequence[Parsed]) -> dict[str, float]:
    found: dict[str, list[bool]] = defaultdict(list)
    for label, parsed in zip(labels, parses, strict=True):
        found[label.topics[0]].append(is_heard(label, parsed))
    return {topic: round(sum(heard) / len(heard), 4) for topic, heard in sorted(found.items())}


def _worth(label: Labelled, parsed: Parsed) -> int:
    """2 answered rightly, 1 asked back with a button for it, 0 asked back without, -1 answered wrongly."""
    if is_wrong_answer(label, parsed):
        return -1
    return 2 if answers_right(label, parsed) else int(is_heard(label, parsed))


def _has_fallen(topic: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    was = before["heard"].get(topic)
    return was is not None and after["heard"].get(topic, 0.0) < was


def _fell(topic: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    was, now = before["heard"][topic], after["heard"].get(topic, 0.0)
    return {"code": Reason.PROTECTED_FELL.value, "topic": topic, "before": was, "after": now}
