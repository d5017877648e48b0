"""What a change of a kind of conversation means for people who were invited or have an appointment already."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.models import Appointment, AppointmentState, Invitation, InvitationState, Municipality, Person
from db.models.invitation import OPEN_INVITATIONS
from services.agenda.programmes import Programme, fits
from services.calendar import day_here
from services.inviting.find import number_maybe_due

WITHOUT_A_TIME = tuple(state for state in OPEN_INVITATIONS if state is not InvitationState.BOOKED)
WAITS = ("choose_days", "hand_days")
CHOSEN_BY = ("name", "about", "minutes", "channels", "led_by", "bring", "notice_hours", "horizon_days")
KEPT_BY = ("minutes", "before", "after", "channels", "led_by", "remind_before", "seats")
TOLD_IN_REMINDERS = ("name", "bring")
WHOSE = ("months", "invite_days", "perspectives", "benefits", "age_from", "age_to")


class EffectKind(StrEnum):
    """Behind each stands how many people or conversations it is about."""

    WITHDRAWN = "withdrawn"
    """Open invitations of people whom it is not meant for any more."""
    WAITS_ANEW = "waits_anew"
    """Invited people for whom the reminder, or the task, comes on another day."""
    CHOOSES_ANEW = "chooses_anew"
    """Invited people who read and choose by the new settings."""
    STAYS = "stays"
    """Conversations to come that stay as they were booked."""
    TOLD_ANEW = "told_anew"
    """Conversations to come of which the reminders say the new words."""
    MAY_BE_DUE = "may_be_due"
    """At most so many people are invited now."""


@dataclass(frozen=True)
class Effect:
    kind: EffectKind
    number: int


@dataclass(frozen=True)
class Standing:
    """What there is of a kind of conversation now."""

    invited: int
    """Open invitations without a time."""
    coming: int
    """Conversations to come; seats in a group count, the group itself does not."""


def standing(session: Session, municipality_id: int, key: str, now: datetime) -> Standing:
    invited = select(func.count()).select_from(Invitation).where(*_open_of(municipality_id, key))
    coming = (
        select(func.count())
        .select_from(Appointment)
        .where(
            Appointment.municipality_id == municipality_id,
            Appointment.programme == key,
            Appointment.state == AppointmentState.BOOKED,
            Appointment.seats.is_(None),
            Appointment.begins_at > now,
        )
    )
    return Standing(session.scalars(invited).one(), session.scalars(coming).one())


def effects(
    session: Session, town: Municipality, old: Programme | None, new: Programme, now: datetime
) -> Sequence[Effect]:
    """Nothing is told that is about nobody. `old`: None for a new one."""
    changed = {name for name in vars(new) if old is None or getattr(old, name) != getattr(new, name)}
    meant = [person for person in _invited(session, town.id, new.key) if old and fits(old, person, day_here(now))]
    stays = sum(fits(new, person, day_here(now)) for person in meant)
    coming = standing(session, town.id, new.key, now).coming
    due = number_maybe_due(session, town, new, now) if _touches(changed, WHOSE) else 0
    found = (
        Effect(EffectKind.WITHDRAWN, len(meant) - stays),
        Effect(EffectKind.WAITS_ANEW, stays if _touches(changed, WAITS) else 0),
        Effect(EffectKind.CHOOSES_ANEW, stays if _touches(changed, CHOSEN_BY) else 0),
        Effect(EffectKind.STAYS, coming if _touches(changed, KEPT_BY) else 0),
        Effect(EffectKind.TOLD_ANEW, coming if _touches(changed, TOLD_IN_REMINDERS) else 0),
        Effect(EffectKind.MAY_BE_DUE, due),
    )
    return [effect for effect in found if effect.number]


def _invited(session: Session, municipality_id: int, key: str) -> Sequence[Person]:
    query = select(Person).join(Invitation, Invitation.person_id == Person.id)
    return session.scalars(query.where(*_open_of(municipality_id, key))).all()


def _open_of(municipality_id: int, key: str) -> tuple[ColumnElement[bool], ...]:
    of_kind = (Invitation.municipality_id == municipality_id, Invitation.programme == key)
    return (*of_kind, Invitation.state.in_(WITHOUT_A_TIME))


def _touches(changed: Collection[str], names: Collection[str]) -> bool:
    return not set(changed).isdisjoint(names)
