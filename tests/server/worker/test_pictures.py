"""A picture from a phone, end to end: the carrier, the webhook door, a worker, the limited process, the file."""

import base64
import io
from pathlib import Path

import httpx2
import pytest
from PIL import Image

from server import clock, models
from server import files as storage
from server.domain import files, jobs
from server.models import FileState
from server.queries import thread
from tests import pictures
from tests.server.worker.house import House

pytestmark = pytest.mark.anyio
INES, FRONT = "13125550142", "13125550100"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Path:
    storage.use_folder(tmp_path / "files")
    return tmp_path / "files"


async def send(house: House, content: bytes, **more: object) -> None:
    """A picture is sent from the phone of Ines."""
    reply = {"to": FRONT, "text": "My knee", "image": base64.b64encode(content).decode(), **more}
    async with httpx2.AsyncClient(base_url=house.simulator.url, trust_env=False) as control:
        answer = await control.post(f"/_phone/{INES}/reply", json=reply)
        assert answer.status_code == 202, answer.text


async def settled(house: House) -> models.File:
    """The file, once it is no longer waited for."""
    return await house.until(lambda: models.File.filter(state__not=FileState.WAITING).first())


def stored_in(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.glob("*/*")]


class TestPicture:
    async def test_arrives_without_its_place(self, house: House, folder: Path) -> None:
        snapshot = pictures.snapshot()
        async with house.working():
            await send(house, snapshot)
            file = await settled(house)

        opened = await files.read(file.id, by=house.world.dana)
        picture = Image.open(io.BytesIO(opened.content))
        assert (file.state, file.width, file.height) == (FileState.KEPT, 20, 40)
        assert picture.size == (20, 40)
        assert pictures.PLACE.encode() not in opened.content
        [stored] = stored_in(folder)
        assert b"JFIF" not in stored

    async def test_is_tried_again_while_the_carrier_is_away(self, house: House) -> None:
        async with house.working():
            await send(house, pictures.picture(), answers=[503, "cut", 429, 401])
            file = await settled(house)

        [media] = house.simulator.carrier.media.kept.values()
        assert (file.state, media.asked) == (FileState.KEPT, 5)

    async def test_that_comes_twice_is_fetched_once(self, house: House) -> None:
        patient = await house.patient("+13125550194")
        async with house.working():
            reply = {"to": FRONT, "text": "", "image": base64.b64encode(pictures.picture()).decode()}
            async with httpx2.AsyncClient(base_url=house.simulator.url, trust_env=False) as control:
                await control.post("/_phone/13125550194/reply", json=reply)
            await settled(house)

        assert await models.Message.filter(conversation_id=patient.id).count() == 1
        assert await models.File.all().count() == 1

    async def test_a_worker_that_dies_anywhere_leaves_it_to_the_next(self, house: House) -> None:
        await send(house, pictures.picture())
        await house.until(lambda: models.File.all().first())
        [dead] = await jobs.claim(5, kinds=[files.FETCH])
        await storage.keep(house.world.mercy.organization.id, dead.subject, b"half")
        await models.Work.all().update(lease_until=clock.now())
        async with house.working():
            file = await settled(house)

        opened = await files.read(file.id, by=house.world.dana)
        assert Image.open(io.BytesIO(opened.content)).size == (40, 20)


HOSTILE: dict[str, tuple[bytes, dict[str, object], str]] = {
    **{name: (content, {}, "not_a_picture") for name, content in pictures.NO_PICTURES.items()},
    "a bomb": (pictures.bomb(), {}, "too_many_pixels"),
    "over 10 MB": (pictures.picture() + bytes(10 * 1024 * 1024), {}, "too_large"),
    "a page that says it is a picture": (pictures.SVG, {"type": "image/png"}, "not_a_picture"),
    "what is gone": (pictures.picture(), {"answers": [404]}, "not_fetched"),
    "what is elsewhere": (pictures.picture(), {"answers": [302]}, "not_fetched"),
    "a video": (b"moving", {"kind": "video", "type": "video/mp4"}, "not_shown"),
    "a contact card": (b"BEGIN:VCARD", {"kind": "vcard", "type": "text/vcard"}, "not_shown"),
}


class TestWhatIsNoPicture:
    async def test_is_refused_with_its_reason_and_the_words_stay(self, house: House, folder: Path) -> None:
        async with house.working():
            for name, (content, more, _) in HOSTILE.items():
                await send(house, content, text=name, **more)
            await house.until(all_refused)

        page, _ = await thread.page(house.world.ines_thread.id, None)
        whys = dict(await models.File.all().values_list("id", "why"))
        found = {message.body.partition("]\n")[2]: whys[message.files[0].id] for message in page}
        assert found == {name: why for name, (_, _, why) in HOSTILE.items()}
        assert await models.Work.filter(done_at=None).count() == 0
        assert stored_in(folder) == []


async def all_refused() -> bool:
    return await models.File.filter(state=FileState.REFUSED).count() == len(HOSTILE)
