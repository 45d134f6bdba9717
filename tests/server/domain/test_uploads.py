"""Uploads: pieces survive, only what was checked is kept, and only its writer can send it, once."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from server import access, clock, imaging, models
from server import files as storage
from server.domain import documents, file_names, files, messages, proxies, recalls, rooms, uploads
from server.domain.proxies import ProxyDetails
from server.domain.uploads import Announced
from server.errors import Refusal
from server.models import UploadState, Via
from server.queries import thread
from tests import papers, pictures
from tests.server.domain.waiting import reader_of
from tests.world import World

pytestmark = pytest.mark.anyio
PDF = "application/pdf"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Path:
    storage.use_folder(tmp_path / "files")
    return tmp_path / "files"


def announced(content: bytes, name: str = "Lab form.pdf", media_type: str = PDF, key: str = "u1") -> Announced:
    return Announced(key, name, media_type, len(content))


async def added(world: World, content: bytes | None = None, key: str = "u1") -> models.Upload:
    content = papers.document() if content is None else content
    return await uploads.take_whole(world.ines_thread.id, announced(content, key=key), content, by=world.dana)


async def sent_document(world: World) -> UUID:
    """A document that Dana sent to Ines."""
    upload = await added(world, key="sent")
    thread_of = world.ines_thread.id
    await messages.post(thread_of, key="doc", via=Via.SECURE_SMS, body="", by=world.dana, files=[upload.id])
    return upload.id


def lying_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


class TestTake:
    async def test_a_piece_that_was_written_and_not_counted_is_sent_again(self, world: World, folder: Path) -> None:
        """A process that is killed between the disk and the database has taken nothing."""
        content = papers.document(9)
        upload, _ = await uploads.begin(world.ines_thread.id, announced(content), by=world.dana)
        half = await storage.keep_piece(world.mercy.organization.id, upload.id, 0, b"only a few bytes")
        half.settle()
        await storage.keep_piece(world.mercy.organization.id, upload.id, 0, b"and not even in their place")

        again, is_new = await uploads.begin(world.ines_thread.id, announced(content), by=world.dana)
        await uploads.take(upload.id, 0, content[:700], by=world.dana)
        done = await uploads.take(upload.id, 700, content[700:], by=world.dana)

        assert (again.received, is_new, done.state) == (0, False, UploadState.KEPT)
        assert lying_in(folder) == [folder / str(world.mercy.organization.id) / str(upload.id)]

    async def test_is_checked_by_whoever_comes_back(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        """Everything had come, and the process was killed before it was checked."""
        content = papers.document()
        upload, _ = await uploads.begin(world.ines_thread.id, announced(content), by=world.dana)
        monkeypatch.setattr(uploads, "_is_whole", lambda _: False)
        await uploads.take(upload.id, 0, content, by=world.dana)
        monkeypatch.undo()

        again, _ = await uploads.begin(world.ines_thread.id, announced(content), by=world.dana)

        assert again.state is UploadState.KEPT

    async def test_nothing_readable_lies_on_the_disk(self, world: World, folder: Path) -> None:
        content = b"The heliotrope biopsy was entirely benign"
        said = announced(content, "biopsy.txt", "text/plain")
        upload, _ = await uploads.begin(world.ines_thread.id, said, by=world.dana)
        await uploads.take(upload.id, 0, content[:20], by=world.dana)
        before = [path.read_bytes() for path in lying_in(folder)]
        await uploads.take(upload.id, 20, content[20:], by=world.dana)
        after = [path.read_bytes() for path in lying_in(folder)]

        assert before
        assert after
        assert not any(b"heliotrope" in each or b"biopsy" in each for each in before + after)
        assert not any("biopsy" in path.name for path in lying_in(folder))

    @pytest.mark.parametrize(
        ("content", "name", "media_type", "why"),
        [
            (pictures.picture("PNG"), "a.jpg", "image/jpeg", "other_kind"),
            (pictures.picture(), "a.pdf", PDF, "other_kind"),
            (pictures.SVG, "a.png", "image/png", "other_kind"),
            (pictures.picture("GIF"), "a.png", "image/png", "other_kind"),
            (papers.document(), "a.txt", "text/plain", "other_kind"),
            (pictures.SVG, "a.txt", "text/plain", "not_a_text"),
            (pictures.POLYGLOTS["a JPEG with a ZIP behind it"], "a.jpg", "image/jpeg", "two_in_one"),
            (pictures.POLYGLOTS["a JPEG with a script in its comment"], "a.jpg", "image/jpeg", "two_in_one"),
            (pictures.POLYGLOTS["a PNG with a script in its words"], "a.png", "image/png", "two_in_one"),
            (pictures.bomb(), "a.png", "image/png", "too_many_pixels"),
            (papers.ACTIVE["a script when it opens"], "a.pdf", PDF, "active_document"),
        ],
    )
    async def test_what_is_not_what_it_says_is_refused(
        self, world: World, content: bytes, name: str, media_type: str, why: str
    ) -> None:
        said = announced(content, name, media_type)

        upload = await uploads.take_whole(world.ines_thread.id, said, content, by=world.dana)

        assert (upload.state, upload.why) == (UploadState.REFUSED, why)
        assert await models.File.all().count() == 0

    async def test_a_heic_becomes_a_jpeg_and_is_called_one(self, world: World) -> None:
        content = pictures.picture("HEIF")
        said = announced(content, "IMG_1.HEIC", "image/heif")

        upload = await uploads.take_whole(world.ines_thread.id, said, content, by=world.dana)

        opened = await files.read(upload.id, by=world.dana)
        assert (opened.media_type, opened.name) == ("image/jpeg", "IMG_1.jpg")


class TestWhoMay:
    @pytest.mark.parametrize(("who", "code"), [("alex", "unknown"), ("robin", "unknown"), ("val", "not_allowed")])
    async def test_begin(self, world: World, who: str, code: str) -> None:
        with pytest.raises(Refusal) as no:
            await uploads.begin(world.ines_thread.id, announced(b"x"), by=getattr(world, who))
        assert no.value.code == code

    @pytest.mark.parametrize("who", ["alex", "robin", "sam", "val"])
    async def test_nobody_else_touches_it(self, world: World, who: str) -> None:
        upload = await added(world)
        other = getattr(world, who)

        for act in (
            uploads.own(upload.id, by=other),
            uploads.take(upload.id, 0, b"x", by=other),
            uploads.drop(upload.id, by=other),
            files.read(upload.id, by=other),
        ):
            with pytest.raises(Refusal) as no:
                await act
            assert no.value.code == "unknown"

    async def test_a_patient_in_their_own_conversation_only(self, world: World) -> None:
        await sent_document(world)
        ines = await reader_of(world)

        upload, _ = await uploads.begin(world.ines_thread.id, announced(b"x"), by=ines)
        with pytest.raises(Refusal) as no:
            await uploads.begin(world.omar_thread.id, announced(b"x"), by=ines)

        assert upload.owner_id == world.ines.id
        assert no.value.code == "unknown"
        with pytest.raises(Refusal):
            await uploads.own(upload.id, by=world.dana)


class TestRooms:
    @pytest.mark.parametrize(
        ("name", "value", "code"),
        [("UNSENT", 1, "too_many_files"), ("OF_PATIENT", 10, "no_room"), ("OF_CLINIC", 10, "no_room")],
    )
    async def test_are_limited_before_a_byte_comes(
        self, world: World, monkeypatch: pytest.MonkeyPatch, name: str, value: int, code: str
    ) -> None:
        await added(world)
        monkeypatch.setattr(rooms, name, value)

        with pytest.raises(Refusal) as no:
            await uploads.begin(world.ines_thread.id, announced(bytes(11), key="u2"), by=world.dana)

        assert no.value.code == code


class TestSweep:
    async def test_takes_what_nobody_sent_and_nothing_else(self, world: World, folder: Path) -> None:
        sent = await sent_document(world)
        unsent = await added(world, key="unsent")
        half, _ = await uploads.begin(world.ines_thread.id, announced(bytes(99), key="half"), by=world.dana)
        await uploads.take(half.id, 0, bytes(9), by=world.dana)
        early = await uploads.sweep()
        clock.shift(timedelta(hours=25))
        try:
            late = await uploads.sweep()
        finally:
            clock.shift(timedelta())

        assert (early, late) == (0, 2)
        assert [row.id for row in await models.Upload.all()] == [sent]
        assert [path.name for path in lying_in(folder)] == [str(sent)]
        assert not await models.File.filter(id=unsent.id).exists()

    async def test_ends_what_a_killed_process_only_began_to_end(self, world: World, folder: Path) -> None:
        upload = await added(world)
        await uploads._let_go(upload.id)

        with pytest.raises(Refusal) as no:
            await messages.post(
                world.ines_thread.id, key="m", via=Via.SECURE_SMS, body="", by=world.dana, files=[upload.id]
            )

        assert no.value.code == "file_gone"
        assert await uploads.sweep() == 1
        assert lying_in(folder) == []


class TestDocuments:
    async def test_the_first_look_is_kept_and_told(self, world: World) -> None:
        file = await sent_document(world)
        ines = await reader_of(world)

        first = await documents.mark_viewed(file, by=ines)
        again = await documents.mark_viewed(file, by=ines)

        page, _ = await thread.page(world.ines_thread.id, None)
        assert (first, again) == (True, False)
        assert page[0].files[0].viewed_at is not None
        assert page[0].can_recall is False
        with pytest.raises(Refusal) as no:
            await recalls.recall(page[0].id, by=world.dana)
        assert no.value.code == "already_viewed"

    async def test_a_look_of_who_acts_for_the_patient_bears_their_name(self, world: World) -> None:
        rosa = UUID(int=7)
        details = ProxyDetails(name="Rosa Vega", relation="mother", phone="(312) 555-0160")
        await proxies.add(world.ines.id, rosa, details, by=world.dana)
        file = await sent_document(world)
        ines = await reader_of(world)

        await documents.mark_viewed(file, by=replace(ines, proxy=rosa))
        [before] = (await thread.page(world.ines_thread.id, None))[0]
        await documents.mark_viewed(file, by=ines)
        [after] = (await thread.page(world.ines_thread.id, None))[0]

        assert [(look.name, look.relation) for look in before.files[0].looks] == [("Rosa Vega", "mother")]
        assert (before.files[0].viewed_at, before.can_recall) == (None, False)
        assert after.files[0].looks == before.files[0].looks
        assert after.files[0].viewed_at is not None
        [theirs], _ = await thread.portal_page(world.ines_thread.id, proxy=None)
        assert (theirs.files[0].viewed_at, theirs.files[0].looks) == (None, [])

    async def test_a_button_counts_only_without_a_script(self, world: World) -> None:
        file = await sent_document(world)
        ines = await reader_of(world)
        await models.PortalSession.filter(id=ines.session).update(scripted=True)

        assert await documents.mark_shown(file, by=ines) is False
        await models.PortalSession.filter(id=ines.session).update(scripted=False)
        assert await documents.mark_shown(file, by=ines) is True

    async def test_what_was_taken_back_is_gone_from_the_patient(self, world: World) -> None:
        file = await sent_document(world)
        ines = await reader_of(world)
        message = await models.Message.get()
        await recalls.recall(message.id, by=world.dana)

        for look in (documents.mark_viewed(file, by=ines), files.read_own(file, by=ines), shown(file, ines)):
            with pytest.raises(Refusal) as no:
                await look
            assert no.value.code == "unknown"
        [gone] = (await thread.portal_messages([message.id], proxy=None)).values()
        assert (gone.gone, gone.files) == (True, [])
        assert (await files.read(file, by=world.dana)).media_type == PDF

    async def test_not_after_the_session_has_ended(self, world: World) -> None:
        file = await sent_document(world)
        ines = await reader_of(world)
        await models.PortalSession.filter(id=ines.session).update(ended_at=clock.now())

        with pytest.raises(Refusal) as no:
            await documents.mark_viewed(file, by=ines)
        assert no.value.code == "signed_out"


async def shown(file: UUID, reader: access.PortalPatient) -> object:
    return await files.page_own(file, 1, imaging.WIDTHS[0], by=reader)


class TestNames:
    @pytest.mark.parametrize(
        ("given", "label"),
        [
            ("../../etc/passwd.pdf", "passwd.pdf"),
            ("C:\\Users\\me\\scan.pdf", "scan.pdf"),
            ("gpj.\u202efdp.pdf", "gpj. fdp.pdf"),
            ("a\x00b\r\nSet-Cookie: x.pdf", "a b Set-Cookie x.pdf"),
            ('"; filename="x.exe.pdf', "; filename= x.exe.pdf"),
            (".pdf", "file.pdf"),
            ("Résumé  2.pdf", "Résumé 2.pdf"),
            ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
            ("صورة.jpg", "صورة.jpg"),
        ],
    )
    def test_are_labels(self, given: str, label: str) -> None:
        assert file_names.label(given) == label
