"""How often the patient's pages ask the database: a number that may only fall, whatever the thread's length."""

import pytest

from server.domain import messages
from server.models import Via
from tests.portal import phone
from tests.portal import test_documents as papers
from tests.web.test_query_counts import counted
from tests.world import World

pytestmark = pytest.mark.anyio
folder = papers.folder
MOST = {"short thread": 15, "long thread": 15, "document": 6, "words": 8}
"""SQLite asks one time less: PostgreSQL is told in a statement of its own that what is read belongs together."""


async def _asks(inside: phone.Phone, path: str) -> int:
    await inside.get(path)
    with counted() as statements:
        await inside.get(path)
    return len(statements)


async def test_pages_ask_seldom(inside: phone.Phone, cast: World) -> None:
    counts = {"short thread": await _asks(inside, "/m/thread")}
    for number in range(12):
        await messages.post(cast.ines_thread.id, key=f"m{number}", via=Via.SECURE_SMS, body="Hello", by=cast.dana)
    file = await papers.sent(cast)
    counts["long thread"] = await _asks(inside, "/m/thread")
    await inside.get(f"/m/documents/{file}")
    await inside.submit(f"/m/documents/{file}")
    counts["document"] = await _asks(inside, f"/m/documents/{file}")
    counts["words"] = await _asks(inside, f"/m/documents/{file}/text")

    assert {name: count for name, count in counts.items() if count > MOST[name]} == {}
