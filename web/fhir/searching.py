"""What a search asks, read strictly: a parameter that we do not know would be a filter that we did not apply."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qsl
from uuid import UUID

import msgspec
from starlette.requests import Request

from server import keys, vault
from server.doors import reading
from server.errors import Kind, Refusal

MOST = 50
COUNT, PAGE = "_count", "_page"
_PREFIXES = ("eq", "ge", "gt", "le", "lt")
_DAY = timedelta(days=1)
Asked = dict[str, list[str]]


class Place(msgspec.Struct, frozen=True):
    """A page of a search: what was asked, and the last id of the page before."""

    asked: Asked
    after: UUID


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked, and after which id. Each parameter comes once, but those of `several`."""

    asked: Asked
    after: UUID | None
    several: Sequence[str] = field(default=())

    def one(self, *names: str) -> str | None:
        """The value of the one of these parameters that is there."""
        given = [value for name in names for value in self.asked.get(name, [])]
        if len(given) > 1:
            raise wrong(f"Give {names[0]} once.")
        return given[0] if given else None

    @property
    def limit(self) -> int:
        """How many a page has."""
        given = self.one(COUNT)
        return max(1, min(int(given), MOST)) if given and given.isdecimal() and len(given) < 5 else MOST


async def read(request: Request, known: Sequence[str], organization: UUID) -> Search:
    """The search of a GET, a POST to `_search`, or the page that a link of ours leads to.

    :raises Refusal: `wrong_shape`
    """
    given = parse_qsl(request.scope["query_string"].decode("ascii", "replace"), keep_blank_values=True)
    if request.method == "POST":
        reading.must_be_one_of(request, (reading.FORM,))
        given += parse_qsl((await reading.body(request)).decode("utf-8", "replace"), keep_blank_values=True)
    asked: Asked = {}
    for name, value in given:
        asked.setdefault(name.removesuffix(":exact"), []).append(value)
    if PAGE in asked:
        place = _opened(asked[PAGE][0], organization)
        return Search(place.asked, place.after)
    if set(asked) - {*known, COUNT, "_format"}:
        raise wrong("This server does not search by one of these parameters. Its metadata says by which.")
    return Search(asked, None)


def next_page(search: Search, after: UUID, organization: UUID) -> str:
    """A page as a link carries it: sealed, since what was sought is about a patient."""
    content = msgspec.json.encode(Place(search.asked, after))
    sealed = vault.seal(keys.derived("fhir-page"), 0, content, str(organization))
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def day(text: str | None) -> date | None:
    """A whole day.

    :raises Refusal: `wrong_shape`
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text.removeprefix("eq"))
    except ValueError:
        raise wrong("Give a whole day such as 1985-03-14.") from None


def between(values: Sequence[str]) -> Mapping[str, datetime]:
    """The times that `sent` allows, as filters: `ge2026-01-01`, `lt2026-02-01T00:00:00Z`; a day is all of it.

    :raises Refusal: `wrong_shape`
    """
    found: dict[str, datetime] = {}
    for value in values:
        prefix, text = (value[:2], value[2:]) if value[:2] in _PREFIXES else ("eq", value)
        begins, ends = _span(text)
        if prefix in ("ge", "eq"):
            found["created_at__gte"] = begins
        if prefix == "gt":
            found["created_at__gte"] = ends
        if prefix in ("le", "eq"):
            found["created_at__lt"] = ends
        if prefix == "lt":
            found["created_at__lt"] = begins
    return found


def identity(text: str | None, kind: str = "") -> UUID | None:
    """An id, also as a reference `Patient/ID`.

    :raises Refusal: `wrong_shape`
    """
    if text is None:
        return None
    try:
        return UUID(text.removeprefix(f"{kind}/"))
    except ValueError:
        raise wrong("This is no id of ours.") from None


def wrong(sentence: str) -> Refusal:
    """A search that we cannot read."""
    return Refusal(Kind.WRONG_SHAPE, "wrong_shape", sentence)


def _span(text: str) -> tuple[datetime, datetime]:
    try:
        at, length = datetime.fromisoformat(text), timedelta(seconds=1)
        if len(text) == len("2026-01-01"):
            at, length = at.replace(tzinfo=UTC), _DAY
        if at.tzinfo is not None:
            begins = at.astimezone(UTC)
            return begins, begins + length
    except (ValueError, OverflowError):
        pass
    raise wrong("Give a day, or a time with its zone such as ge2026-01-01T00:00:00Z.")


def _opened(text: str, organization: UUID) -> Place:
    try:
        sealed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        content = vault.open_sealed({0: keys.derived("fhir-page")}, sealed, str(organization))
        return msgspec.json.decode(content, type=Place)
    except (ValueError, vault.Unreadable, msgspec.MsgspecError):
        raise wrong("This page is none of ours. Begin the search again.") from None
