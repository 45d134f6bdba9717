"""Where the bytes of files lie: sealed like every word, under a name that says nothing, one folder for each clinic.

The folder is the settings' `FILES_DIR`, and every process of the house shares it. A file is whole or absent: it is
written beside its place, synced, and renamed. What a name stands for is in the database alone.
"""

import asyncio
import os
import secrets
from contextlib import suppress
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


def _path(ring: Keyring, file: UUID) -> Path:
    return _folder / str(ring.organization) / str(file)


def _write(ring: Keyring, file: UUID, content: bytes) -> None:
    path = _path(ring, file)
    path.parent.mkdir(parents=True, exist_ok=True, mode=PRIVATE_FOLDER)
    beside = path.with_name(f".{file}.{secrets.token_hex(4)}")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "wb") as out:
            out.write(ring.seal_bytes("file", "content", file, content))
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """Let the new name itself be on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read(ring: Keyring, file: UUID) -> bytes:
    return ring.open_bytes("file", "content", file, _path(ring, file).read_bytes())
