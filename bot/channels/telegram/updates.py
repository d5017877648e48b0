"""What an update of Telegram means to us. Names, files and places are dropped here: nothing below sees them."""

import re
from dataclasses import dataclass

from telegram import CallbackQuery, ChatMember, ChatMemberUpdated, Message, Update
from telegram.constants import ChatType, MessageType

from db.models import Channel
from services.receive import Choice, Inbound

PRESSED = re.compile(r"c:(\d{1,9}):(\d{1,2}):(\d{1,18})", re.ASCII)
JUDGED = re.compile(r"k:(\d{1,18}):([01])", re.ASCII)
COMMAND = re.compile(r"/(\w+)(?:@\w+)?")
"""`/stop@TredeBot now` is the plain line `stop now`."""
FILES = frozenset(
    {
        MessageType.ANIMATION,
        MessageType.AUDIO,
        MessageType.DOCUMENT,
        MessageType.PHOTO,
        MessageType.VIDEO,
        MessageType.VIDEO_NOTE,
        MessageType.VOICE,
    }
)
PRESENT = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER)


@dataclass(frozen=True)
class Said:
    """A line in words."""

    inbound: Inbound


@dataclass(frozen=True)
class Pressed:
    """A button; without a choice when the button is not ours."""

    inbound: Inbound
    query_id: str


@dataclass(frozen=True)
class Judged:
    """The button that says whether an answer was right. It is no line: nobody has to answer it."""

    address: str
    answer: int
    right: bool
    query_id: str


@dataclass(frozen=True)
class Began:
    """/start: the chat was opened, or opened again."""

    inbound: Inbound


@dataclass(frozen=True)
class NotWords:
    """Something without words. `phrase`: what is said about it."""

    inbound: Inbound
    phrase: str


@dataclass(frozen=True)
class Reach:
    """A resident blocked us, or let us in again."""

    address: str
    reachable: bool


@dataclass(frozen=True)
class Crowd:
    """A group or a channel. `greet`: we were just put in it and can say why we leave."""

    chat_id: int
    greet: bool


Event = Said | Pressed | Judged | Began | NotWords | Reach | Crowd


def read_update(update: Update, bot_id: int) -> Event | None:
    """None when there is nothing to do: edited messages, service messages, our own departure."""
    # Another bot, connected later, counts its updates from another number and may come past the same ones.
    external_id = f"{bot_id}:{update.update_id}"
    if update.callback_query:
        return _pressed(update.callback_query, external_id)
    if update.my_chat_member:
        return _reach(update.my_chat_member)
    if update.message:
        return _said(update.message, external_id)
    return None


def _said(message: Message, external_id: str) -> Event | None:
    if message.chat.type != ChatType.PRIVATE:
        return Crowd(message.chat.id, greet=False)
    inbound = Inbound(Channel.TELEGRAM, str(message.chat.id), external_id)
    if message.text is not None:
        return _words(message.text, inbound)
    if message.effective_attachment is None:
        return None
    files = any(getattr(message, kind, None) for kind in FILES)
    return NotWords(inbound, "file_not_read" if files else "no_words")


def _words(text: str, inbound: Inbound) -> Event:
    command = COMMAND.match(text)
    if command and command.group(1) == "start":
        return Began(inbound)
    if command:
        text = command.group(1) + text[command.end() :]
    return Said(Inbound(inbound.channel, inbound.address, inbound.external_id, text))


def _pressed(query: CallbackQuery, external_id: str) -> Event | None:
    if query.message is None or query.message.chat.type != ChatType.PRIVATE:
        return None
    address = str(query.message.chat.id)
    if judged := JUDGED.fullmatch(query.data or ""):
        return Judged(address, int(judged[1]), judged[2] == "1", query.id)
    found = PRESSED.fullmatch(query.data or "")
    if found is None:
        return Pressed(Inbound(Channel.TELEGRAM, address, external_id), query.id)
    choice = Choice(*(int(part) for part in found.groups()))
    return Pressed(Inbound(Channel.TELEGRAM, address, external_id, choice=choice), query.id)


def _reach(change: ChatMemberUpdated) -> Event | None:
    present = change.new_chat_member.status in PRESENT
    if change.chat.type == ChatType.PRIVATE:
        return Reach(str(change.chat.id), present)
    if not present:
        return None
    # In a channel everybody would read it; there we only leave.
    return Crowd(change.chat.id, greet=change.chat.type != ChatType.CHANNEL)
