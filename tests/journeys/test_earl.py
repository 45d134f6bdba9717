"""Earl is 74, with an old phone: he reads what the clinic wrote, answers, and comes back after his link has ended."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import PHONE, Window
from tests.journeys.conftest import Open
from tests.journeys.neutral import the_link_in
from tests.journeys.people import Cast, Colleague
from tests.journeys.running import Demo
from tests.journeys.screens import Inbox, Portal

pytestmark = pytest.mark.browser
WHO, INITIALS = "Earl Jennings", "EJ"
WORDS = "Your blood pressure is better. Please keep taking the small white tablet every evening."
ANSWER = "Thank you. I take it after supper."
LARGEST = "28px"


class TestEarl:
    """Each step stands on the one before: a conversation is a story."""

    def test_reads_in_large_letters_and_answers_after_one_question_and_comes_back_a_week_later(
        self, demo: Demo, inside: Path, cast: Cast, colleague: Colleague, open_window: Open
    ) -> None:
        earls = open_window(size=PHONE)
        earl, team = cast.patients[WHO], cast.teams["Front desk"]
        desk = open_window(state=inside).page(f"{demo.url}/inbox/{team}/{colleague.conversation(earl, team)}")
        dana = Inbox(desk)
        known = len(colleague.texts(earl))
        dana.send(WORDS)
        link = the_link_in(colleague.text_after(earl, known), of=cast.clinic, to=earl, about=WORDS)

        page = earls.page(link)
        portal, asked = Portal(page), earls.answers()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        portal.press()
        expect(portal.date_fields()).to_have_count(3)
        expect(portal.message(WORDS)).to_have_count(0)
        assert earl.born
        portal.give_date(earl.born)
        expect(portal.message(WORDS)).to_be_visible()
        assert asked == ["/m/check"]

        portal.choose_size("largest")
        expect(page.locator("html")).to_have_css("font-size", LARGEST)
        expect(portal.message(WORDS)).to_be_visible()
        seen = dana.viewed(WORDS, WHO)
        expect(seen).to_be_visible()
        assert seen.evaluate("each => getComputedStyle(each, '::before').content") == f'"{INITIALS}"'
        portal.reply(ANSWER)
        expect(portal.message(ANSWER)).to_contain_text(portal.says("sent"))
        expect(dana.message(ANSWER)).to_be_visible()
        page.close()

        demo.let_links_end(earl.id)
        _comes_back(earls, link, cast, colleague)


def _comes_back(earls: Window, old: str, cast: Cast, colleague: Colleague) -> None:
    """A week after, the same link leads to a new one and that to what he read before."""
    # The answer to a link that has ended.
    earls.pardon("status of 410")
    earl = cast.patients[WHO]
    known = len(colleague.texts(earl))
    page = earls.page(old)
    portal = Portal(page)
    expect(page.locator("html")).to_have_css("font-size", LARGEST)
    expect(page.get_by_role("heading", name=portal.says("ended.title"))).to_be_visible()
    expect(page.get_by_text(cast.clinic)).to_have_count(0)
    portal.button("ended.go").click()
    expect(page.get_by_text(portal.says("fresh.sent"))).to_be_visible()
    new = the_link_in(colleague.text_after(earl, known), of=cast.clinic, to=earl, about=WORDS)
    assert new != old

    asked = earls.answers()
    page.goto(new)
    assert earl.born
    portal.enter(earl.born)
    expect(portal.message(WORDS)).to_be_visible()
    expect(portal.message(ANSWER)).to_be_visible()
    assert asked == ["/m/check"]
