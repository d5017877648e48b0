"""A time that is free, and what somebody looks for."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from db.models import MeetingChannel, Person
from services.agenda.programmes import Programme


@dataclass(frozen=True)
class Slot:
    """A time with a caseworker, somewhere. `session_id`: a seat in a group session."""

    begins_at: datetime
    ends_at: datetime
    account_id: int
    location_id: int | None
    room_id: int | None
    channel: MeetingChannel
    session_id: int | None = None

    def to_json(self) -> dict[str, Any]:
        moments = {"begins_at": self.begins_at.isoformat(), "ends_at": self.ends_at.isoformat()}
        return asdict(self) | moments | {"channel": self.channel.value}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        return cls(
            begins_at=datetime.fromisoformat(data["begins_at"]).astimezone(UTC),
            ends_at=datetime.fromisoformat(data["ends_at"]).astimezone(UTC),
            account_id=data["account_id"],
            location_id=data["location_id"],
            room_id=data["room_id"],
            channel=MeetingChannel(data["channel"]),
            session_id=data.get("session_id"),
        )

    def same_time_and_place(self, other: "Slot") -> bool:
        """The room may be another: nobody chooses it."""
        mine = (self.begins_at, self.ends_at, self.account_id, self.location_id, self.channel, self.session_id)
        return mine == (
            other.begins_at, other.ends_at, other.account_id, other.location_id, other.channel, other.session_id,
        )  # fmt: skip


@dataclass(frozen=True)
class Wanted:
    """What is looked for. `person` None: somebody whose chat is not linked; `account_ids` None: whoever it may be."""

    programme: Programme
    person: Person | None
    channel: MeetingChannel | None
    access: bool = False
    """It has to be a place where one gets in with a wheelchair."""
    account_ids: tuple[int, ...] | None = None

    @property
    def accessible(self) -> bool:
        return self.access or bool(self.person and self.person.access_needs)

    @property
    def people(self) -> int:
        """So many chairs the room needs."""
        return 3 if self.person and self.person.interpreter else 2

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.programme.minutes)

    def span(self, begins_at: datetime) -> tuple[datetime, datetime]:
        """With the time that stays free around it."""
        before, after = timedelta(minutes=self.programme.before), timedelta(minutes=self.programme.after)
        return begins_at - before, begins_at + self.length + after
