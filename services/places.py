"""Where conversations take place: locations and their rooms, kept by the staff."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Location, Room
from services.errors import ServiceError
from services.tidy import tidy

NAME, ADDRESS, DIRECTIONS, ROOM = 120, 200, 1000, 60
"""Characters."""
MOST_SEATS = 500


class UnknownLocation(ServiceError):
    """There is no such location here."""


class UnknownRoom(ServiceError):
    """There is no such room here."""


class PlaceUnnamed(ServiceError):
    """A location has a name and an address, a room has a name."""


class PlaceNamedAlready(ServiceError):
    """There is one of this name already."""


def list_locations(session: Session, municipality_id: int, open_only: bool = False) -> Sequence[Location]:
    """By name; what is closed comes last."""
    query = select(Location).where(Location.municipality_id == municipality_id)
    if open_only:
        query = query.where(Location.open.is_(True))
    return session.scalars(query.order_by(Location.open.desc(), Location.name, Location.id)).all()


def get_location(session: Session, municipality_id: int, location_id: int) -> Location:
    found = session.get(Location, location_id)
    if found is None or found.municipality_id != municipality_id:
        raise UnknownLocation
    return found


def keep_location(
    session: Session, municipality_id: int, location: Location | None, name: str, address: str, directions: str,
    accessible: bool, open_: bool,
) -> Location:  # fmt: skip
    """A new one, or other words for one that is there. Raises PlaceUnnamed or PlaceNamedAlready."""
    name, address = tidy(name)[:NAME], tidy(address)[:ADDRESS]
    if not name or not address:
        raise PlaceUnnamed
    taken = select(Location.id).where(
        Location.municipality_id == municipality_id, func.lower(Location.name) == name.lower()
    )
    if session.scalars(taken).first() not in (None, location.id if location else None):
        raise PlaceNamedAlready
    if location is None:
        location = Location(municipality_id=municipality_id)
        session.add(location)
    location.name, location.address = name, address
    location.directions = directions.strip()[:DIRECTIONS] or None
    location.accessible, location.open = accessible, open_
    session.flush()
    return location


def rooms_of(session: Session, location: Location) -> Sequence[Room]:
    query = select(Room).where(Room.municipality_id == location.municipality_id, Room.location_id == location.id)
    return session.scalars(query.order_by(Room.open.desc(), Room.name, Room.id)).all()


def add_room(session: Session, location: Location, name: str, seats: int, accessible: bool) -> Room:
    """Raises PlaceUnnamed or PlaceNamedAlready."""
    name = tidy(name)[:ROOM]
    if not name:
        raise PlaceUnnamed
    if any(room.name.lower() == name.lower() for room in rooms_of(session, location)):
        raise PlaceNamedAlready
    room = Room(
        municipality_id=location.municipality_id, location_id=location.id, name=name,
        seats=min(max(seats, 1), MOST_SEATS), accessible=accessible,
    )  # fmt: skip
    session.add(room)
    session.flush()
    return room


def get_room(session: Session, municipality_id: int, room_id: int) -> Room:
    room = session.get(Room, room_id)
    if room is None or room.municipality_id != municipality_id:
        raise UnknownRoom
    return room


def open_or_close_room(session: Session, municipality_id: int, room_id: int) -> Room:
    """The other way round than it was. What was booked in it stays booked."""
    room = get_room(session, municipality_id, room_id)
    room.open = not room.open
    return room
