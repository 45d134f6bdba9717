"""Notices are worded in English and Spanish. Who reads Arabic gets the English ones, whole and marked as English."""

from functools import partial
from typing import Any

import pytest

from server import notices
from server.notices import Reply

NAMED: dict[str, Any] = {"name": "Mercy"}
CALLED = {**NAMED, "phone": "312-555-0134"}
LINKED = {**CALLED, "link": "https://msg.mercy.example/m/7KQ4XW9T"}
CODED = {**NAMED, "code": "123456"}
ALL = [
    partial(notices.notice_text, **LINKED),
    partial(notices.notice_mail, **LINKED),
    partial(notices.code_text, **CODED),
    partial(notices.code_mail, **CODED),
    partial(notices.recheck_text, **NAMED),
    partial(notices.not_private_mail, **CALLED),
    *(partial(notices.reply_text, reply, **CALLED) for reply in Reply),
]


@pytest.mark.parametrize("notice", ALL)
def test_arabic_readers_get_english(notice: "partial[object]") -> None:
    assert notice(language="ar") == notice(language="en") != notice(language="es")
