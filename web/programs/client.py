"""Writes a typed Python client from the programs' OpenAPI document: `python -m web.programs.client FOLDER`.

It is one module without dependencies, and is not kept here: whoever wants it makes it from the release they talk to.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from web.programs import client_base, records
from web.programs.registry import api

NAME = "bloomtext_client.py"
REF = "#/components/schemas/"
FORMATS = {"uuid": "uuid.UUID", "date-time": "datetime.datetime", "date": "datetime.date"}
TYPES = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
SERVED = records
"""Importing it enters the handlers."""


def source(document: Mapping[str, Any]) -> str:
    """The module for this document."""
    base = Path(client_base.__file__).read_text()
    told = f"A client of {document['info']['title']} {document['info']['version']}. Made from its OpenAPI document."
    head = f'"""{told}"""\n\nfrom __future__ import annotations\n'
    body = base.split('"""', 2)[2]
    shapes = [_shape(name, said) for name, said in document["components"]["schemas"].items() if name != "Problem"]
    calls = [_call(path, method, said) for path, each in document["paths"].items() for method, said in each.items()]
    client = 'class Client(Base):\n    """What a key can be used for. Each call raises `Refused`."""\n\n'
    return "\n\n".join([head + body.rstrip("\n") + "\n", *shapes, client + "\n".join(calls)])


def write(folder: Path) -> Path:
    """Write it into a folder; where it is."""
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / NAME
    made.write_text(source(api.document()))
    return made


def _shape(name: str, said: Mapping[str, Any]) -> str:
    needed = said.get("required", [])
    lines = [
        f"    {field}: {_type(rule)}" if field in needed else f"    {field}: {_or_none(_type(rule))} = None"
        for field, rule in said["properties"].items()
    ]
    head = f"@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)\nclass {name}:\n"
    return head + f'    """{said.get("description", name)}"""\n\n' + "\n".join(lines) + "\n"


def _call(path: str, method: str, said: Mapping[str, Any]) -> str:
    answer = next(_type(_content(each)) for status, each in said["responses"].items() if status.startswith("2"))
    ids = [each["name"] for each in said["parameters"] if each["in"] == "path"]
    asked = {each["name"]: each["schema"] for each in said["parameters"] if each["in"] == "query"}
    body = _type(_content(said["requestBody"])) if "requestBody" in said else None
    taken = ", ".join(_taken(ids, asked, body))
    query = ", ".join(f'"{name}": {name}' for name in asked)
    return (
        f"    def {said['operationId']}({taken}) -> {answer}:\n"
        f'        """{said["summary"]}"""\n'
        f'        path = f"{path}"\n'
        f'        return self._ask("{method.upper()}", path, {{{query}}}, {"body" if body else None}, {answer})\n'
    )


def _taken(ids: list[str], asked: Mapping[str, Any], body: str | None) -> Iterator[str]:
    yield "self"
    yield from (f"{name}: uuid.UUID" for name in ids)
    if body:
        yield f"body: {body}"
    if asked:
        yield "*"
    yield from (f"{name}: {_or_none(_type(rule))} = None" for name, rule in asked.items())


def _content(said: Mapping[str, Any]) -> Mapping[str, Any]:
    shape: Mapping[str, Any] = said["content"]["application/json"]["schema"]
    return shape


def _type(rule: Mapping[str, Any]) -> str:
    if "$ref" in rule:
        return str(rule["$ref"]).removeprefix(REF)
    if "anyOf" in rule:
        return " | ".join(_type(each) for each in rule["anyOf"])
    if "enum" in rule:
        return f"typing.Literal[{', '.join(map(repr, rule['enum']))}]"
    if rule.get("type") == "array":
        return f"list[{_type(rule['items'])}]"
    if rule.get("type") == "object":
        return f"dict[str, {_type(rule['additionalProperties'])}]"
    return FORMATS.get(rule.get("format", ""), TYPES[rule["type"]])


def _or_none(kind: str) -> str:
    return kind if kind.endswith("None") else f"{kind} | None"


if __name__ == "__main__":
    sys.stdout.write(f"{write(Path(sys.argv[1] if sys.argv[1:] else 'var/client'))}\n")
