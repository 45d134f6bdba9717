"""The reports say what anybody would count by hand, on both databases, by the clinic's clock and of its teams alone."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from server import access, models
from server.errors import Refusal
from server.queries import reports
from server.queries.report_views import Report, ReportName
from server.queries.reports import spans
from tests.server.queries.counted_by_hand import ByHand
from tests.server.queries.random_clinic import Past
from tests.web.test_query_counts import counted
from tests.world import World

pytestmark = pytest.mark.anyio
FIRST, LAST = date(2025, 10, 30), date(2025, 11, 4)
KINDS = {(True, True): "Phone and e-mail", (True, False): "Only a phone", (False, True): "Only an e-mail"}


def lines(report: Report) -> dict[str, list[float | None]]:
    return {row.label: list(row.values) for row in report.rows}


async def must_agree(by: access.Staff, first: date, last: date, team: UUID | None) -> None:
    """Each report with the same counted by hand."""

    async def of(name: ReportName) -> Report:
        return await reports.of(name, first, last, team, by)

    hand = ByHand(await spans.of(by, first, last, team))
    await hand.read()
    numbers = {row.id: row.team_id for row in await models.PhoneNumber.filter(organization_id=by.organization)}
    assert lines(await of("volumes")) == hand.volumes()
    assert lines(await of("busy_hours")) == hand.busy_hours()
    for name, label in (
        ("first_replies", hand.day),
        ("first_replies_by_hour", lambda at: f"{hand.local(at).hour:02}:00"),
    ):
        report = await of(name)  # type: ignore[arg-type]  # one of them
        said, total = hand.first_replies(label)
        assert {key: values for key, values in lines(report).items() if values[0]} == said
        assert report.total is not None
        assert list(report.total.values) == total
    assert lines(await of("waiting")) == hand.waiting()
    assert [row.values for row in (await of("viewed")).rows] == list(hand.viewed().values())
    failed, tried = hand.failures()
    report = await of("failures")
    assert {label.lower(): values for label, values in lines(report).items()} == {
        words.lower(): many for words, many in failed.items()
    }
    assert report.total is not None
    assert report.total.values == tried
    assert lines(await of("identity")) == await hand.identity()
    assert lines(await of("opt_outs")) == await hand.opt_outs(numbers)
    assert [row.values for row in (await of("broadcasts")).rows] == await hand.broadcasts()
    by_language = await hand.not_reached(lambda patient: patient.language, numbers)
    assert lines(await of("not_reached_by_language")) == by_language
    by_contact = await hand.not_reached(
        lambda patient: KINDS.get((bool(patient.phone_index), bool(patient.email_index)), "Neither"), numbers
    )
    said = lines(await of("not_reached_by_contact"))
    assert {label: values for label, values in said.items() if any(values)} == by_contact


async def test_every_figure_is_what_is_counted_by_hand(world: World) -> None:
    await Past(world, seed=7).happen()

    await must_agree(world.val, FIRST, LAST, None)
    await must_agree(world.val, FIRST, LAST, world.mercy.teams["Billing"].id)
    await must_agree(world.val, date(2025, 8, 1), date(2025, 11, 30), None)
    # Hours that begin at a quarter past those of UTC.
    await models.Organization.filter(id=world.val.organization).update(zone="Asia/Kathmandu")
    await must_agree(world.val, FIRST, LAST, None)


async def test_a_report_is_two_queries_however_much_there_is(world: World) -> None:
    await Past(world, seed=8).happen(6)

    for name in reports.REPORTS:
        with counted() as statements:
            await reports.of(name, FIRST, LAST, None, world.val)
        assert len(statements) == 2, name


async def test_who_does_not_manage_reads_none_and_teams_of_others_are_not_there(world: World) -> None:
    for by, first, last, team, code in (
        (world.dana, FIRST, LAST, None, "not_allowed"),
        (world.val, FIRST, LAST, world.lakeside.teams["Front desk"].id, "unknown"),
        (world.val, FIRST, LAST, uuid4(), "unknown"),
        (world.val, LAST, FIRST, None, "no_time"),
        (world.val, date(2024, 1, 1), LAST, None, "no_time"),
    ):
        with pytest.raises(Refusal) as refused:
            await reports.of("volumes", first, last, team, by)
        assert refused.value.code == code
