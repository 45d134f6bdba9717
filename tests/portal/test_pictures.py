"""The patient sees the pictures they sent, and what travelled unencrypted."""

import re
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from server import files as storage
from server import models
from server.domain import files, jobs, messages, patients
from server.models import Via
from tests.portal import phone
from tests.server.domain.test_files import MADE, picture
from tests.server.domain.test_inbound import receive
from tests.world import World

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    storage.use_folder(tmp_path)


async def sent(sender: str = "13125550142") -> UUID:
    """A picture from this phone, which is here."""
    await receive(picture("My knee", sender=sender))
    [job] = await jobs.claim(1, kinds=[files.FETCH])
    await files.keep(job, MADE)
    return job.subject


class TestPicture:
    async def test_stands_in_the_conversation(self, inside: phone.Phone) -> None:
        file = await sent()

        await inside.get("/m/thread")
        [source] = re.findall(r'<img src="([^"]+)" width="40" height="30" alt="Picture"', inside.page)
        answer = await inside.client.get(source)

        assert source == f"/m/files/{file}"
        assert "My knee" in inside.text
        assert "[picture]" not in inside.text
        assert (answer.status_code, answer.content) == (200, MADE.content)
        assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert await models.AuditEntry.filter(did="file:read", actor_kind="patient").count() == 1

    async def test_is_words_until_it_is_here(self, inside: phone.Phone) -> None:
        await receive(picture("My knee"))

        await inside.get("/m/thread")

        assert "[picture]\nMy knee" in inside.text
        assert "<img" not in inside.page

    async def test_of_somebody_else_is_as_unknown_as_none(self, inside: phone.Phone) -> None:
        theirs = await sent("13125550143")

        real, made_up = [await inside.client.get(f"/m/files/{file}") for file in (theirs, uuid4())]

        assert real.status_code == made_up.status_code == 404
        assert real.content == made_up.content

    async def test_is_for_nobody_without_a_session(self, inside: phone.Phone, other: phone.Phone) -> None:
        file = await sent()

        assert (await other.client.get(f"/m/files/{file}")).status_code == 401


class TestUnencrypted:
    async def test_is_said_under_what_travelled_as_a_plain_text(self, cast: World, inside: phone.Phone) -> None:
        await patients.consent(cast.ines.id, wording="Agreed on the phone", by=cast.dana)
        await messages.post(cast.ines_thread.id, key="plain", via=Via.SMS, body="See you at 3", by=cast.dana)
        await sent()

        await inside.get("/m/thread")

        articles = re.findall(r"<article.*?</article>", inside.page, re.DOTALL)
        assert ["Sent unencrypted" in article for article in articles] == [False, True, True]

    async def test_in_spanish_too(self, cast: World, inside: phone.Phone) -> None:
        await models.Patient.filter(id=cast.ines.id).update(language="es")
        await sent()

        await inside.get("/m/thread")

        assert "Enviado sin cifrar" in inside.text
        assert 'alt="Imagen"' in inside.page
