"""An operator's browser."""

from dataclasses import dataclass

import httpx2
import pyotp

from server import clock, keys, models
from server.app import Application
from server.domain import operators
from tests.web.browser import Browser

EMAIL, PASSWORD = "olive@bloomtext.example", "three herons over the weir"
COOKIE = "bt_operator"


@dataclass
class Olive:
    """An operator with both factors."""

    row: models.Operator
    secret: str

    def code(self) -> str:
        return pyotp.TOTP(self.secret).at(int(clock.now().timestamp()))


class Desk(Browser):
    """Her browser: forms of the operators' door."""

    def __init__(self, app: Application, olive: Olive) -> None:
        super().__init__(app, address="198.51.100.77")
        self.olive = olive

    async def sign_in(self) -> None:
        """With both factors."""
        first = await self.form("/operator/sign-in", email=EMAIL, password=PASSWORD)
        assert first.headers["location"] == "/operator/sign-in/code", first.text
        second = await self.form("/operator/sign-in/code", code=self.olive.code(), csrf=self.ours)
        assert (second.status_code, second.headers["location"]) == (303, "/operator"), second.text

    @property
    def ours(self) -> str:
        """The token of her acts."""
        return keys.csrf_token(str(self.http.cookies.get(COOKIE, "")))

    async def do(self, clinic: object, what: str, **fields: str) -> httpx2.Response:
        """An act for a clinic."""
        return await self.form(f"/operator/clinics/{clinic}/{what}", csrf=self.ours, **fields)


async def olive() -> Olive:
    return Olive(*await operators.create(email=EMAIL, name="Olive Hart", password=PASSWORD))
