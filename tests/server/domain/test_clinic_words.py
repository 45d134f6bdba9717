"""A clinic's own words are asked about in its plain texts, and in nobody else's."""

import json
from base64 import b64decode
from dataclasses import replace

import pytest

from server import access, keys, models
from server.domain import clinic_words, private_words
from server.domain.gate import Path
from server.domain.private_words import Clinic
from server.errors import Refusal
from server.models import Carries
from tests.refusing import refused
from tests.server.domain.gate.asking import asks, consented
from tests.world import World

pytestmark = pytest.mark.anyio
TEXT = Carries.TEXT


def admin(world: World) -> access.Staff:
    return replace(world.dana, role=models.Role.ADMIN)


async def test_are_asked_about_and_what_was_taken_out_is_not(world: World) -> None:
    await clinic_words.set_words(["bluebird*"], ["results"], by=admin(world))
    await consented(world)

    with pytest.raises(Refusal) as no:
        await asks(world, Path.TYPED, TEXT, words="Our Bluebirds meet at 3")
    harmless = await asks(world, Path.TYPED, TEXT, words="The results of the match are in")

    assert (no.value.code, no.value.extra["found"], harmless.noted) == ("looks_private", ["word"], ())


async def test_are_one_clinics_and_go_on_record_sealed(world: World) -> None:
    for _ in range(2):
        kept = await clinic_words.set_words(["  Bluebird   program ", "bluebird program", ""], [], by=admin(world))

    assert kept == Clinic(("bluebird program",))
    lakeside = await models.Organization.get(id=world.lakeside.organization.id)
    assert private_words.of_clinic(lakeside) == Clinic()
    entry = await models.AuditEntry.get(did="organization:private_words_set")
    ring, data = await keys.of(world.mercy.organization.id), json.loads(entry.data)
    said = {name: ring.open("audit_entry", name, world.mercy.organization.id, b64decode(data[name])) for name in data}
    assert {name: json.loads(words)["more"] for name, words in said.items()} == {
        "before": [],
        "after": ["bluebird program"],
    }


@pytest.mark.parametrize("word", ["a", "x" * 41, ".*", "blue*bird", "(a|a)*b", "*", "blue\x00bird"])
async def test_that_are_no_words_are_refused(world: World, word: str) -> None:
    assert await refused(clinic_words.set_words([word], [], by=admin(world))) == "not_a_word"
    assert await refused(clinic_words.set_words([], [word], by=admin(world))) == "not_a_word"
    assert await refused(clinic_words.set_words([], ["blue*"], by=admin(world))) == "not_a_word"


async def test_are_at_most_200_and_an_admins(world: World) -> None:
    many = [f"word{number}" for number in range(201)]

    assert await refused(clinic_words.set_words(many, [], by=admin(world))) == "not_a_word"
    for staff in (world.dana, world.val):
        assert await refused(clinic_words.set_words([], [], by=staff)) == "not_allowed"
