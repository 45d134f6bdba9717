"""Files over the API and in the portal: what comes out can be seen, and can do nothing."""

from pathlib import Path
from uuid import UUID

import pytest

from server import files as storage
from server import models
from server.domain import files, jobs
from tests import pictures, world
from tests.server.domain.test_files import MADE, picture
from tests.server.domain.test_inbound import receive
from tests.web.browser import Browser

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    storage.use_folder(tmp_path)


async def kept() -> UUID:
    await receive(picture())
    [job] = await jobs.claim(1, kinds=[files.FETCH])
    await files.keep(job, MADE)
    return job.subject


class TestShowFile:
    async def test_gives_the_bytes_inert(self, dana: Browser) -> None:
        file = await kept()

        answer = await dana.get(f"/files/{file}")

        assert (answer.status_code, answer.content) == (200, MADE.content)
        assert answer.headers["content-type"] == "image/jpeg"
        assert answer.headers["content-disposition"] == f'inline; filename="file-{str(file)[-6:]}.jpg"'
        assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"

    async def test_gives_a_pdf_for_saving_only(self, dana: Browser, cast: world.World) -> None:
        path = f"/patients/{cast.ines.id}/evidence"
        made = await dana.raw(path, pictures.PDF, Content_Type="application/pdf")

        answer = await dana.get(f"/files/{made.json()['id']}")

        assert made.status_code == 201
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-disposition"].startswith("attachment; ")
        assert answer.content == pictures.PDF

    async def test_what_is_still_to_come_is_not_there(self, dana: Browser) -> None:
        await receive(picture())
        file = await models.File.get()

        assert (await dana.get(f"/files/{file.id}")).status_code == 404


class TestEvidence:
    async def test_is_made_anew(self, dana: Browser, cast: world.World) -> None:
        made = await dana.raw(
            f"/patients/{cast.ines.id}/evidence", pictures.snapshot(), Content_Type="image/jpeg; charset=binary"
        )

        answer = await dana.get(f"/files/{made.json()['id']}")
        assert (made.status_code, made.json()["state"], made.json()["media_type"]) == (201, "kept", "image/jpeg")
        assert pictures.PLACE.encode() not in answer.content

    @pytest.mark.parametrize(
        ("content", "said", "status", "code"),
        [
            (pictures.SVG, "image/svg+xml", 415, "wrong_type"),
            (pictures.PDF, "application/json", 415, "wrong_type"),
            (pictures.SVG, "image/png", 422, "not_a_picture"),
            (pictures.bomb(), "image/png", 422, "too_many_pixels"),
            (bytes(10 * 1024 * 1024 + 1), "image/png", 413, "too_big"),
        ],
    )
    async def test_refuses_what_it_is_not(
        self, dana: Browser, cast: world.World, content: bytes, said: str, status: int, code: str
    ) -> None:
        answer = await dana.raw(f"/patients/{cast.ines.id}/evidence", content, Content_Type=said)

        assert (answer.status_code, answer.json()["code"]) == (status, code)

    async def test_needs_the_pages_token(self, dana: Browser, cast: world.World) -> None:
        answer = await dana.raw(
            f"/patients/{cast.ines.id}/evidence", pictures.picture(), Content_Type="image/jpeg", X_BloomText_CSRF="x"
        )

        assert answer.status_code == 403
