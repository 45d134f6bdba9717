"""A pair of rows in every table, made from nothing but what the models say of themselves."""

from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from tortoise import Tortoise, fields
from tortoise.fields.base import Field
from tortoise.fields.relational import ForeignKeyFieldInstance
from tortoise.models import Model

_number = count(1)


async def in_every_table() -> set[str]:
    """Make two rows of each model, every field filled in, parents first; returns the tables' names."""
    made: dict[type[Model], list[Model]] = {}
    waiting = list((Tortoise.apps or {})["models"].values())
    while waiting:
        model = next(model for model in waiting if all(parent in made for parent in _parents(model)))
        made[model] = [await model.create(**_values(model, made, turn)) for turn in range(2)]
        waiting.remove(model)
    return {model._meta.db_table for model in made}


def _parents(model: type[Model]) -> list[type[Model]]:
    return [_foreign_key(model, name).related_model for name in _keys(model)]


def _keys(model: type[Model]) -> set[str]:
    return model._meta.fk_fields | model._meta.o2o_fields


def _foreign_key(model: type[Model], name: str) -> ForeignKeyFieldInstance[Model]:
    field = model._meta.fields_map[name]
    assert isinstance(field, ForeignKeyFieldInstance)
    return field


def _values(model: type[Model], made: dict[type[Model], list[Model]], turn: int) -> dict[str, object]:
    keys = {name: made[_foreign_key(model, name).related_model][turn] for name in _keys(model)}
    raw = {f"{name}_id" for name in keys}
    own = {name: model._meta.fields_map[name] for name in model._meta.db_fields if name not in raw}
    return {**keys, **{name: _value(field) for name, field in own.items() if not field.generated}}


def _value(field: Field[object]) -> object:
    number = next(_number)
    if choices := getattr(field, "enum_type", None):
        return next(iter(choices))
    match field:
        case fields.UUIDField():
            return UUID(int=number)
        case fields.CharField(max_length=longest):
            return str(number)[-longest:]
        case fields.TextField():
            return str(number)
        case fields.BooleanField():
            return True
        case fields.DatetimeField():
            return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=number)
        case fields.BinaryField():
            return number.to_bytes(8)
        case fields.SmallIntField() | fields.IntField() | fields.BigIntField():
            return number
    raise TypeError(f"No sample value is known for {type(field).__name__}.")
