"""The cast, and a record of Mercy's of each kind that a route names."""

from typing import Any
from uuid import UUID

from server import app as roof
from server import clock, models
from server.domain import (
    alert_rules,
    api_keys,
    glass,
    holds,
    hooks,
    incidents,
    invites,
    merges,
    messages,
    patient_contacts,
    proxies,
    saved_replies,
    saved_views,
    tags,
    uploads,
)
from server.models import AlertKind
from tests import papers, passkeys, world
from tests.laws.requests import BODIES
from tests.server.domain import casting, lists, test_groups, test_inbound, test_merges
from tests.server.domain.admins import admin
from tests.web.browser import Browser
from tests.web.conftest import settings_for

PROXY = proxies.ProxyDetails(name="Rosa Vega", phone="+13125550160")


async def make(database: str) -> tuple[world.World, dict[str, Any]]:
    """Fill an open database and the folder of files; the cast, and the records' ids by the names that routes have."""
    cast = await world.make()
    async with Browser(roof.build(settings_for(database))) as browser:
        await browser.enter(cast.dana)
        await browser.post(f"/conversations/{cast.ines_thread.id}/messages", BODIES["post_message"])
        delivery = await models.Delivery.get()
        await models.Delivery.filter(id=delivery.id).update(state=models.State.FAILED)
        await browser.post(f"/conversations/{cast.ines_thread.id}/later", {**BODIES["write_later"], "key": "first"})
    later = await models.Later.get()
    await test_inbound.receive(test_inbound.incoming("No more texts"))
    await test_inbound.receive(test_inbound.incoming("Is this the clinic?", sender="13125559999"))
    return cast, {
        "conversation": cast.ines_thread.id,
        "patient": cast.ines.id,
        "other": cast.omar.id,
        "merge": await _merged(cast),
        "delivery": delivery.id,
        "message": delivery.message_id,
        "later_message": later.id,
        "number": cast.mercy.numbers["Front desk"].id,
        "task": (await models.Task.get()).id,
        "file": await _document(cast),
        "page": 1,
        "upload": (await _begun(cast)).id,
        "stray": (await models.Stray.get()).id,
        "proxy": await _proxy(cast),
        "contact": await _contact(cast),
        "team": cast.ines_thread.team_id,
        "saved_view": (await saved_views.keep("Mine", "mine", team=None, by=cast.dana)).id,
        "tag": (await tags.create("Refill", models.Colour.TEAL, by=cast.val)).id,
        "run": (await lists.checked(lists.HEADER + ",A-1,Ann,Lee,1990-02-03,\n12,A-2,Bo,Lee,,\n", by=cast.val)).id,
        "group": await test_groups.with_ines(cast),
        "broadcast": (await casting.checked(cast, by=cast.sam)).id,
        "user": cast.sam.user,
        "invite": await _invited(cast),
        "key": await _key(cast),
        "hook": await _hook(cast),
        "alarm": await _alarm(cast),
        "incident": await _incident(cast),
        "hold": await _held(cast),
        "glass_id": (await _glass(cast)).id,
        "passkey": await _passkey(cast),
        "session_id": (await world.signed_in(cast.dana.user))[1],
        "alert_rule": (await alert_rules.keep(AlertKind.WAIT, 5, team=None, mail_after=None, by=cast.val)).id,
        "alert": await _raised(cast),
        "reply": (await saved_replies.create(_reply(), by=cast.val)).id,
    }


async def _raised(cast: world.World) -> UUID:
    alert = await models.Alert.create(
        organization_id=cast.mercy.organization.id,
        team_id=cast.ines_thread.team_id,
        kind=AlertKind.NOBODY,
        over=5,
        reached=6,
        created_at=clock.now(),
    )
    return alert.id


async def _alarm(cast: world.World) -> UUID:
    """After that glass."""
    row = models.ClinicAlarm(organization_id=cast.mercy.organization.id, kind="failures", mark="failures::1", many=20)
    row.created_at = clock.now()
    await row.save(force_create=True)
    return row.id


async def _incident(cast: world.World) -> UUID:
    """Of another message than the one whose delivery others act on."""
    thread = cast.omar_thread.id
    other, _ = await messages.post(thread, key="w", via=models.Via.SECURE_SMS, body="Not for Omar", by=cast.dana)
    return (await incidents.open_for(other, "I chose the wrong Omar", by=cast.dana)).id


async def _held(cast: world.World) -> UUID:
    made = await holds.place(UUID(int=14), cast.omar.id, "Case 24-117", by=await admin(cast.robin))
    await models.User.filter(id=cast.robin.user).update(role=models.Role.MEMBER)
    return made.id


async def _glass(cast: world.World) -> models.BreakGlass:
    return await glass.break_for(cast.omar.id, "He lies in the emergency room", 60, by=cast.dana)


async def _passkey(cast: world.World) -> UUID:
    """One of two: nobody removes the last thing that they sign in with."""
    await passkeys.kept(cast.dana.user)
    return (await passkeys.kept(cast.dana.user)).id


async def _invited(cast: world.World) -> UUID:
    wish = invites.Wish("nia@mercy.example", "Nia Brooks")
    made = await invites.invite(wish, by=await admin(cast.robin))
    # Whoever asked is an admin still when it is opened, and no test takes Robin for one.
    await models.User.filter(id=cast.robin.user).update(role=models.Role.MEMBER)
    return made.id


async def _key(cast: world.World) -> UUID:
    made, _ = await api_keys.make(api_keys.Wish("Records", ["patients:read"], 30), by=await admin(cast.robin))
    await models.User.filter(id=cast.robin.user).update(role=models.Role.MEMBER)
    return made.id


async def _hook(cast: world.World) -> UUID:
    url = "https://records.example.com/heard"
    made, _ = await hooks.make(url, ["patient.opted_out"], by=await admin(cast.robin))
    await models.User.filter(id=cast.robin.user).update(role=models.Role.MEMBER)
    return made.id


def _reply() -> saved_replies.Said:
    return saved_replies.Said("Form", "form", {"en": "It is ready"}, models.ReplyContent.PRIVATE)


async def _merged(cast: world.World) -> UUID:
    third = await test_merges.twin(cast)
    revs = ((await models.Patient.get(id=cast.ines.id)).rev, third.rev)
    return (await merges.merge(cast.ines.id, third.id, [], revs=revs, by=cast.val)).id


async def _proxy(cast: world.World) -> UUID:
    acting = UUID(int=9)
    await proxies.add(cast.ines.id, acting, PROXY, by=cast.dana)
    return acting


async def _contact(cast: world.World) -> UUID:
    """Ines' phone at work, once all else has happened to her entry."""
    rev = (await models.Patient.get(id=cast.ines.id)).rev
    said = patient_contacts.Said(value="+13125550170", label="work")
    await patient_contacts.add(cast.ines.id, UUID(int=11), models.ContactKind.PHONE, said, rev=rev, by=cast.dana)
    return UUID(int=11)


async def _document(cast: world.World) -> UUID:
    said = uploads.Announced("u1", "form.pdf", "application/pdf", len(papers.document()))
    upload = await uploads.take_whole(cast.ines_thread.id, said, papers.document(), by=cast.dana)
    await messages.post(
        cast.ines_thread.id, key="f", via=models.Via.SECURE_SMS, body="", by=cast.dana, files=[upload.id]
    )
    return upload.id


async def _begun(cast: world.World) -> models.Upload:
    said = uploads.Announced("u2", "note.txt", "text/plain", 5)
    return (await uploads.begin(cast.ines_thread.id, said, by=cast.dana))[0]
