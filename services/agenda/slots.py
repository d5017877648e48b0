"""Which times are free for a conversation. What is offered and what can be booked come from one place: `_all_free`.

The conversation, and the time that stays free after it, lie within the hours of the caseworker; what stays free before
it may lie before them. Nothing of it may touch what is taken already.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from db.models import MeetingChannel, Municipality
from services.agenda.groups import seats_left
from services.agenda.hours import Stretch, stretches, team_of
from services.agenda.places import Places
from services.agenda.programmes import Programme
from services.agenda.slot import Slot, Wanted
from services.agenda.taken import Taken, read_taken

__all__ = ["Slot", "Wanted", "find_slot", "first_moment", "free_slots", "is_free", "last_moment", "own_and_team"]

STEP = timedelta(minutes=30)
"""Conversations begin at the beginning of a stretch of hours, or a number of half hours later."""
MOMENT = timedelta(microseconds=1)


def free_slots(
    session: Session, town: Municipality, wanted: Wanted, since: datetime, until: datetime, now: datetime
) -> list[Slot]:
    """Those that begin in this time, the soonest first: of the own caseworker, and of the team when that one has none
    in all of it."""
    own, team = own_and_team(session, town, wanted, since, until, now)
    return own or team


def own_and_team(
    session: Session, town: Municipality, wanted: Wanted, since: datetime, until: datetime, now: datetime
) -> tuple[list[Slot], list[Slot]]:
    """Of the own caseworker where that one leads it, and of all others. Of several colleagues who are free at one time,
    the one who has least to do in it; of those who were asked for by `account_ids`, each."""
    since, until = max(since, first_moment(wanted.programme, now)), min(until, last_moment(wanted.programme, now))
    found = _all_free(session, town, wanted, since, until, now)
    if wanted.account_ids is not None:
        return [], found
    own = wanted.person.caseworker_id if wanted.person and wanted.programme.led_by == "own" else None
    return [one for one in found if one.account_id == own], _one_a_time([one for one in found if one.account_id != own])


def is_free(session: Session, town: Municipality, wanted: Wanted, slot: Slot, now: datetime) -> bool:
    """Whether it can be booked. What is offered can be, until somebody else has it."""
    programme = wanted.programme
    if not first_moment(programme, now) <= slot.begins_at < last_moment(programme, now):
        return False
    return find_slot(session, town, wanted, slot, now) is not None


def find_slot(
    session: Session, town: Municipality, wanted: Wanted, slot: Slot, now: datetime, besides: Collection[int] = ()
) -> Slot | None:
    """The same time, as it is free now: maybe in another room. `besides`: appointments that make way for it."""
    if wanted.channel not in (None, slot.channel):
        return None
    same = replace(wanted, channel=slot.channel, account_ids=_only(wanted, slot))
    found = _all_free(session, town, same, slot.begins_at, slot.begins_at + MOMENT, now, besides)
    return next((one for one in found if one.same_time_and_place(slot)), None)


def first_moment(programme: Programme, now: datetime) -> datetime:
    return now + timedelta(hours=programme.notice_hours)


def last_moment(programme: Programme, now: datetime) -> datetime:
    return now + timedelta(days=programme.horizon_days)


def _all_free(
    session: Session, town: Municipality, wanted: Wanted, since: datetime, until: datetime, now: datetime,
    besides: Collection[int] = (),
) -> list[Slot]:  # fmt: skip
    if since >= until or not _may_come(town, wanted):
        return []
    around = timedelta(minutes=wanted.programme.before + wanted.programme.minutes + wanted.programme.after)
    taken = read_taken(session, town, wanted.person, since - around, until + around, now, besides)
    places = Places(session, town, wanted.accessible)
    if wanted.programme.seats is not None:
        return seats_left(session, town, wanted, places, taken, since, until, now, besides)
    accounts = _accounts(session, town, wanted)
    found = [
        slot
        for stretch in stretches(session, town, accounts, since, until)
        for slot in _within(stretch, wanted, places, taken, since, until)
    ]
    return sorted(set(found), key=lambda slot: (slot.begins_at, slot.account_id))


def _may_come(town: Municipality, wanted: Wanted) -> bool:
    """Somebody of this municipality; who is not linked only has a first talk with the team."""
    person = wanted.person
    if person is None:
        return wanted.programme.first_talk
    return person.municipality_id == town.id and person.closed_at is None


def _accounts(session: Session, town: Municipality, wanted: Wanted) -> list[int]:
    team = [account.id for account in team_of(session, town)]
    return [one for one in team if wanted.account_ids is None or one in wanted.account_ids]


def _only(wanted: Wanted, slot: Slot) -> tuple[int, ...]:
    allowed = wanted.account_ids is None or slot.account_id in wanted.account_ids
    return (slot.account_id,) if allowed else ()


def _within(
    stretch: Stretch, wanted: Wanted, places: Places, taken: Taken, since: datetime, until: datetime
) -> Iterator[Slot]:
    for begins_at in _beginnings(stretch, wanted, since, until):
        ends_at = begins_at + wanted.length
        span = wanted.span(begins_at)
        if not taken.accounts[stretch.account_id].free(*span) or not taken.person.free(begins_at, ends_at):
            continue
        for channel in _channels(stretch, wanted):
            place = places.find(stretch.location_id, channel, wanted.people, taken, *span)
            if place is not None:
                yield Slot(begins_at, ends_at, stretch.account_id, place.location_id, place.room_id, channel)
                break


def _beginnings(stretch: Stretch, wanted: Wanted, since: datetime, until: datetime) -> Iterator[datetime]:
    step = min(STEP, wanted.length)
    steps = max(-((stretch.counted_from - max(since, stretch.begins_at)) // step), 0)
    begins_at = stretch.counted_from + steps * step
    while begins_at < until and wanted.span(begins_at)[1] <= stretch.ends_at:
        yield begins_at
        begins_at += step


def _channels(stretch: Stretch, wanted: Wanted) -> Sequence[MeetingChannel]:
    """The ones that all want, the programme's first one first."""
    asked = wanted.programme.channels if wanted.channel is None else (wanted.channel,)
    return [one for one in asked if one in wanted.programme.channels and one in (stretch.channels or asked)]


def _one_a_time(found: Sequence[Slot]) -> list[Slot]:
    """Whoever has more free times has less to do."""
    free_times = Counter(slot.account_id for slot in found)
    best: dict[tuple[datetime, MeetingChannel, int | None], Slot] = {}
    for slot in sorted(found, key=lambda slot: (-free_times[slot.account_id], slot.account_id)):
        best.setdefault((slot.begins_at, slot.channel, slot.session_id), slot)
    return sorted(best.values(), key=lambda slot: (slot.begins_at, slot.channel, slot.account_id))
