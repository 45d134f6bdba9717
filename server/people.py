"""How people are named and reached: pure rules for names, phones, e-mail addresses and dates."""

import re
import unicodedata
import zoneinfo
from collections.abc import Collection
from datetime import date

import email_validator
import phonenumbers
import phonenumbers.timezone

from server.errors import Kind, Refusal

REGION = "US"
COSTLY = (phonenumbers.PhoneNumberType.PREMIUM_RATE, phonenumbers.PhoneNumberType.SHARED_COST)
_DIGITS = frozenset("0123456789")
_PHONE_END = re.compile(r"[0-9 ().\-]+")
_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})|([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_HIDDEN = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200b\ufeff]")


def initials(name: str) -> str:
    """One or two letters for the avatar; `?` where there are none."""
    words = [word for word in name.split() if word[:1].isalpha()]
    picked = words[:1] + words[1:][-1:]
    return "".join(word[0].upper() for word in picked) or "?"


def full_name(first: str, last: str, *, otherwise: str) -> str:
    """The name as a row shows it, or what we know instead."""
    return " ".join(part for part in (first, last) if part) or otherwise


def clean_name(text: str, *, field: str) -> str:
    """A name without the characters that would change the text after it (B85).

    :raises Refusal: `hidden_characters`, `too_long`
    """
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    if _HIDDEN.search(name) or any(unicodedata.category(char) in ("Cc", "Cs") for char in name):
        raise Refusal(Kind.INVALID, "hidden_characters", f"The {field} has characters that cannot be shown.")
    if len(name) > 80:
        raise Refusal(Kind.INVALID, "too_long", f"The {field} can have 80 characters.")
    return name


_DIALLED_FROM_AFAR = phonenumbers.ValidationResult.IS_POSSIBLE
"""Seven digits without an area code are possible too, but only from next door: no carrier takes them."""


def phone(text: str) -> str:
    """A phone number in E.164.

    :raises Refusal: `not_a_phone`
    """
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or phonenumbers.is_possible_number_with_reason(number) is not _DIALLED_FROM_AFAR:
        raise Refusal(Kind.INVALID, "not_a_phone", "That is not a phone number. Give ten digits, such as 312 555 0142.")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def phone_display(e164: str) -> str:
    """A number as people of our region write it."""
    number = phonenumbers.parse(e164, REGION)
    if phonenumbers.region_code_for_country_code(number.country_code or 0) == REGION:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def zone(text: str) -> str:
    """The name of a time zone (IANA), such as `America/Chicago`.

    :raises Refusal: `not_a_zone`
    """
    if text not in zoneinfo.available_timezones():
        raise Refusal(Kind.INVALID, "not_a_zone", "That is not a time zone. It should look like America/Chicago.")
    return text


def zone_of(e164: str) -> str | None:
    """The zone of a number's area code, where it lies in one: a guess, since people move and keep their number."""
    found = phonenumbers.timezone.time_zones_for_number(phonenumbers.parse(e164, REGION))
    return found[0] if len(found) == 1 and found[0] in zoneinfo.available_timezones() else None


def goes_to(e164: str, regions: Collection[str]) -> bool:
    """Whether a number lies in one of these regions (ISO 3166); a made-up one counts for its whole country code.

    What is no number at all, such as a sender's name in letters, lies nowhere.
    """
    number = _parsed(e164)
    if number is None:
        return False
    known = phonenumbers.region_code_for_number(number)
    possible = [known] if known else phonenumbers.region_codes_for_country_code(number.country_code or 0)
    return any(region in regions for region in possible)


def costs_its_caller(e164: str) -> bool:
    """Whether calling or texting a number costs extra: premium and shared-cost numbers."""
    number = _parsed(e164)
    return number is not None and phonenumbers.number_type(number) in COSTLY


def _parsed(e164: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(e164, REGION)
    except phonenumbers.NumberParseException:
        return None


def email(text: str) -> str:
    """A mail address, normalised, without asking the network.

    :raises Refusal: `not_an_email`
    """
    try:
        return email_validator.validate_email(text, check_deliverability=False, test_environment=True).normalized
    except email_validator.EmailNotValidError:
        sentence = "That is not an e-mail address. It should look like name@example.com."
        raise Refusal(Kind.INVALID, "not_an_email", sentence) from None


def birth_date(value: date, *, today: date) -> date:
    """A date of birth between 1900 and today.

    :raises Refusal: `not_a_date`
    """
    if not date(1900, 1, 1) <= value <= today:
        raise Refusal(Kind.INVALID, "not_a_date", "A date of birth lies between 1900 and today.")
    return value


def beginnings(name: str) -> set[str]:
    """What a typed beginning of a name can be: each word's first 2 to 12 letters, folded to plain lower case."""
    return {word[:size] for word in folded(name).split() for size in range(2, min(len(word), 12) + 1)}


def phone_ends(e164: str) -> list[str]:
    """What can be typed of the end of a number: its last 4 to 9 digits."""
    digits = e164.removeprefix("+")
    return [digits[-size:] for size in range(4, min(len(digits), 10))]


def typed_digits(text: str) -> str | None:
    """The digits of what looks like the end of a phone number, with whatever people put between them."""
    digits = "".join(char for char in text if char in _DIGITS)
    return digits if 4 <= len(digits) <= 9 and _PHONE_END.fullmatch(text.strip()) else None


def typed_date(text: str) -> date | None:
    """A date as people of our region type it, such as 3/14/1985, or 1985-03-14."""
    typed = _DATE.fullmatch(text.strip())
    if typed is None:
        return None
    year, month, day = (int(typed[here] or typed[there]) for here, there in ((1, 6), (2, 4), (3, 5)))
    try:
        return date(year, month, day)
    except ValueError:
        return None


def folded(text: str) -> str:
    """Lower case without accents, so that Jose finds José."""
    low = text.casefold()
    if low.isascii():
        return low
    return "".join(char for char in unicodedata.normalize("NFKD", low) if not unicodedata.combining(char))
