"""The names of months and days."""

from portal.words.shape import LANGUAGES

_MONTHS = (
    "January February March April May June July August September October November December",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
)
_WEEKDAYS = (
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "lunes martes miércoles jueves viernes sábado domingo",
    "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
)


def months(language: str) -> list[str]:
    """The names of the months, January first."""
    return _MONTHS[LANGUAGES.index(language)].split()


def weekdays(language: str) -> list[str]:
    """The names of the days, Monday first."""
    return _WEEKDAYS[LANGUAGES.index(language)].split()
