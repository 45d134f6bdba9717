"""What can be asked of each model is worked out once in a process for each kind of database.

The ORM works it out again whenever a database is opened, before nearly every test: 50 ms of a processor for our models.
It depends on the models and on the kind of the database, and on nothing else.
"""

from tortoise.apps import Apps
from tortoise.models import MetaInfo, Model

# What `Apps._build_initial_querysets` leaves that is another one for another kind of database.
OF_A_KIND = (
    "filters",
    "db_native_fields",
    "db_default_fields",
    "db_complex_fields",
    "basetable",
    "basequery",
    "basequery_all_fields",
)
Kind = tuple[str, tuple[type[Model], ...]]

_work_out = Apps._build_initial_querysets
_known: dict[Kind, list[tuple[MetaInfo, dict[str, object]]]] = {}


def use() -> None:
    """From now on, in this process."""
    Apps._build_initial_querysets = _recall  # type: ignore[assignment]


def _recall(apps: Apps) -> None:
    kind = apps._connections.get("default").capabilities.dialect, tuple(apps.get_models_iterable())
    if kind in _known:
        for meta, values in _known[kind]:
            for name, value in values.items():
                setattr(meta, name, value)
        return
    metas = [model._meta for model in kind[1]]
    for meta in metas:
        # They are filled where they are; those of the other kind must stay as they were.
        meta.filters, meta.db_native_fields, meta.db_default_fields, meta.db_complex_fields = {}, [], [], []
    _work_out(apps)
    _known[kind] = [(meta, {name: getattr(meta, name) for name in OF_A_KIND}) for meta in metas]
