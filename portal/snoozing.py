"""Until when a conversation can be put aside."""

from datetime import datetime, time, timedelta

from services.calendar import AMSTERDAM, day_here

CHOICES = {"uur": "1 uur", "middag": "vandaag om 13.00 uur", "morgen": "morgen om 9.00 uur", "week": "een week"}


def until(chosen: str, now: datetime) -> datetime:
    """The end of a snooze; an hour when something else was chosen."""
    today = day_here(now)
    ends = {
        "middag": datetime.combine(today, time(13), AMSTERDAM),
        "morgen": datetime.combine(today + timedelta(days=1), time(9), AMSTERDAM),
        "week": now + timedelta(days=7),
    }
    return ends.get(chosen, now + timedelta(hours=1))


def snoozes(now: datetime) -> list[tuple[str, str]]:
    """What can be chosen at this moment, as it is told."""
    return [(name, told) for name, told in CHOICES.items() if until(name, now) > now]
