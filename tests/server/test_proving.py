"""`python -m server audit`: the operator hears whether the audit is as it was sealed, and keeps anchors elsewhere."""

from pathlib import Path

import pytest

from server import audit, proving
from server.audit import Did
from server.domain import sealing
from tests import databases
from tests import world as cast
from tests.tampering import tamper
from tests.web.conftest import settings_for

pytestmark = pytest.mark.anyio


async def prepared(url: str) -> cast.World:
    """A clinic whose audit is sealed but for its last entry."""
    async with databases.opened(url):
        world = await cast.make()
        while await sealing.seal():
            pass
        await sealing.seal()
        await audit.enter(Did.SIGN_OUT, organization=world.mercy.organization.id)
    return world


async def test_says_what_was_changed_by_its_number(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world, settings, kept = await prepared(database_url), settings_for(database_url), tmp_path / "anchors"
    assert await proving.anchor(settings, to=kept) == 0
    assert await proving.verify(settings, clinic=None, anchor=kept) == 0
    said = capsys.readouterr().out
    assert "Mercy Family Clinic" in said
    assert ", 1 not sealed yet (the oldest of " in said
    assert "Everything is as it was sealed." in said

    mercy = world.mercy.organization.id
    await tamper(
        database_url,
        f"UPDATE audit_entry SET outcome = 'refused' WHERE organization_id = '{mercy}' AND seal_number = 2",
        f"DELETE FROM audit_entry WHERE organization_id = '{mercy}' AND seal_number = 4",
    )

    assert await proving.verify(settings, clinic=mercy, anchor=kept) == 1
    said = capsys.readouterr().out
    assert "Entry 2 (" in said
    assert "Entry 4 is missing." in said
    assert "2 faults." in said
    assert await proving.verify(settings, clinic=world.lakeside.organization.id, anchor=None) == 0


async def test_entries_of_no_known_clinic_and_chains_that_are_gone_are_told(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world, settings, kept = await prepared(database_url), settings_for(database_url), tmp_path / "anchors"
    await proving.anchor(settings, to=kept)
    nobody = "00000000-0000-4000-8000-000000000009"
    mercy = world.mercy.organization.id
    await tamper(database_url, f"UPDATE audit_entry SET organization_id = '{nobody}' WHERE organization_id = '{mercy}'")

    assert await proving.verify(settings, clinic=None, anchor=kept) == 1
    said = capsys.readouterr().out
    assert "entries are of no clinic that is known." in said
    assert "are missing." in said


async def test_a_file_that_holds_no_anchors_is_refused(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "anchors").write_text("not one\n")
    assert await proving.verify(settings_for(database_url), clinic=None, anchor=tmp_path / "anchors") == 1
