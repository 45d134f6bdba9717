"""The models as they were and will be, drawn only as far as a migration looks at them.

The ORM draws every model anew before each operation, with all their queries: 17 s for our first three migrations, most
of it for nobody. Only an operation's own code (`RunPython`) asks for queries, and it asks the models from before.
"""

from tortoise.migrations.schema_generator.state import ModelState, State
from tortoise.migrations.schema_generator.state_apps import StateApps

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


def whole(state: State) -> State:
    """A copy for the way back: the ORM copies it for each operation, and changes and asks each copy by itself."""
    apps = StateApps(default_connections=dict(state.apps._default_connections))
    models = {key: model.clone() for key, model in state.models.items()}
    return State(models=models, apps=apps.clone(model_states=models))
