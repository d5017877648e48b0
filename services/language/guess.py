"""In which language a line is written: by its script, or by the small words in it. None when that is not clear."""

import re
from collections import Counter, defaultdict
from functools import cache

from services.language.function_words import FUNCTION_WORDS

LEAST_WORDS = 4
"""A shorter line is in any language: "ok", "Jumbo", "16 uur". A script is clear in one word."""
LEAST_KNOWN = 2
LEAST_SHARE = 0.25
"""Of its words. Chosen on the examples: no Dutch line of 9,014 was taken for English, of English ones 95 % was seen."""
MASKED = re.compile(r"\[[a-z-]+\]")
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
SCRIPTS = {
    "arabic": re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"),
    "cyrillic": re.compile("[\u0400-\u052f]"),
    "ethiopic": re.compile("[\u1200-\u139f]"),
    "han": re.compile("[\u4e00-\u9fff]"),
    "other": re.compile("[\u0370-\u03ff\u0530-\u05ff\u0700-\u074f\u0900-\u11ff\u3040-\u30ff\uac00-\ud7af]"),
}
UNKNOWN = "und"
"""A language that is not ours and that we have no name for."""


def guess_language(line: str) -> str | None:
    """A code of two or three letters, or UNKNOWN for a script that tells no more than that it is not ours."""
    text = MASKED.sub(" ", line).lower().replace("\u2019", "'")
    return _by_script(text) or _by_words(WORD.findall(text))


def _by_script(text: str) -> str | None:
    letters = sum(character.isalpha() for character in text)
    for script, of_it in SCRIPTS.items():
        if 2 * len(of_it.findall(text)) > letters:
            return _in_script(script, set(text))
    return None


def _in_script(script: str, letters: set[str]) -> str:
    """Which language, as far as its letters tell."""
    if script == "arabic":
        return UNKNOWN if letters & set("ۆێڵټډځ") else "fa" if letters & set("پچژگکی") else "ar"
    if script == "cyrillic":
        if letters & set("іїєґ"):
            return "uk"
        return "bg" if "ъ" in letters and not letters & set("ыэё") else "ru"
    return {"ethiopic": "ti", "han": "zh"}.get(script, UNKNOWN)


def _by_words(words: list[str]) -> str | None:
    if len(words) < LEAST_WORDS:
        return None
    known = Counter(language for word in words for language in _languages().get(word, ()))
    (language, times), (_, next_best) = [*known.most_common(2), ("", 0), ("", 0)][:2]
    clear = times >= LEAST_KNOWN and times >= LEAST_SHARE * len(words) and times > next_best
    return language if clear else None


@cache
def _languages() -> dict[str, tuple[str, ...]]:
    """The languages that have a word; made at the first line."""
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for language, words in FUNCTION_WORDS.items():
        for word in set(words.split()):
            found[word] += (language,)
    return dict(found)
