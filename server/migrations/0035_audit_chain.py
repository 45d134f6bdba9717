"""The audit's chains of seals, and that the database itself only lets entries be added, and sealed once."""

from collections.abc import Mapping

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_editor.base import BaseSchemaEditor

_STAYS = ("id", "at", "organization_id", "did", "actor_kind", "actor_id", "about_id", "patient_id", "outcome", "source",
          "session_id", "data")  # fmt: skip
_IS_SEALING = f"""OLD."seal_number" IS NULL AND OLD."seal" IS NULL AND NEW."seal_number" IS NOT NULL
    AND NEW."seal" IS NOT NULL
    AND {" AND ".join(f'NEW."{column}" {{same}} OLD."{column}"' for column in _STAYS)}"""
_WORDS = "entries of the audit are only added, and sealed once"

_SQLITE = f"""
CREATE TRIGGER "audit_entry_stays" BEFORE UPDATE ON "audit_entry" WHEN NOT ({_IS_SEALING.format(same="IS")})
BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END;
CREATE TRIGGER "audit_entry_is_kept" BEFORE DELETE ON "audit_entry" BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END;
"""
_POSTGRES = f"""
CREATE FUNCTION "audit_entry_stays"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF {_IS_SEALING.format(same="IS NOT DISTINCT FROM")} THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER "audit_entry_stays" BEFORE UPDATE OR DELETE ON "audit_entry"
    FOR EACH ROW EXECUTE FUNCTION "audit_entry_stays"();
CREATE TRIGGER "audit_entry_is_kept" BEFORE TRUNCATE ON "audit_entry"
    FOR EACH STATEMENT EXECUTE FUNCTION "audit_entry_stays"();
"""
_NO_MORE = {
    "sqlite": 'DROP TRIGGER "audit_entry_stays"; DROP TRIGGER "audit_entry_is_kept";',
    "postgres": """DROP TRIGGER "audit_entry_stays" ON "audit_entry"; DROP TRIGGER "audit_entry_is_kept" ON "audit_entry";
        DROP FUNCTION "audit_entry_stays"();""",
}


class _Either(ops.RunSQL):
    """A statement that each of our databases says in its own words."""

    async def _run_sql(self, state_editor: BaseSchemaEditor, sqls: Mapping[str, str]) -> None:
        await state_editor._run_sql(sqls[state_editor.client.capabilities.dialect])


class Migration(migrations.Migration):
    dependencies = [("models", "0034_numbers")]

    initial = False

    operations = [
        ops.CreateModel(
            name="AuditChain",
            fields=[
                ("id", fields.UUIDField(primary_key=True, unique=True, db_index=True)),
                ("number", fields.BigIntField()),
                ("seal", fields.BinaryField()),
                ("sealed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={"table": "audit_chain", "app": "models", "pk_attr": "id"},
            bases=["Model"],
        ),
        ops.AddIndex(model_name="AuditEntry", index=Index(fields=["organization_id", "seal_number"])),
        _Either({"sqlite": _SQLITE, "postgres": _POSTGRES}, _NO_MORE),
    ]
