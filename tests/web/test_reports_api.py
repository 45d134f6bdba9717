"""Reports by HTTP: for who manages, of their own clinic, as a table and as a file that goes on record."""

import csv
import hashlib
import io
import json
from datetime import timedelta

import pytest

from server import clock, models
from server.audit import Did
from server.domain import messages
from server.queries.reports import REPORTS
from tests import world
from tests.web.browser import Browser

pytestmark = pytest.mark.anyio


def asked(name: str = "volumes", **more: str) -> dict[str, str]:
    """Some days around now, wherever the clinic is."""
    first, last = (f"{clock.now() + timedelta(days=ahead):%Y-%m-%d}" for ahead in (-6, 1))
    return {"name": name, "first": first, "last": last, **more}


async def test_the_file_is_the_table_and_goes_on_record(dana: Browser, cast: world.World) -> None:
    await messages.reply(cast.ines_thread.id, patient_id=cast.ines.id, key="p", body="Is it ready?")
    val = await dana.enter(cast.val)
    team = str(cast.mercy.teams["Front desk"].id)

    for name in REPORTS:
        shown = (await val.get("/reports", **asked(name, team=team))).json()
        saved = await val.post("/reports/export", asked(name, team=team))
        [head, *lines] = csv.reader(io.StringIO(saved.content.decode("utf-8-sig")))
        assert saved.headers["content-type"] == "text/csv; charset=utf-8"
        assert len(head) == len(shown["columns"]) + 1
        assert [line[0] for line in lines][: len(shown["rows"])] == [row["label"] for row in shown["rows"]]
        assert "Calderon" not in saved.text
        entry = await models.AuditEntry.filter(did=Did.REPORT_EXPORTED.value).order_by("-id").first()
        assert entry is not None
        said = json.loads(entry.data)
        assert (said["report"], said["sha256"]) == (name, hashlib.sha256(saved.content).hexdigest())
        assert (entry.patient_id, str(entry.about_id)) == (None, team)

    [line] = [row for row in (await val.get("/reports", **asked())).json()["rows"] if any(row["values"])]
    assert line["values"] == [1, 0, 0]


@pytest.mark.parametrize(("who", "team", "status"), [("dana", None, 403), ("val", "theirs", 404), ("alex", None, 403)])
async def test_nobody_else_reads_one(dana: Browser, cast: world.World, who: str, team: str | None, status: int) -> None:
    browser = await dana.enter(getattr(cast, who))
    theirs = {"team": str(cast.lakeside.teams["Front desk"].id)} if team else {}

    assert (await browser.get("/reports", **asked(**theirs))).status_code == status
    assert (await browser.post("/reports/export", asked(**theirs))).status_code == status
    assert not await models.AuditEntry.filter(did=Did.REPORT_EXPORTED.value).exists()


@pytest.mark.parametrize("wrong", [{"name": "salaries"}, {"first": "soon"}, {"team": "front"}, {"more": "1"}])
async def test_refuses_what_is_no_question(dana: Browser, cast: world.World, wrong: dict[str, str]) -> None:
    val = await dana.enter(cast.val)

    assert (await val.get("/reports", **{**asked(), **wrong})).status_code == 400
