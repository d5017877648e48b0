"""Words without their endings: "toeslagen" and "toeslag" are one word. Snowball's Dutch stemmer."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

import snowballstemmer  # type: ignore[import-untyped]

_DUTCH = snowballstemmer.stemmer("dutch")
_ONE_AT_A_TIME = Lock()  # the stemmer keeps the word it works on in itself


def stemmed(text: str) -> str:
    """The words of a normalised text, each without its ending."""
    return " ".join(_stem(word) for word in text.split())


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    with _ONE_AT_A_TIME:
        return str(_DUTCH.stemWord(word))
