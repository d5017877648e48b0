"""What a line that leans may be about: its topics are weighed anew beside the answers before it.

The limits are chosen on pairs of an answer and a line and on lines behind two answers (tests/nlu/leaning.csv and
leaning_two.csv); what came of it stands in docs/understanding.md.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

LIKELIER = 8
"""So many times likelier is a topic that is related to what was just answered."""
SAME = 4
"""So many times likelier is that topic itself."""
OLDER = 4
"""So many times likelier is the topic of the answer before that one, and what is related to it."""
SURE = 0.4
"""Less sure than this a related topic is offered, not answered."""
FAR_SURE = 0.7
"""Less sure than this a line that leans is not taken for something that is related to neither answer."""
QUITE_SURE = 0.95
"""As sure as this a line of which no word says what it is about is taken for what it was understood as."""


@dataclass(frozen=True)
class Leaning:
    """`topic`: what to answer, if that has become clear; `nearest`: all it may be about, likeliest first."""

    topic: str | None
    nearest: tuple[str, ...]


def related(previous: str, follow_up: Mapping[str, Sequence[str]]) -> list[str]:
    """What people ask after this topic, and the topics after which they ask this one; of those in `follow_up` only:
    a greeting or a person is about nothing."""
    after = follow_up.get(previous, ())
    before = sorted(name for name, names in follow_up.items() if previous in names)
    return [name for name in dict.fromkeys([*after, *before]) if name in follow_up]


def understand_again(
    likely: Mapping[str, float],
    near: Sequence[str],
    answerable: Collection[str],
    previous: str = "",
    older: Collection[str] = (),
) -> Leaning:
    """Weighs the topics anew. Only what the line itself brought up can become clear; the rest is worth offering, but
    for `previous`, that was just answered, and for all that only belongs to the answer before it: `older`."""
    times = {**dict.fromkeys(older, OLDER), **dict.fromkeys(near, LIKELIER), previous: SAME}
    unsaid = min(likely.values(), default=0.0) / 2
    shares = {**dict.fromkeys(near, unsaid), **likely}
    weighed = {name: share * times.get(name, 1) for name, share in shares.items()}
    nearest = sorted(weighed, key=lambda name: -weighed[name])
    whole = sum(weighed[name] for name in likely) + max(0.0, 1 - sum(likely.values()))
    best = nearest[0] if nearest else ""
    clear = best in times and best in likely and best in answerable and weighed[best] >= SURE * whole
    return Leaning(best if clear else None, tuple(nearest))
