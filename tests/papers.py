"""Documents for tests: harmless ones, and files that only pretend. All are made here; none lies in the repository."""

import zlib

from fpdf import FPDF

from tests import pictures

TITLE = "PLANTED-TITLE-5512"
AUTHOR = "PLANTED-AUTHOR-5512"


def document(pages: int = 2, *, password: str | None = None) -> bytes:
    """A PDF with a line of words and a link on each page, and properties that tell who wrote it."""
    paper = _begun()
    for number in range(1, pages + 1):
        paper.add_page()
        paper.set_font("Helvetica", size=16)
        paper.write(text=f"Page {number}: come fasting to your blood test")
        paper.write(text=" and read more", link="https://example.com/planted-link")
    if password is not None:
        paper.set_encryption(owner_password="owner", user_password=password)
    return bytes(paper.output())


def scan() -> bytes:
    """A PDF around a photograph that tells its place."""
    paper = _begun()
    paper.add_page()
    # As scanners do it: the photograph goes in as it is.
    paper.set_image_filter("DCTDecode")
    paper.image(pictures.snapshot(orientation=1), x=10, y=10, w=100)
    return bytes(paper.output())


def _begun() -> FPDF:
    paper = FPDF(unit="pt", format="letter")
    paper.set_title(TITLE)
    paper.set_author(AUTHOR)
    return paper


def raw(*objects: str, root: int = 1) -> bytes:
    """A PDF of exactly these objects, numbered from 1, with a true table at its end."""
    made, places = b"%PDF-1.7\n", []
    for number, words in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{words}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = (
        f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer\n<</Size {len(places) + 1}/Root {root} 0 R>>\n"
    )
    return made + f"{end}startxref\n{len(made)}\n%%EOF\n".encode()


def catalog(catalog: str = "", page: str = "", *more: str) -> bytes:
    """A PDF of one page, with these entries in its catalog and in its page, and these objects from 5 on."""
    content = "BT /F1 24 Tf 72 700 Td (Hello) Tj ET"
    return raw(
        f"<</Type/Catalog/Pages 2 0 R {catalog}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 612 792]>>",
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R"
        f"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>{page}>>",
        f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
        *more,
    )


def stream(entries: str, content: str) -> str:
    """One object: a stream."""
    return f"<</Length {len(content)}{entries}>>\nstream\n{content}\nendstream"


ODD: dict[str, bytes] = {
    "a page as long as a street": catalog("", "/MediaBox[0 0 612 20000]"),
    "a page like a thread": catalog("", "/MediaBox[0 0 100 5000]"),
    "a page with no width": catalog("", "/MediaBox[0 0 0.1 0.1]"),
}
SCRIPT = "<</S/JavaScript/JS(app.alert('planted'))>>"
ACTIVE: dict[str, bytes] = {
    "a script when it opens": catalog(f"/OpenAction{SCRIPT}"),
    "a script whose name is spelt otherwise": catalog("/OpenAction<</S/J#61vaScript/JS(app.alert(1))>>"),
    "a script among its names": catalog(f"/Names<</JavaScript<</Names[(a) {SCRIPT}]>>>>"),
    "a script of its page": catalog("", f"/AA<</O{SCRIPT}>>"),
    "a program to start": catalog("/OpenAction<</S/Launch/F(cmd.exe)>>"),
    "a program behind a link": catalog(
        "", "/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(cmd.exe)>>>>]"
    ),
    "a file inside": catalog(
        "/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a.exe)/EF<</F 5 0 R>>>>]>>>>",
        "",
        stream("/Type/EmbeddedFile", "MZ"),
    ),
    "a form of XML": catalog("/AcroForm<</XFA 5 0 R/Fields[]>>", "", stream("", "<xdp/>")),
    "a film": catalog("", "/Annots[<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 9]/RichMediaContent<<>>>>]"),
}
"""PDFs that would do something."""
NO_DOCUMENTS: dict[str, bytes] = {
    "nothing but a beginning and an end": b"%PDF-1.4\n%%EOF\n",
    "words": b"this is no document",
    "a page": b"<!doctype html>" + pictures.SCRIPT,
    "a page with a PDF behind it": pictures.SCRIPT + document(),
    "half of one": document(40)[:-900],
    "its first lines": document()[:300],
    "a page that is not there": raw("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[9 0 R]/Count 1>>"),
    "no pages": raw("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"),
}


def bomb() -> bytes:
    """A PDF of a megabyte whose page has a gigabyte of words when they are unpacked."""
    squeezer = zlib.compressobj(9)
    words = b"".join(squeezer.compress(b"q Q " * 262_144) for _ in range(1024)) + squeezer.flush()
    packed = f"<</Length {len(words)}/Filter/FlateDecode>>\nstream\n".encode() + words + b"\nendstream"
    return catalog("", "/Contents 5 0 R", packed.decode("latin-1"))
