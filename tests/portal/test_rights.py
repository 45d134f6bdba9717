"""Language, quiet hours, kinds of messages, texts that others can read: the patient's to choose, nobody else's."""

import pytest

from portal import words
from server import models
from server.domain import patients
from server.models import ConsentSource, ConsentTo
from tests import world
from tests.laws.replay import replay_law
from tests.portal import phone
from tests.portal.conftest import enter
from tests.portal.test_preferences import AS_IT_IS, PAGE, choose
from tests.server.domain.test_inbound import incoming, receive

pytestmark = pytest.mark.anyio


async def ines(cast: world.World) -> models.Patient:
    return await models.Patient.get(id=cast.ines.id)


class TestLanguage:
    async def test_is_spoken_at_once_and_seen_by_staff(self, cast: world.World, inside: phone.Phone) -> None:
        async with replay_law(cast.dana):
            await choose(inside, language="es")

        assert (await ines(cast)).language == "es"
        assert "Sus preferencias se guardaron." in inside.text

    async def test_that_we_do_not_speak_is_refused(self, cast: world.World, inside: phone.Phone) -> None:
        await choose(inside, language="tlh")

        assert (inside.status, (await ines(cast)).language) == (422, "en")

    async def test_says_what_arabic_readers_get_by_text(self, inside: phone.Phone) -> None:
        await inside.get(PAGE)

        assert "If you choose Arabic, they come in English." in inside.text


class TestQuietHours:
    async def test_of_their_own(self, cast: world.World, inside: phone.Phone) -> None:
        async with replay_law(cast.dana):
            await choose(inside, quiet="own", quiet_from="21", quiet_until="9")

        patient = await ines(cast)
        assert (patient.quiet_from, patient.quiet_until) == (21, 9)
        assert 'value="own" checked' in inside.page

    async def test_are_the_clinics_again(self, cast: world.World, inside: phone.Phone) -> None:
        await choose(inside, quiet="own", quiet_from="21", quiet_until="9")
        await choose(inside, quiet="clinic", quiet_from="21", quiet_until="9")

        patient = await ines(cast)
        assert (patient.quiet_from, patient.quiet_until) == (None, None)

    @pytest.mark.parametrize(("begins", "ends"), [("9", "9"), ("24", "8"), ("99", "1")])
    async def test_that_are_none_are_refused_and_what_was_chosen_stays_on_the_page(
        self, cast: world.World, inside: phone.Phone, begins: str, ends: str
    ) -> None:
        await choose(inside, quiet="own", quiet_from=begins, quiet_until=ends, language="es")

        assert inside.status == 422
        assert "Choose two different hours. Nothing was saved yet." in inside.text
        assert 'name="language" value="es" checked' in inside.page
        patient = await ines(cast)
        assert (patient.quiet_from, patient.language) == (None, "en")

    async def test_hours_beside_the_clinics_change_nothing(self, cast: world.World, inside: phone.Phone) -> None:
        await choose(inside, quiet="clinic", quiet_from="1", quiet_until="2")

        assert (await ines(cast)).quiet_from is None


async def test_kinds_of_messages_are_kept(cast: world.World, inside: phone.Phone) -> None:
    async with replay_law(cast.dana):
        await choose(inside, reminders="0", news="0")
    patient = await ines(cast)
    assert (patient.reminders, patient.news) == (False, False)

    await choose(inside)
    assert (await ines(cast)).reminders


class TestPlainTexts:
    @pytest.mark.parametrize("language", words.LANGUAGES)
    async def test_are_agreed_to_in_the_words_that_were_shown(
        self, cast: world.World, mobile: phone.Phone, language: str
    ) -> None:
        await patients.change(cast.ines.id, patients.Details(language=language), by=cast.dana)
        await enter(mobile, cast)
        async with replay_law(cast.dana):
            await choose(mobile, plain="1")
        await choose(mobile)

        given, ended = await models.Consent.all().order_by("created_at")
        warning, box = words.say(language, "prefs.plain.warn"), words.say(language, "prefs.plain")
        assert (given.kind, given.gives, given.source) == (ConsentTo.PLAIN_SMS, True, ConsentSource.PORTAL)
        assert given.wording == f"{warning} {box}"
        assert warning in mobile.text
        assert box in mobile.text
        assert not ended.gives
        assert await models.AuditEntry.filter(did="consent:recorded", actor_kind="patient").count() == 1
        assert await models.AuditEntry.filter(did="consent:ended", actor_kind="patient").count() == 1

    async def test_need_a_phone(self, cast: world.World, inside: phone.Phone) -> None:
        await models.Patient.filter(id=cast.ines.id).update(phone_index=None, phone_sealed=None)

        await choose(inside, plain="1")

        assert await models.Consent.all().count() == 0


class TestAPageThatLayOpen:
    """It was made before something newer, and takes nothing of it back."""

    async def test_keeps_a_stop_by_text(self, cast: world.World, inside: phone.Phone) -> None:
        await inside.get(PAGE)
        await receive(incoming("STOP"))

        await inside.submit(PAGE, **{**AS_IT_IS, "language": "es"})

        assert await models.Suppression.all().count() == 1
        assert (await ines(cast)).language == "es"

    async def test_keeps_a_consent_that_was_withdrawn_elsewhere(self, cast: world.World, inside: phone.Phone) -> None:
        await choose(inside, plain="1", agree="1")
        old = inside.page
        await patients.end_consent(cast.ines.id, by=cast.dana)

        inside.page = old
        await inside.submit(PAGE, **{**AS_IT_IS, "plain": "1", "agree": "1", "news": "0"})

        newest = await models.Consent.filter(kind=ConsentTo.PLAIN_SMS).order_by("-created_at").first()
        assert newest is not None
        assert not newest.gives
        assert not (await ines(cast)).news

    async def test_keeps_what_another_tab_chose(self, cast: world.World, inside: phone.Phone) -> None:
        await inside.get(PAGE)
        old = inside.page
        await choose(inside, quiet="own", quiet_from="21", quiet_until="9", reminders="0", language="es")

        inside.page = old
        await inside.submit(PAGE, **{**AS_IT_IS, "news": "0", "quiet": "clinic"})

        patient = await ines(cast)
        assert (patient.quiet_from, patient.reminders, patient.news, patient.language) == (21, False, False, "es")

    async def test_records_the_words_that_it_showed(self, cast: world.World, inside: phone.Phone) -> None:
        await inside.get(PAGE)
        await patients.change(cast.ines.id, patients.Details(language="ar"), by=cast.dana)

        await inside.submit(PAGE, **{**AS_IT_IS, "plain": "1"})

        assert (await models.Consent.get()).wording.startswith("Normal texts are not private.")

    async def test_says_what_it_showed(self, cast: world.World, inside: phone.Phone) -> None:
        await inside.get(PAGE)

        answer = await inside.post(PAGE, csrf=inside.csrf, **{**AS_IT_IS, "news": "0"})

        assert answer.status_code == 400
        assert (await ines(cast)).news


async def test_staff_who_edit_the_entry_take_no_choice_back(cast: world.World, inside: phone.Phone) -> None:
    """They save what they changed: what the patient chose meanwhile stays."""
    await choose(inside, reminders="0", quiet="own", quiet_from="21", quiet_until="9")

    await patients.change(cast.ines.id, patients.Details(first_name="Inés", mrn="M-7"), by=cast.dana)

    patient = await ines(cast)
    assert (patient.reminders, patient.quiet_from) == (False, 21)


@pytest.mark.parametrize("changed", [{"language": "es"}, {"plain": "1"}, {"quiet": "own", "quiet_from": "1"}])
async def test_a_stranger_chooses_nothing(
    cast: world.World, inside: phone.Phone, other: phone.Phone, changed: dict[str, str]
) -> None:
    await inside.get(PAGE)

    answer = await other.post(PAGE, **{**inside.hidden(PAGE), **AS_IT_IS, **changed})

    assert answer.status_code == 401
    assert await models.Consent.all().count() == 0
    assert (await ines(cast)).language == "en"
