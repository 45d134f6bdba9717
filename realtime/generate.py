"""Writes `docs/wire.md` and `realtime/client/wire.gen.ts` from the shapes: `python -m realtime.generate`.

A test says whether what is written is what the shapes say now.
"""

from datetime import date, datetime
from pathlib import Path
from types import ModuleType, NoneType, UnionType
from typing import Annotated, Literal, Union, get_args, get_origin
from uuid import UUID

import msgspec

from realtime import describe, shapes, staff_facts
from server.queries import (
    alert_views,
    api_keys,
    audit_views,
    board_views,
    consent_views,
    contact_views,
    directory_views,
    draft_views,
    evidence_views,
    family_views,
    file_views,
    find_views,
    group_views,
    guard_views,
    handset_views,
    hold_views,
    hooks,
    hours_views,
    inbox_views,
    incident_views,
    keeping_views,
    letter_views,
    me_views,
    merge_views,
    note_views,
    notice_views,
    number_views,
    plan_views,
    reply_views,
    report_views,
    rota_views,
    sign_on_views,
    staff_views,
    tag_views,
    task_views,
    views,
    work_views,
)

ROOT = Path(__file__).resolve().parent.parent
SCALARS: dict[object, str] = {
    UUID: "Uuid",
    datetime: "Instant",
    date: "Day",
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    NoneType: "null",
}
HEADER = """// Made by `python -m realtime.generate` from server/queries/views.py and realtime/shapes.py. Do not edit.

/** Lower-case text of a UUID. */
export type Uuid = string;
/** UTC in RFC 3339, with Z. */
export type Instant = string;
/** YYYY-MM-DD. */
export type Day = string;
"""

SHAPES = (
    consent_views,
    family_views,
    file_views,
    work_views,
    note_views,
    tag_views,
    draft_views,
    task_views,
    views,
    inbox_views,
    hold_views,
    incident_views,
    keeping_views,
    notice_views,
    letter_views,
    number_views,
    plan_views,
    audit_views,
    find_views,
    contact_views,
    group_views,
    guard_views,
    directory_views,
    evidence_views,
    handset_views,
    hours_views,
    alert_views,
    board_views,
    me_views,
    reply_views,
    report_views,
    sign_on_views,
    rota_views,
    staff_views,
    hooks,
    api_keys,
    merge_views,
    staff_facts,
    shapes,
)
"""The modules of shapes, in the order in which they are written."""

Struct = type[msgspec.Struct]


def typescript() -> str:
    """All shapes as TypeScript, in the order in which Python defines them."""
    parts = [HEADER]
    aliases = _all_aliases()
    for name, thing in (each for module in SHAPES for each in _defined(module)):
        parts.append(_interface(thing, aliases) if isinstance(thing, type) else _alias(name, thing, aliases))
    return "\n".join(parts)


def written() -> dict[Path, str]:
    """Every generated file with what belongs in it."""
    return {
        ROOT / "realtime" / "client" / "wire.gen.ts": typescript(),
        ROOT / "docs" / "wire.md": describe.page([*_defined(staff_facts), *_defined(shapes)], typescript_of),
    }


def typescript_of(kind: object) -> str:
    """One type as TypeScript writes it."""
    return _type(kind, _all_aliases())


def main() -> None:
    """Write what has changed."""
    for path, text in written().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _defined(module: ModuleType) -> list[tuple[str, object]]:
    """The Structs and the named types of a module, in order."""
    found = []
    for name, thing in vars(module).items():
        is_struct = (
            isinstance(thing, type) and issubclass(thing, msgspec.Struct) and thing.__module__ == module.__name__
        )
        if is_struct or (name[0].isupper() and get_origin(thing) in (Literal, UnionType, Union)):
            found.append((name, thing))
    return found


def _all_aliases() -> dict[object, str]:
    return {key: name for module in SHAPES for key, name in _aliases(module).items()}


def _aliases(module: ModuleType) -> dict[object, str]:
    return {thing: name for name, thing in _defined(module) if not isinstance(thing, type)}


def _alias(name: str, thing: object, aliases: dict[object, str]) -> str:
    spelled = _type(thing, {each: known for each, known in aliases.items() if known != name})
    one_line = f"export type {name} = {spelled};\n"
    if len(one_line) <= 120:
        return one_line
    spell = _quoted if get_origin(thing) is Literal else lambda each: _type(each, aliases)
    lines = [f"  | {spell(each)}" for each in get_args(thing)]
    return f"export type {name} =\n" + "\n".join(lines) + ";\n"


def _interface(struct: Struct, aliases: dict[object, str]) -> str:
    config = struct.__struct_config__
    lines = [f"  {config.tag_field}: {_quoted(config.tag)};"] if config.tag else []
    for field in msgspec.structs.fields(struct):
        mark = "" if field.required else "?"
        lines.append(f"  {field.encode_name}{mark}: {_type(field.type, aliases)};")
    return f"export interface {struct.__name__} {{\n" + "\n".join(lines) + "\n}\n"


def _type(kind: object, aliases: dict[object, str]) -> str:
    if kind in aliases:
        return aliases[kind]
    if kind in SCALARS:
        return SCALARS[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _type(arguments[0], aliases)
    if origin is Literal:
        return " | ".join(_quoted(each) for each in arguments)
    if origin in (UnionType, Union):
        return " | ".join(_type(each, aliases) for each in arguments)
    if origin is list:
        inner = _type(arguments[0], aliases)
        return f"({inner})[]" if " " in inner else f"{inner}[]"
    if origin is dict:
        return f"Record<{_type(arguments[0], aliases)}, {_type(arguments[1], aliases)}>"
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind.__name__
    raise TypeError(f"no TypeScript for {kind!r}")


def _quoted(value: object) -> str:
    return f'"{value}"'


if __name__ == "__main__":
    main()
