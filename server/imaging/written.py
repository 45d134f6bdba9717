"""Looks at a PDF as PDFium writes it: plain objects one after another, names spelt out, strings with their line ends
escaped. There `stream` at the end of a line begins a stream and nothing else. What is taken away is written over with
blanks, so that everything else keeps its place and the table of objects at the end stays true.
"""

import re
from collections.abc import Iterator

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
TEXT = rb"\((?:\\.|[^\\)])*\)"
ACTS = re.compile(rb"/(?:JavaScript|Rendition|Launch|EmbeddedFiles?|RichMedia(?:Content)?|XFA|ImportData)\b")
"""Names of what runs, opens or carries something."""
DOES = rb"JavaScript|Launch|URI|GoTo[RE]?|SubmitForm|ResetForm|ImportData|Rendition|Movie|Sound|Named|Hide|Thread"
TELLS = re.compile(rb"/S\s*/(?:" + DOES + rb")\b|/(?:Metadata|PieceInfo|OpenAction|AcroForm|Annots)\b|" + ACTS.pattern)
"""What no document of ours has: any action, any property, anything to fill in."""
HOOKS = re.compile(rb"/(?:Metadata|PieceInfo|LastModified)\b\s*")
PAGE_HOOKS = re.compile(rb"/(?:Metadata|PieceInfo|LastModified|AA|Thumb|Annots)\b\s*")
IS_PAGE = re.compile(rb"/Type\s*/Page\b")
OBJECT = re.compile(rb"\d+ 0 obj\r?\n.*?(?=\d+ 0 obj\r?\n|xref|\Z)", re.DOTALL)
INFO = re.compile(rb"/(?:Author|Title|Subject|Keywords|Creator|Producer|CreationDate|ModDate)\s*(?=[(<])")
TOKENS = re.compile(TEXT + rb"|<<|>>|\[|\]", re.DOTALL)
SIMPLE = re.compile(TEXT + rb"|<[0-9A-Fa-f\s]*>|\d+ \d+ R|/?[^\s/<>\[\]()]+", re.DOTALL)
START, SCAN = b"\xff\xd8", b"\xff\xda"
SPOKEN = (0xFE, 0xE1, *range(0xE3, 0xEE), 0xEF)
"""Parts of a JPEG that only tell something, such as its place and device: comments, and all APPn but JFIF (0), colour
profiles (2) and Adobe's word on colours (14), without which it would look otherwise.
"""


def acts(content: bytes) -> bool:
    """Whether something in it runs, opens or carries something."""
    return any(ACTS.search(part) for _, part in _between_streams(content))


def tells(content: bytes) -> bool:
    """Whether anything is left that no document of ours has."""
    return any(TELLS.search(part) for _, part in _between_streams(content))


def unhooked(content: bytes) -> bytes:
    """The same, with nothing in it that leads to properties, or from a page to an action."""
    left = bytearray(content)
    for start, part in _between_streams(content):
        for each in OBJECT.finditer(part):
            hooks = PAGE_HOOKS if IS_PAGE.search(each[0]) else HOOKS
            for found in hooks.finditer(each[0]):
                end = _after_value(each[0], found.end())
                _blank(left, start + each.start() + found.start(), start + each.start() + end)
    return bytes(left)


def bare(content: bytes) -> bytes:
    """The same without the document's own properties, and without those of photographs in it."""
    left = bytearray(content)
    for start, part in _between_streams(content):
        for found in INFO.finditer(part):
            _blank(left, start + found.start(), start + _after_value(part, found.end()))
    for stream in STREAM.finditer(content):
        for start, end in _spoken(stream[1]):
            left[stream.start(1) + start : stream.start(1) + end] = bytes(end - start)
    return bytes(left)


def _spoken(stream: bytes) -> Iterator[tuple[int, int]]:
    """Where a photograph tells something, if the stream is one (ITU-T T.81, B.1.1.4)."""
    at = len(START) if stream.startswith(START) else len(stream)
    while at + 4 <= len(stream) and stream[at] == SCAN[0] and stream[at : at + 2] != SCAN:
        end = at + 2 + int.from_bytes(stream[at + 2 : at + 4], "big")
        if stream[at + 1] in SPOKEN:
            yield at + 4, min(end, len(stream))
        at = end


def _blank(content: bytearray, start: int, end: int) -> None:
    content[start:end] = b" " * (end - start)


def _between_streams(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Everything but the insides of streams, and where each part begins."""
    at = 0
    for stream in STREAM.finditer(content):
        yield at, content[at : stream.start(1)]
        at = stream.end(1)
    yield at, content[at:]


def _after_value(content: bytes, at: int) -> int:
    """Where the value that begins here ends."""
    if content[at : at + 2] != b"<<" and content[at : at + 1] != b"[":
        simple = SIMPLE.match(content, at)
        return simple.end() if simple else at
    depth = 0
    for token in TOKENS.finditer(content, at):
        depth += (token[0] in (b"<<", b"[")) - (token[0] in (b">>", b"]"))
        if not depth:
            return token.end()
    return at
