"""What can be the matter with a row, in a sentence each that says what to do."""

from dataclasses import dataclass

from server.importing.columns import NAMES, Field, Place

_FIELDS = {
    "phone": "phone", "mrn": "MRN", "first_name": "first name", "last_name": "last name",
    "date_of_birth": "date of birth", "email": "e-mail address",
    "phone_type": "type of the phone", "phone_owner": "name of whose phone it is", "phone_2": "second phone",
    "phone_2_type": "type of the second phone", "phone_2_owner": "name of whose second phone it is",
    "home_phone": "home phone", "work_phone": "work phone", "email_2": "second e-mail address",
}  # fmt: skip
SENTENCES = {
    "cell_too_long": "A cell of this row is longer than 10,000 characters. Shorten it.",
    "too_many_cells": "This row has more cells than the first line. A comma in a name may need quotation marks.",
    "not_an_object": "This line is no JSON object. Write one object a line.",
    "not_plain": "This line has a list or an object in a field. Give a text there.",
    "nothing": "This row says nothing about a patient.",
    "name_alone": "A name alone does not tell patients apart. Add a date of birth, an MRN, a phone or an e-mail.",
    "formula": "The {field} is a formula. Put what it shows in its place.",
    "excel_error": "Excel could not work out the {field}. Put the right one in its place.",
    "shortened": "Excel has shortened the {field}. Format its column as text, and save the list again.",
    "hidden_characters": "The {field} has characters that cannot be shown. Type it again.",
    "too_long": "The {field} can have 80 characters.",
    "not_a_phone": "The phone has {digits} digits. Give ten, such as 312 555 0142.",
    "costly_number": "This phone number costs extra to text. Give the patient's own.",
    "not_a_type": "That is no type of phone. Write mobile, home, work, landline or VoIP, or leave it empty.",
    "contacts_full": "This patient has ten further phones and e-mails. Remove one that is not used any more.",
    "not_an_email": "That is not an e-mail address. It should look like name@example.com.",
    "not_a_date": "That is not a date of birth between 1900 and today. Write it like 1985-03-14.",
    "no_such_day": "There is no such day. Look the date of birth up.",
    "born_later": "This date of birth is in the future. Look it up.",
    "which_century": "The year has two digits, and both centuries can be meant. Write all four.",
    "which_is_the_month": "Month and day cannot be told apart. Say which comes first.",
    "no_comma": "Which is the last name? Write “Last, First”.",
    "twice_in_file": "Row {other} has this MRN too, for somebody else. Look up whose it is.",
    "several_match": "Several patients have this name and date of birth. Add the MRN.",
    "other_mrn": "Somebody with this name and date of birth has another MRN. Look up whether they are one person.",
    "differs": "On file is something else. Keep it, or take what the list says.",
    "mrn_taken": "Somebody gave this MRN to another patient meanwhile. Check the file again.",
    "not_decided": "Nobody has decided about this row.",
}
"""By code. `{field}` is what the matter is with."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is the matter with a row: a code, the field that it is about, and numbers for its sentence."""

    code: str
    field: Place | None = None
    number: int = 0

    @property
    def sentence(self) -> str:
        """What is the matter and what helps, for a person. Nothing of the row is in it."""
        field = _FIELDS[self.field] if self.field else "row"
        return SENTENCES[self.code].format(field=field, digits=self.number, other=self.number)


def label(field: Field) -> str:
    """A field as a person reads it."""
    return NAMES[field]
