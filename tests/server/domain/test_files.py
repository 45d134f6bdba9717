"""Files: what came with a text is kept once, and opened by whoever may read the message, on record."""

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from server import access, audit, clock, models
from server import files as storage
from server.audit import Did
from server.domain import files, jobs, strays
from server.errors import Refusal
from server.gateways.carrier_reports import Inbound
from server.imaging import Picture
from server.models import FileState
from server.queries import file_views, thread
from tests import pictures
from tests.server.domain.test_inbound import INES, incoming, receive
from tests.world import World

pytestmark = pytest.mark.anyio
SOURCE = "https://api.nexmo.com/v3/media/1"
MADE = Picture(b"a picture of a heliotrope", "image/jpeg", 40, 30)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Path:
    storage.use_folder(tmp_path / "files")
    return tmp_path / "files"


def picture(words: str = "My knee", *, sender: str = INES, kind: str = "image", url: str | None = SOURCE) -> Inbound:
    more: dict[str, object] = {"message_type": kind, kind: {"url": url, "caption": words}, "channel": "mms"}
    return incoming(None, sender=sender, more=more)


async def awaited() -> jobs.Job:
    [job] = await jobs.claim(5, kinds=[files.FETCH])
    return job


async def shown(conversation: models.Conversation) -> list[file_views.File]:
    page, _ = await thread.page(conversation.id, None)
    return [file for message in page for file in message.files]


async def kept(world: World) -> UUID:
    """A picture of Ines that is here."""
    await receive(picture())
    job = await awaited()
    await files.keep(job, MADE)
    return job.subject


class TestExpect:
    async def test_a_picture_is_to_be_fetched_and_the_message_is_here_at_once(self, world: World) -> None:
        await receive(picture())

        page, _ = await thread.page(world.ines_thread.id, None)
        [row] = await models.File.all()
        assert [(message.body, message.unencrypted) for message in page] == [("[picture]\nMy knee", True)]
        assert [file.state for file in page[0].files] == ["waiting"]
        assert b"nexmo" not in bytes(row.source_sealed or b"")
        assert await files.source_of((await awaited()).subject) == SOURCE

    @pytest.mark.parametrize(
        ("kind", "url", "why"),
        [
            ("video", SOURCE, "not_shown"),
            ("audio", SOURCE, "not_shown"),
            ("file", SOURCE, "not_shown"),
            ("vcard", SOURCE, "not_shown"),
            ("image", None, "not_fetched"),
        ],
    )
    async def test_what_is_not_taken_says_so(self, world: World, kind: str, url: str | None, why: str) -> None:
        await receive(picture(kind=kind, url=url))

        [row] = await models.File.all()
        [file] = await shown(world.ines_thread)
        assert (row.state, row.why, file.state, bool(file.words)) == (FileState.REFUSED, why, "refused", True)
        assert await jobs.claim(5, kinds=[files.FETCH]) == []

    async def test_a_kind_that_nobody_knows_has_no_file(self, world: World) -> None:
        await receive(incoming(None, more={"message_type": "hologram"}))

        assert await models.File.all().count() == 0


class TestKeep:
    async def test_shows_it_and_forgets_where_it_came_from(self, world: World) -> None:
        await kept(world)

        [file] = await shown(world.ines_thread)
        [row] = await models.File.all()
        assert (file.state, file.media_type, file.size, file.width, file.height) == ("kept", "image/jpeg", 25, 40, 30)
        assert row.source_sealed is None
        assert await models.Work.filter(done_at=None).count() == 0
        assert await models.AuditEntry.filter(did=Did.FILE_KEPT, patient_id=world.ines.id).count() == 1

    async def test_a_worker_that_was_killed_between_changes_nothing_later(self, world: World) -> None:
        await receive(picture())
        dead = await awaited()
        await storage.keep(world.mercy.organization.id, dead.subject, b"half a picture")
        await models.Work.all().update(lease_until=clock.now())
        job = await awaited()

        await files.keep(job, MADE)
        await files.refuse(dead, "not_fetched")

        [file] = await shown(world.ines_thread)
        opened = await files.read(file.id, by=world.dana)
        assert (file.state, opened.content) == ("kept", MADE.content)

    async def test_the_picture_of_a_stranger_is_there_when_they_are_known(self, world: World) -> None:
        await receive(picture(sender="13125559999"))
        job = await awaited()
        await files.keep(job, MADE)
        with pytest.raises(Refusal):
            await files.read(job.subject, by=world.dana)

        stray = await models.Stray.get()
        await strays.attach(stray.id, world.omar.id, by=world.dana)

        assert [file.state for file in await shown(world.omar_thread)] == ["kept"]
        assert (await files.read(job.subject, by=world.dana)).content == MADE.content

    async def test_or_comes_after_that(self, world: World) -> None:
        await receive(picture(sender="13125559999"))
        await strays.attach((await models.Stray.get()).id, world.omar.id, by=world.dana)

        await files.keep(await awaited(), MADE)

        assert [file.state for file in await shown(world.omar_thread)] == ["kept"]


class TestRead:
    async def test_is_on_record_once_for_one_look(self, world: World) -> None:
        file = await kept(world)
        audit.acting.set(audit.Actor("staff", world.sam.user, None, world.sam.session))

        for _ in range(3):
            assert (await files.read(file, by=world.sam)).media_type == "image/jpeg"

        looks = models.AuditEntry.filter(did=Did.FILE_READ, about_id=file, actor_id=world.sam.user)
        assert await looks.count() == 1

    @pytest.mark.parametrize("who", ["alex", "robin"])
    async def test_another_clinic_and_another_team_get_nothing(self, world: World, who: str) -> None:
        file = await kept(world)

        for asked in (file, uuid4()):
            with pytest.raises(Refusal) as no:
                await files.read(asked, by=getattr(world, who))
            assert no.value.code == "unknown"

    async def test_a_supervisor_may_look(self, world: World) -> None:
        assert (await files.read(await kept(world), by=world.val)).content == MADE.content

    async def test_what_is_not_here_yet_is_unknown(self, world: World) -> None:
        await receive(picture())

        with pytest.raises(Refusal) as no:
            await files.read((await awaited()).subject, by=world.dana)
        assert no.value.code == "unknown"

    async def test_a_disk_that_is_away_is_said(self, world: World, tmp_path: Path) -> None:
        file = await kept(world)
        storage.use_folder(tmp_path / "elsewhere")

        with pytest.raises(Refusal) as no:
            await files.read(file, by=world.dana)
        assert no.value.code == "not_now"


def reader(world: World, patient: models.Patient, conversation: models.Conversation) -> access.PortalPatient:
    return access.PortalPatient(
        patient=patient.id,
        organization=patient.organization_id,
        conversation=conversation.id,
        session=uuid4(),
        link=uuid4(),
        ends_at=clock.now(),
        scripted=False,
    )


class TestReadOwn:
    async def test_a_patient_sees_their_own_and_nobody_elses(self, world: World) -> None:
        file = await kept(world)

        mine = await files.read_own(file, by=reader(world, world.ines, world.ines_thread))
        other = reader(world, world.omar, world.omar_thread)

        assert mine.content == MADE.content
        with pytest.raises(Refusal) as no:
            await files.read_own(file, by=other)
        assert no.value.code == "unknown"


class TestEvidence:
    @pytest.mark.parametrize(
        ("content", "said", "kept_as"),
        [
            (pictures.picture(), "image/jpeg", "image/jpeg"),
            (pictures.picture("PNG"), "image/png", "image/png"),
            (pictures.picture("HEIF"), "image/heic", "image/jpeg"),
            (pictures.PDF, "application/pdf", "application/pdf"),
        ],
    )
    async def test_is_kept_for_the_whole_clinic(self, world: World, content: bytes, said: str, kept_as: str) -> None:
        file = await files.keep_evidence(world.ines.id, content, said, by=world.dana)

        assert (file.state, file.media_type, file.patient_id) == (FileState.KEPT, kept_as, world.ines.id)
        assert (await files.read(file.id, by=world.robin)).media_type == kept_as
        with pytest.raises(Refusal):
            await files.read(file.id, by=world.alex)

    @pytest.mark.parametrize(
        ("content", "said", "code"),
        [
            (pictures.picture(), "image/png", "not_a_picture"),
            (pictures.picture("PNG"), "image/heic", "not_a_picture"),
            (pictures.SVG, "image/jpeg", "not_a_picture"),
            (pictures.PDF, "image/jpeg", "not_a_picture"),
            (pictures.picture(), "application/pdf", "not_a_document"),
            (b"%PDF-1.4 and no end", "application/pdf", "not_a_document"),
            (pictures.bomb(), "image/png", "too_many_pixels"),
            (pictures.PDF + bytes(10 * 1024 * 1024), "application/pdf", "too_big"),
        ],
    )
    async def test_what_it_is_must_be_what_is_said(self, world: World, content: bytes, said: str, code: str) -> None:
        with pytest.raises(Refusal) as no:
            await files.keep_evidence(world.ines.id, content, said, by=world.dana)

        assert no.value.code == code
        assert await models.File.all().count() == 0

    async def test_another_clinic_keeps_nothing(self, world: World) -> None:
        with pytest.raises(Refusal) as no:
            await files.keep_evidence(world.ines.id, pictures.picture(), "image/jpeg", by=world.alex)
        assert no.value.code == "unknown"
