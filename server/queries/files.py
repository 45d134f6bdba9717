"""What came with messages, and what is on its way to one: as screens show it, without its bytes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal
from uuid import UUID

from server import keys, models, reasons
from server.access import PortalPatient
from server.queries import file_views, proxies

PICTURE: Literal["picture"] = "picture"
NOBODY: Mapping[UUID, models.Proxy] = MappingProxyType({})


async def of(message_ids: Collection[UUID], *, with_views: bool = False) -> dict[UUID, list[file_views.File]]:
    """The files of each of these messages; `with_views` says who looked at each, and when first."""
    if not message_ids:
        return {}
    rows = await models.File.filter(message_id__in=list(message_ids)).order_by("position", "created_at", "id")
    views = await _first_views([row.id for row in rows]) if with_views and rows else {}
    acting = await _acting(views.values())
    found: dict[UUID, list[file_views.File]] = {}
    for row in rows:
        shown = await view(row, views.get(row.id, []), acting)
        found.setdefault(row.message_id or row.id, []).append(shown)
    return found


async def with_views(rows: Sequence[models.File]) -> list[file_views.File]:
    """These files with who looked at each, in their order: one query, two where somebody acts for a patient."""
    views = await _first_views([row.id for row in rows]) if rows else {}
    acting = await _acting(views.values())
    return [await view(row, views.get(row.id, []), acting) for row in rows]


async def view(
    row: models.File, views: Sequence[models.FileReceipt] = (), acting: Mapping[UUID, models.Proxy] = NOBODY
) -> file_views.File:
    """One file; `views` are the first looks at it, the oldest first, and `acting` whoever of them is no patient."""
    said = reasons.of(row.why)
    own = (each.created_at for each in views if each.viewer_id == each.patient_id)
    return file_views.File(
        id=row.id,
        state=row.state.value,
        words=said.words if said else None,
        media_type=row.media_type,
        size=row.size,
        width=row.width,
        height=row.height,
        name=await name_of(row),
        kind=_kind(row),
        pages=row.pages,
        viewed_at=next(own, None),
        looks=await _looks(row, views, acting),
    )


async def name_of(row: models.File) -> str | None:
    """What it is called; a picture that came with a text has no name."""
    if row.name_sealed is None:
        return None
    ring = await keys.of(row.organization_id)
    return ring.open("file", "name", row.id, row.name_sealed)


async def upload(row: models.Upload) -> file_views.Upload:
    """How far an upload has come."""
    kept = await models.File.filter(id=row.id).first() if row.state is models.UploadState.KEPT else None
    said = reasons.of(row.why)
    return file_views.Upload(
        id=row.id,
        received=row.received,
        state=_state(row.state),
        words=said.words if said else None,
        file=await view(kept) if kept else None,
    )


def _state(state: models.UploadState) -> Literal["receiving", "kept", "refused"]:
    match state:
        case models.UploadState.KEPT:
            return "kept"
        case models.UploadState.REFUSED:
            return "refused"
        case _:
            return "receiving"


def _kind(row: models.File) -> Literal["picture", "document", "text"]:
    if row.kind:
        return row.kind.value
    return "document" if row.media_type == "application/pdf" else PICTURE


async def _first_views(ids: Collection[UUID]) -> dict[UUID, list[models.FileReceipt]]:
    found: dict[UUID, list[models.FileReceipt]] = {}
    for row in await models.FileReceipt.filter(file_id__in=list(ids)).order_by("created_at"):
        found.setdefault(row.file_id, []).append(row)
    return found


async def _acting(views: Iterable[Sequence[models.FileReceipt]]) -> dict[UUID, models.Proxy]:
    """Who has looked for a patient, in one query; in none where only patients have, as at most documents."""
    ids = {each.viewer_id for looks in views for each in looks if each.viewer_id != each.patient_id}
    return {each.id: each for each in await models.Proxy.filter(id__in=list(ids))} if ids else {}


async def _looks(
    row: models.File, views: Sequence[models.FileReceipt], acting: Mapping[UUID, models.Proxy]
) -> list[file_views.Look]:
    theirs = [(acting[each.viewer_id], each.created_at) for each in views if each.viewer_id != each.patient_id]
    if not theirs:
        return []
    ring = await keys.of(row.organization_id)
    return [file_views.Look(proxies.name_of(ring, proxy), proxy.relation.value, at) for proxy, at in theirs]


async def conversation_of(row: models.File, reader: PortalPatient) -> UUID:
    """In which conversation a reader finds a file: that of its message, or the one they are writing in."""
    message = await models.Message.filter(id=row.message_id).first() if row.message_id else None
    return message.conversation_id if message else reader.conversation


async def is_unseen(file: UUID, viewer: UUID) -> bool:
    """Whether this reader has yet to look at a file that staff sent."""
    sent = models.File.filter(id=file, message__user_id__isnull=False)
    return await sent.exists() and not await models.FileReceipt.filter(file_id=file, viewer_id=viewer).exists()
