"""Little migration packages of a test's own: a clinic with rooms (which go with it) and beds (which go with them)."""

import importlib
import sys
from pathlib import Path
from uuid import uuid4

HEAD = """
from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint, UniqueConstraint


class Migration(migrations.Migration):
    atomic = {atomic}
    dependencies = {dependencies}
    operations = [{operations}]
"""

FIRST = """
    ops.CreateModel("Clinic", [
        ("id", fields.IntField(primary_key=True, generated=False)),
        ("name", fields.CharField(max_length=40)),
        ("zone", fields.CharField(max_length=40, null=True)),
        ("code", fields.CharField(max_length=40, unique=True)),
        ("phone", fields.CharField(max_length=40, db_index=True)),
        ("parent", fields.ForeignKeyField("models.Clinic", null=True, related_name="parts")),
    ], {"table": "clinic", "unique_together": (("name", "zone"),), "indexes": [Index(fields=["zone", "name"])]}),
    ops.CreateModel("Room", [
        ("id", fields.IntField(primary_key=True, generated=False)),
        ("clinic", fields.ForeignKeyField("models.Clinic", related_name="rooms", on_delete="CASCADE")),
        ("sign", fields.CharField(max_length=9, default="it's; so")),
    ], {"table": "room", "unique_together": (("clinic", "sign"),)}),
    ops.CreateModel("Bed", [
        ("id", fields.IntField(primary_key=True, generated=False)),
        ("room", fields.ForeignKeyField("models.Room", related_name="beds", on_delete="CASCADE")),
    ], {"table": "bed"}),
    ops.RunSQL("CREATE UNIQUE INDEX one_head ON clinic (zone) WHERE phone = 'head; office'", "DROP INDEX one_head"),
"""

CHANGES = {
    "a wider column": 'ops.AlterField("Clinic", "name", fields.CharField(max_length=80))',
    "a column that may be empty": 'ops.AlterField("Clinic", "name", fields.CharField(max_length=40, null=True))',
    "a column that is no longer unique": 'ops.AlterField("Clinic", "code", fields.CharField(max_length=40))',
    "a column that becomes unique": 'ops.AlterField("Clinic", "name", fields.CharField(max_length=40, unique=True))',
    "a column without its index": 'ops.AlterField("Clinic", "phone", fields.CharField(max_length=40))',
    "a column with an index": 'ops.AlterField("Clinic", "name", fields.CharField(max_length=40, db_index=True))',
    "a new column with an index": """
        ops.AddField("Clinic", "note", fields.CharField(max_length=9, null=True, db_index=True))""",
    "a new reference": """
        ops.AddField("Bed", "clinic", fields.ForeignKeyField("models.Clinic", null=True, related_name="beds"))""",
    "a reference that stops the deletion": """ops.AlterField("Room", "clinic",
        fields.ForeignKeyField("models.Clinic", related_name="rooms", on_delete="RESTRICT"))""",
    "one column less": 'ops.RemoveField("Clinic", "parent")',
    "one column less of a constraint": """
        ops.RemoveConstraint("Clinic", fields=["name", "zone"]),
        ops.RemoveIndex("Clinic", fields=["zone", "name"]),
        ops.RunSQL("DROP INDEX one_head", "CREATE UNIQUE INDEX one_head ON clinic (zone) WHERE phone = 'head; office'"),
        ops.RemoveField("Clinic", "zone")""",
    "one constraint less": 'ops.RemoveConstraint("Clinic", fields=["name", "zone"])',
    "one constraint more": 'ops.AddConstraint("Clinic", UniqueConstraint(fields=("phone", "name")))',
    "a check": 'ops.AddConstraint("Clinic", CheckConstraint(check="id > 0", name="positive"))',
    "another name for a column": 'ops.RenameField("Clinic", "code", "title")',
}


class Package:
    """A package of migrations in a folder, importable under a name that nobody had before."""

    def __init__(self, folder: Path) -> None:
        self.name = f"migrations_{uuid4().hex}"
        self._folder = folder / self.name
        self._folder.mkdir()
        (self._folder / "__init__.py").touch()
        sys.path.insert(0, str(folder))
        self._written: list[str] = []
        self.write("first", FIRST)

    def write(self, name: str, operations: str, *, atomic: bool = True) -> None:
        """Add a migration that comes after those already there."""
        dependencies = [("models", self._written[-1])] if self._written else []
        self._written.append(f"{len(self._written) + 1:04d}_{name}")
        text = HEAD.format(atomic=atomic, dependencies=dependencies, operations=operations)
        (self._folder / f"{self._written[-1]}.py").write_text(text)
        importlib.invalidate_caches()

    def forget(self, name: str) -> None:
        """Remove a migration, as an older version of the code would not have it."""
        (self._folder / f"{name}.py").unlink()
        self._written.remove(name)
