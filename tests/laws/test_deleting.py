"""Of a conversation whose time is over nothing is left anywhere, also of what a later release adds to one."""

from typing import Any
from uuid import UUID

import pytest

from server import models
from server.domain import deleting
from server.models.base import Record
from tests import world
from tests.server.domain import aged

pytestmark = pytest.mark.anyio
KEPT = {models.Purged, models.AuditEntry}


async def test_nothing_of_it_is_left(cast: world.World, theirs: dict[str, Any]) -> None:
    thread = cast.ines_thread
    messages = await models.Message.filter(conversation_id=thread.id).values_list("id", flat=True)
    files = await models.File.filter(message_id__in=messages).values_list("id", flat=True)
    assert theirs["file"] in files
    await aged.rule(cast.mercy.organization)
    await aged.age(thread)

    assert await deleting.purge(thread.id)

    assert not await models.Conversation.filter(id=thread.id).exists()
    left = await _still_there("conversation_id", [thread.id])
    left += await _still_there("message_id", messages)
    left += await _still_there("file_id", files)
    assert left == []
    assert not await models.Word.filter(said_id__in=messages).exists()
    [job] = await models.Work.filter(kind="forget_files", subject_id=thread.id)
    assert str(theirs["file"]) in job.data


async def _still_there(field: str, ids: Any) -> list[str]:
    every = [model for name in models.__all__ if hasattr(model := getattr(models, name), "_meta")]
    found = []
    for model in every:
        if field in model._meta.fields_map and model not in KEPT:
            kept: type[Record] = model
            if await kept.filter(**{f"{field}__in": [UUID(str(each)) for each in ids]}).exists():
                found.append(model.__name__)
    return found
