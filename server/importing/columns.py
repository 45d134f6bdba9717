"""What the columns of a file mean."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Literal

import msgspec

from server.errors import Kind, Refusal

DateOrder = Literal["month_first", "day_first"]


class Field(StrEnum):
    """What a column can be. There are no others: no column of a file sets a key, a right or a consent (B73)."""

    PHONE = "phone"
    MRN = "mrn"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    LAST_FIRST = "last_first"
    FIRST_LAST = "first_last"
    DATE_OF_BIRTH = "date_of_birth"
    EMAIL = "email"
    PHONE_TYPE = "phone_type"
    PHONE_OWNER = "phone_owner"
    PHONE_2 = "phone_2"
    PHONE_2_TYPE = "phone_2_type"
    PHONE_2_OWNER = "phone_2_owner"
    HOME_PHONE = "home_phone"
    WORK_PHONE = "work_phone"
    EMAIL_2 = "email_2"


Kept = Literal["phone", "mrn", "first_name", "last_name", "date_of_birth", "email"]
"""What an entry keeps once."""
Beside = Literal[
    "phone_type", "phone_owner", "phone_2", "phone_2_type", "phone_2_owner", "home_phone", "work_phone", "email_2",
]  # fmt: skip
"""What a row says of further phones and mailboxes, and of whose they are."""
Place = Kept | Beside
WHOLE_NAMES = frozenset((Field.LAST_FIRST, Field.FIRST_LAST))
PARTS_OF_NAMES = frozenset((Field.FIRST_NAME, Field.LAST_NAME))


class Columns(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody said about the columns of a file, in their order; null: it is not read.

    `dates` is whether 03/04 is in March or in April, once for the whole file; null: not said. `tidy_capitals`: names
    that are all in capitals are written as names.
    """

    fields: list[Field | None]
    dates: DateOrder | None = None
    tidy_capitals: bool = True


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody decided about a row that differs from what is on file, or that may be somebody else.

    `take`: fields in which the list is right; in the others what is on file stays. `add`: it is another patient.
    `skip`: nothing of it comes in.
    """

    take: list[Kept] = []
    add: bool = False
    skip: bool = False


def must_fit(columns: Columns, width: int, *, needs_order: bool) -> None:
    """Whether the rows of a file can be read in this way.

    :raises Refusal: `wrong_columns`, `dates_unclear` where it `needs_order` and none is given
    """
    chosen = [field for field in columns.fields if field]
    if len(columns.fields) != width:
        raise _wrong("Say of each column what it is, or that it is left out.")
    if not chosen:
        raise _wrong("Say which column is the phone, the name or the MRN.")
    if doubled := next((field for field in chosen if chosen.count(field) > 1), None):
        raise _wrong(f"Two columns are “{NAMES[doubled]}”. Keep one of them.")
    if _has(chosen, WHOLE_NAMES) > 1 or (_has(chosen, WHOLE_NAMES) and _has(chosen, PARTS_OF_NAMES)):
        raise _wrong("The name is in two places. Take one column for the whole name, or one each for first and last.")
    if needs_order and Field.DATE_OF_BIRTH in chosen and columns.dates is None:
        sentence = "The dates can be read in two ways. Say whether the month or the day comes first."
        raise Refusal(Kind.INVALID, "dates_unclear", sentence)


def _has(chosen: Sequence[Field], of: frozenset[Field]) -> int:
    return sum(field in of for field in chosen)


def _wrong(sentence: str) -> Refusal:
    return Refusal(Kind.INVALID, "wrong_columns", sentence)


NAMES = {
    Field.PHONE: "Mobile phone",
    Field.MRN: "MRN",
    Field.FIRST_NAME: "First name",
    Field.LAST_NAME: "Last name",
    Field.LAST_FIRST: "Last, First",
    Field.FIRST_LAST: "First Last",
    Field.DATE_OF_BIRTH: "Date of birth",
    Field.EMAIL: "E-mail",
    Field.PHONE_TYPE: "Type of the mobile phone",
    Field.PHONE_OWNER: "Whose the mobile phone is",
    Field.PHONE_2: "Phone 2",
    Field.PHONE_2_TYPE: "Type of phone 2",
    Field.PHONE_2_OWNER: "Whose phone 2 is",
    Field.HOME_PHONE: "Home phone",
    Field.WORK_PHONE: "Work phone",
    Field.EMAIL_2: "E-mail 2",
}
"""What a person reads for each."""
