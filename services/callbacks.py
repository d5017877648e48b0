"""Requests to get in touch: a promise made when nobody could answer, and the number to call, if there is one."""

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Account, CallbackRequest, CallbackState, Conversation, Municipality
from services.errors import UnknownCallback
from services.keys import Keys
from services.office_hours import next_opening
from services.states import Deed, move


def promise(session: Session, conversation: Conversation, now: datetime) -> CallbackRequest | None:
    """The promise of this wait: before the end of the next office day somebody gets in touch. There is never a second
    one beside it. None when the municipality has told no hours."""
    made = open_callback(session, conversation)
    if made is not None:
        return made
    town = session.get_one(Municipality, conversation.municipality_id)
    opening = next_opening(town, now)
    if opening is None:
        return None
    made = CallbackRequest(
        municipality_id=town.id, conversation_id=conversation.id, asked_at=now, promised_by=opening.closes
    )
    session.add(made)
    session.flush()
    return made


def open_callback(session: Session, conversation: Conversation) -> CallbackRequest | None:
    query = select(CallbackRequest).where(
        CallbackRequest.municipality_id == conversation.municipality_id,
        CallbackRequest.conversation_id == conversation.id,
        CallbackRequest.state == CallbackState.OPEN,
    )
    return session.scalars(query.order_by(CallbackRequest.id).limit(1)).first()


def keep_number(keys: Keys, request: CallbackRequest, phone: str) -> None:
    """Sealed; a second number takes the place of the first."""
    request.sealed_phone = keys.seal(phone)


def last_digits(phone: str) -> str:
    """All that is ever shown of a number again: enough to see a typing error, too little to know it."""
    return re.sub(r"\D", "", phone)[-2:]


def withdraw(session: Session, conversation: Conversation, now: datetime) -> bool:
    """The resident no longer waits for anybody, and the number goes. False when there was nothing to take back."""
    request = open_callback(session, conversation)
    if request is None:
        return False
    request.state, request.sealed_phone = CallbackState.CANCELLED, None
    move(conversation, Deed.WITHDRAW, now)
    return True


def answered_in_chat(session: Session, conversation: Conversation, account: Account, now: datetime) -> None:
    """A colleague got in touch here: a promise without a number is kept. One with a number waits for the call."""
    request = open_callback(session, conversation)
    if request is not None and request.sealed_phone is None:
        _done(request, account, now)


def open_callbacks(
    session: Session, municipality_id: int, limit: int = 100, after: int = 0
) -> Sequence[CallbackRequest]:
    """Who was promised that somebody gets in touch: the first promise first. `after`: so many are left out."""
    query = select(CallbackRequest).where(
        CallbackRequest.municipality_id == municipality_id, CallbackRequest.state == CallbackState.OPEN
    )
    ordered = query.order_by(CallbackRequest.promised_by, CallbackRequest.id)
    return session.scalars(ordered.limit(limit).offset(after)).all()


def call_back_done(session: Session, account: Account, callback_id: int, now: datetime) -> CallbackRequest:
    """Somebody got in touch. The number goes, and the resident no longer waits. Raises UnknownCallback."""
    request = _of_account(session, account, callback_id)
    conversation = session.get_one(Conversation, request.conversation_id, with_for_update=True, populate_existing=True)
    session.refresh(request)
    if request.state is not CallbackState.OPEN:
        raise UnknownCallback
    _done(request, account, now)
    move(conversation, Deed.CALLED, now)
    return request


def phone_of(session: Session, keys: Keys, account: Account, callback_id: int) -> str | None:
    """The number, to be shown to this account now; the page writes down who saw it. None: none was given."""
    request = _of_account(session, account, callback_id)
    return None if request.sealed_phone is None else keys.unseal(request.sealed_phone)


def _of_account(session: Session, account: Account, callback_id: int) -> CallbackRequest:
    """An open request of the account's own municipality."""
    query = select(CallbackRequest).where(
        CallbackRequest.id == callback_id,
        CallbackRequest.municipality_id == account.municipality_id,
        CallbackRequest.state == CallbackState.OPEN,
    )
    request = session.scalar(query)
    if request is None:
        raise UnknownCallback
    return request


def _done(request: CallbackRequest, account: Account, now: datetime) -> None:
    request.state, request.done_at, request.done_by, request.sealed_phone = CallbackState.DONE, now, account.id, None
