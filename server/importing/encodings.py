"""In which letters a text was saved: found out from the whole of it, shown, and never guessed in silence (B75)."""

import codecs
import io
from typing import BinaryIO

from server.importing.lines import not_a_list

CHUNK = 1 << 16
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
NAMES = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows (Western European)"}
"""What a person reads for each."""


def of(file: BinaryIO) -> str:
    """The codec of a text, by its mark, else by what its bytes can be. The file stands at its beginning again.

    :raises Refusal: `not_a_list` where it is no text that we read
    """
    start = file.read(4)
    marked = next((name for mark, name in MARKS if start.startswith(mark)), None)
    found = next((name for name in ([marked] if marked else ["utf-8", "cp1252"]) if _fits(file, name)), None)
    file.seek(0)
    if found is None:
        raise not_a_list("The letters of this file cannot be read. Save it as “CSV UTF-8”, or as an Excel workbook.")
    return found


def _fits(file: BinaryIO, name: str) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder(name)()
    try:
        while piece := file.read(CHUNK):
            if "\0" in decoder.decode(piece):
                return False
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


class Lines:
    """The physical lines of a text with their endings, none longer than `most` characters.

    :raises Refusal: `not_a_list` from the iterator
    """

    def __init__(self, file: BinaryIO, encoding: str, *, most: int) -> None:
        self._text = io.TextIOWrapper(file, encoding=encoding, newline="")
        self._most = most
        self._is_over = False

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        found = "" if self._is_over else self._text.readline(self._most)
        if not found:
            if not self._is_over:
                self._text.detach()  # The file stays open: it is read again.
            self._is_over = True
            raise StopIteration
        if len(found) >= self._most:
            raise not_a_list("A line of this file never ends, so it is no list. Save it as “CSV UTF-8”.")
        return found
