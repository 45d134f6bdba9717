"""What kind of list a file is: by what stands in it, whatever its name says."""

from typing import BinaryIO

from server.importing import headers, texts, workbooks
from server.importing.lines import Opened, not_a_list

ARCHIVE, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def opened(file: BinaryIO) -> Opened:
    """Open a seekable file of at most `lines.BYTES` bytes.

    :raises Refusal: `empty_file`, `not_a_list`, `too_many_columns`; from its lines also `not_a_list`, `too_many_rows`
    """
    start = file.read(64)
    file.seek(0)
    if not start:
        raise headers.nothing_there()
    if start.startswith(ARCHIVE):
        return workbooks.opened(file)
    if start.startswith(OLD_OFFICE):
        raise not_a_list("This is an old Excel file, or one with a password. Save it as .xlsx without a password.")
    is_json = start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    return texts.opened_objects(file) if is_json else texts.opened(file)
