"""The Python client that is made from the OpenAPI document talks to a running server, and knows its shapes."""

import asyncio
import datetime
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from server import access, models
from server.domain import messages
from tests import databases, running, world
from tests.web.test_programs import key
from web.programs import client

pytestmark = [pytest.mark.anyio, pytest.mark.slow]


def made(folder: Path) -> ModuleType:
    """The client, as a program has it."""
    spec = importlib.util.spec_from_file_location("bloomtext_client", client.write(folder))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their module up.
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_it_reads_and_writes_with_a_key(database_url: str, redis_url: str, tmp_path: Path) -> None:
    module = made(tmp_path / "client")
    async with running.house(database_url, redis_url, tmp_path) as house:
        async with databases.opened(database_url):
            robin = await models.User.get(name="Robin Lee")
            token, _ = await world.signed_in(robin.id)
            staff = await access.staff(token)
            assert staff
            _, secret = await key(staff)
            thread = await models.Conversation.all().order_by("id").first()
            assert thread
            await messages.reply(thread.id, patient_id=thread.patient_id, key="r", body="Is it ready?")
        address = f"http://127.0.0.1:{house.webs[0].port}"
        program: Any = module.Client(address, secret)

        patient, *_ = (await asyncio.to_thread(program.find_patients, module.Seek(mrn="M-1001"))).patients
        [came] = (await asyncio.to_thread(program.list_messages, thread.id)).messages
        said = module.NewProgramMessage(key="order-7", via="secure_sms", body="Your glasses are ready")
        posted = [await asyncio.to_thread(program.write_message, thread.id, said) for _ in range(2)]
        with pytest.raises(module.Refused) as no:
            await asyncio.to_thread(module.Client(address, "btkey_x").list_patients)

    assert (patient.first_name, patient.date_of_birth) == ("Ines", datetime.date(1985, 3, 14))
    assert (came.writer, came.body, came.at.tzinfo) == ("patient", "Is it ready?", datetime.UTC)
    assert posted[0] == posted[1]
    assert (no.value.status, no.value.code) == (401, "wrong_key")
