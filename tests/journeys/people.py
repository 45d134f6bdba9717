"""Who takes part: the made-up people of the demo, and a colleague who acts over plain HTTP."""

import re
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TypedDict, cast

import pyotp
from playwright.sync_api import APIRequestContext, Page

from server.domain import deliveries
from server.domain.second_factor import STEP
from tests.journeys.running import until

LINK = re.compile(r"https?://\S+/m/[\w-]+")
QUICK = deliveries.RIDES_WITHIN + timedelta(seconds=10)
# The last step of the clock that each secret's owner signed in with: one demo serves several journeys.
_used: dict[str, int] = {}


class Text(TypedDict):
    """A text as the simulated carrier holds it."""

    kind: str
    text: str


class Mail(TypedDict):
    """A mail as the simulated mail server holds it."""

    subject: str
    text: str
    html: str


class Receipt(TypedDict):
    """Who has seen a message."""

    name: str


class Message(TypedDict):
    """The parts of a message that journeys ask for."""

    body: str
    at: str
    receipts: list[Receipt]


@dataclass(frozen=True, slots=True)
class Worker:
    """A member of staff with what they need to sign in."""

    name: str
    email: str
    password: str
    totp_secret: str

    def code(self) -> str:
        """Six digits that their authenticator shows now or shows next: never the same ones twice, which are refused."""
        step = max(int(time.time()) // STEP, _used.get(self.totp_secret, 0) + 1)
        _used[self.totp_secret] = step
        # The server takes those of one step ahead, so only a third sign-in within a minute has to wait.
        time.sleep(max(0.0, (step - 1) * STEP - time.time()))
        return pyotp.TOTP(self.totp_secret).at(step * STEP)

    def sign_in(self, page: Page) -> None:
        """From the first step of signing in to whatever was asked for, by keyboard."""
        page.get_by_label("E-mail address").fill(self.email)
        page.get_by_label("Password").fill(self.password)
        page.keyboard.press("Enter")
        page.get_by_label("Six-digit code").fill(self.code())
        page.keyboard.press("Enter")


@dataclass(frozen=True, slots=True)
class Patient:
    """A patient as the directory has them."""

    id: str
    name: str
    born: date | None
    phone: str | None
    email: str | None


@dataclass(frozen=True, slots=True)
class Cast:
    """The people of the first clinic by name, and its teams' ids."""

    clinic: str
    staff: dict[str, Worker]
    patients: dict[str, Patient]
    teams: dict[str, str]


def told(seed: dict[str, object]) -> Cast:
    """Read what `seed --json` printed."""
    [clinic, *_] = cast("list[dict[str, list[dict[str, str]]]]", seed["organizations"])
    staff = [Worker(each["name"], each["email"], each["password"], each["totp_secret"]) for each in clinic["staff"]]
    patients = [_patient(each) for each in clinic["patients"]]
    return Cast(
        clinic=str(clinic["name"]),
        staff={each.name: each for each in staff},
        patients={each.name: each for each in patients},
        teams={each["name"]: each["id"] for each in clinic["teams"]},
    )


def _patient(row: dict[str, str]) -> Patient:
    born = date.fromisoformat(row["date_of_birth"]) if row["date_of_birth"] else None
    return Patient(row["id"], f"{row['first_name']} {row['last_name']}", born, row["phone"], row["email"])


class Colleague:
    """Somebody with Dana's session at another computer: acts over plain HTTP and sees no screen."""

    def __init__(self, request: APIRequestContext, url: str) -> None:
        self._request = request
        self.url = url
        self._csrf = self._get("/api/v1/me")["csrf"]

    def conversation(self, patient: Patient, team: str) -> str:
        """The id of the patient's conversation with a team, begun if there is none."""
        row = self._post("/api/v1/conversations", {"patient_id": patient.id, "team_id": team})
        return str(row["id"])

    def begin_with_somebody_new(self, first: str, last: str, team: str, language: str) -> str:
        """The id of a conversation with a patient who is added for it."""
        added = self._post("/api/v1/patients", {"first_name": first, "last_name": last, "language": language})
        return str(self._post("/api/v1/conversations", {"patient_id": str(added["id"]), "team_id": team})["id"])

    def add(self, first: str, last: str, born: date, phone: str) -> Patient:
        """A patient of one's own, whose links nobody has opened."""
        named = {"first_name": first, "last_name": last, "date_of_birth": born.isoformat(), "phone": phone}
        return Patient(str(self._post("/api/v1/patients", named)["id"]), f"{first} {last}", born, phone, None)

    def assign(self, conversation: str, name: str) -> None:
        """Make it the work of a coworker."""
        everybody = cast("list[dict[str, str]]", self._get("/api/v1/coworkers")["coworkers"])
        [to] = [each["id"] for each in everybody if each["name"] == name]
        self._post(f"/api/v1/conversations/{conversation}/assign", {"to": to})

    def write(self, conversation: str, body: str, *, via: str = "secure_sms") -> None:
        """Send one message."""
        self._post(
            f"/api/v1/conversations/{conversation}/messages", {"key": str(uuid.uuid4()), "via": via, "body": body}
        )

    def note(self, conversation: str, body: str) -> None:
        """Write something for the team alone."""
        self._post(f"/api/v1/conversations/{conversation}/notes", {"key": str(uuid.uuid4()), "body": body})

    def messages(self, conversation: str) -> list[Message]:
        """The newest page of a conversation."""
        return cast("list[Message]", self._get(f"/api/v1/conversations/{conversation}")["messages"])

    def texts(self, patient: Patient) -> list[str]:
        """The texts that a patient's phone received, oldest first."""
        number = (patient.phone or "").lstrip("+")
        found = cast("list[Text]", self._get(f"/demo/phone/{number}")["messages"])
        return [each["text"] for each in found if each["kind"] == "received"]

    def text_from(self, patient: Patient, number: str, words: str) -> None:
        """Let a patient's phone text a number of the clinic's (digits)."""
        path = f"/demo/phone/{(patient.phone or '').lstrip('+')}"
        sent = self._request.post(self.url + path, data={"to": number, "text": words}, headers={"Origin": self.url})
        assert sent.ok, sent.status

    def text_after(self, patient: Patient, known: int) -> str:
        """Wait for the text that follows the first `known` ones."""
        until(lambda: len(self.texts(patient)) > known, "a text on the phone")
        return self.texts(patient)[known]

    def mails(self, patient: Patient) -> list[Mail]:
        """The mails that a patient received, oldest first."""
        return cast("list[Mail]", self._get(f"/demo/mail/{patient.email}")["mails"])

    def mail_after(self, patient: Patient, known: int) -> Mail:
        """Wait for the mail that follows the first `known` ones."""
        until(lambda: len(self.mails(patient)) > known, "a mail")
        return self.mails(patient)[known]

    def link(self, patient: Patient, team: str, body: str) -> str:
        """Write a secure text to a patient: the link in the notice that comes.

        One notice serves several quick messages, so whatever another journey wrote to them must be older than that.
        """
        conversation = self.conversation(patient, team)
        written = [datetime.fromisoformat(each["at"]) for each in self.messages(conversation)]
        until(lambda: all(datetime.now(UTC) - at > QUICK for at in written), "the end of the last notice", within=90)
        known = len(self.texts(patient))
        self.write(conversation, body)
        [link] = LINK.findall(self.text_after(patient, known))
        return str(link)

    def _get(self, path: str) -> dict[str, object]:
        answer = self._request.get(self.url + path)
        assert answer.ok, f"{path}: {answer.status}"
        return cast("dict[str, object]", answer.json())

    def _post(self, path: str, body: dict[str, str]) -> dict[str, object]:
        headers = {"Origin": self.url, "X-BloomText-CSRF": str(self._csrf)}
        answer = self._request.post(self.url + path, data=body, headers=headers)
        assert answer.ok, f"{path}: {answer.status} {answer.text()}"
        return cast("dict[str, object]", answer.json())
