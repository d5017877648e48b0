"""The address of a source can be opened, as far as its form tells."""

import pytest

from services.content.links import is_good_link

GOOD = (
    "https://wetten.overheid.nl/BWBR0015703/",
    "https://wetten.overheid.nl/BWBR0015703",
    "https://wetten.overheid.nl/BWBR0015703/2026-07-01",
    "https://wetten.overheid.nl/BWBR0015703/#Hoofdstuk4_Paragraaf4.2_Artikel34",
    "https://www.uwv.nl/",
    "https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX:32016R0679",
    "https://stad.nl/beleid/bijstand.pdf",
)
BAD = (
    "",
    "wetten.overheid.nl/BWBR0015703/",
    "http://www.uwv.nl/",
    "ftp://www.uwv.nl/",
    "javascript:alert(1)",
    "https://wetten.overheid.nl/",
    "https://wetten.overheid.nl/zoeken?titel=participatiewet",
    "https://wetten.overheid.nl/BWBR15703/",
    "https://www.uwv.nl/ ziek",
    "https://jan:geheim@www.uwv.nl/",
    "https://www.uwv.nl:8443/",
    "https://localhost/",
    "https://[::1",
)


@pytest.mark.parametrize("address", GOOD)
def test_an_address_that_leads_somewhere_is_good(address: str) -> None:
    assert is_good_link(address)


@pytest.mark.parametrize("address", BAD)
def test_an_address_that_leads_nowhere_or_elsewhere_is_not(address: str) -> None:
    assert not is_good_link(address)
