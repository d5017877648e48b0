"""A line is made fit to be kept, whatever was typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.tidy import HIDDEN, KEEP_AT_MOST, has_words, tidy


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  hallo   daar  ", "hallo daar"),
        ("a\x00b\x07c", "a b c"),
        ("regel 1 \r\n\r\n  regel 2", "regel 1\nregel 2"),
        ("\u202eniel\u202c om\u2066ge\u2069keerd", "niel omgekeerd"),
        ("spaar\u200bgeld\ufeff\u00ad", "spaargeld"),
        ("e\u0301e\u0301n", "één"),
        ("e\u200b\u0301", "é"),
        ("می\u200cخواهم", "می خواهم"),
        ("\t\n \u00a0", ""),
    ],
)
def test_what_cannot_be_seen_does_not_stay(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


def test_a_long_line_is_cut_at_what_is_kept() -> None:
    assert len(tidy("a" * 7000)) == KEEP_AT_MOST


@pytest.mark.parametrize("line", ["😀👍🏽", "🇳🇱", "...", "?!", "❤️", ""])
def test_emoji_and_signs_alone_are_no_words(line: str) -> None:
    assert not has_words(tidy(line))


@pytest.mark.parametrize("line", ["ja", "مرحبا", "ሰላም", "5", "😀 ok"])
def test_a_letter_or_digit_of_any_script_is_a_word(line: str) -> None:
    assert has_words(tidy(line))


@given(st.text() | st.text(alphabet=st.characters(categories=["Cc", "Cf", "Cs", "Zs", "Mn", "Lu"])))
def test_any_line_can_be_kept_and_tidying_twice_changes_nothing(line: str) -> None:
    once = tidy(line)

    assert tidy(once) == once
    assert not HIDDEN.search(once)
    assert all(c == "\n" or unicodedata.category(c)[0] != "C" for c in once)
    once.encode()


def test_a_cut_line_is_still_tidy() -> None:
    line = "a" * (KEEP_AT_MOST - 1) + " b"

    assert tidy(line) == tidy(tidy(line))
