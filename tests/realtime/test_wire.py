"""The shapes on the wire: golden cases that the TypeScript tests read too, and what real Facts become for whom."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from realtime import sources, wire
from realtime.shapes import (
    Afresh,
    Beat,
    Facts,
    Hello,
    Live,
    PortalFact,
    PortalFacts,
    PortalFrame,
    PortalMessagePosted,
    Refused,
    ServerFrame,
    Signal,
    Who,
)
from realtime.staff_facts import (
    StaffFact,
    StaffMessagePosted,
    StaffSessionEnded,
)
from server import access, errors, models
from server.domain import messages, teams
from server.queries import facts, family_views, tag_views, thread, views
from tests import world

CASES = Path(__file__).parent.parent / "wire"
TEAM, USER, PATIENT, CONVERSATION, MESSAGE, DELIVERY = (UUID(int=each) for each in range(1, 7))
AT = datetime(2026, 11, 2, 15, 4, 5, tzinfo=UTC)
TAG = UUID(int=7)
LATER = datetime(2026, 11, 2, 15, 6, 7, 123456, tzinfo=UTC)


def _row() -> views.Row:
    last = views.Last(
        number=1,
        sender="staff",
        who="Dana Reyes",
        via="secure_sms",
        preview="Your results are in.",
        at=AT,
        delivery="delivered",
        viewed_at=LATER,
    )
    patient = views.RowPatient(id=PATIENT, rev=2, name="Ines Calderón", initials="IC", language="es")
    return views.Row(
        id=CONVERSATION,
        team=TEAM,
        rev=5,
        patient=patient,
        state="open",
        needs_reply_since=None,
        trouble=None,
        tasks=[],
        later=[],
        tags=[tag_views.Tag(id=TAG, name="Refill", colour="teal")],
        last=last,
        updated_at=LATER,
    )


def _message() -> views.Message:
    return views.Message(
        id=MESSAGE,
        conversation=CONVERSATION,
        number=1,
        rev=5,
        key="k-1",
        sender=family_views.Person(kind="staff", id=USER, name="Dana Reyes", initials="DR"),
        via="secure_sms",
        body='Your results are in.\n"All good" 🙂',
        at=AT,
        delivery=_delivery(),
        deliveries=[_delivery()],
        receipts=[
            family_views.Receipt(
                patient=PATIENT, name="Ines Calderón", initials="IC", at=LATER, device="Chrome on Android"
            )
        ],
        files=[],
        recalled=None,
        undo_until=None,
        can_recall=False,
        unencrypted=False,
    )


def _delivery() -> views.Delivery:
    return views.Delivery(
        id=DELIVERY,
        by="text",
        purpose="first",
        state="delivered",
        reason=None,
        words=None,
        next=None,
        at=LATER,
        due_at=None,
        can_retry=False,
    )


def _portal_message() -> views.PortalMessage:
    return views.PortalMessage(
        number=1,
        sender="care",
        who="Dana Reyes",
        body="Your results are in.",
        at=AT,
        key=None,
        viewed=True,
        unencrypted=False,
        gone=False,
        files=[],
        care_read=False,
    )


def _facts(stream: UUID, at: int, *told: StaffFact | PortalFact) -> bytes:
    items = [wire.Encoded(fact.n, msgspec.json.encode(fact)) for fact in told]
    return wire.facts_frame(stream, at, items)


FRAMES: dict[str, bytes] = {
    "facts": _facts(TEAM, 8, StaffMessagePosted(7, _row(), [_message()])),
    "facts-that-are-not-for-this-audience": _facts(TEAM, 9),
    "facts-of-the-user": _facts(USER, 3, StaffSessionEnded(3)),
    "portal-facts": _facts(PATIENT, 4, PortalMessagePosted(4, CONVERSATION, [_portal_message()])),
    "live": wire.live_frame({TEAM: 8, USER: 3}),
    "afresh": wire.afresh_frame(TEAM, "too_far"),
    "beat": wire.beat_frame([wire.position(TEAM, 8), wire.position(USER, 3)], wire.moment(LATER)),
    "signal": wire.encode(Signal("typing", CONVERSATION, Who("staff", USER, "Dana Reyes"))),
    "signal-to-the-patient": wire.encode(Signal("typing", CONVERSATION, Who("staff", None, "Your care team"))),
    "refused": wire.encode(Refused("unknown")),
}


class TestFrames:
    @pytest.mark.parametrize("name", FRAMES)
    def test_is_as_the_golden_case_has_it(self, name: str) -> None:
        kept = json.loads((CASES / "server.json").read_text(encoding="utf-8"))

        assert json.loads(FRAMES[name]) == kept[name]

    def test_every_golden_case_is_made_here(self) -> None:
        assert set(json.loads((CASES / "server.json").read_text(encoding="utf-8"))) == set(FRAMES)

    @pytest.mark.parametrize("name", FRAMES)
    def test_joined_bytes_are_what_the_shapes_describe(self, name: str) -> None:
        kind = PortalFrame if name.startswith("portal") else ServerFrame

        msgspec.json.decode(FRAMES[name], type=kind, strict=True)

    def test_the_joined_frame_is_the_shape_encoded(self) -> None:
        fact = StaffMessagePosted(7, _row(), [_message()])

        assert _facts(TEAM, 8, fact) == msgspec.json.encode(Facts(TEAM, 8, [fact]))
        assert FRAMES["beat"] == msgspec.json.encode(Beat({TEAM: 8, USER: 3}, LATER))
        assert FRAMES["live"] == msgspec.json.encode(Live({TEAM: 8, USER: 3}))
        assert FRAMES["afresh"] == msgspec.json.encode(Afresh(TEAM, "too_far"))
        portal = PortalMessagePosted(4, CONVERSATION, [_portal_message()])
        assert FRAMES["portal-facts"] == msgspec.json.encode(PortalFacts(PATIENT, 4, [portal]))


class TestRead:
    @pytest.mark.parametrize("case", json.loads((CASES / "client.json").read_text(encoding="utf-8"))["taken"])
    def test_takes_what_clients_say(self, case: dict[str, object]) -> None:
        assert wire.read(json.dumps(case))

    @pytest.mark.parametrize("case", json.loads((CASES / "client.json").read_text(encoding="utf-8"))["refused"])
    def test_refuses_everything_else(self, case: object) -> None:
        with pytest.raises(errors.Refusal):
            wire.read(json.dumps(case))

    def test_hello_without_streams_means_all_of_mine(self) -> None:
        assert wire.read('{"t":"hello"}') == Hello([], None)


@pytest.mark.anyio
@pytest.mark.usefixtures("database")
class TestCatchUp:
    async def test_staff_are_told_what_is_true_now_and_strangers_nothing(self) -> None:
        cast = await world.make()
        team = cast.mercy.teams["Front desk"].id
        epoch, before = (await facts.heads([team]))[team]
        posted, _ = await messages.post(
            cast.ines_thread.id, key="k", via=models.Via.SECURE_SMS, body="Your results are in.", by=cast.dana
        )

        for_dana = [json.loads(each) for each in await _catch_up(cast.dana, team, epoch, before)]
        for_alex = [json.loads(each) for each in await _catch_up(cast.alex, team, epoch, before)]

        told = [fact for frame in for_dana[:-1] for fact in frame["list"] if fact["kind"] == "message.posted"]
        shown = (await thread.messages([posted]))[posted]
        assert told[-1]["messages"] == [json.loads(msgspec.json.encode(shown))]
        assert for_dana[-1]["streams"][str(team)] > before
        assert for_alex == [{"t": "afresh", "stream": str(team), "why": "unknown"}, {"t": "live", "streams": {}}]

    async def test_a_patient_is_told_no_more_than_a_patient_may_see(self) -> None:
        cast = await world.make()
        await messages.post(cast.ines_thread.id, key="k", via=models.Via.SECURE_SMS, body="Results.", by=cast.dana)
        epoch, _ = (await facts.heads([cast.ines.id]))[cast.ines.id]

        frames = [json.loads(each) for each in await _catch_up(_page(cast), cast.ines.id, epoch, 0)]

        told = [fact for frame in frames[:-1] for fact in frame["list"]]
        assert [set(fact) for fact in told] == [{"n", "kind", "conversation", "messages"}]
        assert [message["body"] for message in told[0]["messages"]] == ["Results."]

    async def test_a_lost_team_is_no_longer_told(self) -> None:
        cast = await world.make()
        team = cast.mercy.teams["Front desk"].id
        epoch, before = (await facts.heads([team]))[team]
        await teams.remove(team, cast.sam.user)
        standing = (await access.standing([cast.sam.session], []))[cast.sam.session]

        assert standing.alive
        assert team not in standing.streams
        assert (
            json.loads((await _catch_up(cast.dana, team, epoch, before))[0])["list"][-1]["kind"] == "membership.ended"
        )


async def _catch_up(who: access.Staff | access.PortalPatient, stream: UUID, epoch: str, after: int) -> list[bytes]:
    return await wire.catch_up(who, stream, epoch, after, sources.of_the_house())


def _page(cast: world.World) -> access.PortalPatient:
    return access.PortalPatient(
        patient=cast.ines.id,
        organization=cast.mercy.organization.id,
        conversation=cast.ines_thread.id,
        session=UUID(int=1),
        link=UUID(int=2),
        ends_at=LATER,
        scripted=False,
    )
