"""Tomás is 16 and shares a phone with his mother Rosa, who reads for him what is not his alone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import papers
from tests.journeys.browsing import PHONE, Window
from tests.journeys.conftest import Open
from tests.journeys.neutral import the_link_in
from tests.journeys.people import Cast, Colleague, Patient
from tests.journeys.running import Demo, until
from tests.journeys.screens import Inbox, Portal

pytestmark = pytest.mark.browser
TOMAS, ROSA = "Tomás Rivera", "Rosa Rivera"
PRIVATE = "What you asked us about stays between us. Come alone on Friday at four if you like."
PAPER = "Only for you.pdf"
OPEN = "The school needs the vaccination card of last year."


class TestTomasAndRosa:
    """Each step stands on the one before: a conversation is a story."""

    def test_read_on_one_phone_and_she_finds_nothing_that_is_his_alone(
        self, demo: Demo, inside: Path, cast: Cast, colleague: Colleague, open_window: Open
    ) -> None:
        tomas, rosa, team = cast.patients[TOMAS], cast.patients[ROSA], cast.teams["Front desk"]
        assert tomas.phone == rosa.phone
        conversation = colleague.conversation(tomas, team)
        desk = open_window(state=inside).page(f"{demo.url}/inbox/{team}/{conversation}")
        known = len(colleague.texts(tomas))
        _write_to_him_alone(desk)
        his = the_link_in(colleague.text_after(tomas, known), of=cast.clinic, to=tomas, about=PRIVATE)

        window = open_window(size=PHONE)
        page = window.page(his)
        places = _reads_alone(window, page, tomas)
        expect(Inbox(desk).viewed(PRIVATE, TOMAS)).to_be_visible()
        Portal(page, "es").button("signout").click()
        # What is asked for after signing out (401), of somebody else's (404), or with another's date (422).
        window.pardon("status of (401|404|422)")
        _is_closed(page, places)

        known = len(colleague.texts(tomas))
        colleague.write(conversation, OPEN)
        hers = _hers(colleague, cast, known=known, his=his)
        page.goto(hers)
        _rosa_reads(page, rosa)
        expect(Inbox(desk).viewed(OPEN, f"{ROSA}, mother")).to_be_visible()
        _finds_nothing(page, places)
        _opens_not_with_her_date(page, his, tomas=tomas, rosa=rosa)
        expect(Inbox(desk).viewed(PRIVATE, f"{ROSA}, mother")).to_have_count(0)


def _write_to_him_alone(desk: Page) -> None:
    dana = Inbox(desk)
    desk.get_by_role("checkbox", name="Only Tomás").check()
    dana.drop(PAPER, papers.document())
    expect(desk.get_by_text("Who can see this: Tomás and Front desk")).to_be_visible()
    dana.send(PRIVATE)
    expect(dana.message(PRIVATE)).to_contain_text("only Tomás")


def _reads_alone(window: Window, page: Page, tomas: Patient) -> list[str]:
    """Tomás reads the message and its document: the addresses that he was at."""
    portal, asked = Portal(page, "es"), window.answers()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    portal.press()
    expect(portal.date_fields()).to_have_count(3)
    # Nobody is remembered on a phone that several people have.
    expect(page.get_by_label(portal.says("check.own"))).to_have_count(0)
    assert tomas.born
    portal.give_date(tomas.born)
    expect(portal.message(PRIVATE)).to_contain_text(portal.says("private.only"))
    assert asked == ["/m/check"]
    thread = page.url
    portal.message(PRIVATE).get_by_role("link", name=PAPER).click()
    sheet = page.get_by_role("img").first
    until(lambda: bool(sheet.evaluate("each => each.naturalWidth > 0")), "the first page")
    document, image = page.url, str(sheet.evaluate("each => each.src"))
    page.goto(thread)
    expect(portal.message(PRIVATE)).to_be_visible()
    return [thread, document, f"{document}/text", image]


def _is_closed(page: Page, places: list[str]) -> None:
    """He has signed out: the page is gone, and so is what Back and the addresses lead to."""
    expect(page.get_by_role("heading", name=re.compile("Su sesión terminó"))).to_be_visible()
    page.go_back()
    _shows_nothing_of_his(page)
    for address in places:
        _is_refused(page, address, 401)


def _is_refused(page: Page, address: str, status: int) -> None:
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == status, address
    _shows_nothing_of_his(page)


def _hers(colleague: Colleague, cast: Cast, *, known: int, his: str) -> str:
    """One text came for each of the two, and both say the same but for the link: the link that is not his."""
    tomas, rosa = cast.patients[TOMAS], cast.patients[ROSA]
    until(lambda: len(colleague.texts(tomas)) == known + 2, "a text for each")
    notices = colleague.texts(tomas)[known:]
    links = [the_link_in(each, of=cast.clinic, to=who, about=OPEN) for each in notices for who in (tomas, rosa)]
    [link] = set(links) - {his}
    return link


def _rosa_reads(page: Page, rosa: Patient) -> None:
    portal = Portal(page, "es")
    assert rosa.born
    portal.enter(rosa.born)
    expect(portal.message(OPEN)).to_be_visible()
    expect(page.get_by_text(portal.says("home.for", name=TOMAS))).to_be_visible()
    _shows_nothing_of_his(page)


def _finds_nothing(page: Page, places: list[str]) -> None:
    """What she may read is there; his document is not, whichever way she goes."""
    thread, *rest = places
    page.goto(thread)
    expect(Portal(page, "es").message(OPEN)).to_be_visible()
    _shows_nothing_of_his(page)
    for address in rest:
        _is_refused(page, address, 404)
        page.go_back()
        _shows_nothing_of_his(page)


def _opens_not_with_her_date(page: Page, his: str, *, tomas: Patient, rosa: Patient) -> None:
    portal = Portal(page, "es")
    page.goto(his)
    portal.press()
    assert rosa.born
    assert rosa.born != tomas.born
    portal.give_date(rosa.born)
    expect(page.get_by_role("alert")).to_have_text(portal.says("check.nomatch"))
    _shows_nothing_of_his(page)


def _shows_nothing_of_his(page: Page) -> None:
    page.wait_for_load_state()
    shown = page.content()
    for words in (PRIVATE, PAPER):
        assert words not in shown
