"""What stands in the audit of a clinic: entries by whom they were about, who did it, of what sort and when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from server import errors, models
from server.db import sql
from server.queries import actors, audit_words, cursors
from server.queries.audit_views import AuditLine, AuditPage, SeenAs, Seer, Seers

PAGE = 50
COLUMNS = ("id", "at", "did", "actor_kind", "actor_id", "about_id", "patient_id", "outcome", "source", "session_id",
           "data", "seal_number", "seal")  # fmt: skip
Row = dict[str, object]
Where = list[tuple[str, list[sql.Value]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What an admin asks. `patients` are one person's entries; `failed`: only what did not come to its end."""

    patients: frozenset[UUID] = frozenset()
    person: UUID | None = None
    about: UUID | None = None
    sort: audit_words.Sort | None = None
    failed: bool = False
    source: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class _Cursor(msgspec.Struct, array_like=True):
    at: datetime
    id: UUID


async def entries_of(organization: UUID, patient: UUID) -> frozenset[UUID]:
    """A patient of the clinic and all entries that were merged into theirs, in any number of steps.

    :raises Refusal: `unknown`
    """
    theirs = models.Patient.filter(organization_id=organization)
    if not await theirs.filter(id=patient).exists():
        raise errors.unknown()
    found, new = frozenset({patient}), [patient]
    while new:
        new = [each for (each,) in await theirs.filter(merged_into_id__in=new).values_list("id") if each not in found]
        found |= {*new}
    return found


async def page(organization: UUID, question: Question, before: str | None) -> AuditPage:
    """Fifty entries, the newest first; one query, and three for the names.

    :raises Refusal: `wrong_shape` for a cursor that is none
    """
    where = _where(organization, question)
    if cursor := _read(before):
        where.append(('("at", "id") < (?, ?)', [sql.as_time(cursor.at), cursor.id]))
    rows = await sql.fetch(*_newest(where, question.patients, PAGE + 1))
    names = await actors.names(organization, rows[:PAGE])
    lines = [_line(row, names) for row in rows[:PAGE]]
    return AuditPage(lines, _written(rows[PAGE - 1]) if len(rows) > PAGE else None)


async def batch(
    organization: UUID, since: datetime, until: datetime, after: tuple[datetime, UUID] | None, most: int
) -> list[Row]:
    """So many entries of a time, the oldest first, after the one at this moment with this id."""
    where = _where(organization, Question(since=since, until=until))
    if after:
        where.append(('("at", "id") > (?, ?)', [sql.as_time(after[0]), after[1]]))
    text, values = _select(where)
    return await sql.fetch(f'{text} ORDER BY "at", "id" LIMIT {most}', values)


async def seers(organization: UUID, patient: UUID, question: Question) -> Seers:
    """Everybody who saw something of a patient; one query, and three for the names."""
    where = _where(organization, question)
    where.append(_dids(audit_words.SAW))
    counted = '"actor_kind", "actor_id", "source", "did", COUNT(*) AS n, MIN("at") AS "first", MAX("at") AS "last"'
    parts = [(_text(counted, each), each) for each in _halves(where, question.patients)]
    union = " UNION ALL ".join(f'{text} GROUP BY "actor_kind", "actor_id", "source", "did"' for text, _ in parts)
    rows = await sql.fetch(union, [value for _, each in parts for value in _values(each)])
    names = await actors.names(organization, rows, also=[patient])
    return Seers(names.patient(patient), _seers(rows, names))


def _seers(rows: Sequence[Row], names: actors.Names) -> list[Seer]:
    of_whom: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        of_whom.setdefault((str(row["actor_kind"]), str(row["actor_id"])), []).append(row)
    found = [_seer(theirs, names) for theirs in of_whom.values()]
    return sorted(found, key=lambda seer: seer.last, reverse=True)


def _seer(rows: Sequence[Row], names: actors.Names) -> Seer:
    ways: dict[str, int] = {}
    for row in rows:
        ways[str(row["did"])] = ways.get(str(row["did"]), 0) + int(str(row["n"]))
    return Seer(
        who=names.who(rows[0]),
        times=sum(ways.values()),
        first=min(actors.time(row["first"]) for row in rows),
        last=max(actors.time(row["last"]) for row in rows),
        sources=sorted({str(row["source"]) for row in rows if row["source"]}),
        ways=[SeenAs(did, audit_words.words_of(did), n) for did, n in sorted(ways.items(), key=lambda way: -way[1])],
    )


def _line(row: Row, names: actors.Names) -> AuditLine:
    did, session, number = str(row["did"]), row["session_id"], row["seal_number"]
    return AuditLine(
        id=sql.as_id(row["id"]),
        at=actors.time(row["at"]),
        did=did,
        sort=audit_words.SORT_OF.get(did),
        words=audit_words.words_of(did),
        who=names.who(row),
        patient=names.patient(sql.as_id(row["patient_id"])) if row["patient_id"] else None,
        outcome=str(row["outcome"]),
        source=str(row["source"]) if row["source"] else None,
        session=sql.as_id(session) if session else None,
        number=int(str(number)) if number is not None else None,
    )


def _where(organization: UUID, question: Question) -> Where:
    """All conditions but that of the patient."""
    where: Where = [('"organization_id" = ?', [organization])]
    for column, value in (("actor_id", question.person), ("about_id", question.about), ("source", question.source)):
        if value is not None:
            where.append((f'"{column}" = ?', [value]))
    if question.sort:
        where.append(_dids(audit_words.SORTS[question.sort]))
    if question.failed:
        where.append(("\"outcome\" <> 'done'", []))
    if question.since:
        where.append(('"at" >= ?', [sql.as_time(question.since.astimezone(UTC))]))
    if question.until:
        where.append(('"at" < ?', [sql.as_time(question.until.astimezone(UTC))]))
    return where


def _dids(dids: Collection[str]) -> tuple[str, list[sql.Value]]:
    condition, value = sql.among(sorted(map(str, dids)))
    return f'"did" {condition}', [value]


def _halves(where: Where, patients: Collection[UUID]) -> list[Where]:
    """The same question to entries about a patient, and to those that showed them among others: each has its index."""
    if not patients:
        return [where]
    ids = list(patients)
    shown = " OR ".join(['"data" LIKE ?'] * len(ids))
    return [
        [*where, (f'"patient_id" IN ({sql.marks(ids)})', [*ids])],
        [*where, _dids(audit_words.SHOWN), (f'"patient_id" IS NULL AND ({shown})', [f'%"{each}"%' for each in ids])],
    ]


def _newest(where: Where, patients: Collection[UUID], most: int) -> tuple[str, list[sql.Value]]:
    order = f'ORDER BY "at" DESC, "id" DESC LIMIT {most}'
    parts = [_select(each) for each in _halves(where, patients)]
    if len(parts) == 1:
        return f"{parts[0][0]} {order}", parts[0][1]
    union = " UNION ALL ".join(f"SELECT * FROM ({text} {order}) part{n}" for n, (text, _) in enumerate(parts))  # noqa: S608 - our own words
    return f"SELECT * FROM ({union}) found {order}", [value for _, values in parts for value in values]  # noqa: S608 - our own words


def _select(where: Where) -> tuple[str, list[sql.Value]]:
    return _text(", ".join(f'"{column}"' for column in COLUMNS), where), _values(where)


def _text(columns: str, where: Where) -> str:
    return f'SELECT {columns} FROM "audit_entry" WHERE {" AND ".join(text for text, _ in where)}'  # noqa: S608 - our own words


def _values(where: Where) -> list[sql.Value]:
    return [value for _, values in where for value in values]


def _written(row: Row) -> str:
    return cursors.written(_Cursor(actors.time(row["at"]), sql.as_id(row["id"])))


def _read(text: str | None) -> _Cursor | None:
    sentence = "That page of the list is not there. Ask again."
    return None if text is None else cursors.read(text, _Cursor, otherwise=sentence)
