"""A conversation on paper says what was said, in any script, and proves that it is the one that was made."""

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID

import pypdfium2  # it has no types
import pytest

from server import transcripts
from server.transcripts import fonts
from server.transcripts.words import ENGLISH

pytestmark = pytest.mark.anyio
AT = datetime(2026, 11, 24, 20, 30, 12, tzinfo=UTC)
ID = UUID(int=7)
MADE = transcripts.Made(UUID(int=9), AT, "2026-11-24 14:30 CST", transcripts.Person("staff", "Dana Reyes"), "chart")


def message(number: int, body: str | None, **changed: object) -> transcripts.Message:
    given: dict[str, object] = {
        "number": number,
        "at": AT,
        "local": "2026-11-24 14:30 CST",
        "sender": transcripts.Person("staff", "Dana Reyes"),
        "via": "secure_sms",
        "body": body,
        "taken_back_at": None,
        "files": [],
        "notices": [],
        "viewed": [],
    }
    return transcripts.Message(**{**given, **changed})  # type: ignore[arg-type]  # the names are right


def event(number: int, line: str) -> transcripts.Event:
    return transcripts.Event(
        number, AT, "2026-11-24 14:31 CST", "done", "Dana Reyes", None, None, "other", "She came by", line
    )


def content(*messages: transcripts.Message, events: Sequence[transcripts.Event] = ()) -> transcripts.Content:
    return transcripts.Content(
        conversation=ID,
        clinic="Mercy Family Clinic",
        clinic_phone="(312) 555-0134",
        zone="America/Chicago",
        team="Front desk",
        patient="Ines Calderon",
        date_of_birth=date(1985, 3, 14),
        mrn="M-1001",
        messages=list(messages),
        events=list(events),
    )


async def drawn(*messages: transcripts.Message, events: Sequence[transcripts.Event] = ()) -> list[str]:
    """What can be read on each page of the PDF."""
    document = pypdfium2.PdfDocument(await transcripts.pdf(MADE, content(*messages, events=events), ENGLISH))
    return [unicodedata.normalize("NFKC", page.get_textpage().get_text_range()) for page in document]


def test_the_hash_is_over_the_content_as_it_stands_in_the_file() -> None:
    said = content(message(1, 'Sí, "mañana" 😀 مرحبا'))
    made = transcripts.json(MADE, said)

    found = json.loads(made)
    canonical = json.dumps(found["content"], sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    assert canonical in made
    assert found["sha256"] == hashlib.sha256(canonical).hexdigest() == transcripts.digest(said)
    assert (found["format"], found["version"]) == ("bloomtext-conversation", 1)


def test_another_word_is_another_hash_and_another_making_is_not() -> None:
    one, other = content(message(1, "Two tablets")), content(message(1, "Ten tablets"))

    assert transcripts.digest(one) != transcripts.digest(other)
    assert transcripts.digest(one) == transcripts.digest(content(message(1, "Two tablets")))


async def test_the_pdf_says_who_what_when_and_its_hash_on_every_page() -> None:
    many = [message(number, f"Message {number}. " + "Take the tablets. " * 40) for number in range(1, 13)]

    pages = await drawn(*many)

    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert f"SHA-256 {transcripts.digest(content(*many))}" in page
        assert f"{MADE.id} · {number} / {len(pages)}" in page
    whole = "\n".join(pages)
    for said in ("Ines Calderon", "M-1001", "Mercy Family Clinic, (312) 555-0134", "Made 2026-11-24 14:30 CST by Dana"):
        assert said in whole
    assert "2026-11-24 20:30:12 UTC · secure message, notice by text" in whole
    assert all(f"Message {number}." in whole for number in range(1, 13))


async def test_each_state_of_a_notice_stands_by_itself() -> None:
    pressed = AT.replace(minute=41)
    notice = transcripts.Notice("text", "first", "delivered", AT, AT, pressed, None, None)
    failed = transcripts.Notice("email", "reminder", "failed", None, None, None, None, "no_mailbox")
    viewed = [transcripts.Viewed("Ines Calderon", AT.replace(minute=45))]

    [page] = await drawn(message(1, "Hello", notices=[notice, failed], viewed=viewed), message(2, "Unread"))

    assert "accepted 2026-11-24 14:30 CST · delivered 2026-11-24 14:30 CST · link pressed 2026-11-24 14:41 CST" in page
    assert "identity confirmed" not in page
    assert "By e-mail (reminder): not delivered (no_mailbox)" in page
    assert "Viewed by Ines Calderon 2026-11-24 14:45 CST" in page
    assert "Not viewed" in page


async def test_what_was_taken_back_keeps_its_place_without_words() -> None:
    [page] = await drawn(message(1, None, taken_back_at=AT), message(2, "Hello"))

    assert "1. Dana Reyes (care team)" in page
    assert "This message was taken back 2026-11-24 14:30 CST." in page


async def test_what_was_done_stands_between_the_messages_with_its_time() -> None:
    done = [event(0, "First"), event(1, "Dana Reyes marked this done: “مرحبا”"), event(1, "Second"), event(3, "Last")]

    [page] = await drawn(message(1, "One"), message(3, "Three"), events=done)

    at = [page.index(said) for said in ("First", "One", "Dana Reyes marked", "Second", "Three", "Last", "End of the")]
    assert at == sorted(at)
    assert "2026-11-24 14:31 CST · Second" in page
    assert set("مرحبا") <= set(page)
    assert transcripts.digest(content(events=done)) != transcripts.digest(content())


async def test_arabic_is_drawn_with_its_own_letters() -> None:
    [page] = await drawn(message(1, "مرحبا، الموعد غدا"))

    letters = {sign for sign in page if "\u0600" <= sign <= "\u06ff"}
    assert letters >= set("مرحبا")
    assert "\ufffd" not in page


@pytest.mark.parametrize("text", ["Привет, как дела?", "Γειά σου", "Chào bạn, hẹn gặp", "नमस्ते", "Ça va 😀"])
async def test_other_scripts_are_too(text: str) -> None:
    [page] = await drawn(message(1, text))

    assert set(unicodedata.normalize("NFC", text)) - {" "} <= set(unicodedata.normalize("NFC", page))


async def test_what_no_font_has_is_marked_and_said() -> None:
    [page] = await drawn(message(1, "漢字 and more"))

    assert "and more" in page
    assert "signs that cannot be drawn here. The JSON copy has them." in page


HOSTILE = [
    "{nb} {all} %(page)s **bold** __line__ [link](http://x) <b>tag</b>",
    "(unbalanced ))) \\ \\) endstream endobj %%EOF /JS (app.alert(1))",
    "a" * 5000,
    "\u202egnihtyna \u2066hidden\u2069 \u200bzero",
    "مرحبا " * 700,
    "👩‍👩‍👧‍👦🏽" * 50,
    "line\n\n\n\nline\n" * 40,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_words_are_words(text: str) -> None:
    pages = await drawn(message(1, text), message(2, "The next message"))

    whole = "\n".join(pages)
    assert "The next message" in whole
    assert "\u202e" not in whole
    assert f"{MADE.id} · 1 / {len(pages)}" in pages[0]
    if "{nb}" in text:
        assert "{nb} {all} %(page)s **bold**" in whole
    if text.startswith("aaa"):
        assert whole.count("a") >= 5000


async def test_without_the_built_fonts_it_says_what_it_lacks(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    from server.transcripts import document, drawing

    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    made = drawing.draw(document.of(MADE, content(message(1, "Sí مرحبا"))), ENGLISH)

    page = pypdfium2.PdfDocument(made)[0].get_textpage().get_text_range()
    assert "Sí ?????" in page
    assert "cannot be drawn here" in page


async def test_what_takes_too_long_is_no_document(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcripts.child, "WALL_SECONDS", 0.01)

    with pytest.raises(transcripts.Undrawn):
        await transcripts.pdf(MADE, content(message(1, "Hello")), ENGLISH)
