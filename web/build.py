"""What the last front-end build made, read once, and the name that screens tell it by."""

import functools
import hashlib
from importlib import metadata
from pathlib import Path

import msgspec

HERE = Path(__file__).parent
MANIFEST = HERE / "static/.vite/manifest.json"
ENTRY = "web/src/main.tsx"


class _Chunk(msgspec.Struct):
    file: str
    css: list[str] = []


class Build(msgspec.Struct, frozen=True):
    """Addresses of the staff screens' script and styles; none before the first build. `name` changes with them."""

    name: str
    scripts: list[str]
    styles: list[str]


@functools.cache
def current() -> Build:
    """This process's build."""
    return read(MANIFEST)


def read(manifest: Path, *, entry: str = ENTRY) -> Build:
    """Read one page's entry in Vite's manifest (https://vite.dev/guide/backend-integration)."""
    if not manifest.exists():
        return Build("none", [], [])
    content = manifest.read_bytes()
    chunk = msgspec.json.decode(content, type=dict[str, _Chunk])[entry]
    name = hashlib.sha256(content).hexdigest()[:12]
    return Build(name, [f"/static/web/{chunk.file}"], [f"/static/web/{each}" for each in chunk.css])


@functools.cache
def version() -> str:
    """The product's version, where it is installed as a package."""
    try:
        return metadata.version("bloomtext-patient-messaging")
    except metadata.PackageNotFoundError:
        return "unpackaged"
