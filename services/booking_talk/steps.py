"""How the talk begins, and what is asked next: only what is not known yet."""

from dataclasses import replace

from sqlalchemy import select

from db.models import Appointment, Invitation, TaskKind
from db.models.invitation import OPEN_INVITATIONS
from services.agenda.programmes import Programme
from services.agenda.take import MOST_OPEN, MOST_OPEN_UNLINKED
from services.answer_topic import human_button
from services.booking_talk import asking
from services.booking_talk.lines import channel_in, needs_in, wish_beside
from services.booking_talk.office import Office
from services.booking_talk.reply import Line, Reply, closed, going_on
from services.booking_talk.state import BOOKING, TOPICS, Deed, Talk
from services.booking_talk.telling import time_of
from services.booking_talk.ways import begin_button, move_or_cancel
from services.calendar import day_here
from services.said_time import Wish, find_wish
from services.words import Words


def begin(office: Office, deed: Deed, line: Line) -> Reply:
    """With what this line tells already."""
    wish = Wish() if line.is_button else find_wish(line.text, office.today)
    if deed is Deed.BOOK:
        return _begin_booking(office, line, wish)
    if not office.coming:
        return closed(nothing_planned(office, deed))
    meant, wish = _meant(office, deed, wish)
    beside = wish_beside(line.text, wish, [meant.begins_at] if meant and deed is Deed.MOVE else [])
    wish = beside if beside.says_something else wish
    return go_on(office, Talk(deed, wish=wish, appointment=meant.public_id if meant else None))


def in_the_way(office: Office, kind: str) -> Reply | None:
    """What is said when this kind cannot be planned: it stands already, or it is not for this resident any more."""
    if kind not in office.programmes:
        return begin(office, Deed.BOOK, Line("", TOPICS[Deed.BOOK]))
    same = [one for one in office.coming if one.programme == kind]
    if same or len(office.coming) >= _most(office):
        return closed(planned_already(office, [*same, *office.coming][0]))
    return None


def go_on(office: Office, talk: Talk, before: str = "") -> Reply:
    """Ask the next thing that is not known."""
    one = office.find(talk.appointment)
    if talk.deed is not Deed.BOOK and one is None:
        return going_on(asking.ask_which(office, talk)) if office.coming else closed(nothing_planned(office, talk.deed))
    if talk.deed is Deed.CANCEL and one is not None:
        return going_on(asking.ask_sure(office, talk, one))
    return _ask_when(office, talk, before)


def _ask_when(office: Office, talk: Talk, before: str) -> Reply:
    programme = office.programme_of(talk)
    if programme is None:
        return _without_programme(office, talk)
    if talk.deed is Deed.BOOK and talk.channel is None and len(programme.channels) > 1:
        return going_on(asking.ask_channel(office, talk, programme))
    if talk.wish.strange:
        return going_on(asking.ask_day_again(office, talk))
    if not talk.wish.says_something:
        return going_on(asking.ask_wish(office, talk, before))
    return times(office, talk, programme, before)


def times(office: Office, talk: Talk, programme: Programme, before: str = "") -> Reply:
    """Open as long as there is a time to choose."""
    words = asking.ask_time(office, talk, programme, before)
    return Reply((words,), open=any(isinstance(e, dict) and e["deed"] == "keep" for e in words.effects))


def nothing_planned(office: Office, deed: Deed) -> Words:
    """There is nothing to be moved or cancelled, as far as this chat knows."""
    key = "booking_none" if office.person is not None else "booking_none_known"
    buttons = (begin_button(office.phrases, Deed.BOOK), human_button(office.phrases))
    return Words(office.phrases.say(key), topic=TOPICS[deed], buttons=buttons)


def planned_already(office: Office, one: Appointment) -> Words:
    text = office.phrases.say("booking_already", tijd=time_of(one, office.phrases))
    return Words(text, topic=TOPICS[Deed.BOOK], buttons=move_or_cancel(office.phrases, one))


def _begin_booking(office: Office, line: Line, wish: Wish) -> Reply:
    open_kinds = [key for key in office.programmes if key not in {one.programme for one in office.coming}]
    if office.coming and (len(office.coming) >= _most(office) or not open_kinds):
        return closed(planned_already(office, office.coming[0]))
    kind = open_kinds[0] if len(open_kinds) == 1 else _invited_for(office, open_kinds)
    channels = office.programmes[kind].channels if kind else ()
    channel = None if line.is_button else channel_in(line.text, channels)
    needs = {} if line.is_button else needs_in(line.text)
    return go_on(office, Talk(Deed.BOOK, programme=kind, channel=channel, wish=wish, needs=needs))


def _most(office: Office) -> int:
    return MOST_OPEN if office.person is not None else MOST_OPEN_UNLINKED


def _invited_for(office: Office, kinds: list[str]) -> str | None:
    """Who was asked to choose a time means that conversation."""
    if office.person is None:
        return None
    query = select(Invitation.programme).where(
        Invitation.municipality_id == office.town.id,
        Invitation.person_id == office.person.id,
        Invitation.state.in_(OPEN_INVITATIONS),
    )
    invited = set(office.session.scalars(query)) & set(kinds)
    return invited.pop() if len(invited) == 1 else None


def _meant(office: Office, deed: Deed, wish: Wish) -> tuple[Appointment | None, Wish]:
    """The one that was reminded of, the only one, or the only one on a day that was named; a day that names which is
    no wish for another time."""
    named = [one for one in office.coming if wish.days or wish.weekdays if _on_day(one, wish)]
    rest = replace(wish, days=frozenset(), weekdays=frozenset()) if named else wish
    if office.reminded_of is not None:
        return office.reminded_of, rest
    if len(office.coming) == 1:
        return office.coming[0], rest
    return (named[0], rest) if len(named) == 1 else (None, Wish() if deed is Deed.CANCEL else rest)


def _on_day(one: Appointment, wish: Wish) -> bool:
    return wish.fits_day(day_here(one.begins_at))


def _without_programme(office: Office, talk: Talk) -> Reply:
    """To be chosen; or there is none for this resident, and a colleague looks what is possible."""
    kinds = [key for key in office.programmes if key not in {one.programme for one in office.coming}]
    if talk.deed is Deed.BOOK and len(kinds) > 1:
        return going_on(asking.ask_kind(office, talk, kinds))
    kind = TaskKind.ASKED_FIRST_TALK if office.person is None else TaskKind.NO_SLOT
    task = {"effect": BOOKING, "deed": "task", "kind": kind.value}
    text = office.phrases.say("booking_by_colleague")
    words = Words(
        text, topic=TOPICS[talk.deed], buttons=(human_button(office.phrases),), effects=(task, *asking.ending())
    )
    return closed(words)
