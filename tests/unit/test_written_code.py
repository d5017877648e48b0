"""What counts as a try at a linking code, where one was asked for."""

import pytest

from services.people.written_code import nearly_code


@pytest.mark.parametrize("line", ["4KM 7BC 9Q", "4km abc 9q", "abc 4k9 mq", "4 k m 7 b c 9 q", "4KM7-BC9", "4km7bc9qq"])
def test_a_code_read_out_in_any_pieces_is_a_try(line: str) -> None:
    assert nearly_code(line)


@pytest.mark.parametrize("line", ["dat weet ik niet", "ik heb er 2", "in 2026", "120 euro", "die van mijn vrouw 4k"])
def test_an_ordinary_answer_is_none(line: str) -> None:
    assert not nearly_code(line)
