"""What every client of the programs' API stands on. `web.programs.client` copies it in front of what it generates.

It needs nothing but Python 3.11.
"""

import dataclasses
import datetime
import json
import types
import typing
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Mapping

T = typing.TypeVar("T")
TEXTS: dict[object, typing.Callable[[str], object]] = {
    uuid.UUID: uuid.UUID,
    datetime.datetime: datetime.datetime.fromisoformat,
    datetime.date: datetime.date.fromisoformat,
}


class Refused(Exception):
    """The clinic says no. `code` is for programs; `retry_after` are seconds, where it says when to come again."""

    def __init__(self, status: int, code: str, detail: str, retry_after: int | None) -> None:
        super().__init__(f"{status} {code}: {detail}")
        self.status, self.code, self.detail, self.retry_after = status, code, detail, retry_after


class Base:
    """Asks one installation with one key. `address` is such as `https://messages.clinic.example`."""

    def __init__(self, address: str, key: str, *, timeout: float = 30.0) -> None:
        self._address, self._key, self._timeout = address.rstrip("/"), key, timeout

    def _ask(self, method: str, path: str, query: Mapping[str, object], body: object, shape: type[T]) -> T:
        given = {name: str(value) for name, value in query.items() if value is not None}
        url = f"{self._address}{path}" + (f"?{urllib.parse.urlencode(given)}" if given else "")
        content = None if body is None else json.dumps(plain(body)).encode()
        request = urllib.request.Request(url, content, method=method)  # noqa: S310 - the caller's own address
        request.add_header("Authorization", f"Bearer {self._key}")
        if content is not None:
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as answer:  # noqa: S310
                return typing.cast("T", read(shape, json.load(answer)))
        except urllib.error.HTTPError as error:
            with error:
                raise _refused(error) from None


def read(shape: object, value: object) -> object:
    """A value of JSON as the shape that it has; what is not known yet is passed over."""
    origin, parts = typing.get_origin(shape), typing.get_args(shape)
    if origin in (types.UnionType, typing.Union):
        return None if value is None else read(next(each for each in parts if each is not types.NoneType), value)
    if origin is list and isinstance(value, list):
        return [read(parts[0], each) for each in value]
    if origin is dict and isinstance(value, dict):
        return {name: read(parts[1], each) for name, each in value.items()}
    if shape in TEXTS and isinstance(value, str):
        return TEXTS[shape](value)
    if isinstance(shape, type) and dataclasses.is_dataclass(shape) and isinstance(value, dict):
        hints = typing.get_type_hints(shape)
        return shape(**{name: read(hint, value[name]) for name, hint in hints.items() if name in value})
    return value


def plain(value: object) -> object:
    """The other way: what JSON can hold, without what was not said."""
    if dataclasses.is_dataclass(value):
        said = {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
        return {name: plain(each) for name, each in said.items() if each is not None}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value if isinstance(value, str | int | float | None) else str(value)


def _refused(error: urllib.error.HTTPError) -> Refused:
    try:
        said = json.load(error)
    except ValueError:
        said = {}
    wait = error.headers.get("Retry-After", "")
    code, detail = str(said.get("code", "")), str(said.get("detail", error.reason))
    return Refused(error.code, code, detail, int(wait) if wait.isdecimal() else None)
