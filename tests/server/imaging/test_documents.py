"""Documents made anew: what can be seen is kept, what would act, tell or break is refused by name."""

import io

import pypdfium2
import pytest
from PIL import Image

from server import imaging
from server.imaging import Unfit, written
from tests import papers, pictures

pytestmark = pytest.mark.anyio


async def refusal(content: bytes) -> str:
    with pytest.raises(Unfit) as no:
        await imaging.clean(content)
    return no.value.why


class TestClean:
    async def test_keeps_the_pages_and_tells_nobody_who_wrote_them(self) -> None:
        given = papers.document(3)

        made = await imaging.clean(given)

        assert (made.media_type, made.pages, made.width, made.height) == ("application/pdf", 3, 612, 792)
        assert papers.TITLE.encode() in given
        assert b"planted-link" in given
        for word in (papers.TITLE, papers.AUTHOR, "planted-link", "/Annots", "/URI"):
            assert word.encode() not in made.content
        assert "Page 2: come fasting to your blood test" in (await imaging.read(made.content))[1]
        opened = pypdfium2.PdfDocument(made.content)
        assert not any(opened.get_metadata_dict(skip_empty=True).values())

    async def test_a_photograph_in_it_tells_no_place(self) -> None:
        given = papers.scan()

        made = await imaging.clean(given)
        drawn = await imaging.draw(made.content, 1, 720)

        assert pictures.PLACE.encode() in given
        assert pictures.PLACE.encode() not in made.content
        seen = Image.open(io.BytesIO(drawn.content)).convert("RGB").resize((72, 93))
        colours = [seen.getpixel((x, y)) for x in range(72) for y in range(93)]
        assert any(isinstance(each, tuple) and each[0] > 150 > 80 > each[1] for each in colours), "it is still seen"

    async def test_what_is_filled_in_stays_and_cannot_be_changed(self) -> None:
        field = "/Annots[<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(x)/F 4/Rect[72 600 300 640]/AP<</N 5 0 R>>>>]"
        drawn = papers.stream("/Type/XObject/Subtype/Form/BBox[0 0 228 40]", "0 0 1 rg 0 0 228 40 re f")
        given = papers.catalog("/AcroForm<</Fields[]>>", field, drawn)

        made = await imaging.clean(given)

        assert not written.tells(made.content)
        page = await imaging.draw(made.content, 1, 720)
        picture = Image.open(io.BytesIO(page.content)).convert("RGB")
        assert picture.getpixel((150 * 720 // 612, (792 - 620) * 720 // 612)) == (0, 0, 255)

    async def test_properties_of_its_parts_stay_behind(self) -> None:
        hooks = "/Metadata 5 0 R/PieceInfo<</Maker<</Private(PLANTED-MAKER)>>>>/LastModified(D:2026)"
        xmp = papers.stream("/Type/Metadata/Subtype/XML", "<x>PLANTED-XMP</x>")

        made = await imaging.clean(papers.catalog(hooks, hooks, xmp))

        assert b"PLANTED" not in made.content

    async def test_a_page_that_turns_or_inherits_its_size_keeps_it(self) -> None:
        made = await imaging.clean(papers.catalog("", "/MediaBox[0 0 595 842]/Rotate 90"))

        page = await imaging.draw(made.content, 1, 720)
        assert (made.width, made.height) == (842, 595)
        assert page.width > page.height

    @pytest.mark.parametrize("name", papers.ACTIVE)
    async def test_what_would_act_is_refused(self, name: str) -> None:
        assert await refusal(papers.ACTIVE[name]) == "active_document"

    @pytest.mark.parametrize("name", papers.NO_DOCUMENTS)
    async def test_what_is_broken_is_refused(self, name: str) -> None:
        assert await refusal(papers.NO_DOCUMENTS[name]) == "not_a_document"

    @pytest.mark.parametrize("name", papers.ODD)
    async def test_pages_that_cannot_be_shown_are_refused(self, name: str) -> None:
        assert await refusal(papers.ODD[name]) == "odd_pages"

    @pytest.mark.parametrize("password", ["secret", ""])
    async def test_a_lock_is_refused(self, password: str) -> None:
        assert await refusal(papers.document(password=password)) == "locked_document"

    async def test_an_archive_behind_it_is_refused(self) -> None:
        assert await refusal(papers.document() + pictures.zipped() + b"%%EOF") == "two_in_one"

    async def test_two_hundred_pages_and_no_more(self) -> None:
        assert (await imaging.clean(papers.document(200))).pages == 200
        assert await refusal(papers.document(201)) == "too_many_pages"

    async def test_a_bomb_ends_at_the_limits(self) -> None:
        """A page whose words take a gigabyte when they are unpacked."""
        assert await refusal(papers.bomb()) == "not_a_document"


class TestDraw:
    async def test_at_the_width_that_is_asked_for(self) -> None:
        made = await imaging.clean(papers.document())

        for width in imaging.WIDTHS:
            page = await imaging.draw(made.content, 2, width)
            assert (page.width, page.media_type) == (width, "image/png")

    @pytest.mark.parametrize("number", [-1, 3])
    async def test_no_page_that_is_not_there(self, number: int) -> None:
        made = await imaging.clean(papers.document())

        with pytest.raises(Unfit, match="not_a_document"):
            await imaging.draw(made.content, number, 720)


class TestTidy:
    @pytest.mark.parametrize(
        ("given", "made"),
        [
            ("Grüße\r\nund mehr".encode(), "Grüße\nund mehr"),
            ("Grüße".encode("utf-8-sig"), "Grüße"),
            ("Grüße".encode("utf-16"), "Grüße"),
            ("Grüße – “so”".encode("cp1252"), "Grüße – “so”"),
            ("مرحبا".encode(), "مرحبا"),
            ("abc\u202edef".encode(), "abcdef"),
            (b"a < b and <b>bold</b>", "a < b and <b>bold</b>"),
        ],
    )
    async def test_makes_utf_8_of_it(self, given: bytes, made: str) -> None:
        assert (await imaging.tidy(given)).content.decode() == made

    @pytest.mark.parametrize(
        "given",
        [
            b"",
            b" \n ",
            b"a\0b",
            bytes(range(256)),
            pictures.picture(),
            pictures.SVG,
            b"\n <!DOCTYPE html><p>Hello",
            b"<script>alert(1)</script>",
            b"\xff\xfea",
        ],
    )
    async def test_refuses_what_is_no_text(self, given: bytes) -> None:
        with pytest.raises(Unfit, match="not_a_text"):
            await imaging.tidy(given)

    async def test_has_a_megabyte_at_most(self) -> None:
        with pytest.raises(Unfit, match="text_too_long"):
            await imaging.tidy(b"a" * (imaging.TEXT_BYTES + 1))
