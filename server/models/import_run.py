"""Lists of patients that are brought in: the run of each, and the rows that left something behind."""

from enum import StrEnum
from uuid import UUID

from tortoise import fields

from server.models.base import Record
from server.models.organization import Organization
from server.models.patient import Patient


class ImportState(StrEnum):
    """How far a run is. `read` waits for its columns to be confirmed, `checked` for the word to begin."""

    RECEIVING = "receiving"
    READING = "reading"
    REFUSED = "refused"
    READ = "read"
    CHECKING = "checking"
    CHECKED = "checked"
    WRITING = "writing"
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"
    UNDOING = "undoing"
    UNDONE = "undone"


class ImportRun(Record):
    """One file of patients on its way into the directory.

    `by_id` brought it; null: the operator did, for the clinic. The bytes, and later the rows, lie sealed in the files'
    folder until they are forgotten (`forgotten_at`). `sha256` is the content's. `look_sealed` is what was found out
    about it (JSON), `header_index` a keyed fingerprint of its header, `columns` what somebody confirmed (JSON).

    `position` rows were worked through in this state; `created`, `updated`, `unchanged` and `skipped` add up to it, in
    a check as what would be; in `shared` of them stands a phone or mailbox that somebody else has too. Of an undone
    run, `taken_back` patients were put back, `kept` had changed since.
    `why` is the sentence with which the file was refused. `told_at` is when screens last heard.
    """

    organization_id: UUID
    organization: fields.ForeignKeyRelation[Organization] = fields.ForeignKeyField(
        "models.Organization", on_delete=fields.RESTRICT, related_name="import_runs"
    )
    by_id = fields.UUIDField(null=True)
    key = fields.CharField(max_length=64)
    name_sealed = fields.BinaryField()
    size = fields.IntField()
    received = fields.IntField(default=0)
    state = fields.CharEnumField(ImportState, max_length=10, default=ImportState.RECEIVING)
    why = fields.CharField(max_length=200, null=True)
    sha256 = fields.CharField(max_length=64, null=True)
    look_sealed = fields.BinaryField(null=True)
    header_index = fields.CharField(max_length=32, null=True)
    columns = fields.TextField(null=True)
    rows = fields.IntField(default=0)
    position = fields.IntField(default=0)
    created = fields.IntField(default=0)
    updated = fields.IntField(default=0)
    unchanged = fields.IntField(default=0)
    skipped = fields.IntField(default=0)
    shared = fields.IntField(null=True)
    taken_back = fields.IntField(default=0)
    kept = fields.IntField(default=0)
    began_at = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    told_at = fields.DatetimeField(null=True)
    forgotten_at = fields.DatetimeField(null=True)

    class Meta:
        table = "import_run"
        unique_together = (("organization", "key"),)
        indexes = (("organization_id", "created_at"),)


class ImportOutcome(StrEnum):
    """What became of a row, or has to be decided first. Rows that change nothing are only counted.

    `fixed`: somebody has put it right, and it waits to be written.
    """

    CREATED = "created"
    UPDATED = "updated"
    NEEDS = "needs"
    FIXED = "fixed"
    SKIPPED = "skipped"


class ImportRow(Record):
    """What one row of a run left behind. `number` is the row's in its file.

    `why` is the code of what was the matter, with the `field` it is about and a `detail`; `differs` are the fields in
    which the patient on file is other (with commas). `decision` is what a person said about it (JSON), `cells_sealed`
    what they typed in place of its cells (JSON). Of a row that is `fixed`, `why` is what would become of it.
    `before_sealed` are the patient's details that the run changed, as they were (JSON), and `rev` the patient's after.
    """

    run_id: UUID
    run: fields.ForeignKeyRelation[ImportRun] = fields.ForeignKeyField(
        "models.ImportRun", on_delete=fields.CASCADE, related_name="left"
    )
    number = fields.IntField()
    outcome = fields.CharEnumField(ImportOutcome, max_length=8)
    patient_id: UUID | None
    patient: fields.ForeignKeyNullableRelation[Patient] = fields.ForeignKeyField(
        "models.Patient", on_delete=fields.SET_NULL, null=True, related_name="import_rows"
    )
    why = fields.CharField(max_length=20, null=True)
    field = fields.CharField(max_length=16, null=True)
    detail = fields.IntField(default=0)
    differs = fields.CharField(max_length=80, null=True)
    decision = fields.TextField(null=True)
    before_sealed = fields.BinaryField(null=True)
    cells_sealed = fields.BinaryField(null=True)
    rev = fields.IntField(default=0)

    class Meta:
        table = "import_row"
        unique_together = (("run", "number"),)
        indexes = (("run_id", "outcome", "number"), ("patient_id",))
