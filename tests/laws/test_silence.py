"""Nobody's words leave the house by the back door: not by a log at its most verbose, and not by Redis (B94).

A whole journey with real processes, and with everything going wrong that can; then every private word that was ever
typed, made or sent is looked for in all that the processes wrote and in every command that Redis was given.
"""

import asyncio
import base64
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlsplit
from uuid import UUID, uuid4

import aiosmtplib
import jwt
import pytest

from server import models
from server.simulator.inbound import Written
from server.simulator.media import Media
from tests import databases, pictures, running
from tests.laws.honest import Desk, Pocket
from tests.portal.phone import Phone
from tests.running import House

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
PATIENT = {
    "first_name": "Zebulonia",
    "last_name": "Quackenbush",
    "date_of_birth": "1931-12-07",
    "mrn": "MRN-7741-XQ",
    "phone": "+13125559876",
    "email": "zebulonia.q@plantedmail.example",
}
NUMBER, OUR_NUMBER, STRANGER = "13125559876", "13125550100", "13125558765"
SAID = {
    "secure_sms": "The heliotrope biopsy was entirely benign",
    "secure_email": "Please fast before the cinnabar panel",
    "draft": "Would a chartreuse sling help",
    "sms": "Parking is behind the vermilion awning",
    "reply": "Marmalade thanks from the patient",
    "text": "Is the gazebo entrance open today",
    "mail": "My cerulean rash is back",
    "stranger": "Magenta words of somebody else's mailbox",
    "caption": "Tangerine rash on the left elbow",
    "part": "Burgundy words that come in two halves",
    "stray": "Lavender words of somebody unknown",
    "forged": "Periwinkle text that nobody sent",
    "garbage": "Saffron words in a shape that nobody reads",
    "consent": "Agreed over the aubergine telephone",
}
ALSO = ["12/07/1931", "year=1931", "12/07/1932", "1932-12-07", "year=1932", "5559876", "(312) 555-9876", "312-555-9876"]
OUTSIDER = "quillfeather@elsewhere.example"
WRONG_PASSWORD = "never the right ocelot"
WRONG_YEAR = "1932"


class Journey:
    """Everything that may be done with words, well and badly. `words` are all that were typed, made or sent."""

    def __init__(self, house: House, desk: Desk) -> None:
        self.house, self.desk = house, desk
        self.pocket = Pocket(house)
        self.words = [*PATIENT.values(), NUMBER, *SAID.values(), *ALSO, WRONG_PASSWORD]
        self.codes = [WRONG_YEAR]
        self.thread = UUID(int=0)
        self.patient = ""

    def keep(self, *words: str | None) -> None:
        """These are private too."""
        self.words += [word for word in words if word]

    async def sign_in(self) -> None:
        """With a wrong password first, and a code of yesterday."""
        login, cookies = self.desk.login, self.desk.http.cookies
        self.keep(login.email, login.password, login.totp_secret)
        self.codes += [login.code(step) for step in (-2880, 0, 1)]
        for password, status in ((WRONG_PASSWORD, 422), (login.password, 200)):
            answer = await self.desk.act("POST", "/session", {"email": login.email, "password": password})
            assert answer.status_code == status
        self.keep(cookies["bt_staff"])
        assert (await self.desk.act("POST", "/session/code", {"code": login.code(-2880)})).status_code == 422
        await self.desk.sign_in()
        self.keep(cookies["bt_staff"], self.desk.csrf)

    async def find_and_write(self) -> None:
        """Look for a patient who is not there, add them, and write to them in all three ways."""
        for typed in (*PATIENT.values(), PATIENT["first_name"][:4]):
            found = await self.desk.act("POST", "/patients/find", {"find": typed})
            assert found.json() == {"patients": []}
        patient = self.patient = (await self.desk.act("POST", "/patients", PATIENT)).json()["id"]
        found = await self.desk.act("POST", "/patients/find", {"find": PATIENT["phone"]})
        assert [each["id"] for each in found.json()["patients"]] == [patient]
        team = str(self.house.world.mercy.teams["Front desk"].id)
        row = await self.desk.act("POST", "/conversations", {"patient_id": patient, "team_id": team})
        self.thread = UUID(row.json()["id"])
        agreed = {"kind": "plain_sms", "wording": SAID["consent"]}
        assert (await self.desk.act("POST", f"/patients/{patient}/consents", agreed)).status_code == 201
        begun = {"kind": "message", "body": SAID["draft"]}
        assert (await self.desk.act("PUT", f"/conversations/{self.thread}/draft", begun)).status_code == 204
        await self.desk.post(self.thread, SAID["secure_sms"])
        notice = await self.house.text_to(NUMBER)
        self.link = notice[notice.index("http") :].split()[0]
        self.keep(self.link, urlsplit(self.link).path.removeprefix("/m/"))

    async def read_and_answer(self) -> None:
        """On the patient's phone: press, a wrong date, what is no date, the right one, read, and answer."""
        phone = Phone(self.pocket.http)
        await phone.get(urlsplit(self.link).path)
        await phone.submit("/m/open")
        await phone.submit("/m/check", month="12", day="7", year=WRONG_YEAR)
        await phone.submit("/m/check", date=SAID["garbage"])
        await phone.submit("/m/check", month="12", day="07", year="1931", own_phone="1")
        assert SAID["secure_sms"] in phone.text
        async with self.pocket.following(), self.desk.following():
            await self._see_and_say()
            await self._type_nonsense()
        self.keep(phone.csrf, self.pocket.csrf, *self.pocket.http.cookies.values())

    async def _see_and_say(self) -> None:
        headers = {"X-BloomText-CSRF": self.pocket.csrf}
        assert (await self.pocket.http.post("/m/script", json={}, headers=headers)).status_code == 204
        assert (await self.pocket.http.post("/m/viewed", json={"numbers": [1]}, headers=headers)).status_code == 204
        await self.pocket.reply(SAID["reply"])
        await self.desk.until(lambda: SAID["reply"] in str(self.desk.shown))
        await self.desk.post(self.thread, SAID["secure_email"], via="secure_email")
        await self._answer_the_mail()
        await self.desk.post(self.thread, SAID["sms"], via="sms")
        assert await self.house.text_to(NUMBER, after=1) == SAID["sms"]
        self.house.simulator.carrier.write(number=NUMBER, to=OUR_NUMBER, text=SAID["text"])
        await self.desk.until(lambda: SAID["text"] in str(self.desk.shown))
        await self.desk.until(lambda: "delivered" in str(self.desk.shown))
        await self._send_a_picture()
        await self._search()

    async def _search(self) -> None:
        """For what was said, and for who said it."""
        for typed in (SAID["secure_sms"], SAID["reply"], SAID["text"], SAID["mail"], PATIENT["last_name"]):
            found = (await self.desk.act("POST", "/search", {"q": typed})).json()
            assert len(found["hits"]) + len(found["patients"]) == 1
        for typed in (PATIENT["mrn"], PATIENT["email"], PATIENT["last_name"]):
            found = (await self.desk.act("POST", "/patients/find", {"find": typed})).json()
            assert len(found["patients"]) == 1

    async def _send_a_picture(self) -> None:
        """And a text in parts; and somebody unknown writes and is given to the patient."""
        carrier = self.house.simulator.carrier
        media = Media(pictures.snapshot(), "image/jpeg", [503])
        carrier.write_media(Written(NUMBER, OUR_NUMBER, SAID["caption"]), "image", media)
        carrier.write_parts(Written(NUMBER, OUR_NUMBER, SAID["part"]), 2, [2, 1])
        carrier.write(number=STRANGER, to=OUR_NUMBER, text=SAID["stray"])
        await self.desk.until(lambda: SAID["part"] in str(self.desk.shown))
        await self.desk.until(lambda: "image/jpeg" in str(self.desk.shown))
        self.keep(STRANGER, pictures.PLACE, *carrier.media.kept)
        strays = (await self.desk.http.get("/api/v1/strays")).json()["strays"]
        given = {"patient_id": self.patient}
        assert (await self.desk.act("POST", f"/strays/{strays[0]['id']}/attach", given)).status_code == 200

    async def _answer_the_mail(self) -> None:
        """From the mailbox on file and from a stranger's; then no more mails, and what is no mail at all."""
        mail = await self.house.mail_to(PATIENT["email"])
        back, stop = mail.headers["reply-to"], mail.headers["list-unsubscribe"].partition("+")[2].partition("@")[0]
        self.keep(mail.sender, back, stop, OUTSIDER)
        way = self.house.simulator.mailbox.post_office
        for sender, said in ((PATIENT["email"], SAID["mail"]), (OUTSIDER, SAID["stranger"])):
            await way.answer(sender=sender, to=back, text=said, original=mail.message_id, is_automatic=False)
        await self.desk.until(lambda: SAID["mail"] in str(self.desk.shown))
        await self.house.mail_to(PATIENT["email"], after=1)
        with suppress(aiosmtplib.SMTPException):
            await way.send(PATIENT["email"], PATIENT["email"], SAID["garbage"].encode())
        pressed = await self.pocket.http.post(f"/m/unsubscribe/{stop}", content="List-Unsubscribe=One-Click")
        assert pressed.status_code == 200

    async def _type_nonsense(self) -> None:
        for page in (self.desk, self.pocket):
            async with self.house.socket(page.PATH, page.cookie) as socket:
                await socket.send('{"t":"hello"}')
                await socket.send(f'{{"t":"signal","kind":"typing","conversation":"{self.thread}"}}')
                for nonsense in (SAID["garbage"], f'{{"t":"{SAID["garbage"]}"}}', PATIENT["phone"]):
                    await socket.send(nonsense)
                async for frame in socket:
                    if "refused" in str(frame):
                        break

    async def knock_wrongly(self) -> None:
        """Forged webhooks, addresses that are nowhere, bodies that nobody reads, and requests that are none."""
        http = self.desk.http
        forged = jwt.encode({"jti": SAID["forged"], "iss": "Vonage"}, "x" * 32)
        self.keep(forged, self.house.account.signature_secret)
        for token in (forged, SAID["forged"]):
            refused = {"Authorization": f"Bearer {token}"}
            for kind in ("inbound", "status"):
                answer = await http.post(f"/webhooks/vonage/{kind}", json={"text": SAID["forged"]}, headers=refused)
                assert answer.status_code == 401
        for path, status in (
            (f"/m/x/{PATIENT['first_name']}", 404),
            (f"/api/v1/patients/{uuid4()}?find={PATIENT['mrn']}", 400),
            (f"/api/v1/patients/{uuid4()}/contacts?find={PATIENT['mrn']}", 404),
            ("/nowhere", 404),
        ):
            assert (await http.get(path)).status_code == status
        headers = {"X-BloomText-CSRF": self.desk.csrf, "Content-Type": "application/json"}
        for body in (b'{"first_name": "' + SAID["garbage"].encode(), SAID["garbage"].encode()):
            assert (await http.post("/api/v1/patients", content=body, headers=headers)).status_code == 400
        for request in (f"GET /{PATIENT['last_name']} HTTP/9.9\r\n\r\n", f"{PATIENT['email']}\r\n\r\n"):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.house.webs[0].port)
            writer.write(request.encode())
            await reader.read()
            writer.close()

    async def break_something(self) -> None:
        """A body that cannot be opened any more is nobody's refusal: 500, on the page and for the socket."""
        async with databases.opened(self.house.database_url):
            await models.Message.filter(conversation_id=self.thread, number=1).update(body_sealed=b"cut")
            waiting = await models.Delivery.filter(conversation_id=self.thread).order_by("-created_at").first()
            assert waiting
            again = {"to_sealed": b"cut", "state": models.State.WAITING, "lease_until": None}
            await models.Delivery.filter(id=waiting.id).update(**again)
            # The worker tells us nothing here, so it is asked for.
            failed = models.Delivery.filter(id=waiting.id, state=models.State.FAILED)
            for _ in range(int(running.PATIENCE * 10)):
                if await failed.exists():
                    break
                await asyncio.sleep(0.1)
        answer = await self.desk.act("GET", f"/conversations/{self.thread}")
        assert answer.status_code == 500
        assert (await self.desk.act("DELETE", "/session")).status_code == 204


@asynccontextmanager
async def everything_told_to(redis_url: str, heard: list[bytes]) -> AsyncIterator[None]:
    """Write down every command that Redis is given meanwhile."""
    where = urlsplit(redis_url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port, limit=2**20)
    writer.write(b"MONITOR\r\n")
    assert (await reader.readline()).startswith(b"+OK")

    async def listen() -> None:
        while line := await reader.readline():
            heard.append(line)

    task = asyncio.create_task(listen())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        writer.close()


def spellings(word: str) -> set[bytes]:
    """The ways in which a word may stand somewhere."""
    plain = word.encode()
    # Base64 of the same bytes looks different at each of the three offsets; its middle is what can be searched for.
    shifted = {base64.b64encode(b"\x00" * pad + plain)[4 if pad else 0 : -4] for pad in range(3)}
    safe = {each.translate(bytes.maketrans(b"+/", b"-_")) for each in shifted}
    quoted = {quote(word).encode(), quote(word, safe="").encode(), word.replace(" ", "+").encode()}
    return {plain, plain.hex().encode(), repr(word)[1:-1].encode(), *shifted, *safe, *quoted} - {b""}


def told(words: list[str], codes: list[str], sink: bytes) -> set[str]:
    """Which of them stand there. Codes and a year are short, so they count only by themselves."""
    low = sink.lower()
    found = {word for word in words for each in spellings(word) if each in sink or each.lower() in low}
    return found | {code for code in codes if re.search(rb"(?<![\w.-])%b(?![\w.-])" % code.encode(), sink)}


class TestNoPrivateWord:
    async def test_stands_in_a_log_or_goes_through_redis(
        self, database_url: str, redis_url: str, tmp_path: Path
    ) -> None:
        heard: list[bytes] = []
        async with everything_told_to(redis_url, heard):
            async with running.house(database_url, redis_url, tmp_path, level="debug", fresh=True) as house:
                journey = Journey(house, Desk(house, house.logins["dana"]))
                await journey.sign_in()
                await journey.find_and_write()
                await journey.read_and_answer()
                await journey.knock_wrongly()
                await journey.break_something()
            programs = {"web": house.webs[0], "worker": house.worker}
            sinks = {name: program.log.read_bytes() for name, program in programs.items() if program}
        sinks["redis"] = b"".join(heard)

        found = {name: told(journey.words, journey.codes, sink) for name, sink in sinks.items()}
        assert found == {"web": set(), "worker": set(), "redis": set()}
        for said in (b"request.failed", b"webhook.refused", b"/m/check", b"InboxConsumer", b"PortalConsumer"):
            assert said in sinks["web"], "the log was never that silent"
        for said in (b"delivery.not_sent", b"mail.taken"):
            assert said in sinks["worker"], "the log was never that silent"
        assert b"PUBLISH" in sinks["redis"]
        assert re.search(rb'"facts" "[0-9a-f-]{36}:[0-9]+"', sinks["redis"])
        assert b'"signals"' in sinks["redis"]

    def test_would_be_found_however_it_is_spelled(self) -> None:
        for word in PATIENT.values():
            for each in spellings(word):
                assert told([word], [], b'{"event": "' + each + b'"}') == {word}
        assert told([], ["123456"], b'{"code": "123456"}') == {"123456"}
