"""Where a conversation can be: a location, and one of its rooms that is free."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Location, MeetingChannel, Municipality, Room
from services.agenda.taken import Taken

AT_LOCATION = (MeetingChannel.OFFICE, MeetingChannel.WALK)
"""One has to be somewhere; a walk begins there, and needs no room."""


@dataclass(frozen=True)
class Place:
    location_id: int | None = None
    room_id: int | None = None


NOWHERE = Place()
"""That of a call, and of a visit at home."""


class Places:
    """The locations and rooms of a municipality, read once. `accessible`: only where one gets in with a wheelchair."""

    def __init__(self, session: Session, town: Municipality, accessible: bool) -> None:
        self._accessible = accessible
        locations = session.scalars(select(Location).where(Location.municipality_id == town.id))
        self._locations = {place.id: place for place in locations}
        self._rooms: dict[int, list[Room]] = defaultdict(list)
        query = select(Room).where(Room.municipality_id == town.id).order_by(Room.seats, Room.id)
        for room in session.scalars(query):
            self._rooms[room.location_id].append(room)

    def fits(self, location_id: int) -> bool:
        """Whether people can be received there."""
        place = self._locations.get(location_id)
        return place is not None and place.open and (place.accessible or not self._accessible)

    def offers(self, location_id: int | None, room_id: int | None) -> bool:
        """Whether somebody can choose this place and room, or no place at all."""
        if location_id is None:
            return room_id is None
        rooms = [room.id for room in self._rooms[location_id] if room.open]
        return self.fits(location_id) and (room_id is None or room_id in rooms)

    def find(
        self, location_id: int | None, channel: MeetingChannel, people: int, taken: Taken, since: datetime,
        until: datetime,
    ) -> Place | None:  # fmt: skip
        """The smallest free room. A location of which no rooms are known needs none. None: it cannot be held."""
        if channel not in AT_LOCATION:
            return NOWHERE
        if location_id is None or not self.fits(location_id):
            return None
        rooms = self._rooms[location_id]
        if channel is not MeetingChannel.OFFICE or not rooms:
            return Place(location_id)
        usable = (room for room in rooms if self._room_fits(room, people))
        room = next((room for room in usable if taken.rooms[room.id].free(since, until)), None)
        return Place(location_id, room.id) if room else None

    def _room_fits(self, room: Room, people: int) -> bool:
        return room.open and room.seats >= people and (room.accessible or not self._accessible)
