"""Makes a PDF of a PDF that has its pages and nothing else, and draws and reads those. In the limited process only.

PDFium reads the document and writes all of it down again: without compressed objects, every name spelt out. So what
may stand in it is looked for in what was written, where no spelling hides it. The pages, with what is filled into forms
drawn onto them, then go into a new document, which has no catalog of actions, scripts, files and properties.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import closing

import pypdfium2
import pypdfium2.raw as pdfium

from server.imaging import making, written
from server.imaging.shapes import LONGEST_PAGE, MOST_PAGES, STEEPEST, Paper, Picture, Unfit

PASSWORD_NEEDED = 4
"""`FPDF_ERR_PASSWORD`."""
NOT_ENCRYPTED = -1
END_WITHIN = 1024
"""A PDF ends with `%%EOF`; readers look for it in so many bytes (ISO 32000-1, Annex H.3)."""
MOST_DRAWN = 12_000_000
"""Pixels of one drawn page; a longer one is drawn smaller."""
PNG_BYTES = 300 * 1024
"""A page of words is small as PNG and sharp; a photograph is not, and becomes a JPEG."""
LIGATURES = str.maketrans({"\ufffe": "-", "\u00ad": "", "\r": ""})


def clean(content: bytes) -> Paper:
    """Make the document.

    :raises Unfit: `not_a_document`, `locked_document`, `active_document`, `too_many_pages`, `odd_pages`, `two_in_one`
    """
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-END_WITHIN:]:
        raise Unfit("not_a_document")
    if zipfile.is_zipfile(io.BytesIO(content)):
        raise Unfit("two_in_one")
    with _opened(content) as old:
        if pdfium.FPDFDoc_GetAttachmentCount(old) or written.acts(_saved(old)):
            raise Unfit("active_document")
        sizes = list(_sizes(old))
        flat = _copy(old, is_flat=True)
    with _opened(written.unhooked(flat)) as unhooked:
        made = written.bare(_copy(unhooked))
    with _opened(made) as new:
        _must_open(new, len(sizes))
    if written.tells(made):
        raise Unfit("active_document")
    width, height = sizes[0]
    return Paper(made, "application/pdf", round(width), round(height), len(sizes))


def draw(content: bytes, number: int, width: int) -> Picture:
    """Draw one page, from 1, so many pixels wide.

    :raises Exception: there is no such page
    """
    with _opened(content) as document:
        page = document[number - 1]
        wide, high = page.get_size()
        scale = min(width / wide, (MOST_DRAWN / (wide * high)) ** 0.5)
        return making.drawn(page.render(scale=scale).to_pil().convert("RGB"), most=PNG_BYTES)


def words(content: bytes) -> list[str]:
    """The words of every page, in the document's own order."""
    with _opened(content) as document:
        return [_words(page) for page in document]


def _words(page: pypdfium2.PdfPage) -> str:
    text = page.get_textpage().get_text_range(errors="replace").translate(LIGATURES)
    return "".join(char for char in text if char == "\n" or char.isprintable()).strip()


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as wrong:
        raise Unfit("locked_document" if wrong.err_code == PASSWORD_NEEDED else "not_a_document") from None
    if pdfium.FPDF_GetSecurityHandlerRevision(document) != NOT_ENCRYPTED:
        raise Unfit("locked_document")
    document.init_forms()
    return document


def _sizes(document: pypdfium2.PdfDocument) -> Iterator[tuple[float, float]]:
    """The size of every page, in points."""
    if len(document) > MOST_PAGES:
        raise Unfit("too_many_pages")
    if not len(document):
        raise Unfit("not_a_document")
    for index in range(len(document)):
        width, height = document.get_page_size(index)
        short, long = sorted((width, height))
        if short < 1 or long > LONGEST_PAGE or long / short > STEEPEST:
            raise Unfit("odd_pages")
        yield width, height


def _copy(document: pypdfium2.PdfDocument, *, is_flat: bool = False) -> bytes:
    """A new document with the same pages; whatever no page leads to stays behind."""
    with pypdfium2.PdfDocument.new() as new:
        new.import_pages(document)
        if is_flat:
            # Here and not in the old one: a page that inherits its size would be flattened to another.
            for index in range(len(new)):
                _flatten(new, index)
        return _saved(new)


def _flatten(document: pypdfium2.PdfDocument, index: int) -> None:
    """Draw what is filled in or noted onto the page, and take away what it was written with."""
    with closing(document[index]) as page:
        if pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_FAIL:
            raise Unfit("not_a_document")
    with closing(document[index]) as page:
        for _ in range(pdfium.FPDFPage_GetAnnotCount(page)):
            pdfium.FPDFPage_RemoveAnnot(page, 0)


def _must_open(document: pypdfium2.PdfDocument, pages: int) -> None:
    """A page that cannot be opened would be a white one later."""
    if len(document) != pages:
        raise Unfit("not_a_document")
    for index in range(pages):
        document[index].close()


def _saved(document: pypdfium2.PdfDocument) -> bytes:
    made = io.BytesIO()
    document.save(made, flags=pdfium.FPDF_NO_INCREMENTAL)
    return made.getvalue()
