"""How one made-up conversation goes: who says what, when, and how it ends."""

import secrets
from datetime import datetime, timedelta
from random import Random
from typing import Any

from db.models import Channel, ConversationState, MessageKind, MessageStatus
from db.models.conversation import WITH_PERSON
from services.phrases import DEFAULT_LANGUAGE
from services.seeding.material import Answered, Material

DAYS = 30
"""How far back they go: as long as conversations are kept."""
STATES = {
    ConversationState.BOT: 930,
    ConversationState.CLOSED: 58,
    ConversationState.HUMAN: 6,
    ConversationState.WAITING: 4,
    ConversationState.SNOOZED: 2,
}
CHANNELS = {Channel.WEB: 780, Channel.TELEGRAM: 210, Channel.TERMINAL: 10}
HOURS = (8, 8, 9, 9, 9, 10, 10, 11, 12, 13, 13, 14, 15, 16, 19, 20)
RECENT = (ConversationState.WAITING, *WITH_PERSON)
TAILS = (
    "", "", "", "ik woon alleen", "ik heb twee kinderen", "mijn partner werkt {n} uur", "het gaat om {n} euro",
    "al {n} weken", "sinds maandag", "kunt u dat uitleggen", "ik snap de brief niet", "mijn moeder woont bij mij",
)  # fmt: skip
REPLIES = (
    "Goedemorgen, ik kijk met u mee.", "Dat zoek ik voor u op. Een moment.", "U hoeft hiervoor niets op te sturen.",
    "Wilt u de brief erbij pakken? Rechtsboven staat een datum.", "Ik heb het voor u doorgegeven.",
)  # fmt: skip


class Story:
    """A conversation and its messages as rows, without the numbers that only the database can give."""

    def __init__(self, material: Material, chance: Random, length: int, now: datetime) -> None:
        self.material, self.chance, self.now = material, chance, now
        states = [state for state in STATES if material.staff or state not in WITH_PERSON]
        self.state = chance.choices(states, [STATES[state] for state in states])[0]
        self.channel = chance.choices(list(CHANNELS), list(CHANNELS.values()))[0]
        self.public_id = secrets.token_hex(16)
        self.messages: list[dict[str, Any]] = []
        self.with_person: dict[str, Any] = {}
        self.clock = self.started_at = self._beginning(length)
        self._tell(length)

    def contact(self) -> dict[str, Any]:
        return {
            "municipality_id": self.material.municipality_id,
            "channel": self.channel,
            "lookup": secrets.token_hex(32),
            "sealed_address": self.material.sealed_address if self.channel.pushes else None,
            "created_at": self.started_at,
        }

    def conversation(self, contact_point_id: int) -> dict[str, Any]:
        lines = [message for message in self.messages if message["kind"] is MessageKind.LINE]
        held = self.state in WITH_PERSON
        seen = self.chance.random() < (0.9 if self.with_person else 0.1)
        return {
            "municipality_id": self.material.municipality_id,
            "public_id": self.public_id,
            "contact_point_id": contact_point_id,
            "state": self.state,
            "language": DEFAULT_LANGUAGE,
            "started_at": self.started_at,
            "last_line_at": lines[-1]["created_at"],
            "waiting_since": lines[-1]["created_at"] if self.state is ConversationState.WAITING else None,
            "last_seq": len(self.messages),
            "channel": self.channel,
            "topic": next(m["topic"] for m in reversed(self.messages) if m["topic"]),
            "changed_at": self.clock,
            "line_seq": lines[-1]["seq"],
            "staff_seen_seq": lines[-1]["seq"] if seen else 0,
            "assigned_to": self.with_person["account"] if held else None,
            "human_since": self.with_person["since"] if held else None,
            "snoozed_until": self.now + timedelta(hours=2) if self.state is ConversationState.SNOOZED else None,
        }

    def _beginning(self, length: int) -> datetime:
        """In the daytime on one of the last days; who is not helped yet came in the last hours."""
        if self.state in RECENT:
            return self.now - timedelta(minutes=self.chance.uniform(length, length + 400))
        day = self.now - timedelta(days=self.chance.uniform(1, DAYS - 1))
        return day.replace(hour=self.chance.choice(HOURS))

    def _tell(self, length: int) -> None:
        for words in self.material.welcome:
            self._say(MessageKind.NOTICE, words.text, detail=words.detail())
        person = self.state in (*WITH_PERSON, ConversationState.CLOSED) and bool(self.material.staff)
        for _ in range(max(1, (length - len(self.messages) - 4 * person + self.chance.randint(0, 1)) // 2)):
            self._question_and_answer()
        if person:
            self._a_person_comes()

    def _question_and_answer(self) -> None:
        topic = self.chance.choice(self.material.topics)
        self._say(MessageKind.LINE, self._line(topic), status=MessageStatus.ANSWERED)
        sure = round(self.chance.betavariate(6, 1.5), 6)
        others = self.chance.sample(self.material.topics, min(4, len(self.material.topics)))
        ranking = [{"name": topic.name, "confidence": sure}]
        ranking += [{"name": o.name, "confidence": round((1 - sure) / (n + 2), 6)} for n, o in enumerate(others)]
        seen = {"alternatives": ranking, "understood": topic.name, "model": "seed"}
        self._say(MessageKind.ANSWER, topic.text, topic=topic.name, confidence=sure, detail=topic.detail | seen)

    def _a_person_comes(self) -> None:
        account, shown_as = self.chance.choice(self.material.staff)
        self.with_person = {"account": account, "since": self.clock}
        sender = {"sender": shown_as}
        joined, closed = (text.replace("{naam}", shown_as) for text in (self.material.joined, self.material.closed))
        self._say(MessageKind.NOTICE, joined, detail={"hand_over": "joined"} | sender)
        self._say(MessageKind.STAFF, self.chance.choice(REPLIES), account_id=account, detail=sender)
        line = self._line(self.chance.choice(self.material.topics))
        self._say(MessageKind.LINE, line, status=MessageStatus.HANDED)
        if self.state is ConversationState.CLOSED:
            self._say(MessageKind.NOTICE, closed, detail={"hand_over": "closed"} | sender)

    def _line(self, topic: Answered) -> str:
        tail = self.chance.choice(TAILS).replace("{n}", str(self.chance.randint(2, 900)))
        return f"{self.chance.choice(topic.examples)} {tail}".strip()

    def _say(self, kind: MessageKind, text: str, **other: Any) -> None:
        self.clock += timedelta(seconds=self.chance.uniform(0.2, 0.6) if kind is MessageKind.ANSWER else 25)
        seq = len(self.messages) + 1
        mine = kind is MessageKind.LINE
        self.messages.append(
            {
                "municipality_id": self.material.municipality_id,
                "seq": seq,
                "kind": kind,
                "status": MessageStatus.SENT,
                "text": text,
                "created_at": self.clock,
                "external_id": f"seed:{self.public_id}:{seq}" if mine else None,
                "account_id": None,
                "topic": None,
                "confidence": None,
                "detail": {},
                "due_at": None if mine else self.clock,
                "sent_at": None if mine else self.clock,
            }
            | other
        )
