"""Bringing lists of patients in, for tests: a file goes all its way, with a worker that is ourselves."""

from server import access, keys, models
from server.domain import imports, jobs
from server.domain.imports import Announced
from server.importing import Columns, Decision
from server.queries import imports as queries
from server.queries import people as who

HEADER = "phone,mrn,first_name,last_name,dob,email\n"
INES = {"mrn": "M-1001", "first_name": "Ines", "last_name": "Calderon", "dob": "1985-03-14", "phone": "+13125550142"}
"""As she is on file."""
_count = iter(range(1_000_000))


def row(**said: str) -> str:
    """A row with these cells."""
    return ",".join(said.get(name, "") for name in HEADER.strip().split(",")) + "\n"


async def work() -> int:
    """Do every job that is due; how many that were."""
    done = 0
    while claimed := await jobs.claim(1, kinds=[imports.KIND]):
        await imports.carry(claimed[0])
        done += 1
    return done


async def uploaded(text: str | bytes, *, by: imports.Operator | access.Staff) -> models.ImportRun:
    """A file that has come and was read."""
    content = text.encode() if isinstance(text, str) else text
    run, _ = await imports.begin(Announced(f"list-{next(_count)}", "Patients.csv", len(content)), by=by)
    for at in range(0, len(content), 700_000):
        await imports.take(run.id, at, content[at : at + 700_000], by=by)
    await work()
    return await again(run)


async def checked(text: str | bytes, *, by: imports.Operator | access.Staff) -> models.ImportRun:
    """A file whose rows were checked with the columns that were suggested."""
    run = await uploaded(text, by=by)
    assert run.state is models.ImportState.READ, run.why
    look = queries.look_of(run, await keys.of(run.organization_id))
    assert look
    await imports.set_columns(run.id, look.suggested, by=by)
    await work()
    return await again(run)


async def written(
    text: str | bytes, *, by: imports.Operator | access.Staff, decision: Decision | None = None
) -> models.ImportRun:
    """A file that is in the directory; with a decision about all that differ."""
    run = await checked(text, by=by)
    if decision:
        await imports.decide(run.id, decision, by=by)
    await imports.start(run.id, by=by)
    await work()
    return await again(run)


async def again(run: models.ImportRun) -> models.ImportRun:
    """How it stands now."""
    return await models.ImportRun.get(id=run.id)


def sums(run: models.ImportRun) -> tuple[int, int, int, int]:
    """Created, updated, unchanged and skipped; always as many as it has rows."""
    found = (run.created, run.updated, run.unchanged, run.skipped)
    assert sum(found) == run.position
    return found


async def on_file(patient: models.Patient) -> dict[str, str]:
    """The details of a patient as they are now."""
    ring, found = await keys.of(patient.organization_id), await models.Patient.get(id=patient.id)
    return {field: who.opened(ring, found, field) for field in who.SEALED}


__all__ = ["HEADER", "INES", "Columns", "again", "checked", "on_file", "row", "sums", "uploaded", "work", "written"]
