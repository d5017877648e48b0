"""An address can be found again and opened with the secret of the installation, and with nothing else."""

import pytest

from services.keys import Keys, SealBroken

SECRET = "one secret of an installation, long enough"
OTHER = "another secret of an installation, long too"


def test_the_same_address_is_found_again() -> None:
    assert Keys(SECRET).lookup("web", "stad", "abc") == Keys(SECRET).lookup("web", "stad", "abc")


@pytest.mark.parametrize(
    "parts", [("web", "stad", "abd"), ("web", "stada", "bc"), ("telegram", "stad", "abc"), ("webstad", "abc")]
)
def test_another_address_is_another_number(parts: tuple[str, ...]) -> None:
    assert Keys(SECRET).lookup("web", "stad", "abc") != Keys(SECRET).lookup(*parts)


def test_another_secret_finds_nothing() -> None:
    assert Keys(SECRET).lookup("abc") != Keys(OTHER).lookup("abc")


def test_a_sealed_address_shows_nothing_and_comes_back_whole() -> None:
    sealed = Keys(SECRET).seal("123456789 é")

    assert "123456789" not in sealed
    assert Keys(SECRET).unseal(sealed) == "123456789 é"
    assert Keys(SECRET).seal("123456789 é") != sealed


@pytest.mark.parametrize("sealed", ["", "onzin", Keys(OTHER).seal("123")], ids=["empty", "nonsense", "other key"])
def test_what_was_sealed_otherwise_is_told_apart(sealed: str) -> None:
    with pytest.raises(SealBroken, match="TREDE_SECRET_KEY"):
        Keys(SECRET).unseal(sealed)


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="32"):
        Keys("x" * 31)
