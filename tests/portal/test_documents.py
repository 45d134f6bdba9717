"""Documents in the portal, without script: sent, looked at, read as text, saved; and a first look is told."""

from pathlib import Path
from uuid import UUID, uuid4

import httpx2
import pytest

from server import files as storage
from server import models
from server.domain import messages, uploads
from server.models import Via
from tests import papers, pictures
from tests.portal import conftest, phone
from tests.world import World

pytestmark = pytest.mark.anyio
PDF = "application/pdf"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    storage.use_folder(tmp_path / "files")


async def sent(cast: World, content: bytes | None = None, name: str = "Lab form.pdf", media_type: str = PDF) -> UUID:
    """A file that Dana sent to Ines."""
    content = papers.document() if content is None else content
    said = uploads.Announced(f"u{uuid4()}", name, media_type, len(content))
    upload = await uploads.take_whole(cast.ines_thread.id, said, content, by=cast.dana)
    assert upload.why is None
    await messages.post(
        cast.ines_thread.id, key=f"m{upload.id}", via=Via.SECURE_SMS, body="", by=cast.dana, files=[upload.id]
    )
    return upload.id


async def added(inside: phone.Phone, content: bytes, name: str, media_type: str, body: str = "") -> httpx2.Response:
    """Send the reply form with a file, as a browser without script does."""
    await inside.get("/m/thread")
    fields = {**inside.hidden("/m/messages"), "body": body}
    files = {"file": (name, content, media_type)}
    return await inside.client.post("/m/messages", data=fields, files=files, headers={"Origin": phone.URL})


async def put(inside: phone.Phone, path: str, content: bytes, csrf: str) -> httpx2.Response:
    headers = {"Origin": phone.URL, "X-BloomText-CSRF": csrf, "Content-Type": "application/octet-stream"}
    return await inside.client.put(path, content=content, headers=headers)


class TestLooking:
    async def test_a_press_shows_it_and_is_told_and_opening_the_address_is_not(
        self, inside: phone.Phone, cast: World
    ) -> None:
        file = await sent(cast)
        await inside.get("/m/thread")
        assert f'<a class="file" href="/m/documents/{file}">Lab form.pdf</a>' in inside.page

        await inside.get(f"/m/documents/{file}")
        assert "Show the document" in inside.text
        assert "<img" not in inside.page
        assert 'data-idle="900"' in inside.page, "its script warns before the session ends"
        assert await models.FileReceipt.all().count() == 0

        await inside.submit(f"/m/documents/{file}")
        receipt = await models.FileReceipt.get()
        assert (receipt.file_id, receipt.viewer_id) == (file, cast.ines.id)
        assert inside.page.count("<img") == 2
        assert "Pages: 2" in inside.text
        assert "Back to messages" in inside.text

        drawn = await inside.client.get(f"/m/files/{file}/pages/2")
        assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/png")

    async def test_it_is_read_as_text_and_saved(self, inside: phone.Phone, cast: World) -> None:
        file = await sent(cast)
        await inside.get(f"/m/documents/{file}/text")
        assert "Show the document" in inside.text
        await inside.submit(f"/m/documents/{file}")

        await inside.get(f"/m/documents/{file}/text")
        assert "Page 2: come fasting to your blood test" in inside.text
        saved = await inside.client.get(f"/m/files/{file}?save=1")

        assert saved.headers["content-type"] == PDF
        assert saved.headers["content-disposition"].startswith("attachment; ")
        assert saved.headers["content-security-policy"] == "sandbox; default-src 'none'"
        assert await models.AuditEntry.filter(did="file:saved", about_id=file, actor_id=cast.ines.id).count() == 1

    async def test_a_long_one_comes_in_parts(self, inside: phone.Phone, cast: World) -> None:
        file = await sent(cast, papers.document(30))
        await inside.get(f"/m/documents/{file}")
        await inside.submit(f"/m/documents/{file}")

        assert inside.page.count("<img") == 20
        await inside.get(f"/m/documents/{file}?start=21")
        assert inside.page.count("<img") == 10

    async def test_a_text_and_a_picture(self, inside: phone.Phone, cast: World) -> None:
        text = await sent(cast, b"Take <b>one</b> a day", "how.txt", "text/plain")
        picture = await sent(cast, pictures.picture(), "map.jpg", "image/jpeg")
        await inside.get("/m/thread")
        assert f'<img src="/m/files/{picture}"' in inside.page

        await inside.get(f"/m/documents/{text}")
        assert "Take" not in inside.text
        await inside.submit(f"/m/documents/{text}")

        assert "Take &lt;b&gt;one&lt;/b&gt; a day" in inside.page

    async def test_a_script_reports_for_itself(self, inside: phone.Phone, cast: World) -> None:
        file = await sent(cast)
        await inside.get("/m/thread")
        await inside.call("/m/script", {})
        await inside.get(f"/m/documents/{file}")
        assert inside.page.count("<img") == 2
        assert await models.FileReceipt.all().count() == 0

        answers = [await inside.call(f"/m/documents/{file}/viewed", {}) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [204, 204]
        assert await models.FileReceipt.all().count() == 1

    async def test_nobody_else_sees_it(self, inside: phone.Phone, other: phone.Phone, cast: World) -> None:
        file = await sent(cast)
        addresses = [
            f"/m/documents/{file}",
            f"/m/documents/{file}/text",
            f"/m/files/{file}",
            f"/m/files/{file}/pages/1",
        ]
        for address in addresses:
            answer = await other.client.get(address)
            assert answer.status_code in (303, 401)
            assert b"Lab form" not in answer.content
        await messages.post(cast.omar_thread.id, key="o", via=Via.SECURE_SMS, body="Hello", by=cast.dana)
        await other.get(await phone.link_of(cast.omar_thread))
        await other.submit("/m/open")
        await other.submit("/m/check", month="11", day="2", year="1950")
        for address in addresses:
            assert (await other.client.get(address)).status_code == 404, address
        answer = await other.client.post(
            f"/m/documents/{file}", data={"csrf": other.csrf}, headers={"Origin": phone.URL}
        )
        assert answer.status_code == 404
        assert await models.FileReceipt.all().count() == 0


class TestAdding:
    async def test_a_form_brings_one_file_and_needs_no_words(self, inside: phone.Phone, cast: World) -> None:
        answer = await added(inside, pictures.snapshot(), "IMG 1.JPG", "image/jpeg")

        assert (answer.status_code, answer.headers["location"]) == (303, "/m/thread#latest")
        message = await models.Message.get(user_id=None)
        [file] = await models.File.filter(message_id=message.id)
        await inside.get("/m/thread")
        assert f'<img src="/m/files/{file.id}"' in inside.page
        shown = await inside.client.get(f"/m/files/{file.id}")
        assert pictures.PLACE.encode() not in shown.content

    async def test_a_form_without_a_file_is_as_before(self, inside: phone.Phone) -> None:
        answer = await added(inside, b"", "", "application/octet-stream", "Thank you")

        assert answer.status_code == 303
        assert await models.File.all().count() == 0
        assert (await added(inside, b"", "", "application/octet-stream", "")).status_code == 422

    async def test_what_a_browser_does_not_know_goes_by_its_name(self, inside: phone.Phone) -> None:
        answer = await added(inside, pictures.picture("HEIF"), "IMG_2.heic", "application/octet-stream")

        assert answer.status_code == 303
        assert (await models.File.get()).media_type == "image/jpeg"

    @pytest.mark.parametrize(
        ("content", "name", "media_type", "said"),
        [
            (pictures.SVG, "a.svg", "image/svg+xml", "Only photos, PDF and text files can be sent."),
            (pictures.SVG, "a.png", "image/png", "This file is not what its name says. Choose another one."),
            (pictures.bomb(), "a.png", "image/png", "This picture is too large. Take a smaller one."),
            (
                papers.ACTIVE["a script when it opens"],
                "a.pdf",
                PDF,
                "This PDF does more than show pages. Send a photo of it.",
            ),
            (
                papers.document(password="x"),
                "a.pdf",
                PDF,
                "This PDF is locked with a password. Send a photo of it.",
            ),
        ],
    )
    async def test_what_is_not_taken_is_said_and_the_words_stay(
        self, inside: phone.Phone, content: bytes, name: str, media_type: str, said: str
    ) -> None:
        answer = await added(inside, content, name, media_type, "See my arm")

        assert answer.status_code == 422
        assert said in answer.text
        assert "See my arm</textarea>" in answer.text
        assert await models.Message.filter(user_id=None).count() == 0

    async def test_a_form_of_another_page_brings_nothing(self, inside: phone.Phone) -> None:
        await inside.get("/m/thread")
        fields = {**inside.hidden("/m/messages"), "csrf": "x"}
        files = {"file": ("a.jpg", pictures.picture(), "image/jpeg")}

        answer = await inside.client.post("/m/messages", data=fields, files=files, headers={"Origin": phone.URL})

        assert answer.status_code == 403
        assert await models.Upload.all().count() == 0

    async def test_the_script_sends_pieces_and_then_the_message(self, inside: phone.Phone, cast: World) -> None:
        content = papers.document()
        await inside.get("/m/thread")
        csrf = inside.csrf
        begun = await inside.call(
            "/m/uploads", {"key": "a-key-1234", "name": "a.pdf", "media_type": PDF, "size": len(content)}
        )
        path = f"/m/uploads/{begun.json()['id']}"
        await put(inside, f"{path}?at=0", content[:500], csrf)
        state = await inside.client.get(path)
        done = await put(inside, f"{path}?at=500", content[500:], csrf)
        answer = await inside.call("/m/messages", {"key": "a-key-5678", "body": "", "files": [begun.json()["id"]]})

        assert (begun.status_code, state.json()["received"], done.json()["state"]) == (201, 500, "kept")
        assert answer.status_code == 201
        assert [file["name"] for file in answer.json()["files"]] == ["a.pdf"]

    async def test_why_not_is_said_in_the_patients_language(self, mobile: phone.Phone, cast: World) -> None:
        await models.Patient.filter(id=cast.ines.id).update(language="es")
        await conftest.enter(mobile, cast)
        await mobile.get("/m/thread")
        content = b"GIF89a"
        begun = await mobile.call("/m/uploads", {"key": "a-key-1234", "name": "a.pdf", "media_type": PDF, "size": 6})

        answer = await put(mobile, f"/m/uploads/{begun.json()['id']}?at=0", content, mobile.csrf)

        assert answer.json()["words"] == "Este archivo no es lo que dice su nombre. Elija otro."
