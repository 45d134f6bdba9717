"""Stolen storage is unreadable: no planted word stands in the database, its journal or a dump (B92)."""

import base64
from datetime import date
from pathlib import Path

import msgspec
import pytest

from server import vault
from server.db import sql
from server.domain import broadcasts, conversations, drafts, messages, patients
from server.models import DraftKind, Message, Via
from server.queries import thread
from server.queries.broadcast_views import Filter
from tests.world import World

pytestmark = pytest.mark.anyio

PLANTED = {
    "first_name": "Zebulonia",
    "last_name": "Quackenbush",
    "mrn": "MRN-7741-XQ",
    "phone": "+13125559876",
    "email": "zebulonia.q@plantedmail.example",
}
BORN = date(1931, 12, 7)
BODY = "The heliotrope biopsy was entirely benign"
BEGUN = "Would a tamarind diet be"
MANY = "Vermilion inoculations"
REPLY = "Marmalade thanks from the patient"


def spellings(word: str) -> list[bytes]:
    plain = word.encode()
    # Base64 of the same bytes looks different at each of the three offsets; its middle is what can be searched for.
    shifted = [base64.b64encode(b"\x00" * pad + plain)[4 if pad else 0 : -4] for pad in range(3)]
    return [plain, plain.hex().encode(), plain.hex().upper().encode(), word.encode("utf-16-le"), *shifted]


async def _plant(world: World) -> list[str]:
    details = msgspec.convert({**PLANTED, "date_of_birth": BORN}, patients.Details)
    patient = await patients.create(details, by=world.dana)
    front = world.mercy.teams["Front desk"].id
    opened, _ = await conversations.open_with(patient.id, front, by=world.dana)
    await messages.post(opened.id, key="k", via=Via.SECURE_SMS, body=BODY, by=world.dana)
    await messages.reply(opened.id, patient_id=patient.id, key="p", body=REPLY)
    await drafts.keep(opened.id, DraftKind.MESSAGE, BEGUN, by=world.dana)
    said = broadcasts.Said(MANY, {"en": f"{MANY} for everybody"}, [Filter()])
    row, _ = await broadcasts.begin(front, "b", said, by=world.dana)
    await broadcasts.check(row.id, by=world.dana)
    return [*PLANTED.values(), MANY, "13125559876", BORN.isoformat(), BODY, REPLY, BEGUN, "heliotrope", "Marmalade"]


async def stored_in(url: str) -> bytes:
    """The database's files with their journal or write-ahead log and, for PostgreSQL, every row as text too."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        return b"".join(file.read_bytes() for file in path.parent.glob(path.name + "*"))
    await sql.execute("CHECKPOINT")
    [place] = await sql.fetch("SELECT current_setting('data_directory') AS folder", [])
    return await _dump() + _journal(Path(str(place["folder"])))


def _journal(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in (folder / "pg_wal").iterdir() if file.is_file())


async def _dump() -> bytes:
    tables = await sql.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", [])
    rows = [await sql.fetch(f'SELECT t::text AS line FROM "{each["tablename"]}" t', []) for each in tables]
    return "\n".join(str(row["line"]) for table in rows for row in table).encode() + str(tables).encode()


async def test_no_planted_word_is_found_in_what_isstored_in(world: World, database: str) -> None:
    planted = await _plant(world)
    stored = await stored_in(database)
    assert b"conversation" in stored
    assert [word for word in planted for spelling in spellings(word) if spelling in stored] == []


async def test_a_value_moved_to_another_row_does_not_open(world: World) -> None:
    first, _ = await messages.post(world.ines_thread.id, key="a", via=Via.SECURE_SMS, body="one", by=world.dana)
    second, _ = await messages.post(world.omar_thread.id, key="b", via=Via.SECURE_SMS, body="two", by=world.dana)
    moved = await Message.get(id=first)
    await Message.filter(id=second).update(body_sealed=moved.body_sealed)
    with pytest.raises(vault.Unreadable):
        await thread.messages([second])
