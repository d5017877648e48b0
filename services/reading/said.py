"""One message as a caseworker sees it: who said what, and what lies behind an answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from benefits.figures import Figures
from db.models import Feedback, Message, MessageKind, MessageStatus


@dataclass(frozen=True)
class Guess:
    """A topic that was considered, and how likely it was (0 to 1)."""

    topic: str
    label: str
    confidence: float


@dataclass(frozen=True)
class UsedFigure:
    shown: str
    ref: str
    since: date
    until: date | None
    article: str | None
    """None: the figure is no more among those that ship."""
    stale: bool


@dataclass(frozen=True)
class Version:
    """The text that was answered with."""

    id: int
    topic: str | None
    """None: this text is no longer kept."""
    checked_on: date | None
    checked_by: str | None
    written_at: datetime | None
    written_by: str | None


@dataclass(frozen=True)
class Behind:
    """What lies behind an answer."""

    topic: str | None
    label: str | None
    confidence: float | None
    others: tuple[Guess, ...]
    version: Version | None
    figures: tuple[UsedFigure, ...]
    sources: tuple[dict[str, str], ...]
    model: str | None


@dataclass(frozen=True)
class Said:
    seq: int
    kind: MessageKind
    status: MessageStatus
    text: str
    language: str
    at: datetime
    sender: str | None
    """Of a colleague: the name that the resident reads."""
    hand_over: str | None
    pressed: bool
    """A button, not typed."""
    masked: tuple[str, ...]
    """Which kinds of personal data were hidden in it."""
    buttons: tuple[str, ...]
    failure: str | None
    behind: Behind | None
    right: bool | None
    """Whether the answer was, according to the resident; None: that was not told."""
    remark: str | None
    """What was not right, in the resident's words."""


def said_of(
    message: Message,
    labels: Mapping[str, str],
    versions: Mapping[int, Version],
    figures: Figures,
    told: Feedback | None = None,
) -> Said:
    detail = message.detail
    return Said(
        seq=message.seq,
        kind=message.kind,
        status=message.status,
        text=message.text,
        language=message.language,
        at=message.created_at,
        sender=detail.get("sender"),
        hand_over=detail.get("hand_over"),
        pressed=message.payload is not None,
        masked=tuple(detail.get("masked", ())),
        buttons=tuple(button["label"] for button in detail.get("buttons", ())),
        failure=message.failure,
        behind=_behind(message, labels, versions, figures) if message.kind is MessageKind.ANSWER else None,
        right=told.right if told else None,
        remark=told.remark if told else None,
    )


def _behind(message: Message, labels: Mapping[str, str], versions: Mapping[int, Version], figures: Figures) -> Behind:
    detail = message.detail
    considered = [
        Guess(g["name"], labels.get(g["name"], g["name"]), g["confidence"]) for g in detail.get("alternatives", ())
    ]
    revision = detail.get("revision")
    return Behind(
        topic=message.topic,
        label=labels.get(message.topic, message.topic) if message.topic else None,
        confidence=message.confidence,
        others=tuple(guess for guess in considered if guess.topic != detail.get("understood", message.topic)),
        version=versions.get(revision, Version(revision, None, None, None, None, None)) if revision else None,
        figures=tuple(_used(figure, figures) for figure in detail.get("figures", ())),
        sources=tuple(detail.get("sources", ())),
        model=detail.get("model"),
    )


def _used(figure: dict[str, Any], figures: Figures) -> UsedFigure:
    series = figures.by_ref.get(figure["id"])
    return UsedFigure(
        shown=figure["shown"],
        ref=figure["id"],
        since=date.fromisoformat(figure["date"]),
        until=date.fromisoformat(figure["valid_to"]) if figure.get("valid_to") else None,
        article=series.article if series else None,
        stale=bool(figure.get("stale")),
    )
