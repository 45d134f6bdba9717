"""Which files a patient has: of every inbox that the reader may read, and of no other."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from server import clock, models
from server import files as storage
from server.domain import conversations, documents, files, jobs, messages, recalls, uploads
from server.models import Via
from tests import papers, pictures, world
from tests.server.domain.test_files import MADE, picture
from tests.server.domain.test_inbound import receive
from tests.server.domain.waiting import reader_of
from tests.web.browser import Browser
from tests.web.test_query_counts import counted

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    storage.use_folder(tmp_path / "files")


async def sent(cast: world.World, name: str, *, billing: bool = False) -> UUID:
    """A document that Dana sent to Ines from the front desk, or Robin from billing."""
    by, thread = cast.dana, cast.ines_thread
    if billing:
        by = cast.robin
        thread, _ = await conversations.open_with(cast.ines.id, cast.mercy.teams["Billing"].id, by=by)
    content = papers.document()
    upload = await uploads.take_whole(
        thread.id, uploads.Announced(name, name, "application/pdf", len(content)), content, by=by
    )
    await messages.post(thread.id, key=name, via=Via.SECURE_SMS, body="", by=by, files=[upload.id])
    return upload.id


def names(answer: dict[str, Any]) -> list[str]:
    return [each["file"]["name"] for each in answer["files"]]


async def ask(browser: Browser, patient: UUID, **query: Any) -> dict[str, Any]:
    answer = await browser.get(f"/patients/{patient}/files", **query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


class TestListFiles:
    async def test_says_what_it_is_from_whom_when_and_where(self, dana: Browser, cast: world.World) -> None:
        file = await sent(cast, "Consent form.pdf")

        found = await ask(dana, cast.ines.id)

        [line] = found["files"]
        message = await models.Message.get()
        assert line["file"] | {"id": str(file), "name": "Consent form.pdf", "kind": "document"} == line["file"]
        assert (line["from"], line["who"], line["taken_back"]) == ("staff", "Dana Reyes", False)
        assert (line["conversation"], line["team"]) == (str(cast.ines_thread.id), str(cast.ines_thread.team_id))
        assert (line["number"], line["at"][:19]) == (1, f"{message.created_at:%Y-%m-%dT%H:%M:%S}")
        assert found["next"] is None

    async def test_has_a_picture_of_the_patients_from_its_text_on(self, dana: Browser, cast: world.World) -> None:
        await receive(picture())
        [waiting] = (await ask(dana, cast.ines.id))["files"]
        [job] = await jobs.claim(1, kinds=[files.FETCH])
        await files.keep(job, MADE)
        [kept] = (await ask(dana, cast.ines.id))["files"]

        assert (waiting["file"]["state"], kept["file"]["state"]) == ("waiting", "kept")
        assert (kept["from"], kept["who"], kept["file"]["kind"]) == ("patient", "Ines Calderon", "picture")

    async def test_comes_a_page_at_a_time_and_each_file_once(self, dana: Browser, cast: world.World) -> None:
        at = clock.now()
        for number in range(23):
            await sent(cast, f"{number}.pdf")
            # Several in one moment, as where a message has several.
            await models.Message.filter(key=f"{number}.pdf").update(created_at=at + timedelta(seconds=number // 3))

        seen: list[str] = []
        sizes: list[int] = []
        before: dict[str, str] = {}
        while True:
            page = await ask(dana, cast.ines.id, **before)
            seen += names(page)
            sizes.append(len(names(page)))
            if page["next"] is None:
                break
            before = {"before": page["next"]}

        assert sizes == [10, 10, 3]
        assert sorted(seen) == sorted(f"{number}.pdf" for number in range(23))
        assert [int(each.split(".")[0]) // 3 for each in seen] == sorted((n // 3 for n in range(23)), reverse=True)

    async def test_what_was_taken_back_is_said_to_be(self, dana: Browser, cast: world.World) -> None:
        await sent(cast, "Wrong form.pdf")
        await recalls.recall((await models.Message.get()).id, by=cast.dana)

        [line] = (await ask(dana, cast.ines.id))["files"]

        assert line["taken_back"] is True

    async def test_says_who_has_looked_at_it(self, dana: Browser, cast: world.World) -> None:
        file = await sent(cast, "Lab.pdf")
        await documents.mark_viewed(file, by=await reader_of(cast))

        [line] = (await ask(dana, cast.ines.id))["files"]

        assert line["file"]["viewed_at"] is not None

    async def test_a_consents_paper_and_what_is_not_sent_are_not_among_them(
        self, dana: Browser, cast: world.World
    ) -> None:
        await dana.raw(f"/patients/{cast.ines.id}/evidence", pictures.PDF, Content_Type="application/pdf")
        content = papers.document()
        begun = uploads.Announced("u", "draft.pdf", "application/pdf", len(content))
        await uploads.take_whole(cast.ines_thread.id, begun, content, by=cast.dana)

        assert await ask(dana, cast.ines.id) == {"files": [], "next": None}

    async def test_a_page_that_nobody_gave_is_none(self, dana: Browser, cast: world.World) -> None:
        answer = await dana.get(f"/patients/{cast.ines.id}/files", before="made-up")

        assert (answer.status_code, answer.json()["code"]) == (400, "wrong_shape")


class TestWhoSeesThem:
    async def test_each_team_its_own_and_a_supervisor_all(self, dana: Browser, cast: world.World) -> None:
        await sent(cast, "Lab.pdf")
        await sent(cast, "Invoice.pdf", billing=True)

        by = {}
        for who in (cast.dana, cast.sam, cast.robin, cast.val):
            await dana.enter(who)
            by[who.name.split()[0]] = names(await ask(dana, cast.ines.id))

        assert by == {
            "Dana": ["Lab.pdf"],
            "Sam": ["Lab.pdf"],
            "Robin": ["Invoice.pdf"],
            "Val": ["Invoice.pdf", "Lab.pdf"],
        }

    async def test_another_teams_file_looks_like_none(self, dana: Browser, cast: world.World) -> None:
        """Neither the list nor its `next` tells how much there is that the reader may not read."""
        for number in range(12):
            await sent(cast, f"{number}.pdf", billing=True)

        assert await ask(dana, cast.ines.id) == await ask(dana, cast.omar.id) == {"files": [], "next": None}

    async def test_another_clinic_gets_the_answer_for_nothing(self, dana: Browser, cast: world.World) -> None:
        await sent(cast, "Lab.pdf")
        await dana.enter(cast.alex)

        real = await dana.get(f"/patients/{cast.ines.id}/files")
        made_up = await dana.get(f"/patients/{UUID(int=1)}/files")

        assert (real.status_code, real.content) == (404, made_up.content)


async def test_listing_goes_on_record_once_a_look(dana: Browser, cast: world.World) -> None:
    await sent(cast, "Lab.pdf")

    for _ in range(3):
        await ask(dana, cast.ines.id)
    await dana.get(f"/patients/{UUID(int=1)}/files")

    entry = await models.AuditEntry.get(did="file:listed")
    assert (entry.patient_id, entry.actor_id) == (cast.ines.id, cast.dana.user)


async def test_a_page_asks_as_seldom_whatever_stands_on_it(dana: Browser, cast: world.World) -> None:
    await sent(cast, "first.pdf")
    await ask(dana, cast.ines.id)
    with counted() as few:
        await ask(dana, cast.ines.id)
    for number in range(12):
        await sent(cast, f"{number}.pdf")
    with counted() as many:
        page = await ask(dana, cast.ines.id)

    assert len(names(page)) == 10
    assert len(many) == len(few) <= 5
