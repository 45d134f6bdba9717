"""No page says anything but our sentences and people's own words, and those of a sentence stand apart from it.

The pages are drawn in a language in which every sentence stands in brackets; what stands outside is no sentence.
"""

import html
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from portal import times, words
from portal.words import calendar
from server import files as storage
from tests.databases import opened
from tests.portal import phone, states
from tests.portal.states import STATES, Plain
from tests.world import World

pytestmark = pytest.mark.anyio
OWN = ("Mercy Family Clinic", "Dana Reyes", "Yes, thank you.", "I will come at 10.", states.HIDDEN, states.SAID)
NAMES = (states.PAPER, "Front desk", "Billing", "Robin Lee")
BODIES = (
    *OWN,
    *NAMES,
    *states.URGENT.values(),
    states.WIDE,
    "مرحبا، موعدك يوم 24 نوفمبر الساعة 2:30.",
    "¿Puede venir el lunes?",
)
READ_OUT = re.compile(r'\b(?:alt|title|placeholder|aria-label|aria-description|label)="([^"]*)"')


@pytest.fixture
async def database(sqlite_url: str, tmp_path: Path) -> AsyncIterator[str]:
    """One kind of database is enough: this is about what is drawn."""
    storage.use_folder(tmp_path)
    async with opened(sqlite_url):
        yield sqlite_url


@pytest.fixture
def bracketed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every sentence, and every name of a day or a month, in brackets."""
    said = {key: tuple(f"⟦{each}⟧" for each in sentence) for key, sentence in words.WORDS.items()}
    monkeypatch.setattr(words, "WORDS", said)
    for names in ("_MONTHS", "_WEEKDAYS"):
        put = tuple(" ".join(f"⟦{each}⟧" for each in of.split()) for of in getattr(calendar, names))
        monkeypatch.setattr(calendar, names, put)
    monkeypatch.setitem(times.HALVES, "en", ("⟦AM⟧", "⟦PM⟧"))


def outside(page: str) -> str:
    """What a person reads or hears that stands in no brackets."""
    body = re.sub(r"<!--.*?-->|<(style|script).*?</\1>", " ", page, flags=re.DOTALL)
    body = re.sub(r">A\+*</bdi>", "></bdi>", body)  # The letters that stand for sizes are drawings.
    told = html.unescape(" ".join([re.sub(r"</?bdi>", "", body), *READ_OUT.findall(body)]))
    for own in (*BODIES, *words.NAMES.values()):
        told = told.replace(own, "")
    told = re.sub(r"<[^>]+>", " ", told)
    while told != (told := re.sub(r"⟦[^⟦⟧]*⟧", "", told)):
        pass
    return told


async def drawn(cast: World, language: str) -> dict[str, str]:
    """Every page in every state."""
    pages = {}
    for name, reach in STATES.items():
        async with phone.phone() as browser:
            await reach(await states.case(cast, Plain(browser), language=language))
            pages[name] = browser.page
    return pages


@pytest.mark.usefixtures("bracketed")
async def test_every_word_is_one_of_our_sentences(cast: World) -> None:
    pages = await drawn(cast, "en")

    assert all("⟦" in page for page in pages.values())
    found = {name: re.findall(r"[^\W\d_]+", outside(page)) for name, page in pages.items()}
    assert {name: of_page for name, of_page in found.items() if of_page} == {}


async def test_no_mark_up_stands_in_an_attribute(cast: World) -> None:
    pages = await drawn(cast, "ar")

    found = {name: re.findall(r'="[^"<>]*<[^"]*"|="[^"]*&lt;bdi[^"]*"', page) for name, page in pages.items()}
    assert {name: of_page for name, of_page in found.items() if of_page} == {}


def test_a_word_of_its_own_is_found() -> None:
    assert outside('<p>⟦Said⟧ <b>now</b></p><img alt="Picture">').split() == ["now", "Picture"]
