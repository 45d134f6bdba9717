"""`python -m server …`: everything an operator does on a command line. `docs/contract.md` §7."""

import asyncio
import os
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, TypeVar
from uuid import UUID

import typer

from server import settings as settings_module
from server.settings import Settings, SettingsProblem

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
audit_cli = typer.Typer(no_args_is_help=True)
cli.add_typer(audit_cli, name="audit", help="The audit trail.")
broadcast_cli = typer.Typer(no_args_is_help=True)
cli.add_typer(broadcast_cli, name="broadcast", help="What is going to many patients.")
plan_cli = typer.Typer(no_args_is_help=True)
cli.add_typer(plan_cli, name="plan", help="What each clinic may do: trials, paid plans, and who asks for them.")

number_cli = typer.Typer(no_args_is_help=True)
cli.add_typer(number_cli, name="number", help="Clinics' phone numbers: orders, porting, registration with carriers.")

operator_cli = typer.Typer(no_args_is_help=True)
cli.add_typer(operator_cli, name="operator", help="Who may come in at the operators' door, /operator.")

T = TypeVar("T")
NOT_BUILT = 2


def main() -> None:
    """Run one command. A refusal or a wrong setting is a plain line and exit code 1."""
    cli()


def _settings() -> Settings:
    try:
        return settings_module.load()
    except SettingsProblem as problem:
        typer.echo(f"The settings are not right:\n{problem}", err=True)
        raise SystemExit(1) from None


def _run(work: Coroutine[object, object, T]) -> T:
    return asyncio.run(work)


@cli.command()
def serve(
    fd: Annotated[int | None, typer.Option(hidden=True, help="an inherited listening socket")] = None,
    lifeline: Annotated[
        int | None, typer.Option(hidden=True, help="a pipe that closes when our parent is gone")
    ] = None,
    demo: Annotated[bool, typer.Option(hidden=True, help="show the demo page; only on a demo's database")] = False,
) -> None:
    """The web process: staff, patients, carriers and sockets."""
    from server import serving

    raise SystemExit(serving.run(_settings(), fd=fd, lifeline=lifeline, demo=demo))


@cli.command()
def work() -> None:
    """The worker process: sends what waits. Needs Redis; without it the web process does this too."""
    from server import working

    raise SystemExit(_run(working.run(_settings())))


@cli.command()
def migrate(
    to: Annotated[str | None, typer.Option(help="the name of a migration")] = None,
    check: Annotated[bool, typer.Option(help="say what would be done; exit code 1 if anything")] = False,
    make: Annotated[str | None, typer.Option(help="write the migration that the models ask for")] = None,
) -> None:
    """Bring the database to this release's shape, guarded by a lock, a backup and checks."""
    from server import upkeep

    raise SystemExit(_run(upkeep.migrate(_settings, to=to, check=check, make=make)))


@cli.command()
def seed(json: Annotated[bool, typer.Option("--json", help="print everything as JSON")] = False) -> None:
    """Two made-up clinics, the same every run."""
    from server import upkeep

    raise SystemExit(_run(upkeep.seed(_settings(), as_json=json)))


@cli.command()
def check(json: Annotated[bool, typer.Option("--json", help="print each line as JSON")] = False) -> None:
    """Say how everything outside of this program is: database, bus, mail, records of the domain, carrier."""
    from server import upkeep

    raise SystemExit(_run(upkeep.check(_settings(), as_json=json)))


@cli.command(name="push-key")
def push_key() -> None:
    """Make a private key for notices on staff computers: the value of BLOOMTEXT_PUSH_PRIVATE_KEY."""
    from server import web_push

    typer.echo(web_push.new_key())


@cli.command(name="opt-outs")
def opt_outs(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="one phone a line, or CSV with a header")],
    number: Annotated[str, typer.Option(help="the number of ours that the list is of, such as +13125550100")],
) -> None:
    """Hold the carrier's list of stopped phones beside ours; what we missed is recorded."""
    from server import upkeep

    raise SystemExit(_run(upkeep.opt_outs(_settings(), number, file.read_bytes())))


@cli.command()
def website(
    clinic: Annotated[UUID, typer.Argument(help="the clinic's id")],
    address: Annotated[str | None, typer.Argument(help="its public page, https://…; left out: none")] = None,
) -> None:
    """Set where “Leave this page” leads from the patient's pages."""
    from server import upkeep

    raise SystemExit(_run(upkeep.website(_settings(), clinic, address)))


@cli.command()
def erase(
    clinic: Annotated[UUID, typer.Argument(help="the clinic's id")],
    reason: Annotated[str | None, typer.Option(help="why, such as when its contract ended")] = None,
    cancel: Annotated[bool, typer.Option(help="it is not to be erased after all")] = False,
) -> None:
    """Destroy a clinic's keys, a week after it was asked for, so that nothing it kept can be read any more."""
    from server import erasing

    raise SystemExit(_run(erasing.run(_settings(), clinic, reason=reason, cancel=cancel)))


@cli.command()
def webhooks(
    replay: Annotated[str | None, typer.Option(help="the id of a call, or `all`: let it have its effect now")] = None,
) -> None:
    """The carrier's calls that had no effect: list them, or replay them."""
    from server import replaying

    raise SystemExit(_run(replaying.run(_settings(), replay=replay)))


@cli.command()
def simulate() -> None:
    """The simulated carrier and mail catcher. Settings are one line of JSON on standard input."""
    from server.simulator import __main__ as simulator

    _run(simulator.main())


@cli.command()
def demo() -> None:
    """The made-up clinics with a phone beside the real inbox; nothing leaves this computer."""
    from server.demo import run

    raise SystemExit(_run(run.run(port=int(os.environ.get("PORT", "8000")))))


@operator_cli.command("list")
def list_operators() -> None:
    """Everybody who ever had an account."""
    from server import operating

    raise SystemExit(_run(operating.list_all(_settings())))


@operator_cli.command("add")
def add_operator(
    email: Annotated[str, typer.Argument(help="with what they sign in")],
    name: Annotated[str, typer.Argument(help="first and last name")],
) -> None:
    """Give somebody an account. Its password and key are shown once."""
    from server import operating

    raise SystemExit(_run(operating.add(_settings(), email, name)))


@operator_cli.command("renew")
def renew_operator(email: Annotated[str, typer.Argument(help="whose")]) -> None:
    """Another password and key for an account; its sessions end."""
    from server import operating

    raise SystemExit(_run(operating.renew(_settings(), email)))


@operator_cli.command("leave")
def leave_operator(email: Annotated[str, typer.Argument(help="whose")]) -> None:
    """End an account and its sessions."""
    from server import operating

    raise SystemExit(_run(operating.leave(_settings(), email)))


@plan_cli.command("list")
def list_plans() -> None:
    """Every clinic with its plan, and what it asks for."""
    from server import planning

    raise SystemExit(_run(planning.list_all(_settings())))


@plan_cli.command("set")
def set_plan(
    clinic: Annotated[UUID, typer.Argument(help="the clinic's id")],
    plan: Annotated[str, typer.Argument(help="trial (seven days, once), paid, suspended or none")],
) -> None:
    """Give a clinic a plan. Nothing is deleted; what comes in, and stops, always work."""
    from server import planning

    raise SystemExit(_run(planning.become(_settings(), clinic, plan)))


@number_cli.command("list")
def list_numbers() -> None:
    """Every clinic with its numbers, its orders, and how far its registration is."""
    from server import numbering

    raise SystemExit(_run(numbering.list_all(_settings())))


@number_cli.command("search")
def search_numbers(area_code: Annotated[str, typer.Argument(help="three digits, such as 312")]) -> None:
    """Numbers that are free in an area code."""
    from server import numbering

    raise SystemExit(_run(numbering.search(_settings(), area_code)))


@number_cli.command("order")
def order_number(
    clinic: Annotated[UUID, typer.Argument(help="the clinic's id")],
    number: Annotated[str, typer.Argument(help="the number, such as +13125550300")],
    team: Annotated[UUID, typer.Argument(help="the id of the team that gets it")],
) -> None:
    """Order a number for a clinic; it is bought once. The clinic sees it."""
    from server import numbering

    raise SystemExit(_run(numbering.order(_settings(), clinic, number, team)))


@number_cli.command()
def port(
    order: Annotated[UUID, typer.Argument(help="the order's id")],
    state: Annotated[str, typer.Argument(help="porting, done or refused")],
    note: Annotated[str, typer.Option(help="a sentence for the clinic")] = "",
) -> None:
    """Say how far a number is that a clinic brings along. When it is done, it is the team's."""
    from server import numbering

    raise SystemExit(_run(numbering.port(_settings(), order, state, note)))


@number_cli.command()
def register(
    clinic: Annotated[UUID, typer.Argument(help="the clinic's id")],
    of: Annotated[str, typer.Argument(help="brand or campaign")],
    state: Annotated[str, typer.Argument(help="submitted, approved or refused")],
    note: Annotated[str, typer.Option(help="a sentence for the clinic; why it was refused")] = "",
) -> None:
    """Say what carriers answered about a clinic's registration (10DLC)."""
    from server import numbering

    raise SystemExit(_run(numbering.register(_settings(), clinic, of, state, note)))


@number_cli.command()
def attach(number: Annotated[str, typer.Argument(help="the number, such as +13125550300")]) -> None:
    """Say that carriers have a number in its clinic's campaign: from now on it sends."""
    from server import numbering

    raise SystemExit(_run(numbering.attach(_settings(), number)))


@number_cli.command()
def endpoint(
    number: Annotated[str, typer.Argument(help="the number, such as +13125550300")],
    to: Annotated[str, typer.Argument(help="live, or handset")],
) -> None:
    """Say where texts of a number go: to carriers, or to the handset inside the product."""
    from server import numbering

    raise SystemExit(_run(numbering.endpoint(_settings(), number, to)))


@broadcast_cli.command("list")
def list_broadcasts() -> None:
    """Those that are about to go or under way, of every clinic."""
    from server import halting

    raise SystemExit(_run(halting.list_all(_settings())))


@broadcast_cli.command()
def cancel(broadcast: Annotated[UUID, typer.Argument(help="the broadcast's id")]) -> None:
    """End a broadcast for a clinic: nothing that waits leaves any more. The clinic sees it."""
    from server import halting

    raise SystemExit(_run(halting.halt(_settings(), broadcast)))


def _not_built(name: str, issue: str) -> None:
    typer.echo(f"`{name}` is not built yet; it comes with {issue}.", err=True)
    raise SystemExit(NOT_BUILT)


@cli.command()
def user() -> None:
    """Add a member of staff or reset a second factor."""
    _not_built("user", "people and roles")


@cli.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV, Excel (.xlsx) or JSON lines")],
    clinic: Annotated[UUID, typer.Argument(help="the clinic's id")],
    mapping: Annotated[str, typer.Option(help="what columns are, where we guess wrong: 'Cell=phone,Chart=mrn'")] = "",
    month_first: Annotated[bool | None, typer.Option("--month-first/--day-first", help="how 03/04 is read")] = None,
    take: Annotated[str, typer.Option(help="fields in which the list is right, such as 'phone,email'")] = "",
    problems: Annotated[Path | None, typer.Option(help="where to write the rows that are left, with reasons")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="say what would be done, and save nothing")] = False,
) -> None:
    """Bring a list of patients in for a clinic: nothing is sent, and what is on file stays unless it is in --take."""
    from server import bringing

    asked = bringing.asked(
        file, clinic, mapping=mapping, month_first=month_first, take=take, problems=problems, dry_run=dry_run
    )
    raise SystemExit(_run(bringing.run(_settings(), asked)))


@cli.command()
def export() -> None:
    """Export a patient's record."""
    _not_built("export", "exports")


@cli.command()
def backup() -> None:
    """Write an encrypted backup."""
    _not_built("backup", "operations")


@cli.command()
def restore() -> None:
    """Restore a backup into an empty place."""
    _not_built("restore", "operations")


@audit_cli.command()
def verify(
    clinic: Annotated[UUID | None, typer.Option(help="only this clinic's, by its id")] = None,
    anchor: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="what `audit anchor` once wrote down")
    ] = None,
) -> None:
    """Read the audit and say by number what was changed, deleted or put there; exit code 1 if anything was."""
    from server import proving

    raise SystemExit(_run(proving.verify(_settings(), clinic=clinic, anchor=anchor)))


@audit_cli.command(name="anchor")
def anchor_(
    to: Annotated[Path | None, typer.Option(dir_okay=False, help="a file that the lines are put at the end of")] = None,
) -> None:
    """Say how far each chain goes: kept elsewhere, `audit verify` finds by it a chain that was made anew or cut."""
    from server import proving

    raise SystemExit(_run(proving.anchor(_settings(), to=to)))


if __name__ == "__main__":
    main()
