"""Further phones and mailboxes of a row, and what its other columns say of them."""

import re
from collections.abc import Mapping
from typing import Literal

import msgspec

from server import people
from server.importing.columns import Beside, Place

TYPES: dict[tuple[str, str], str] = {
    ("", ""): "other main primary preferred secondary alternate alternative phone telephone default best",
    ("mobile", "mobile"): "mobile cell cellular cellphone mobilephone smartphone wireless",
    ("home", ""): "home house residence homephone residential",
    ("work", ""): "work business office workphone",
    ("", "landline"): "landline fixed fixedline wireline",
    ("home", "landline"): "homelandline landlinehome",
    ("work", "landline"): "worklandline landlinework officelandline",
    ("", "voip"): "voip",
}
"""Which of the patient's phones it is and what line it has, and how that is written."""
OWNERS: dict[str, str] = {
    "": "self patient own pt me same myself",
    "mother": "mother mom mum mommy",
    "father": "father dad daddy",
    "guardian": "guardian legalguardian",
    "spouse": "spouse husband wife partner domesticpartner lifepartner",
    "child": "child son daughter",
    "caregiver": "caregiver carer caretaker aide",
    "other": """other parent relative family friend neighbor sibling brother sister grandparent grandmother grandfather
        aunt uncle emergencycontact nextofkin""",
}
"""Who somebody is to the patient, a kind of `models.Relation` or empty for the patient, and how that is written."""
_TYPE = {word: meant for meant, words in TYPES.items() for word in words.split()}
_OWNER = {word: meant for meant, words in OWNERS.items() for word in words.split()}
LONGEST = 120
"""Characters in which a name and a relation are looked for."""
_NAMED = re.compile(r"(.+?)\s*[(,/-]\s*([A-Za-z ]+)\)?")
_APART = "\t"
_PHONES: tuple[tuple[Beside, str], ...] = (("phone_2", ""), ("home_phone", "home"), ("work_phone", "work"))


class Further(msgspec.Struct, frozen=True, array_like=True):
    """A phone (E.164) or mailbox beside the preferred ones, or what is said of a preferred one; an empty text: nothing.

    `label` and `owner` as of `models.PatientContact`, `line` as of `models.Contact`.
    """

    kind: Literal["phone", "email"]
    value: str
    label: str = ""
    line: str = ""
    owner: str = ""
    owner_name: str = ""

    @property
    def says(self) -> bool:
        """Whether more is said than that it is there."""
        return bool(self.label or self.line or self.owner)


def type_of(text: str) -> str | None:
    """A type of phone, as `of` reads it; None: it is none."""
    word = _plain(text)
    return word if word in _TYPE else None


def owner_of(text: str) -> str:
    """Whose a phone is, as `of` reads it: a relation, a name or both, such as “mother” or “Ann Lee (mother)”.

    :raises Refusal: `hidden_characters`, `too_long`
    """
    if (relation := _OWNER.get(_plain(text))) is not None:
        return relation
    named = _NAMED.fullmatch(text) if len(text) <= LONGEST else None
    relation = _OWNER.get(_plain(named[2])) if named else None
    name = people.clean_name(named[1] if named and relation else text, field="name")
    return f"{relation or 'other'}{_APART}{name}"


def of(said: Mapping[Place, str]) -> tuple[Further, ...]:
    """Those of a row, none twice, and what it says of its own phone."""
    found: dict[str, Further] = {}
    phone, email = said.get("phone", ""), said.get("email", "")
    own = _phone(said, phone, "", "phone_type", "phone_owner")
    if phone and own.says:
        found[phone] = own
    for place, label in _PHONES:
        if (number := said.get(place)) and number != phone and number not in found:
            is_second = place == "phone_2"
            told = _phone(said, number, label, "phone_2_type", "phone_2_owner")
            found[number] = told if is_second else Further("phone", number, label)
    if (second := said.get("email_2", "")) and second.casefold() != email.casefold():
        found[second] = Further("email", second)
    return tuple(found.values())


def _phone(said: Mapping[Place, str], number: str, label: str, type_at: Beside, owner_at: Beside) -> Further:
    named, line = _TYPE.get(said.get(type_at, ""), (label, ""))
    owner, _, name = said.get(owner_at, "").partition(_APART)
    if name and _plain(name) == _plain(f"{said.get('first_name', '')}{said.get('last_name', '')}"):
        owner = name = ""
    return Further("phone", number, named, line, owner, name)


def _plain(text: str) -> str:
    return "".join(char for char in people.folded(text) if char.isalnum())
