"""The fixed wordings that leave the house beside people's own words: pure texts, no health information in any of them.

They name the clinic and hold one link, or one code. English and Spanish; who reads another language gets English.
"""

from server.notices.accounts import account_mail
from server.notices.answers import not_private_mail
from server.notices.codes import code_mail, code_text
from server.notices.devices import alarm_mail, glass_mail, new_device_mail
from server.notices.fit import why_not_fit
from server.notices.gsm7 import segments_of
from server.notices.hooks import hook_mail
from server.notices.invites import anew_mail, invite_mail
from server.notices.letter import MailParts
from server.notices.letters import letter_mail
from server.notices.links import PLACEHOLDER
from server.notices.links import address as link_address
from server.notices.mails import notice_mail
from server.notices.on_call import alert_mail, on_call_mail
from server.notices.rechecks import recheck_text
from server.notices.replies import Reply, reply_text
from server.notices.resets import reset_mail
from server.notices.texts import notice_text

__all__ = [
    "PLACEHOLDER",
    "MailParts",
    "Reply",
    "account_mail",
    "alarm_mail",
    "alert_mail",
    "anew_mail",
    "code_mail",
    "code_text",
    "glass_mail",
    "hook_mail",
    "invite_mail",
    "letter_mail",
    "link_address",
    "new_device_mail",
    "not_private_mail",
    "notice_mail",
    "notice_text",
    "on_call_mail",
    "recheck_text",
    "reply_text",
    "reset_mail",
    "segments_of",
    "why_not_fit",
]
