"""How the clinic writes to a patient is the patient's to choose, and nobody else's."""

import pytest

from portal import words
from server import models
from server.domain import patients
from server.models import ConsentTo, State, StopSource
from tests import world
from tests.laws.replay import replay_law
from tests.portal import phone
from tests.portal.conftest import enter
from tests.server.domain.test_inbound import incoming, receive

pytestmark = pytest.mark.anyio
PAGE = "/m/preferences"
AS_IT_IS = {"texts": "on", "mails": "on", "prefers": "sms", "reminders": "1", "news": "1"}


async def choose(mobile: phone.Phone, **changed: str) -> str:
    await mobile.get(PAGE)
    return await mobile.submit(PAGE, **{**AS_IT_IS, **changed})


async def test_the_page_is_found_from_the_messages_and_changes_nothing(inside: phone.Phone) -> None:
    before = await models.AuditEntry.all().count()
    assert f'href="{PAGE}"' in inside.page

    await inside.get(PAGE)

    assert inside.status == 200
    assert "Text me when there is a message" in inside.text
    assert await models.AuditEntry.all().count() == before


async def test_it_speaks_the_patients_language(cast: world.World, mobile: phone.Phone) -> None:
    await patients.change(cast.ines.id, patients.Details(language="es"), by=cast.dana)
    await enter(mobile, cast)

    await mobile.get(PAGE)

    assert "Mensajes de texto a su teléfono" in mobile.text


async def test_a_clinic_without_quiet_hours_says_so(cast: world.World, inside: phone.Phone) -> None:
    await models.Organization.all().update(quiet_from=21, quiet_until=8)
    await inside.get(PAGE)
    assert "The hours of the clinic: 9:00 PM – 8:00 AM" in " ".join(inside.text.split())

    await models.Organization.all().update(quiet_from=0, quiet_until=0)
    await inside.get(PAGE)
    assert "The hours of the clinic: none" in " ".join(inside.text.split())


async def test_no_more_texts_stops_every_number_of_the_clinic(cast: world.World, inside: phone.Phone) -> None:
    async with replay_law(cast.dana):
        await choose(inside, texts="off")

    stopped = await models.Suppression.all()
    assert {row.sender_id for row in stopped} == {number.id for number in cast.mercy.numbers.values()}
    assert {row.source for row in stopped} == {StopSource.PORTAL}
    assert (await models.Delivery.get()).state is State.FAILED
    assert await models.AuditEntry.filter(did="preferences:changed", actor_kind="patient").count() == 1
    assert "Your choices are saved." in inside.text


async def test_texts_again_opens_them(cast: world.World, inside: phone.Phone) -> None:
    await choose(inside, texts="off")
    await choose(inside, texts="on")

    assert await models.Suppression.all().count() == 0
    assert await models.OptOut.all().count() == 4


async def test_saving_without_a_change_changes_nothing(cast: world.World, inside: phone.Phone) -> None:
    await choose(inside)

    assert await models.OptOut.all().count() == 0
    assert await models.Consent.all().count() == 0
    assert await models.AuditEntry.filter(did="preferences:changed").count() == 0


async def test_a_stop_by_text_is_opened_here_too(cast: world.World, inside: phone.Phone) -> None:
    await choose(inside, texts="off")
    await receive(incoming("START"))
    await receive(incoming("STOP"))

    await choose(inside, texts="on")

    assert await models.Suppression.all().count() == 0


@pytest.mark.parametrize("source", [StopSource.CARRIER, StopSource.LIST])
async def test_what_the_carrier_keeps_back_needs_start(
    cast: world.World, inside: phone.Phone, source: StopSource
) -> None:
    await choose(inside, texts="off")
    front = cast.mercy.numbers["Front desk"].id
    await models.Suppression.filter(sender_id=front).update(source=source)

    await choose(inside, texts="on")

    assert [row.sender_id for row in await models.Suppression.all()] == [front]
    assert "Texts from (312) 555-0100 are stopped. To get them again, text START to that number." in inside.text


async def test_one_number_stopped_by_text_is_told(cast: world.World, inside: phone.Phone) -> None:
    await receive(incoming("STOP"))

    await inside.get(PAGE)

    assert "Texts from (312) 555-0100 are stopped." in inside.text
    assert 'value="on" checked' in inside.page


async def test_no_more_mails(cast: world.World, inside: phone.Phone) -> None:
    await choose(inside, mails="off")
    assert (await models.Suppression.get()).sender_id == cast.mercy.organization.id

    await choose(inside, mails="on")
    assert await models.Suppression.all().count() == 0


async def test_the_better_way(cast: world.World, inside: phone.Phone) -> None:
    await choose(inside, prefers="email")

    assert (await models.Patient.get(id=cast.ines.id)).prefers is models.Prefers.EMAIL


async def test_a_consent_is_kept_with_the_text_that_was_shown(cast: world.World, inside: phone.Phone) -> None:
    await choose(inside, agree="1")
    await choose(inside)

    given, ended = await models.Consent.all().order_by("created_at")
    shown = words.say("en", "prefs.agree")
    assert (given.kind, given.gives, given.wording, given.by_id) == (ConsentTo.EMAIL, True, shown, None)
    assert (ended.gives, ended.source) == (False, models.ConsentSource.PORTAL)


async def test_only_contacts_on_file_are_asked_about(cast: world.World, inside: phone.Phone) -> None:
    await patients.change(cast.ines.id, patients.Details(email=None), by=cast.dana)

    await inside.get(PAGE)
    await choose(inside, mails="off", prefers="email", agree="1")

    assert "E-mails" not in inside.text
    assert await models.Suppression.all().count() == await models.Consent.all().count() == 0


class TestOutsider:
    async def test_who_is_not_confirmed_sees_and_changes_nothing(self, cast: world.World, mobile: phone.Phone) -> None:
        await mobile.get(await phone.link_of(cast.ines_thread))
        await mobile.submit("/m/open")
        csrf = mobile.csrf

        await mobile.get(PAGE)
        answer = await mobile.post(PAGE, csrf=csrf, **{**AS_IT_IS, "texts": "off"})

        assert "Date" in mobile.text or "date of birth" in mobile.text
        assert answer.status_code == 401
        assert await models.Suppression.all().count() == 0

    async def test_who_was_never_here_is_signed_out(self, cast: world.World, other: phone.Phone) -> None:
        answer = await other.post(PAGE, csrf="x", **AS_IT_IS)

        assert answer.status_code == 401

    async def test_another_page_cannot_choose(self, cast: world.World, inside: phone.Phone) -> None:
        answer = await inside.post(PAGE, csrf="made up", **{**AS_IT_IS, "texts": "off"})

        assert answer.status_code == 403
        assert await models.Suppression.all().count() == 0


async def test_not_for_me_pauses_the_phone_and_asks_a_person(cast: world.World, mobile: phone.Phone) -> None:
    await mobile.get(await phone.link_of(cast.ines_thread))
    await mobile.submit("/m/open")
    await mobile.submit("/m/not-me")

    async with replay_law(cast.dana):
        await mobile.submit("/m/not-me")

    contact, task = await models.Contact.get(), await models.Task.get()
    assert (contact.index, contact.pause) == (cast.ines.phone_index, "paused")
    assert (task.kind, task.conversation_id) == (models.TaskKind.WRONG_NUMBER, cast.ines_thread.id)
