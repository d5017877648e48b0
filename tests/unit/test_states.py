"""The table of states: every state with every deed leads where it should, or nowhere; and keeps what belongs to it."""

from datetime import UTC, datetime
from itertools import product

import pytest

from db.models import Conversation, ConversationState
from db.models.conversation import ANSWERED_BY_BOT, WITH_PERSON
from services.errors import NotNow
from services.states import LEADS_TO, Deed, move

THEN = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
# Written out once more, in rows: bot, waiting, human, snoozed, closed. "-" cannot be done.
EXPECTED = {
    Deed.LINE: "bot waiting human human -",
    Deed.ASK: "waiting waiting - - -",
    Deed.WITHDRAW: "bot bot human human -",
    Deed.WIPE: "bot bot bot bot -",
    Deed.TAKE_OVER: "human human human human -",
    Deed.REPLY: "- - human - -",
    Deed.SNOOZE: "- - snoozed snoozed -",
    Deed.GIVE_BACK: "- - bot bot -",
    Deed.CLOSE: "- - closed closed -",
    Deed.CALLED: "bot bot human snoozed closed",
    Deed.WAKE: "- - - human -",
}


def full(state: ConversationState) -> Conversation:
    """With something in every column that belongs to one state only."""
    return Conversation(
        state=state, waiting_since=THEN, wait_told_at=THEN, assigned_to=1, human_since=THEN, snoozed_until=NOW,
        answering_by="us", answering_until=NOW, changed_at=THEN,
    )  # fmt: skip


@pytest.mark.parametrize(("state", "deed"), list(product(ConversationState, Deed)))
def test_every_deed_in_every_state_leads_where_it_should_or_nowhere(state: ConversationState, deed: Deed) -> None:
    conversation = full(state)
    expected = EXPECTED[deed].split()[list(ConversationState).index(state)]

    if expected == "-":
        with pytest.raises(NotNow):
            move(conversation, deed, NOW)
    else:
        move(conversation, deed, NOW)
    assert conversation.state == (state if expected == "-" else expected)


@pytest.mark.parametrize(("state", "deed"), [pair for pair, to in LEADS_TO.items() if to is not pair[0]])
def test_a_state_that_is_entered_keeps_only_its_own_columns(state: ConversationState, deed: Deed) -> None:
    conversation = full(state)
    move(conversation, deed, NOW)

    kept = {
        "waiting_since": conversation.state is ConversationState.WAITING,
        "snoozed_until": conversation.state is ConversationState.SNOOZED,
        "assigned_to": conversation.state in WITH_PERSON,
        "human_since": conversation.state in WITH_PERSON,
        "answering_by": conversation.state in ANSWERED_BY_BOT,
        "answering_until": conversation.state in ANSWERED_BY_BOT,
        "wait_told_at": False,
    }
    assert {name: getattr(conversation, name) is not None for name in kept} == kept
    assert conversation.changed_at == NOW


def test_nothing_leads_back_from_closed() -> None:
    assert {to for (state, _), to in LEADS_TO.items() if state is ConversationState.CLOSED} == {
        ConversationState.CLOSED
    }
