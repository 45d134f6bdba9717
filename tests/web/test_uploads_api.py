"""Adding files over the API: in pieces, resumed, checked, sent, and looked at by whoever may."""

from pathlib import Path
from typing import Any

import httpx2
import pytest

from server import files as storage
from server import imaging, models
from tests import papers, pictures, world
from tests.web.browser import Browser

pytestmark = pytest.mark.anyio
PDF = "application/pdf"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Path:
    storage.use_folder(tmp_path / "files")
    return tmp_path / "files"


def lying_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def begun(browser: Browser, cast: world.World, content: bytes, **said: Any) -> httpx2.Response:
    body = {"key": "u1", "name": "Lab form.pdf", "media_type": PDF, "size": len(content), **said}
    return await browser.post(f"/conversations/{cast.ines_thread.id}/uploads", body)


async def added(browser: Browser, cast: world.World, content: bytes | None = None, **said: Any) -> dict[str, Any]:
    content = papers.document() if content is None else content
    upload = (await begun(browser, cast, content, **said)).json()
    answer = await browser.put(f"/uploads/{upload['id']}?at=0", content)
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def sent(browser: Browser, cast: world.World, *files: str, **said: Any) -> httpx2.Response:
    body = {"key": "m1", "via": "secure_sms", "body": "", "files": list(files), **said}
    return await browser.post(f"/conversations/{cast.ines_thread.id}/messages", body)


class TestUpload:
    async def test_comes_in_pieces_and_is_resumed(self, dana: Browser, cast: world.World) -> None:
        content = papers.document(30)
        first = await begun(dana, cast, content)
        upload = first.json()["id"]

        await dana.put(f"/uploads/{upload}?at=0", content[:1000])
        wrong = await dana.put(f"/uploads/{upload}?at=0", content[:1000])
        again = await begun(dana, cast, content)
        last = await dana.put(f"/uploads/{upload}?at=1000", content[1000:])

        assert (first.status_code, first.json()["received"], first.json()["state"]) == (201, 0, "receiving")
        assert (wrong.status_code, wrong.json()["code"], wrong.json()["received"]) == (409, "wrong_place", 1000)
        assert (again.status_code, again.json()["id"], again.json()["received"]) == (200, upload, 1000)
        assert last.json()["state"] == "kept"
        assert {name: last.json()["file"][name] for name in ("id", "name", "kind", "pages", "media_type")} == {
            "id": upload,
            "name": "Lab form.pdf",
            "kind": "document",
            "pages": 30,
            "media_type": PDF,
        }

    async def test_refused_says_why(self, dana: Browser, cast: world.World) -> None:
        made = await added(dana, cast, papers.ACTIVE["a script when it opens"])

        assert (made["state"], made["file"]) == ("refused", None)
        assert made["words"] == "the PDF has scripts or files inside. Print it as a PDF, then add that"

    @pytest.mark.parametrize(
        ("said", "status", "code"),
        [
            ({"media_type": "image/svg+xml", "name": "a.svg"}, 422, "not_taken"),
            ({"media_type": "text/html", "name": "a.html"}, 422, "not_taken"),
            ({"media_type": "image/png"}, 422, "other_kind"),
            ({"name": "form.pdf.exe"}, 422, "other_kind"),
            ({"size": 0}, 422, "empty_file"),
            ({"size": imaging.UPLOAD_BYTES + 1}, 413, "too_big"),
        ],
    )
    async def test_is_refused_before_it_comes(
        self, dana: Browser, cast: world.World, said: dict[str, Any], status: int, code: str
    ) -> None:
        answer = await begun(dana, cast, b"x", **said)

        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert await models.Upload.all().count() == 0

    async def test_a_piece_has_a_mebibyte_at_most(self, dana: Browser, cast: world.World) -> None:
        content = bytes(1024 * 1024 + 1)
        upload = (await begun(dana, cast, content)).json()["id"]

        answer = await dana.put(f"/uploads/{upload}?at=0", content)

        assert (answer.status_code, answer.json()["code"]) == (413, "too_big")

    async def test_needs_the_pages_token(self, dana: Browser, cast: world.World) -> None:
        upload = (await begun(dana, cast, b"x")).json()["id"]

        answer = await dana.put(f"/uploads/{upload}?at=0", b"x", **{"X-BloomText-CSRF": "x"})

        assert answer.status_code == 403

    async def test_is_taken_out_again(self, dana: Browser, cast: world.World, folder: Path) -> None:
        upload = (await added(dana, cast))["id"]
        await dana.get(f"/files/{upload}/pages/1")

        gone = await dana.act("DELETE", f"/uploads/{upload}")

        assert gone.status_code == 204
        assert (await dana.get(f"/uploads/{upload}")).status_code == 404
        assert (await dana.get(f"/files/{upload}")).status_code == 404
        assert lying_in(folder) == []


class TestSend:
    async def test_files_go_out_with_a_message_without_words(self, dana: Browser, cast: world.World) -> None:
        first, second = await added(dana, cast), await added(dana, cast, key="u2")

        answer = await sent(dana, cast, second["id"], first["id"])
        again = await sent(dana, cast, second["id"], first["id"])
        other = await sent(dana, cast, first["id"])

        assert answer.status_code == 201, answer.text
        assert [file["id"] for file in answer.json()["files"]] == [second["id"], first["id"]]
        assert (again.status_code, again.json()["id"]) == (200, answer.json()["id"])
        assert (other.status_code, other.json()["code"]) == (409, "key_reused")
        assert (await dana.act("DELETE", f"/uploads/{first['id']}")).json()["code"] == "already_sent"

    @pytest.mark.parametrize(
        ("said", "code"),
        [
            ({"via": "sms", "sure": True}, "files_need_secure"),
            ({"files": ["00000000-0000-4000-8000-000000000000"]}, "file_gone"),
            ({"files": [f"00000000-0000-4000-8000-0000000000{n}" for n in range(10, 21)]}, "too_many_files"),
        ],
    )
    async def test_refuses(self, dana: Browser, cast: world.World, said: dict[str, Any], code: str) -> None:
        upload = await added(dana, cast)

        answer = await sent(dana, cast, **{"files": [upload["id"]], **said})

        assert (answer.status_code, answer.json()["code"]) == (409, code)
        assert await models.Message.all().count() == 0

    async def test_one_file_goes_out_once(self, dana: Browser, cast: world.World) -> None:
        upload = await added(dana, cast)
        await sent(dana, cast, upload["id"])

        answer = await sent(dana, cast, upload["id"], key="m2")

        assert (answer.status_code, answer.json()["code"]) == (409, "file_gone")


class TestShow:
    async def test_a_document_is_saved_drawn_and_read(self, dana: Browser, cast: world.World) -> None:
        upload = (await added(dana, cast, name="Résumé \u202egpj.pdf"))["id"]

        saved = await dana.get(f"/files/{upload}")
        drawn = await dana.get(f"/files/{upload}/pages/2", width=300)
        read = await dana.get(f"/files/{upload}/text")

        assert saved.headers["content-disposition"].endswith("; filename*=UTF-8''R%C3%A9sum%C3%A9%20gpj.pdf")
        assert saved.headers["content-disposition"].startswith("attachment; ")
        assert papers.TITLE.encode() not in saved.content
        assert drawn.headers["content-type"] in ("image/png", "image/jpeg")
        for answer in (saved, drawn):
            assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["cross-origin-resource-policy"] == "same-origin"
            assert answer.headers["cache-control"] == "no-store"
        assert "Page 2: come fasting" in read.json()["pages"][1]
        assert (await dana.get(f"/files/{upload}/pages/3")).status_code == 404
        assert (await dana.get(f"/files/{upload}/pages/0")).status_code == 404

    async def test_a_text_is_saved_as_a_text(self, dana: Browser, cast: world.World) -> None:
        upload = (await added(dana, cast, "Grüße\r\n".encode("latin-1"), name="a.txt", media_type="text/plain"))["id"]

        answer = await dana.get(f"/files/{upload}")

        assert (answer.headers["content-type"], answer.text) == ("text/plain; charset=utf-8", "Grüße\n")

    async def test_a_picture_has_no_pages(self, dana: Browser, cast: world.World) -> None:
        made = await added(dana, cast, pictures.picture(), name="a.jpg", media_type="image/jpeg")

        assert (made["file"]["kind"], made["file"]["width"], made["file"]["pages"]) == ("picture", 40, None)
        assert (await dana.get(f"/files/{made['id']}")).headers["content-disposition"].startswith("inline; ")
        assert (await dana.get(f"/files/{made['id']}/pages/1")).status_code == 404

    async def test_what_is_not_sent_is_its_writers_alone(
        self, dana: Browser, alex: Browser, cast: world.World, app: Any
    ) -> None:
        upload = (await added(dana, cast))["id"]

        async with Browser(app) as sam, Browser(app) as robin:
            await sam.enter(cast.sam)
            await robin.enter(cast.robin)
            for other in (sam, robin, alex):
                for path in (f"/uploads/{upload}", f"/files/{upload}", f"/files/{upload}/pages/1"):
                    assert (await other.get(path)).status_code == 404
            answer = await sent(sam, cast, upload)
            assert (answer.status_code, answer.json()["code"]) == (409, "file_gone")
