"""Which lines ask to see a list and say nothing else."""

import pytest

from services.list_meant import asks_for_list


@pytest.mark.parametrize(
    "line",
    [
        "Laat mijn lijst zien",
        "mijn lijst",
        "wat staat er op mijn lijst?",
        "toon de lijst",
        "kunt u m'n lijstje nog een keer laten zien aub",
        "show my list",
        "What’s on the list?",
        "can I see my list please",
    ],
)
def test_who_asks_for_a_list_asks_for_a_list(line: str) -> None:
    assert asks_for_list(line)


@pytest.mark.parametrize(
    "line",
    [
        "laat zien",
        "zet dat op mijn lijst",
        "haal de laatste van de lijst",
        "mijn lijst voor het nieuwe werk",
        "ik wil die lijst niet zien",
        "add it to my list",
        "my shopping list",
        "",
    ],
)
def test_who_says_more_than_that_is_understood_as_always(line: str) -> None:
    assert not asks_for_list(line)
