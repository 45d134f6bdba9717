"""The built script and style of the pages; without a build the pages work plainly."""

import functools
from pathlib import Path

import msgspec

MANIFEST = Path(__file__).parent / "static/.vite/manifest.json"
ENTRY = "portal/src/main.ts"


PUBLIC = "/static/portal/"


class _Chunk(msgspec.Struct):
    file: str
    css: list[str] = []


class Assets(msgspec.Struct, frozen=True):
    """Addresses under `/static/portal/`."""

    scripts: list[str]
    styles: list[str]


@functools.cache
def built() -> Assets:
    """What the last build made; read once in a process."""
    if not MANIFEST.exists():
        return Assets([], [])
    entry = msgspec.json.decode(MANIFEST.read_bytes(), type=dict[str, _Chunk])[ENTRY]
    return Assets([PUBLIC + entry.file], [PUBLIC + each for each in entry.css])
