"""Signing in: what is still to be done before somebody may see anything."""

from enum import StrEnum

from services.staff_sessions import SignedIn


class Step(StrEnum):
    """What a session still lacks."""

    CODE = "code"
    """The code of the second factor."""
    CHOOSE = "choose"
    """A password of one's own in place of the one that somebody else made."""
    SET_UP = "set_up"
    """A second factor."""


def next_step(found: SignedIn) -> Step | None:
    """None: signed in."""
    account = found.account
    if found.session.proven_at is None and account.totp_since is not None:
        return Step.CODE
    if account.one_time_until is not None:
        return Step.CHOOSE
    return Step.SET_UP if found.session.proven_at is None else None
