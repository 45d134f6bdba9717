"""Where the bytes of files lie: sealed like every word, under a name that says nothing, one folder for each clinic.

The folder is the settings' `FILES_DIR`, and every process of the house shares it. A file is whole or absent: it is
written beside its place, synced, and renamed. What a name stands for is in the database alone. What comes in pieces
lies here piece by piece, each sealed for its offset, until it is joined.
"""

import asyncio
import os
import secrets
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from server import keys
from server.vault import Keyring

_folder = Path("var/files")
PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


def use_folder(path: Path) -> None:
    """Take the folder from the settings; `boot` calls this."""
    global _folder
    _folder = path


async def keep(organization: UUID, file: UUID, content: bytes) -> None:
    """Seal and store the bytes of a file; what was there under this id is replaced.

    :raises OSError: the disk is full or away
    """
    ring = await keys.of(organization)
    await asyncio.to_thread(_write, ring, file, content)


async def read(organization: UUID, file: UUID) -> bytes:
    """The bytes of a file, opened.

    :raises OSError: it is not there
    :raises vault.Unreadable: it was changed, or belongs to another place
    """
    ring = await keys.of(organization)
    return await asyncio.to_thread(_read, ring, file)


async def forget(organization: UUID, files: Iterable[UUID]) -> None:
    """Take away the bytes of these files; those that are not there are gone already.

    :raises OSError: the disk is away
    """
    await asyncio.to_thread(_forget, organization, list(files))


async def forget_all(organization: UUID) -> None:
    """Take away all that lies here of an organization.

    :raises OSError: the disk is away
    """
    folder = _folder / str(organization)
    if await asyncio.to_thread(folder.exists):
        await asyncio.to_thread(shutil.rmtree, folder)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece that is on the disk and does not count yet."""

    beside: Path
    place: Path

    def settle(self) -> None:
        """Let it count: it takes its place, instead of one that was there."""
        self.beside.replace(self.place)
        _sync(self.place.parent)

    def withdraw(self) -> None:
        """Take it away, if it has not been settled."""
        self.beside.unlink(missing_ok=True)


async def keep_piece(organization: UUID, upload: UUID, at: int, content: bytes) -> Piece:
    """Seal and store a piece of an upload beside the place for its offset in bytes.

    :raises OSError: the disk is full or away
    """
    ring = await keys.of(organization)
    return await asyncio.to_thread(_write_piece, ring, upload, at, content)


async def join(organization: UUID, upload: UUID, size: int) -> bytes:
    """The pieces of an upload, opened and joined, up to so many bytes.

    :raises OSError: one is not there
    :raises vault.Unreadable: one was changed, or belongs to another place
    """
    ring = await keys.of(organization)
    return await asyncio.to_thread(_join, ring, upload, size)


async def forget_pieces(organization: UUID, upload: UUID) -> None:
    """Take away the pieces of an upload, and those that a process left which was killed while it wrote.

    :raises OSError: the disk is away
    """
    await asyncio.to_thread(_forget_pieces, organization, upload)


def _path(organization: UUID, file: UUID) -> Path:
    return _folder / str(organization) / str(file)


def _write(ring: Keyring, file: UUID, content: bytes) -> None:
    path = _path(ring.organization, file)
    beside = _write_beside(path, ring.seal_bytes("file", "content", file, content))
    try:
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    _sync(path.parent)


def _write_beside(path: Path, sealed: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "wb") as out:
            out.write(sealed)
            out.flush()
            os.fsync(out.fileno())
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return beside


def _sync(folder: Path) -> None:
    """Let the new name itself be on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read(ring: Keyring, file: UUID) -> bytes:
    return ring.open_bytes("file", "content", file, _path(ring.organization, file).read_bytes())


def _forget(organization: UUID, files: Iterable[UUID]) -> None:
    for file in files:
        _path(organization, file).unlink(missing_ok=True)


def _piece_path(ring: Keyring, upload: UUID, at: int) -> Path:
    path = _path(ring.organization, upload)
    return path.with_name(f"{path.name}.{at}")


def _write_piece(ring: Keyring, upload: UUID, at: int, content: bytes) -> Piece:
    place = _piece_path(ring, upload, at)
    return Piece(_write_beside(place, ring.seal_bytes("upload", f"piece {at}", upload, content)), place)


def _join(ring: Keyring, upload: UUID, size: int) -> bytes:
    whole = bytearray()
    while len(whole) < size:
        at = len(whole)
        whole += ring.open_bytes("upload", f"piece {at}", upload, _piece_path(ring, upload, at).read_bytes())
    return bytes(whole)


def _forget_pieces(organization: UUID, upload: UUID) -> None:
    folder = _path(organization, upload).parent
    for piece in (*folder.glob(f"{upload}.*"), *folder.glob(f".{upload}.*")):
        piece.unlink(missing_ok=True)
