"""The second factor: six digits of an app (TOTP, RFC 6238). A code is good once, half a minute early or late."""

import hmac
from base64 import b32encode
from datetime import datetime

import pyotp
from sqlalchemy.orm import Session

from db.models import Account, StaffSession
from services.errors import ServiceError
from services.keys import Keys

STEP_SECONDS = 30
WINDOW = (-1, 0, 1)
ISSUER = "Trede"


class WrongCode(ServiceError):
    """This is not the code of this moment, or it was used already."""


def proposed_secret(keys: Keys, account: Account, own: StaffSession) -> str:
    """The secret to set up in this session: the same each time the page opens, and kept nowhere until it is proven."""
    since = account.totp_since.isoformat() if account.totp_since else ""
    made = keys.lookup("second factor", str(account.id), str(own.id), own.started_at.isoformat(), since)
    return b32encode(bytes.fromhex(made)[:20]).decode()


def address_for_app(secret: str, account: Account) -> str:
    """What the square with dots says to the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.login, issuer_name=ISSUER)


def set_second_factor(session: Session, keys: Keys, account: Account, secret: str, code: str, now: datetime) -> None:
    """From now on codes of this secret are asked for. Raises WrongCode unless this is one."""
    step = _step_of(secret, code, now)
    if step is None:
        raise WrongCode
    account.totp_secret, account.totp_since, account.totp_step = keys.seal(secret), now, step
    session.flush()


def use_code(session: Session, keys: Keys, account: Account, code: str, now: datetime) -> None:
    """Raises WrongCode for a code that is wrong, too old, or was used before. `account` is held by this transaction."""
    secret = keys.unseal(account.totp_secret) if account.totp_secret else ""
    step = _step_of(secret, code, now) if secret else None
    if step is None or step <= (account.totp_step or 0):
        raise WrongCode
    account.totp_step = step
    session.flush()


def take_second_factor_away(account: Account) -> None:
    """It has to be set up anew at the next signing in."""
    account.totp_secret = account.totp_since = account.totp_step = None


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """Number of the half minute to which this code belongs."""
    typed = "".join(code.split())
    totp = pyotp.TOTP(secret, interval=STEP_SECONDS)
    steps = [int(now.timestamp()) // STEP_SECONDS + shift for shift in WINDOW]
    fitting = [step for step in steps if hmac.compare_digest(totp.generate_otp(step).encode(), typed.encode())]
    return fitting[-1] if fitting else None
