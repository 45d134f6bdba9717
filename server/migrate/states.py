"""The models as they were and will be, drawn only as far as a migration looks at them.

The ORM draws every model anew before each operation, with all their queries: 17 s for our first three migrations, most
of it for nobody. Only an operation's own code (`RunPython`) asks for queries, and it asks the models from before.
"""

from collections.abc import Iterable

from tortoise.migrations.schema_generator.state import ModelState, State
from tortoise.migrations.schema_generator.state_apps import StateApps
from tortoise.models import Model

Models = dict[tuple[str, str], ModelState]


class Unasked(StateApps):
    """Models whose shape is known, and of which nobody asks anything."""

    def _build_initial_querysets(self) -> None:
        for app in self.apps.values():
            for model in app.values():
                if model._meta._inited:
                    model._meta.finalise_fields()


class Shapes(State):
    """What the models are now. Changed by each operation in turn."""

    def clone(self) -> State:
        """How they were: drawn when somebody looks."""
        models = {key: model.clone() for key, model in self.models.items()}
        return Before(models, self.apps)


class Before(State):
    """The models before an operation."""

    def __init__(self, models: Models, now: StateApps) -> None:
        self.models = models
        self._connections = dict(now._default_connections)
        self._drawn: StateApps | None = None

    @property
    def apps(self) -> StateApps:  # type: ignore[override]
        """The models' classes, with all that can be asked of them."""
        if self._drawn is None:
            self._drawn = StateApps(default_connections=self._connections).clone(model_states=self.models)
        return self._drawn


def begin(default_connections: dict[str, str]) -> State:
    """Before the first migration there is no model."""
    return Shapes(models={}, apps=Unasked(default_connections=default_connections))


class Copied(State):
    """Models that the ORM copies for each operation of the way back, and changes and asks each copy by itself: so each
    is drawn when somebody looks, and again if it was changed since.
    """

    def __init__(self, models: Models, connections: dict[str, str]) -> None:
        self.models = models
        self._connections = connections
        self.apps = Awaited(models, connections)

    def clone(self) -> State:
        """Another one, which nobody has looked at."""
        return Copied({key: model.clone() for key, model in self.models.items()}, self._connections)

    def reload_model(self, app_label: str, model_name: str) -> None:
        """Forget the drawing."""
        self.reload_models([(app_label, model_name)])

    def reload_models(self, model_tuples: Iterable[tuple[str, str]]) -> None:
        """Forget the drawing, in which any of these may be."""
        self.apps = Awaited(self.models, self._connections)


class Awaited(StateApps):
    """Models' classes, which are made when the first of them is asked for."""

    def __init__(self, models: Models, connections: dict[str, str]) -> None:
        self._models = models
        self._drawn: dict[str, dict[str, type[Model]]] | None = None
        super().__init__(default_connections=connections)

    @property
    def apps(self) -> dict[str, dict[str, type[Model]]]:
        """All of them, with all that can be asked of them."""
        if self._drawn is None:
            drawn = StateApps(default_connections=self._default_connections).clone(model_states=self._models)
            self._drawn = drawn.apps
        return self._drawn

    @apps.setter
    def apps(self, _none_yet: dict[str, dict[str, type[Model]]]) -> None:
        """The ORM begins with none."""

    def unregister_model(self, app_label: str, model_name: str) -> None:
        """Whoever takes one out reloads the others."""


def whole(state: State) -> State:
    """A copy for the way back."""
    models = {key: model.clone() for key, model in state.models.items()}
    return Copied(models, dict(state.apps._default_connections))
