"""The first line of a file: whether it names the columns, and what other programs' names for them mean.

The names are those of the BloomText guide and of the patient lists that practice systems write: athenahealth,
eClinicalWorks, NextGen, DrChrono, Practice Fusion, Epic.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain

from server.errors import Kind, Refusal
from server.importing import dates
from server.importing.columns import Field

Row = tuple[int, list[str]]
LONGEST = 60
"""Characters of a column's name that are kept."""
_PHONE = re.compile(r"[+]?[0-9 ().\-/x]{7,24}")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+[.][^@\s]+")

_SURE: dict[Field, str] = {
    Field.PHONE: """phone mobile mobilephone mobileno mobilenumber mobilephonenumber cell cellphone cellphonenumber
        cellno cellnumber ptcell ptcellphone ptmobile patientcell patientcellphone patientmobile patientmobilephone
        patientmobileno mobilephoneno phonemobile phonecell contactmobile demographicsmobilephone""",
    Field.MRN: """mrn mrnumber mrno mrnid medicalrecordnumber medicalrecordno medrecnbr medrecno medicalrecord
        patientmrn ptmrn patientid ptid patid patientno patientnumber patnum patientacctno patientaccountnumber
        acctno accountno accountnumber chartno chartnumber chartid chart enterpriseid personnbr patientrecordnumber
        prn epicmrn""",
    Field.FIRST_NAME: """firstname fname first givenname given patientfirstname ptfirstname patfirstname
        patientfirst ptfirst forename legalfirstname firstnm""",
    Field.LAST_NAME: """lastname lname last surname familyname family patientlastname ptlastname patlastname
        patientlast ptlast legallastname lastnm""",
    Field.LAST_FIRST: "lastfirst lastnamefirstname lastcommafirst patientnamelastfirst namelastfirst",
    Field.FIRST_LAST: "firstlast firstnamelastname",
    Field.DATE_OF_BIRTH: """dob dateofbirth birthdate birthdt birthday birth patientdob ptdob patdob patientbirthdate
        ptbirthdate patientdateofbirth birthdateymd dobmmddyyyy dateofbirthmmddyyyy dobyyyymmdd birthdtm""",
    Field.EMAIL: """email emailaddress mail patientemail ptemail patemail emailaddr patientemailaddress primaryemail
        personalemail emailid""",
    Field.PHONE_TYPE: "phonetype phone1type linetype phonelinetype typeofphone phonekind primaryphonetype",
    Field.PHONE_OWNER: "phoneowner phone1owner ownerofphone phonebelongsto whosephone primaryphoneowner",
    Field.PHONE_2: """phone2 secondaryphone secondphone alternatephone alternativephone altphone phonealternate
        phonealternative phonealt phonesecondary otherphone phoneother additionalphone phonenumber2 phone2number
        secondaryphonenumber alternatephonenumber altphonenumber secondaryphoneno altphoneno contactphone2 patientphone2
        ptphone2 ptaltphone patientalternatephone""",
    Field.PHONE_2_TYPE: "phone2type secondaryphonetype alternatephonetype altphonetype phone2linetype",
    Field.PHONE_2_OWNER: "phone2owner secondaryphoneowner alternatephoneowner altphoneowner",
    Field.HOME_PHONE: """homephone hometelephone homephonenumber homephoneno homenumber hometel phonehome
        patienthomephone pthomephone pathomephone patienthomephonenumber pthome contacthomephone
        demographicshomephone""",
    Field.WORK_PHONE: """workphone worktelephone workphonenumber workphoneno worknumber worktel phonework businessphone
        officephone patientworkphone ptworkphone patworkphone patientworkphonenumber contactworkphone
        demographicsworkphone""",
    Field.EMAIL_2: """email2 secondaryemail secondemail alternateemail alternativeemail altemail emailalternate emailalt
        emailsecondary otheremail emailother additionalemail emailaddress2 secondaryemailaddress alternateemailaddress
        patientemail2 ptemail2""",
}
_PERHAPS: dict[Field, str] = {
    Field.PHONE: """phonenumber phoneno telephone tel primaryphone contactphone contactnumber phone1 patientphone
        ptphone patphone preferredphone contactpreferredphone""",
    Field.MRN: "externalid otherid emrid ehrid sourceid",
    Field.FIRST_NAME: "preferredname preferredfirstname nickname",
    Field.LAST_FIRST: "name patientname ptname patname fullname patientfullname ptfullname displayname client member",
    Field.EMAIL: "email1 contactemail",
    Field.EMAIL_2: "workemail businessemail",
    Field.PHONE_2: "daytimephone dayphone eveningphone",
}


def _table(said: dict[Field, str]) -> dict[str, Field]:
    return {name: field for field, names in said.items() for name in names.split()}


SURE, PERHAPS = _table(_SURE), _table(_PERHAPS)


def plain(name: str) -> str:
    """A column's name without case and signs. Letters that only look like ours stay what they are."""
    spread = unicodedata.normalize("NFKC", name).casefold()
    return "".join(char for char in spread if char.isalnum())


def meaning(name: str) -> tuple[Field | None, bool]:
    """What a column of this name is, and whether that is sure."""
    known = plain(name)
    return (SURE[known], True) if known in SURE else (PERHAPS.get(known), False)


def guesses(names: Sequence[str]) -> list[tuple[Field | None, bool]]:
    """What each column is, none twice: the sure ones go before the others, and the first before the second."""
    found = [meaning(name) for name in names]
    best = {
        field: min(index for index, each in enumerate(found) if each == (field, sure))
        for sure in (False, True)
        for field, is_sure in found
        if field and is_sure is sure
    }
    if Field.FIRST_NAME in best or Field.LAST_NAME in best:
        best.pop(Field.LAST_FIRST, None)
        best.pop(Field.FIRST_LAST, None)
    elif Field.LAST_FIRST in best:
        best.pop(Field.FIRST_LAST, None)
    return [each if each[0] and best.get(each[0]) == index else (None, False) for index, each in enumerate(found)]


def split(first: Row, rest: Iterator[Row]) -> tuple[tuple[str, ...], Iterator[Row]]:
    """The names of the columns and the rows below; no names where the first line is a row itself."""
    cells = first[1]
    if not any(meaning(cell)[0] for cell in cells) and any(_is_about_somebody(cell.strip()) for cell in cells):
        return (), chain([first], rest)
    return tuple(_name(cell, number) for number, cell in enumerate(cells, 1)), rest


def _name(cell: str, number: int) -> str:
    return " ".join(cell.split())[:LONGEST] or f"Column {number}"


def _is_about_somebody(cell: str) -> bool:
    is_phone = _PHONE.fullmatch(cell) is not None and sum(char.isdigit() for char in cell) >= 7
    return is_phone or _MAIL.fullmatch(cell) is not None or dates.written(cell).is_date


def nothing_there() -> Refusal:
    """A file without rows."""
    return Refusal(Kind.INVALID, "empty_file", "The file has no rows. Choose another one.")
