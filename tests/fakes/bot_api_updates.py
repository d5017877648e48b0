"""Updates as Telegram makes and keeps them."""

import itertools
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fakes.bot_api import BotApi

BOT = {"id": 4242, "is_bot": True, "first_name": "Trede", "username": "TredeTestBot"}


class Updates:
    """They stay until a higher offset is asked for."""

    def __init__(self, api: "BotApi") -> None:
        self._api = api
        self.waiting: list[dict[str, Any]] = []
        self._numbers = itertools.count(870_000_001)
        self._message_numbers = itertools.count(1)

    def add(self, kind: str, content: dict[str, Any]) -> int:
        with self._api.lock:
            number = next(self._numbers)
            self.waiting.append({"update_id": number, kind: content})
            return number

    def add_raw(self, content: dict[str, Any]) -> int:
        """Something in a form that no library knows."""
        with self._api.lock:
            number = next(self._numbers)
            self.waiting.append({"update_id": number} | content)
            return number

    def from_offset(self, offset: int, limit: int) -> list[dict[str, Any]]:
        """Asking for an offset confirms everything below it."""
        with self._api.lock:
            self.waiting = [u for u in self.waiting if u["update_id"] >= offset]
            return self.waiting[:limit]

    def confirm(self, update_id: int) -> None:
        with self._api.lock:
            self.waiting = [u for u in self.waiting if u["update_id"] != update_id]

    def next_message_id(self) -> int:
        return next(self._message_numbers)

    def message(self, chat_id: int, chat_type: str = "private", **content: Any) -> dict[str, Any]:
        """A message of a resident who has a name: ours must not keep it."""
        chat = {"id": chat_id, "type": chat_type}
        chat |= {"first_name": "Fatima"} if chat_type == "private" else {"title": "Buurtapp"}
        sender = {"id": abs(chat_id), "is_bot": False, "first_name": "Fatima", "username": "fatima_de_vries"}
        return {"message_id": self.next_message_id(), "date": int(time.time()), "chat": chat, "from": sender} | content

    def press(self, chat_id: int, data: str, message_id: int) -> dict[str, Any]:
        chat = {"id": chat_id, "type": "private", "first_name": "Fatima"}
        return {
            "id": f"press-{self.next_message_id()}",
            "from": {"id": chat_id, "is_bot": False, "first_name": "Fatima"},
            "chat_instance": "1",
            "data": data,
            "message": {"message_id": message_id, "date": int(time.time()), "chat": chat, "from": BOT, "text": "..."},
        }

    def membership(self, chat_id: int, chat_type: str, old: str, new: str) -> dict[str, Any]:
        chat = {"id": chat_id, "type": chat_type}
        chat |= {"first_name": "Fatima"} if chat_type == "private" else {"title": "Buurtapp"}
        return {
            "chat": chat,
            "from": {"id": abs(chat_id), "is_bot": False, "first_name": "Fatima"},
            "date": int(time.time()),
            "old_chat_member": _member(old),
            "new_chat_member": _member(new),
        }


RIGHTS = (
    *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
    *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users"),
    *("can_post_stories", "can_edit_stories", "can_delete_stories"),
)


def _member(status: str) -> dict[str, Any]:
    member: dict[str, Any] = {"status": status, "user": BOT}
    if status == "kicked":
        member["until_date"] = 0
    if status == "administrator":
        member |= dict.fromkeys(RIGHTS, True)
    return member
