"""Saved replies: what a clinic says often, written by who manages it, offered to who writes."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

import pytest

from server import access, clock, models
from server.domain import private_words, saved_replies
from server.errors import Refusal
from server.models import ReplyContent
from server.queries import saved_replies as offered
from server.seed import replies as seeded
from tests.refusing import refused
from tests.world import World

pytestmark = pytest.mark.anyio
FORM = "Hello {patient first name}, your form is ready on {appointment}. {my name}, {clinic name}, {clinic phone}"


def said(
    title: str = "Form is ready",
    shortcut: str = "form",
    bodies: Mapping[str, str] | None = None,
    content: ReplyContent = ReplyContent.PRIVATE,
    team: UUID | None = None,
) -> saved_replies.Said:
    return saved_replies.Said(title, shortcut, {"en": FORM} if bodies is None else bodies, content, team)


async def titles(staff: access.Staff) -> list[str]:
    return [each.title for each in await offered.shown_to(staff)]


class TestCreate:
    async def test_offers_it_to_the_clinic_and_keeps_its_words_sealed(self, world: World) -> None:
        both = {"en": FORM, "es": "Su formulario está listo.", "ar": " "}
        await saved_replies.create(said(" Form  is ready ", ";Form", both), by=world.val)

        [shown] = await offered.shown_to(world.dana)
        assert (shown.title, shown.shortcut, shown.content, shown.team) == ("Form is ready", "form", "private", None)
        assert shown.bodies == {"en": FORM, "es": "Su formulario está listo."}
        assert await offered.shown_to(world.alex) == []
        row = await models.SavedReply.get()
        kept = b"".join((row.title_sealed, row.shortcut_sealed, row.bodies_sealed, row.shortcut_index.encode()))
        assert all(word not in kept for word in (b"form", b"Form", b"listo"))

    async def test_of_a_team_offers_it_to_its_readers_and_who_manages(self, world: World) -> None:
        billing = world.mercy.teams["Billing"].id
        admin = replace(world.sam, role=models.Role.ADMIN)
        await saved_replies.create(said("Plan", "plan", team=billing), by=world.val)

        assert await titles(world.robin) == await titles(world.val) == await titles(admin) == ["Plan"]
        assert await titles(world.dana) == []

    async def test_is_for_supervisors_and_admins(self, world: World) -> None:
        assert await refused(saved_replies.create(said(), by=world.dana)) == "not_allowed"

    async def test_names_no_team_of_another_clinic(self, world: World) -> None:
        for team in (world.lakeside.teams["Front desk"].id, UUID(int=1)):
            assert await refused(saved_replies.create(said(team=team), by=world.val)) == "unknown"
        assert await models.SavedReply.all().count() == 0

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [
            (said(title="  "), "empty"),
            (said(title="x" * 61), "too_long"),
            (said(title="a\u202eb"), "hidden_characters"),
            (said(shortcut=""), "not_a_shortcut"),
            (said(shortcut="two words"), "not_a_shortcut"),
            (said(shortcut="x" * 21), "not_a_shortcut"),
            (said(shortcut="año"), "not_a_shortcut"),
            (said(bodies={}), "empty"),
            (said(bodies={"es": "Hola"}), "empty"),
            (said(bodies={"en": "Hi", "fr": "Bonjour"}), "no_language"),
            (said(bodies={"en": "x" * 5001}), "too_long"),
            (said(bodies={"en": "x" * 1001}, content=ReplyContent.MAY_BE_PLAIN), "too_long"),
            (said(bodies={"en": "Hi", "es": "a\u202eb"}), "hidden_characters"),
            (said(bodies={"en": "Hi {doctor}"}), "unknown_variable"),
            (said(bodies={"en": "Hi", "es": "Hola {my name"}), "unknown_variable"),
        ],
    )
    async def test_refuses_what_is_no_reply(self, world: World, wrong: saved_replies.Said, code: str) -> None:
        assert await refused(saved_replies.create(wrong, by=world.val)) == code

    async def test_gives_each_shortcut_once_even_to_two_at_once(self, world: World) -> None:
        made = await asyncio.gather(
            *(saved_replies.create(said(), by=world.val) for _ in range(3)), return_exceptions=True
        )

        assert sorted(each.code for each in made if isinstance(each, Refusal)) == ["shortcut_taken"] * 2
        assert await models.SavedReply.all().count() == 1

    async def test_stays_within_a_number(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(saved_replies, "MOST", 2)
        for shortcut in ("a", "b"):
            made = await saved_replies.create(said(shortcut=shortcut), by=world.val)

        assert await refused(saved_replies.create(said(shortcut="c"), by=world.val)) == "too_many_replies"
        await saved_replies.retire(made.id, by=world.val)
        await saved_replies.create(said(shortcut="c"), by=world.val)


class TestChange:
    async def test_puts_the_new_words_in_place_of_the_old(self, world: World) -> None:
        made = await saved_replies.create(said(), by=world.val)
        billing = world.mercy.teams["Billing"].id
        new = said("Parking", "form", {"en": "Behind the building"}, ReplyContent.MAY_BE_PLAIN, billing)

        await saved_replies.change(made.id, new, by=world.val)

        [shown] = await offered.shown_to(world.val)
        assert (shown.id, shown.title, shown.shortcut, shown.bodies) == (
            made.id,
            "Parking",
            "form",
            {"en": "Behind the building"},
        )
        assert (shown.content, shown.team) == ("may_be_plain", billing)

    async def test_refuses_the_shortcut_of_another(self, world: World) -> None:
        await saved_replies.create(said(), by=world.val)
        made = await saved_replies.create(said(shortcut="other"), by=world.val)

        assert await refused(saved_replies.change(made.id, said(), by=world.val)) == "shortcut_taken"

    async def test_is_for_managers_of_the_clinic(self, world: World) -> None:
        made = await saved_replies.create(said(), by=world.val)

        assert await refused(saved_replies.change(made.id, said(), by=world.dana)) == "not_allowed"
        assert await refused(saved_replies.change(made.id, said(), by=world.alex)) == "unknown"
        assert await refused(saved_replies.retire(made.id, by=world.dana)) == "not_allowed"
        assert await refused(saved_replies.retire(made.id, by=world.alex)) == "unknown"


class TestRetire:
    async def test_offers_it_no_more_and_frees_its_shortcut_as_often_as_it_takes(self, world: World) -> None:
        for _ in range(3):
            made = await saved_replies.create(said(), by=world.val)
            for _ in range(2):
                await saved_replies.retire(made.id, by=world.val)

        assert await titles(world.dana) == []
        assert await refused(saved_replies.change(made.id, said(), by=world.val)) == "unknown"

    async def test_tells_the_clinic_and_the_audit_and_neither_a_word(self, world: World) -> None:
        made = await saved_replies.create(said(), by=world.val)
        await saved_replies.change(made.id, said(title="Other"), by=world.val)
        await saved_replies.retire(made.id, by=world.val)

        told = await models.FactRecord.filter(kind="replies.changed")
        entries = await models.AuditEntry.filter(about_id=made.id).order_by("at")
        assert [(fact.stream_id, fact.data) for fact in told] == [(world.mercy.organization.id, "{}")] * 3
        assert [(entry.did, entry.data) for entry in entries] == [
            ("saved_reply:created", "{}"),
            ("saved_reply:changed", "{}"),
            ("saved_reply:retired", "{}"),
        ]


class TestTheMadeUpClinics:
    async def test_are_in_two_languages_and_plain_only_where_nothing_looks_private(self, world: World) -> None:
        await seeded.save({name: team.id for name, team in world.mercy.teams.items()}, by=world.val)

        shown = await offered.shown_to(world.val)
        assert [set(each.bodies) for each in shown] == [{"en", "es"}] * len(seeded.SAID)
        plain = [text for each in shown if each.content == "may_be_plain" for text in each.bodies.values()]
        assert len(plain) == 4
        nobody = private_words.Own()
        assert [private_words.found(text, own=nobody, today=clock.now().date()) for text in plain] == [[]] * 4
