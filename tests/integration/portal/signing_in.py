"""Somebody with a password and a telephone, who goes through the steps of signing in."""

from dataclasses import dataclass

import httpx
import pyotp

from db.models import Account
from services.second_factor import STEP_SECONDS
from tests.conftest import Clock
from tests.integration.portal.browser import StaffBrowser

PASSWORD = "vier losse woorden samen"


@dataclass
class Person:
    browser: StaffBrowser
    account: Account
    clock: Clock
    secret: str = ""

    def open(self, path: str = "/inloggen") -> httpx.Response:
        return self.browser.get(path)

    def give_password(self, password: str = PASSWORD, login: str | None = None, **more: str) -> httpx.Response:
        if not self.browser.token:
            self.open()
        return self.browser.post("/inloggen", {"login": login or self.account.login, "wachtwoord": password, **more})

    def code(self, seconds: int = 0) -> str:
        """What the app shows now, or that many seconds later."""
        return pyotp.TOTP(self.secret).generate_otp((int(self.clock().timestamp()) + seconds) // STEP_SECONDS)

    def give_code(self, code: str | None = None) -> httpx.Response:
        return self.browser.post("/inloggen/code", {"code": code or self.code()})

    def sign_in(self) -> httpx.Response:
        self.give_password()
        return self.give_code()

    @property
    def is_in(self) -> bool:
        return self.open("/ik").status_code == 200
