"""Send a message over Telegram, and tell passing trouble from a chat that is gone."""

from collections.abc import Mapping
from datetime import timedelta

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, MessageEntity
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.connect import flood_pause
from bot.channels.telegram.text import Piece, pieces
from bot.deliver import TOO_FAST, Undelivered
from services.outbox import DueMessage

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
CHAT_GONE = ("chat not found", "user not found", "peer_id_invalid", "user_is_deactivated")
"""Telegram gives no codes within its 400: these descriptions mean the chat, the others mean the message."""
TOKEN_MENDED = timedelta(minutes=5)
"""A refused token is our fault: messages wait until the operator has put in a good one."""


class TelegramSender:
    """`bots`: by number of the municipality. A message of one municipality never leaves by the bot of another."""

    def __init__(self, bots: Mapping[int, Bot]) -> None:
        self._bots = bots

    async def send(self, due: DueMessage, source_line: str | None) -> None:
        bot = self._bots.get(due.municipality_id)
        if bot is None:
            raise Undelivered("channel_off")
        text = f"{due.text}\n\n{source_line}" if source_line else due.text
        *first, last = pieces(text)
        try:
            for piece in first:
                await _say(bot, due, piece, None)
            await _say(bot, due, last, keyboard(due))
        except TelegramError as error:
            raise trouble(error) from None


def keyboard(due: DueMessage) -> InlineKeyboardMarkup | None:
    """One button a row: on a narrow screen two side by side lose their words. Only whether it was right is short
    enough, and stands last."""
    rows = [
        [InlineKeyboardButton(button.label, callback_data=f"c:{due.seq}:{index}:{due.conversation_id}")]
        for index, button in enumerate(due.buttons)
    ]
    if due.judge_labels:
        told = zip(due.judge_labels, (1, 0), strict=True)
        rows.append([InlineKeyboardButton(label, callback_data=f"k:{due.id}:{right}") for label, right in told])
    return InlineKeyboardMarkup(rows) if rows else None


def trouble(error: TelegramError) -> Undelivered:
    """What an error of the Bot API means for the message. A code of ours, never their text."""
    match error:
        case RetryAfter():
            return Undelivered(TOO_FAST, again_in=timedelta(seconds=flood_pause(error)))
        case Forbidden():
            return Undelivered("blocked", permanent=True, unreachable=True)
        case BadRequest():
            gone = any(words in error.message.lower() for words in CHAT_GONE)
            return Undelivered("chat_gone" if gone else "refused", permanent=True, unreachable=gone)
        case ChatMigrated():
            # Only a group gets another number, and groups are left: this chat is not a person's any more.
            return Undelivered("not_private", permanent=True, unreachable=True)
        case InvalidToken():
            return Undelivered("token_refused", again_in=TOKEN_MENDED)
    return Undelivered("unreachable_now")


async def _say(bot: Bot, due: DueMessage, piece: Piece, buttons: InlineKeyboardMarkup | None) -> None:
    bold = [MessageEntity(MessageEntity.BOLD, offset, length) for offset, length in piece.bold]
    await bot.send_message(
        due.address, piece.text, entities=bold, reply_markup=buttons, link_preview_options=NO_PREVIEW
    )
