"""What people say beside what was asked: when it suits before that is asked, "a day later", "after all I cannot"."""

import pytest

from tests.integration.booking_talk.conftest import CONTACT, Chat, labels

pytestmark = pytest.mark.anyio


def several_ways(chat: Chat) -> None:
    """The conversation can be had in more than one way, and that is asked first."""
    with chat.town.database.writing() as session:
        town = session.merge(chat.town.row)
        town.settings = {"programmes": [CONTACT | {"channels": ["office", "phone"]}]}


async def test_when_it_suits_may_be_told_before_it_is_asked(chat: Chat) -> None:
    several_ways(chat)
    await chat.books()
    (noted,) = await chat.says("volgende week in de middag")
    (said,) = await chat.says("op kantoor")

    assert noted.text.startswith("Goed, ik onthoud wanneer u kunt.")
    assert labels(noted)[0] == "Op kantoor"
    assert labels(said)[0] == "ma 30 nov, 13.00"


@pytest.mark.parametrize("line", ["telefonisch", "bel mij maar", "liever bellen"])
async def test_by_phone_is_an_answer_and_no_wish_to_be_called_now(chat: Chat, line: str) -> None:
    several_ways(chat)
    await chat.books()
    (said,) = await chat.says(line, "request_callback")

    assert said.text.startswith("Wanneer komt het u goed uit?")


async def test_a_day_that_cannot_be_is_not_noted(chat: Chat) -> None:
    several_ways(chat)
    await chat.books()
    (said,) = await chat.says("dinsdag 25 november")
    (asked,) = await chat.presses("Telefoon")

    assert said.text.startswith(
        "25 november 2026 is een woensdag. Misschien bedoelt u een andere dag. Uw contactgesprek"
    )
    assert asked.text.startswith("Wanneer komt het u goed uit?")


@pytest.mark.parametrize(
    ("line", "first"),
    [("kan het een dag later", "ma 7 dec, 09.00"), ("twee dagen eerder graag", "ma 30 nov, 09.00")],
)
async def test_a_day_later_is_later_than_what_was_offered(chat: Chat, line: str, first: str) -> None:
    await chat.books("volgende week woensdag in de ochtend")
    (said,) = await chat.says(line)

    assert labels(said)[0] == first


async def test_who_cannot_come_after_all_is_offered_other_times(chat: Chat) -> None:
    shown = labels((await chat.books("in de ochtend"))[0])[:3]
    await chat.says("de eerste")
    (said,) = await chat.says("ik kan toch niet")

    assert not set(shown) & set(labels(said)[:3])


@pytest.mark.parametrize(("line", "first"), [("dat is te vroeg", "13.00"), ("dat is te laat", "09.00")])
async def test_too_early_means_a_later_hour(chat: Chat, line: str, first: str) -> None:
    await chat.books("woensdag om 11 uur")
    (said,) = await chat.says(line)

    assert labels(said)[0].endswith(first)


async def test_a_conversation_is_moved_to_a_week_later_than_it_is(chat: Chat) -> None:
    await chat.booked()
    (at_once,) = await chat.moves("kan mijn afspraak een week later, in de middag")
    await chat.says("laat maar")
    await chat.moves()
    (asked,) = await chat.says("een week later, in de middag")

    assert labels(at_once)[0] == labels(asked)[0] == "wo 2 dec, 13.00"
