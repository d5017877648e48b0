"""Which times are offered: three that fit what was wished for, and when none fits, the three that come first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from services.agenda.programmes import Programme
from services.agenda.slot import Slot
from services.agenda.slots import last_moment
from services.booking_talk.office import Office
from services.booking_talk.state import Deed, Step, Talk
from services.calendar import AMSTERDAM, day_here
from services.said_clock import minutes
from services.said_time import Wish

AT_ONCE = 3


@dataclass(frozen=True)
class Offer:
    talk: Talk
    fitting: bool
    """Whether these times are as wished for."""
    with_others: bool = False
    """Otherwise: whether only colleagues have such times; the last one is of the own caseworker."""
    too_far: date | None = None
    """Wished for is a day after the last that times are given out for: that one."""


def offer(office: Office, talk: Talk, programme: Programme) -> Offer | None:
    """The next three times, none that was offered before. None: there is none at all any more.

    When the own caseworker has none as wished for and a colleague has, then those, and the own one's first.
    """
    own, team = (_left(office, talk, slots) for slots in office.free_by_whom(talk, programme))
    usual = own or team
    fitting, with_others = _fitting(talk.wish, usual), _fitting(talk.wish, team)
    if fitting:
        chosen = choose(fitting, talk.wish)
    elif with_others:
        chosen = [*choose(with_others, talk.wish)[: AT_ONCE - 1], own[0]]
    else:
        chosen = _nearest(talk.wish, usual)
    if not chosen:
        return None
    last = day_here(last_moment(programme, office.now))
    first = min(talk.wish.days, default=talk.wish.since)
    return Offer(
        replace(talk, step=Step.CHOOSE, offered=(*talk.offered, *chosen), shown=len(chosen), hold_id=None),
        bool(fitting),
        bool(with_others),
        last if first is not None and first > last else None,
    )


def _nearest(wish: Wish, slots: Sequence[Slot]) -> list[Slot]:
    """None is as wished for: at another time of those days, or on other days."""
    that_day = [slot for slot in slots if wish.fits_day(day_here(slot.begins_at))]
    return choose(that_day or slots, wish if that_day else Wish())


def _left(office: Office, talk: Talk, slots: Sequence[Slot]) -> list[Slot]:
    """Without what was offered before, and without the time that is to be moved."""
    before = {(slot.begins_at, slot.channel) for slot in talk.offered}
    now = office.find(talk.appointment) if talk.deed is Deed.MOVE else None
    free = [slot for slot in slots if now is None or slot.begins_at != now.begins_at]
    return [slot for slot in free if (slot.begins_at, slot.channel) not in before]


def _fitting(wish: Wish, slots: Sequence[Slot]) -> list[Slot]:
    return [slot for slot in slots if wish.fits(slot.begins_at.astimezone(AMSTERDAM))]


def choose(slots: Sequence[Slot], wish: Wish) -> list[Slot]:
    """What comes nearest to a time that was named; the first three for who is in a hurry; otherwise of three days where
    possible, so that there is a choice."""
    if wish.hours.at is not None:
        return sorted(slots, key=lambda slot: (_from(slot, wish), slot.begins_at))[:AT_ONCE]
    if wish.soonest:
        return list(slots[:AT_ONCE])
    days: dict[date, list[Slot]] = {}
    for slot in slots:
        days.setdefault(day_here(slot.begins_at), []).append(slot)
    return sorted(_in_turn([_apart(of_day) for of_day in days.values()]), key=lambda slot: slot.begins_at)


def _in_turn(days: Sequence[Sequence[Slot]]) -> list[Slot]:
    """One of each day, then another of each, until there are enough."""
    longest = max((len(of_day) for of_day in days), default=0)
    return [of_day[place] for place in range(longest) for of_day in days if place < len(of_day)][:AT_ONCE]


def _apart(of_day: Sequence[Slot]) -> list[Slot]:
    """The first, the last and the one in the middle before all others."""
    chosen = list(dict.fromkeys((0, len(of_day) - 1, len(of_day) // 2)))
    return [of_day[place] for place in chosen] + [slot for n, slot in enumerate(of_day) if n not in chosen]


def _from(slot: Slot, wish: Wish) -> int:
    """Minutes between this time and the one that was named."""
    here = slot.begins_at.astimezone(AMSTERDAM)
    at = wish.hours.at
    return abs(minutes(here.time()) - minutes(at)) if at is not None else 0
