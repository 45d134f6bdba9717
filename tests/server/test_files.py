"""Files at rest: sealed, whole or absent, and readable in their own place only."""

import shutil
from pathlib import Path
from uuid import uuid4

import pytest

from server import files, vault
from tests.world import World

pytestmark = pytest.mark.anyio
WORDS = b"a picture of a heliotrope" * 100


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    files.use_folder(tmp_path / "files")
    return tmp_path / "files"


class TestFiles:
    async def test_come_back_and_lie_sealed_for_us_alone(self, world: World, folder: Path) -> None:
        clinic, file = world.mercy.organization.id, uuid4()

        await files.keep(clinic, file, WORDS)

        path = folder / str(clinic) / str(file)
        assert await files.read(clinic, file) == WORDS
        assert b"heliotrope" not in path.read_bytes()
        assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
        assert [each.name for each in path.parent.iterdir()] == [str(file)]

    async def test_can_be_kept_again(self, world: World, folder: Path) -> None:
        clinic, file = world.mercy.organization.id, uuid4()

        await files.keep(clinic, file, b"first")
        await files.keep(clinic, file, b"second")

        assert await files.read(clinic, file) == b"second"

    async def test_do_not_open_in_anothers_place(self, world: World, folder: Path) -> None:
        clinic, file, other = world.mercy.organization.id, uuid4(), uuid4()
        await files.keep(clinic, file, WORDS)
        shutil.copy(folder / str(clinic) / str(file), folder / str(clinic) / str(other))

        with pytest.raises(vault.Unreadable):
            await files.read(clinic, other)

    async def test_an_absent_one_is_absent(self, world: World, folder: Path) -> None:
        with pytest.raises(OSError, match="No such file"):
            await files.read(world.mercy.organization.id, uuid4())
