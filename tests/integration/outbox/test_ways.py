"""A message that leads to a page: over a channel without pages the address goes with it, with a key of its own."""

from dataclasses import replace

import pytest

from db.models import Calculation, Message
from db.models.calculation import CalculationState
from services.calculations import find_by_link
from services.errors import LinkOver
from tests.integration.outbox.conftest import Post
from tests.integration.outbox.test_delivering import Postman, deliverer

pytestmark = pytest.mark.anyio
HERE = "https://trede.test"


def leading_to(page: str) -> dict[str, str]:
    return {"label": "Bekijk de hele berekening", "page": page}


def calculated(post: Post) -> int:
    """A conversation in which a calculation was shown."""
    conversation = post.conversation(1)
    with post.database.writing() as session:
        session.add(
            Calculation(
                municipality_id=post.town.id,
                conversation_id=conversation,
                public_id="c0ffee",
                state=CalculationState.SHOWN,
                answers={},
                started_at=post.clock(),
                changed_at=post.clock(),
            )
        )
    return conversation


async def sent(post: Post, conversation: int, page: str, public_url: str = HERE) -> str:
    def lead(message: Message) -> None:
        message.detail = {"way": leading_to(page)}

    post.write(conversation, "Een uitkomst.", change=lead)
    postman = Postman()
    await replace(deliverer(post, postman), public_url=public_url).deliver_due()
    return postman.sent[-1]


async def test_the_address_opens_the_page_and_the_key_is_kept_nowhere(post: Post) -> None:
    text = await sent(post, calculated(post), "/berekening/c0ffee")

    assert text.startswith(f"Een uitkomst.\n\nBekijk de hele berekening: {HERE}/{post.town.slug}/berekening/c0ffee?")
    key = text.rpartition("=")[2]
    with post.database.reading() as session:
        assert find_by_link(session, post.town.id, "c0ffee", key, post.clock()).public_id == "c0ffee"
        assert session.query(Message).filter(Message.text.contains(key)).count() == 0


async def test_the_key_of_a_message_that_was_sent_before_ends_with_the_next(post: Post) -> None:
    conversation = calculated(post)
    first = (await sent(post, conversation, "/berekening/c0ffee")).rpartition("=")[2]
    await sent(post, conversation, "/berekening/c0ffee")

    with post.database.reading() as session, pytest.raises(LinkOver):
        find_by_link(session, post.town.id, "c0ffee", first, post.clock())


async def test_the_file_of_an_appointment_opens_by_its_own_name(post: Post) -> None:
    text = await sent(post, post.conversation(1), "/afspraak/c0ffee.ics")

    assert text.endswith(f": {HERE}/{post.town.slug}/afspraak/c0ffee.ics")


@pytest.mark.parametrize(
    ("page", "public_url"), [("/berekening/c0ffee", ""), ("/berekening/elsewhere", HERE), ("/checklist", HERE)]
)
async def test_without_an_address_that_opens_there_is_none(post: Post, page: str, public_url: str) -> None:
    assert await sent(post, calculated(post), page, public_url) == "Een uitkomst."


async def test_a_calculation_of_another_conversation_is_not_opened(post: Post) -> None:
    calculated(post)

    assert await sent(post, post.conversation(2), "/berekening/c0ffee") == "Een uitkomst."
