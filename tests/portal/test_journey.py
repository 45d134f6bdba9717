"""From the text message to the answer, on a phone without script."""

import re

import pytest

from server import models
from tests.portal import phone
from tests.portal.conftest import PRIVATE
from tests.world import World

pytestmark = pytest.mark.anyio


class TestTheWayIn:
    async def test_leads_from_the_link_through_one_question_to_the_message(
        self, cast: World, mobile: phone.Phone
    ) -> None:
        await mobile.get(await phone.link_of(cast.ines_thread))
        assert "You have a message" in mobile.text
        await mobile.submit("/m/open")
        assert "date of birth" in mobile.text

        await mobile.submit("/m/check", month="3", day="14", year="1985")

        assert PRIVATE in mobile.text
        assert "Dana Reyes" in mobile.text
        assert mobile.location == "/m/thread"

    async def test_says_nothing_of_the_patient_before_the_check(self, cast: World, mobile: phone.Phone) -> None:
        pages = [await mobile.get(await phone.link_of(cast.ines_thread)), await mobile.submit("/m/open")]

        # A random token of a form may hold any four digits.
        pages = [re.sub(r'name="csrf" value="[^"]+"', "", page) for page in pages]
        for page in pages:
            for private in ("Ines", "Calderon", "potassium", "Dana", "0142", "1001", "March 14"):
                assert private not in page

    async def test_takes_the_secret_out_of_every_page_and_address(self, cast: World, mobile: phone.Phone) -> None:
        link = await phone.link_of(cast.ines_thread)
        secret = link.removeprefix("/m/")

        arrived = await mobile.client.get(link)
        assert arrived.headers["location"] == "/m/"
        assert secret not in arrived.text
        for page in (
            await mobile.get("/m/"),
            await mobile.submit("/m/open"),
            await mobile.submit("/m/check", date="3/14/85"),
        ):
            assert secret not in page
        assert mobile.cookie("bt_link") is None

    @pytest.mark.parametrize("tail", [".", ",", ").", "%0A", "%20", "…", "]", "'", "&quot;", "%E2%81%A9"])
    async def test_survives_what_texts_and_mails_add_to_a_link(
        self, cast: World, mobile: phone.Phone, tail: str
    ) -> None:
        await mobile.get(await phone.link_of(cast.ines_thread) + tail)

        assert "Open my message" in mobile.text

    async def test_survives_a_line_break_inside_the_link(self, cast: World, mobile: phone.Phone) -> None:
        link = await phone.link_of(cast.ines_thread)

        await mobile.get(f"{link[:12]}%0D%0A%20{link[12:]}")

        assert "Open my message" in mobile.text

    async def test_gives_a_new_session_token_with_the_right_answer(self, cast: World, mobile: phone.Phone) -> None:
        await mobile.get(await phone.link_of(cast.ines_thread))
        await mobile.submit("/m/open")
        before = mobile.cookie("bt_portal")

        await mobile.submit("/m/check", date="1985-03-14")

        assert mobile.cookie("bt_portal") not in (None, before)
        async with phone.phone() as thief:
            thief.client.cookies.set("bt_portal", str(before), domain="localhost.local", path="/")
            await thief.get("/m/thread")
            assert thief.status == 401

    async def test_keeps_pressed_and_confirmed_apart_and_the_first_of_each(
        self, cast: World, mobile: phone.Phone
    ) -> None:
        await mobile.get(await phone.link_of(cast.ines_thread))
        await mobile.submit("/m/open")
        link = await models.PortalLink.get(conversation_id=cast.ines_thread.id)
        assert link.pressed_at is not None
        assert link.confirmed_at is None

        await mobile.submit("/m/check", date="1985-03-14")

        confirmed = await models.PortalLink.get(id=link.id)
        assert confirmed.pressed_at == link.pressed_at
        assert confirmed.confirmed_at is not None

    async def test_goes_straight_back_in_while_the_session_lives(self, cast: World, inside: phone.Phone) -> None:
        await inside.get(await phone.link_of(cast.ines_thread))

        assert PRIVATE in inside.text


class TestAnswering:
    async def test_reaches_the_team_and_shows_on_the_page(self, cast: World, inside: phone.Phone) -> None:
        await inside.submit("/m/messages", body="Thank you!\nShall I go on with the pills?")

        assert inside.location == "/m/thread#latest"
        assert "Shall I go on with the pills?" in inside.text
        thread = await models.Conversation.get(id=cast.ines_thread.id)
        assert thread.last_number == 2
        assert thread.needs_reply_since is not None
        heard = await models.FactRecord.filter(stream_id=thread.team_id, kind="message.posted").count()
        assert heard == 2

    async def test_twice_with_one_key_is_one_message(self, cast: World, inside: phone.Phone) -> None:
        fields = inside.hidden("/m/messages")
        for _ in range(2):
            await inside.post("/m/messages", **fields, body="Yes")

        assert await models.Message.filter(conversation_id=cast.ines_thread.id).count() == 2

    async def test_keeps_what_was_typed_where_it_cannot_be_sent(self, inside: phone.Phone) -> None:
        await inside.submit("/m/messages", body="x" * 5001)

        assert inside.status == 422
        assert "This message is too long." in inside.text
        assert "x" * 5001 in inside.page

    async def test_refuses_nothing_at_all(self, inside: phone.Phone) -> None:
        await inside.submit("/m/messages", body="  \n ")

        assert inside.status == 422
        assert "Write something first" in inside.text

    async def test_without_a_key_is_refused_and_never_a_fault(self, inside: phone.Phone) -> None:
        answer = await inside.post("/m/messages", csrf=inside.csrf, body="Hello")

        assert answer.status_code == 400

    async def test_from_another_page_is_refused(self, cast: World, inside: phone.Phone) -> None:
        fields = {**inside.hidden("/m/messages"), "body": "Transfer everything"}
        foreign = await inside.client.post("/m/messages", data=fields, headers={"Origin": "https://evil.example"})
        unsigned = await inside.post("/m/messages", **{**fields, "csrf": "0" * 40})

        assert (foreign.status_code, unsigned.status_code) == (403, 403)
        assert await models.Message.filter(conversation_id=cast.ines_thread.id).count() == 1

    async def test_shows_hostile_words_as_words(self, inside: phone.Phone) -> None:
        hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}\"'></textarea>"

        await inside.submit("/m/messages", body=hostile)

        assert hostile in inside.text or "alert(1)" in inside.text
        assert "<script>alert" not in inside.page
        assert "<img" not in inside.page
        assert "{{7*7}}" in inside.page


class TestEveryPage:
    async def test_names_the_clinic_its_phone_and_the_emergency_number(self, cast: World, mobile: phone.Phone) -> None:
        for page in (
            await mobile.get(await phone.link_of(cast.ines_thread)),
            await mobile.submit("/m/open"),
            await mobile.submit("/m/check", date="3/14/85"),
        ):
            assert "Mercy Family Clinic" in page
            assert 'href="tel:3125550134"' in page
            assert "911" in page

    async def test_has_a_neutral_title_no_inline_code_and_is_kept_nowhere(self, inside: phone.Phone) -> None:
        answer = await inside.client.get("/m/thread")

        assert "<title>Secure message</title>" in answer.text
        assert "noindex" in answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert not re.search(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=|https?://", answer.text)

    async def test_is_neutral_about_the_clinic_in_private_mode(self, cast: World, mobile: phone.Phone) -> None:
        await models.Organization.filter(id=cast.mercy.organization.id).update(private_mode=True)

        await mobile.get(await phone.link_of(cast.ines_thread))

        assert "Mercy" not in mobile.page
        assert "Your doctor's office" in mobile.text

    async def test_speaks_the_patients_language(self, cast: World, mobile: phone.Phone) -> None:
        await models.Patient.filter(id=cast.ines.id).update(language="es")

        await mobile.get(await phone.link_of(cast.ines_thread))
        assert 'lang="es"' in mobile.page
        assert "Abrir mi mensaje" in mobile.text
        await mobile.submit("/m/open")
        assert "Su fecha de nacimiento" in mobile.text
        await mobile.submit("/m/check", date="14 de marzo de 1985")

        assert "Equipo" not in mobile.text
        assert "Enviar" in mobile.text
        assert PRIVATE in mobile.text


class TestLeaving:
    async def test_by_sign_out_needs_the_question_again(self, cast: World, inside: phone.Phone) -> None:
        await inside.submit("/m/sign-out")

        assert "You are signed out" in inside.text
        await inside.get("/m/thread")
        assert inside.status == 401
        await inside.get(await phone.link_of(cast.ines_thread))
        await inside.submit("/m/open")
        assert "date of birth" in inside.text

    async def test_by_sign_out_forgets_that_this_is_my_own_phone(self, cast: World, mobile: phone.Phone) -> None:
        link = await phone.link_of(cast.ines_thread)
        await mobile.get(link)
        await mobile.submit("/m/open")
        await mobile.submit("/m/check", date="3/14/85", own_phone="1")

        await mobile.submit("/m/sign-out")
        await mobile.get(link)
        await mobile.submit("/m/open")

        assert "date of birth" in mobile.text

    async def test_by_not_for_me_asks_once_and_ends_the_link(
        self, cast: World, mobile: phone.Phone, other: phone.Phone
    ) -> None:
        link = await phone.link_of(cast.ines_thread)
        await mobile.get(link)
        await mobile.submit("/m/open")
        await mobile.submit("/m/not-me")
        assert "Is this message not for you?" in mobile.text

        await mobile.submit("/m/not-me", sure="1")

        assert "The link is closed" in mobile.text
        await other.get(link)
        assert other.status == 410
        entry = await models.AuditEntry.get(did="portal_link:revoked")
        assert "not_me" in entry.data
