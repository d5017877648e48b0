"""A message as the page shows it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from db.models import Feedback, Message, MessageKind
from services.calendar import clock_time, day_here, in_words
from services.feedback import may_be_judged
from services.phrases import Phrases
from services.transcript import CROSSING
from services.words import Way, Words, amounts_since

EMERGENCY = {"distress": ("113", "112"), "elsewhere_emergency": ("112", "113")}
"""Topics that have to be seen at once, with the numbers to call: the most fitting first."""
ROLES = {MessageKind.LINE: "u", MessageKind.STAFF: "mens"}
"""Who speaks, as the style sheet knows them; everybody else is the chatbot."""


@dataclass(frozen=True)
class Figure:
    shown: str
    since: str


@dataclass(frozen=True)
class Judging:
    """Whether this was right, to be told and told. `answer`: the number of the message; `right`: None is not told."""

    answer: int
    right: bool | None
    remark: str | None


@dataclass(frozen=True)
class Bubble:
    seq: int
    role: str
    """`u` the resident, `mens` a colleague, `bot`."""
    crossing: bool
    """A line across the page: somebody joins or leaves."""
    sender: str
    text: str
    language: str
    moment: str
    """Empty for the welcome of a page without a conversation: nobody said it yet."""
    iso: str
    emergency: tuple[str, ...]
    """Numbers to call now; empty when nobody is in danger."""
    buttons: tuple[str, ...]
    sources: tuple[dict[str, str], ...]
    figures: tuple[Figure, ...]
    figures_per: str | None
    checked_on: str | None
    way: Way | None
    """To a page that shows more; here with its whole address on this site."""
    judging: Judging | None

    @property
    def origin(self) -> bool:
        """Whether there is anything to tell about where it comes from."""
        return bool(self.sources or self.figures)


def bubble(message: Message, phrases: Phrases, now: datetime, told: Feedback | None = None) -> Bubble:
    figures = message.detail.get("figures", ())
    newest = amounts_since(message.detail)
    checked = message.detail.get("checked_on")
    return Bubble(
        seq=message.seq,
        role=ROLES.get(message.kind, "bot"),
        crossing=message.detail.get("hand_over") in CROSSING,
        sender=_sender(message, phrases),
        text=message.text,
        language=message.language,
        moment=_moment(message.created_at, phrases, now) if message.id else "",
        iso=message.created_at.isoformat(timespec="seconds"),
        emergency=EMERGENCY.get(message.topic or "", ()),
        buttons=tuple(button["label"] for button in message.detail.get("buttons", ())),
        sources=tuple(message.detail.get("sources", ())),
        figures=tuple(Figure(f["shown"], _since(f["date"], phrases)) for f in figures),
        figures_per=_per(newest, phrases) if newest else None,
        checked_on=phrases.say("checked_on", datum=_day(checked, phrases)) if checked else None,
        way=_way(message, phrases),
        judging=judging(message, told) if may_be_judged(message) else None,
    )


def judging(message: Message, told: Feedback | None) -> Judging:
    return Judging(message.id, told.right if told else None, told.remark if told else None)


def bubble_to_come(seq: int, words: Words, phrases: Phrases, now: datetime) -> Bubble:
    """The welcome of a page without a conversation: a message as it will be stored with the first line."""
    message = Message(
        seq=seq,
        kind=MessageKind.NOTICE,
        text=words.text,
        language=phrases.language,
        topic=words.topic,
        detail=words.detail(),
        created_at=now,
    )
    return bubble(message, phrases, now)


def _way(message: Message, phrases: Phrases) -> Way | None:
    found = message.detail.get("way")
    return Way(found["label"], f"/{phrases.municipality.slug}{found['page']}") if found else None


def _sender(message: Message, phrases: Phrases) -> str:
    match message.kind:
        case MessageKind.LINE:
            return phrases.say("sender_resident")
        case MessageKind.STAFF:
            return phrases.say("sender_staff", naam=message.detail["sender"])
    return phrases.say("sender_bot")


def _per(day: str, phrases: Phrases) -> str:
    return phrases.say("figures_per", datum=_day(day, phrases))


def _since(day: str, phrases: Phrases) -> str:
    return phrases.say("figure_since", datum=_day(day, phrases))


def _day(day: str, phrases: Phrases) -> str:
    return in_words(date.fromisoformat(day), phrases.language)


def _moment(said_at: datetime, phrases: Phrases, now: datetime) -> str:
    """`14.05`, and with the day when it was not today: a conversation goes on for 24 hours."""
    day = day_here(said_at)
    if day == day_here(now):
        return clock_time(said_at)
    yesterday = day == day_here(now) - timedelta(days=1)
    word = phrases.say("yesterday") if yesterday else in_words(day, phrases.language)
    return f"{word} {clock_time(said_at)}"
