"""The models as they were and will be, drawn only as far as a migration looks at them.

The ORM draws a model anew with all that are tied to it, which is nearly every one, for each operation, with all that
can be asked of them: 14 s for an empty database, most of it for nobody. An operation changes one table. Of it must be
known what its columns are, and of the tables to which it points the keys. So it is drawn with those, and kept until one
of them is another. Only a migration's own code (`RunPython`) asks for queries; for it all are drawn.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, cast

from tortoise.fields.base import Field
from tortoise.fields.relational import ManyToManyFieldInstance, RelationalField
from tortoise.migrations.migration import Migration
from tortoise.migrations.operations import RunPython
from tortoise.migrations.schema_generator.state import ModelState, State
from tortoise.migrations.schema_generator.state_apps import StateApps
from tortoise.models import Model

Key = tuple[str, str]
Models = dict[Key, ModelState]
Look = tuple[str, dict[str, object], dict[str, Field[object]]]
Drawn = dict[Key, tuple[list[Look], type[Model]]]
"""The newest drawing of each, and what it was drawn from. Two states have the same field if it is the same object."""
KEPT_OF_A_TARGET = ("app", "table", "schema", "pk_attr")


class OneByOne(StateApps):
    """Models' classes, whose columns are known and of which nothing else can be asked."""

    def __init__(self, models: Models, connections: dict[str, str], drawn: Drawn) -> None:
        super().__init__(default_connections=connections)
        self._models = models
        self._drawn = drawn

    def get_model(self, app_label: str, model_name: str | None = None) -> type[Model]:
        """One of them, as it is now."""
        key = self.split_reference(app_label) if model_name is None else (app_label, model_name)
        around = {target: _only_keys(self._models[target]) for target in sorted(_around(key, self._models))}
        looks = [_look(each) for each in (self._models[key], *around.values())]
        held = self._drawn.get(key)
        if held is None or held[0] != looks:
            held = self._drawn[key] = looks, self._draw(key, around)
        return held[1]

    def unregister_model(self, app_label: str, model_name: str) -> None:
        """It is no more: whoever looked would miss it."""

    def _draw(self, key: Key, around: Models) -> type[Model]:
        apps = _Columns(default_connections=self._default_connections)
        for (app, _), state in {key: self._models[key], **around}.items():
            apps.register_model(app, state.render(apps))
        apps.finish()
        return apps.apps[key[0]][key[1]]


class _Columns(StateApps):
    """One model and the keys of those to which it points."""

    def finish(self) -> None:
        """Say which column is whose."""
        self._init_relations()
        for app in self.apps.values():
            for model in app.values():
                model._meta.finalise_fields()


class Shapes(State):
    """What the models are. Changed by each operation in turn; a copy is how they were."""

    def __init__(self, models: Models, connections: dict[str, str], drawn: Drawn, *, asked: bool = False) -> None:
        self.models = models
        self._connections = connections
        self._drawn = drawn
        self._asked = asked
        self._columns = OneByOne(models, connections, drawn)
        self._whole: StateApps | None = None

    @property
    def apps(self) -> StateApps:  # type: ignore[override]
        """The models' classes."""
        if not self._asked:
            return self._columns
        if self._whole is None:
            models = {key: model.clone() for key, model in self.models.items()}
            self._whole = StateApps(default_connections=self._connections).clone(model_states=models)
        return self._whole

    def seen_by(self, migration: Migration) -> "Shapes":
        """The same, with queries if this migration has code of its own."""
        asked = any(isinstance(operation, RunPython) for operation in migration.operations)
        return self if asked == self._asked else Shapes(self.models, self._connections, self._drawn, asked=asked)

    def clone(self) -> "Shapes":
        """A copy. No operation changes a field where it stands, so both may have it."""
        models = {
            key: replace(model, options=dict(model.options), fields=dict(model.fields))
            for key, model in self.models.items()
        }
        return Shapes(models, self._connections, self._drawn, asked=self._asked)

    def drawn(self) -> Iterator[type[Model]]:
        """Each of them, one by one."""
        return (self._columns.get_model(*key) for key in self.models)

    def reload_model(self, app_label: str, model_name: str) -> None:
        """Forget the drawing of all."""
        self._whole = None

    def reload_models(self, model_tuples: Iterable[Key]) -> None:
        """Forget the drawing of all."""
        self._whole = None

    def validate_relations_initialized(self) -> None:
        """Insist that what a model points to is there."""
        if strange := {target for model in self.models.values() for target in _targets(model)} - set(self.models):
            raise RuntimeError(f"The migration leaves models that point to {sorted(strange)}, which it does not make.")


def begin(default_connections: dict[str, str]) -> Shapes:
    """Before the first migration there is no model."""
    return Shapes({}, default_connections, {})


def _look(model: ModelState) -> Look:
    return model.name, dict(model.options), dict(model.fields)


def _targets(model: ModelState) -> set[Key]:
    return {_named(field) for field in model.fields.values() if _points(field)}


def _points(field: Field[object]) -> bool:
    return isinstance(field, RelationalField) and hasattr(field, "model_name")


def _named(field: Any) -> Key:
    app, name = cast("str", field.model_name).split(".")
    return app, name


def _around(key: Key, models: Models) -> set[Key]:
    """What it points to, and what the keys of those point to."""
    found: set[Key] = set()
    waiting = _targets(models[key])
    while waiting:
        target = waiting.pop()
        if target != key and target in models and target not in found:
            found.add(target)
            waiting |= _targets(_only_keys(models[target]))
    return found


def _only_keys(model: ModelState) -> ModelState:
    fields = {
        name: field
        for name, field in model.fields.items()
        if (field.pk or field.unique) and not isinstance(field, ManyToManyFieldInstance)
    }
    options = {name: value for name, value in model.options.items() if name in KEPT_OF_A_TARGET}
    return replace(model, options=options, fields=fields)
