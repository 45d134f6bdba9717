"""Somebody stops our mails with what every mail carries."""

from uuid import uuid4

import pytest

from server import models
from server.domain import mail_stops
from server.models import Via
from tests.server.domain.sending.posting import post
from tests.world import World

pytestmark = pytest.mark.anyio


class TestStop:
    async def test_holds_for_the_address_and_the_whole_clinic(self, world: World) -> None:
        posted = await post(world, Via.SECURE_EMAIL)

        assert await mail_stops.stop(posted.delivery)

        row = await models.Suppression.get()
        assert (row.contact_index, row.sender_id) == (world.ines.email_index, world.mercy.organization.id)
        line = await models.OptOut.get()
        assert (line.stops, line.source) == (True, models.StopSource.MAIL)

    async def test_is_written_down_once(self, world: World) -> None:
        posted = await post(world, Via.SECURE_EMAIL)
        assert await mail_stops.stop(posted.delivery)

        assert not await mail_stops.stop(posted.delivery)

        assert await models.OptOut.all().count() == 1

    async def test_of_a_letter_that_is_gone_stops_nothing(self, world: World) -> None:
        assert not await mail_stops.stop(uuid4())
        assert not await models.Suppression.exists()

    async def test_holds_for_the_address_it_went_to_even_if_another_is_on_file_now(self, world: World) -> None:
        posted = await post(world, Via.SECURE_EMAIL)
        await models.Patient.filter(id=world.ines.id).update(email_index="another")

        await mail_stops.stop(posted.delivery)

        assert (await models.Suppression.get()).contact_index == world.ines.email_index
