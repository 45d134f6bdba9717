"""The mails that say that something about one's own account changed: nothing about patients, and no link to press."""

from server.notices import mails
from server.notices.letter import MailParts

_SAYS = {
    "password": ("Your BloomText password was changed", "The password of your account at {clinic} was changed{how}."),
    "authenticator": (
        "Your BloomText authenticator was changed",
        "Another authenticator app was set up for your account at {clinic}{how}. The one before no longer works.",
    ),
    "codes_made": (
        "New recovery codes for BloomText",
        "New recovery codes were made for your account at {clinic}{how}. Those from before no longer work.",
    ),
    "code_used": (
        "A recovery code was used for BloomText",
        "Somebody used a recovery code of your account at {clinic}{how}. {left}",
    ),
    "passkey_added": (
        "A passkey was added for BloomText",
        "A passkey was added to your account at {clinic}{how}. It signs in without a password.",
    ),
    "passkey_removed": (
        "A passkey was removed for BloomText",
        "A passkey of your account at {clinic} was removed{how}.",
    ),
    "sign_on": (
        "Single sign-on of your clinic was changed in BloomText",
        "An admin changed the single sign-on of {clinic}{how}. It decides who comes in as whom.",
    ),
    "break_glass": (
        "Somebody signed in to BloomText without single sign-on",
        "An admin of {clinic} signed in with a password or a passkey{how}, which is for when single sign-on fails.",
    ),
    "erase_asked": (
        "Your clinic’s records are to be erased from BloomText",
        "BloomText was asked to erase all that it keeps of {clinic}{how}. In a week that can be done, never undone.",
    ),
    "factors_reset": (
        "Set up your BloomText authenticator again",
        "An administrator of {clinic} ended the authenticator, recovery codes and passkeys of your account{how}.",
    ),
    "many_wrong": (
        "Wrong passwords or codes for BloomText",
        "Somebody typed wrong passwords or codes for your account at {clinic} several times, most lately{how}.",
    ),
}
_ANEW = "If you asked for it, another mail has a link by which you set up an authenticator again."


def account_mail(what: str, *, clinic: str, device: str, at: str, left: int | None, address: str) -> MailParts:
    """Its words. `what` is a code of `server/domain/account_news.py`, `device` such as "Chrome on Windows", `at` a time
    on the clinic's clock, `left` how many recovery codes there are still, `address` the staff's.
    """
    subject, said = _SAYS[what]
    how = f" with {device}, {at}" if device else f", {at}"
    sentences = [said.format(clinic=clinic, how=how, left=_left(left or 0)), *_then(what, address)]
    return mails.of_sentences("en", subject, sentences)


def _then(what: str, address: str) -> list[str]:
    if what == "break_glass":
        return [
            "If you know why, there is nothing more to do.",
            "If not, see in “Who did what” who it was, and ask them.",
        ]
    if what == "erase_asked":
        return [
            "If that is as you want it, take along what you need before.",
            f"If not, sign in at {address}, choose Help, and write to BloomText at once.",
            "While records are on legal hold, nothing is erased.",
        ]
    if what == "sign_on":
        return [
            "If you or another admin did that, there is nothing more to do.",
            f"If not, sign in at {address} with your password, and switch it off in “People and teams”.",
            "Then see in “Who did what” who has signed in since.",
        ]
    return [
        _ANEW if what == "factors_reset" else "If it was you, there is nothing more to do.",
        _otherwise(what, address),
        "Then tell your clinic’s admin at once.",
    ]


def _left(count: int) -> str:
    if count == 0:
        return "It was the last one: make new ones in “My account”."
    return f"{count} {'is' if count == 1 else 'are'} left."


def _otherwise(what: str, address: str) -> str:
    if what == "factors_reset":
        return "If not, do not use that link: nobody comes in without it and your password."
    if what == "many_wrong":
        return f"If not, nobody came in by it. Choose another password at {address} if yours may be known."
    return f"If not, choose a new password at {address}/sign-in/forgot, which signs you out everywhere."
