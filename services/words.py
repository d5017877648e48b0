"""What the assistant says: a text, its buttons, and where it comes from."""

from dataclasses import asdict, dataclass, field
from typing import Any

type Effect = str | dict[str, Any]
"""A deed by its name; one that needs to know more is a mapping with that name under `effect`, fit for JSON."""


@dataclass(frozen=True)
class Button:
    """A quick reply. `payload`: a topic behind a slash, if needed with values: `/more_explanation{"topic": "car"}`."""

    label: str
    payload: str


@dataclass(frozen=True)
class Way:
    """A way to a page of ours that shows more. `page`: what comes behind the municipality in its address, no key."""

    label: str
    page: str


@dataclass(frozen=True)
class ShownFigure:
    """A dated figure as it stood in the text. `id` is its reference, `date` the first day on which it holds."""

    id: str
    value: str
    shown: str
    date: str
    valid_to: str | None
    stale: bool = False


@dataclass(frozen=True)
class Words:
    """One message of the assistant, ready to be stored; `effects` are deeds that belong to it (`services.effects`)."""

    text: str
    topic: str | None = None
    buttons: tuple[Button, ...] = ()
    sources: tuple[dict[str, str], ...] = ()
    figures: tuple[ShownFigure, ...] = ()
    revision: int | None = None
    checked_on: str | None = None
    effects: tuple[Effect, ...] = field(default=())
    way: Way | None = None
    to_judge: bool = False
    """An answer to a question: the resident may tell whether it was right."""
    language: str | None = None
    """When it is another one than that of the conversation."""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Words":
        return cls(
            text=str(data["text"]),
            topic=data.get("topic"),
            buttons=tuple(Button(**button) for button in data.get("buttons", ())),
            sources=tuple(data.get("sources", ())),
            figures=tuple(ShownFigure(**figure) for figure in data.get("figures", ())),
            revision=data.get("revision"),
            checked_on=data.get("checked_on"),
            effects=tuple(data.get("effects", ())),
            way=Way(**data["way"]) if data.get("way") else None,
            to_judge=bool(data.get("to_judge")),
            language=data.get("language"),
        )

    def detail(self) -> dict[str, Any]:
        """What is kept beside the text in the transcript."""
        kept = ("buttons", "sources", "figures", "revision", "checked_on", "way", "to_judge")
        return {key: value for key, value in self.to_json().items() if key in kept and value}


def amounts_since(detail: dict[str, Any]) -> str | None:
    """The day behind "bedragen per": the newest among the amounts of money. A number of weeks is no amount."""
    return max((f["date"] for f in detail.get("figures", ()) if f["shown"].startswith("€")), default=None)
