"""`python -m server import`: the operator brings a list of patients in for a clinic that asked. The clinic sees it."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import msgspec
import typer

from server import commands, models, tokens
from server.domain import imports, jobs
from server.domain.imports import Announced, Operator, runs
from server.domain.imports.judging import DETAILS
from server.errors import Refusal
from server.importing import Columns, Decision, Field, Kept
from server.importing.columns import NAMES, DateOrder
from server.models import ImportState
from server.queries import import_rows
from server.queries import imports as queries
from server.settings import Settings

WORKING = (ImportState.READING, ImportState.CHECKING, ImportState.WRITING)
LOOK_SECONDS = 0.2
SHOWN = 20


class Asked(msgspec.Struct, frozen=True):
    """What the command line asks for. `mapping` is `Column=field`, several with commas; `take` are fields in which the
    list is right where it differs from what is on file.
    """

    file: Path
    clinic: UUID
    mapping: str = ""
    dates: DateOrder | None = None
    take: Sequence[Kept] = ()
    dry_run: bool = False
    problems: Path | None = None


def asked(
    file: Path, clinic: UUID, *, mapping: str, month_first: bool | None, take: str, problems: Path | None, dry_run: bool
) -> Asked:
    """What was typed, as it is meant; a field that there is not ends the program."""
    fields = [each.strip() for each in take.split(",") if each.strip()]
    if wrong := set(fields) - set(DETAILS):
        typer.echo(f"--take {', '.join(sorted(wrong))}: give some of {', '.join(DETAILS)}.", err=True)
        raise SystemExit(1)
    order: dict[bool | None, DateOrder | None] = {True: "month_first", False: "day_first", None: None}
    taken = [each for each in DETAILS if each in fields]
    return Asked(file, clinic, mapping, order[month_first], taken, dry_run, problems)


@commands.says_refusals
async def run(settings: Settings, asked: Asked) -> int:
    """Bring a list in, or say what that would do; exit code 1 where it is refused."""
    async with commands.workshop(settings):
        await _bring(asked, Operator(asked.clinic))
    return 0


async def _bring(asked: Asked, by: Operator) -> None:
    brought = await _upload(asked.file, by)
    detail = await queries.detail(brought)
    if detail.look is None or detail.columns is None:
        typer.echo(f"{brought.why}", err=True)
        raise SystemExit(1)
    names = [column.name for column in detail.look.columns]
    try:
        columns = _columns(asked, detail.columns, names)
        _tell_columns(names, columns)
        await imports.set_columns(brought.id, columns, by=by)
    except (Refusal, SystemExit):
        await imports.remove(brought.id, by=by)
        raise
    await _tell(await _worked(brought.id, by), "would be", asked)
    if asked.dry_run:
        await imports.remove(brought.id, by=by)
        typer.echo("Nothing was saved.")
        return
    if asked.take:
        await imports.decide(brought.id, Decision(take=list(asked.take)), by=by)
    await imports.start(brought.id, by=by)
    await _tell(await _worked(brought.id, by), "", asked)


async def _upload(file: Path, by: Operator) -> models.ImportRun:
    content = await asyncio.to_thread(file.read_bytes)
    if not await models.Organization.filter(id=by.organization).exists():
        typer.echo(f"There is no clinic {by.organization}.", err=True)
        raise SystemExit(1)
    key = f"cli-{tokens.new_id()}"
    brought, _ = await imports.begin(Announced(key, file.name, len(content)), by=by)
    for at in range(0, len(content), runs.PIECE):
        await imports.take(brought.id, at, content[at : at + runs.PIECE], by=by)
    return await _worked(brought.id, by)


async def _worked(run_id: UUID, by: Operator) -> models.ImportRun:
    """The run once its state is worked through: by this process, or by a worker that was quicker."""
    while (found := await imports.own(run_id, by=by)).state in WORKING:
        claimed = await jobs.claim(1, kinds=[imports.KIND])
        for job in claimed:
            await imports.carry(job)
        if not claimed:
            await asyncio.sleep(LOOK_SECONDS)
    return found


def _columns(asked: Asked, suggested: Columns, names: Sequence[str]) -> Columns:
    fields = list(suggested.fields)
    for pair in filter(None, asked.mapping.split(",")):
        name, _, meaning = (part.strip() for part in pair.rpartition("="))
        if name not in names or meaning not in (*Field, "-"):
            typer.echo(
                f"{pair}: give a column of the file and one of {', '.join(Field)}, or - to leave it out.", err=True
            )
            raise SystemExit(1)
        chosen = None if meaning == "-" else Field(meaning)
        fields = [None if chosen and each is chosen else each for each in fields]
        fields[names.index(name)] = chosen
    return msgspec.structs.replace(suggested, fields=fields, dates=asked.dates or suggested.dates)


def _tell_columns(names: Sequence[str], columns: Columns) -> None:
    for name, field in zip(names, columns.fields, strict=True):
        typer.echo(f"{name:<30} {NAMES[field] if field else '(left out)'}")
    if columns.dates:
        typer.echo(f"Dates: {'month' if columns.dates == 'month_first' else 'day'} first")


async def _tell(brought: models.ImportRun, how: str, asked: Asked) -> None:
    """The sum, and why rows are left; nothing of what stands in them."""
    page = await import_rows.left(brought)
    for each in page.rows[:SHOWN]:
        typer.echo(f"row {each.row}: {each.words}")
    if brought.skipped > SHOWN:
        typer.echo(f"… and {brought.skipped - min(SHOWN, len(page.rows)):,} more rows")
    parts = " + ".join(f"{getattr(brought, name):,} {how} {name}".replace("  ", " ") for name in queries.SUMMED)
    typer.echo(f"{brought.rows:,} rows = {parts}")
    if brought.shared:
        typer.echo(f"{brought.shared:,} rows have a phone or an e-mail that somebody else has too.")
    if asked.problems and brought.skipped:
        await asyncio.to_thread(asked.problems.write_bytes, await import_rows.problems(brought))
        typer.echo(f"The rows with their reasons are in {asked.problems}.")
