"""The deliverer with a sender that does what a test tells it."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.deliver import Deliverer, Undelivered
from db.models import Channel, Message, MessageStatus
from services.outbox import DueMessage
from tests.integration.outbox.conftest import Post

pytestmark = pytest.mark.anyio


class Postman:
    """Keeps what it was given; `hindrance` may raise."""

    def __init__(self, hindrance: Callable[[DueMessage], None] = lambda _: None) -> None:
        self.sent: list[str] = []
        self.on_their_way: list[int] = []
        self.most_at_once = 0
        self.hindrance = hindrance
        self.slow = 0.0

    async def send(self, due: DueMessage, source_line: str | None) -> None:
        assert due.conversation_id not in self.on_their_way
        self.on_their_way.append(due.conversation_id)
        self.most_at_once = max(self.most_at_once, len(self.on_their_way))
        try:
            await asyncio.sleep(self.slow)
            self.hindrance(due)
            self.sent.append(due.text)
        finally:
            self.on_their_way.remove(due.conversation_id)


def deliverer(post: Post, postman: Postman) -> Deliverer:
    return Deliverer(post.database, post.keys, post.clock, {Channel.TELEGRAM: postman})


def failing(error: Exception, text: str = "") -> Callable[[DueMessage], None]:
    def hindrance(due: DueMessage) -> None:
        if not text or due.text == text:
            raise error

    return hindrance


async def test_conversations_go_side_by_side_each_in_its_order(post: Post) -> None:
    for chat in range(5):
        post.write(post.conversation(chat), *(f"{chat}-{number}" for number in range(3)))
    postman = Postman()
    postman.slow = 0.05

    await deliverer(post, postman).deliver_due()

    assert postman.most_at_once == 5
    for chat in range(5):
        assert [t for t in postman.sent if t.startswith(f"{chat}-")] == [f"{chat}-{number}" for number in range(3)]


async def test_more_conversations_than_go_at_once_all_get_theirs(post: Post) -> None:
    for chat in range(45):
        post.write(post.conversation(chat), f"voor {chat}")
    postman = Postman()
    postman.slow = 0.02

    await deliverer(post, postman).deliver_due()

    assert sorted(postman.sent) == sorted(f"voor {chat}" for chat in range(45))
    assert postman.most_at_once <= 20


async def test_a_mistake_in_one_message_does_not_stop_the_others(post: Post) -> None:
    [bad] = post.write(post.conversation(1), "gif")
    post.write(post.conversation(2), "goed")
    postman = Postman(failing(ZeroDivisionError(), "gif"))

    await deliverer(post, postman).deliver_due()

    assert postman.sent == ["goed"]
    assert (post.message(bad).status, post.message(bad).failure) == (MessageStatus.DUE, "error")


async def test_it_waits_longer_each_time_or_as_long_as_is_asked(post: Post) -> None:
    [number] = post.write(post.conversation(1), "antwoord")
    waits = []
    for trouble in (Undelivered("a"), Undelivered("b"), Undelivered("c", again_in=timedelta(seconds=77))):
        await deliverer(post, Postman(failing(trouble))).deliver_due()
        until = post.message(number).claimed_until
        assert until is not None
        waits.append((until - post.clock()).total_seconds())
        post.clock.now = until
    assert waits == [2, 4, 77]


async def test_what_will_never_arrive_lets_the_next_one_through(post: Post) -> None:
    [first, _] = post.write(post.conversation(1), "kan niet", "kan wel")
    postman = Postman(failing(Undelivered("refused", permanent=True), "kan niet"))

    await deliverer(post, postman).deliver_due()

    assert postman.sent == ["kan wel"]
    assert post.message(first).status is MessageStatus.FAILED


async def test_a_process_that_died_while_sending_is_followed_by_another(post: Post) -> None:
    post.write(post.conversation(1), "antwoord")
    post.claim("died")
    postman = Postman()
    await deliverer(post, postman).deliver_due()
    assert postman.sent == []

    post.clock.forward(seconds=60)
    await deliverer(post, postman).deliver_due()
    assert postman.sent == ["antwoord"]


async def test_it_runs_when_it_is_woken_and_ends_what_it_began(post: Post) -> None:
    postman = Postman()
    postman.slow = 0.2
    mailer = deliverer(post, postman)
    running = asyncio.create_task(mailer.run())
    conversation = post.conversation(1)
    post.write(conversation, "antwoord")
    mailer.wake()
    async with asyncio.timeout(60):
        while not postman.on_their_way:  # noqa: ASYNC110  it is the sender's own list
            await asyncio.sleep(0.01)

    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    with post.database.reading() as session:
        [message] = session.scalars(select(Message).where(Message.conversation_id == conversation))
    assert message.status is MessageStatus.SENT


async def test_two_deliverers_send_nothing_twice(post: Post) -> None:
    for chat in range(10):
        post.write(post.conversation(chat), f"{chat}-a", f"{chat}-b")
    postmen = [Postman(), Postman()]
    for postman in postmen:
        postman.slow = 0.01

    await asyncio.gather(*(deliverer(post, postman).deliver_due() for postman in postmen))
    await deliverer(post, postmen[0]).deliver_due()

    sent = postmen[0].sent + postmen[1].sent
    assert sorted(sent) == sorted(f"{chat}-{part}" for chat in range(10) for part in "ab")
