"""The ways out of the house, and which of them a letter takes."""

from dataclasses import dataclass, replace

from server.boot import carrier_of
from server.domain.accounts import Showing
from server.domain.sending import Fate, Mail, Text
from server.gateways.carrier_media import MediaGateway
from server.gateways.email import EmailGateway, parse_smtp_url
from server.gateways.hooks import HookGateway
from server.gateways.push import PushGateway, PushSettings
from server.gateways.sms import SmsGateway
from server.gateways.vonage_numbers import NumbersGateway
from server.settings import Settings
from server.worker import fates
from server.worker.handset import Handset

TEXTS_AT_ONCE = 8
MAILS_AT_ONCE = 4
ERRANDS_AT_ONCE = 2
NOTICES_AT_ONCE = 4
HOOKS_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Gateways:
    """Where texts and mails go. `handset` is the phone inside the product, for trial and training.

    Without one, its texts are refused: they must never reach a real phone. `media` fetches what came with texts. `push`
    tells the browsers of staff; None where that is not set up. `numbers` buys numbers of ours. `hooks` tells
    other programs of clinics.
    """

    sms: SmsGateway
    email: EmailGateway
    handset: Handset | None = None
    media: MediaGateway | None = None
    push: PushGateway | None = None
    numbers: NumbersGateway | None = None
    hooks: HookGateway | None = None

    async def close(self) -> None:
        """Wait for what is on its way and take no more."""
        for gateway in (self.sms, self.handset, self.media, self.push):
            if gateway:
                await gateway.close()


def push_of(settings: Settings) -> PushGateway | None:
    """The way to the browsers of staff, where there is a key for it. A thread for each notice at once."""
    if not settings.push_private_key:
        return None
    given = PushSettings(settings.push_private_key, settings.contact, settings.push_services)
    return PushGateway(given, threads=NOTICES_AT_ONCE)


def gateways_of(settings: Settings) -> Gateways:
    """Open the ways out that the settings name. A thread for each text at once, so that none waits after its fence."""
    carrier = carrier_of(settings)
    mail = parse_smtp_url(settings.smtp_url, sender=settings.mail_from)
    texts = SmsGateway(carrier, threads=TEXTS_AT_ONCE + ERRANDS_AT_ONCE)
    numbers = NumbersGateway(carrier)
    ways = Gateways(texts, EmailGateway(mail), handset=Handset(), media=MediaGateway(carrier), numbers=numbers)
    return replace(ways, push=push_of(settings), hooks=HookGateway(settings.hook_hosts))


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of one post, and what it shows about the account with the carrier."""

    fate: Fate
    showing: Showing = Showing.NOTHING


class Exits:
    """Hands a letter to its gateway and reads the outcome."""

    def __init__(self, gateways: Gateways) -> None:
        self._gateways = gateways

    async def post(self, letter: Text | Mail, *, begin_by: float) -> Tried:
        """Post once and say what became of it; a text not after `begin_by` (of the monotonic clock).

        Never raises for what a gateway does.
        """
        try:
            return await (self._post_text(letter, begin_by) if isinstance(letter, Text) else self._post_mail(letter))
        except Exception as failure:  # Whatever went wrong in there, it may be out.
            return Tried(fates.of_failure(failure))

    async def mail(self, mail: Mail) -> Fate:
        """The same for a mail that nobody waits for and no account answers for."""
        return (await self.post(mail, begin_by=0)).fate

    async def _post_text(self, text: Text, begin_by: float) -> Tried:
        gateway = self._gateways.sms if text.is_live else self._gateways.handset
        if gateway is None:
            return Tried(Fate("refused", "no_handset"))
        outcome = await gateway.send(
            to=text.to, sender=text.sender, text=text.words, client_ref=text.client_ref, begin_by=begin_by
        )
        fate = fates.of_text(outcome)
        # The handset inside the product is nobody's account.
        return Tried(fate, fates.showing(outcome, fate) if text.is_live else Showing.NOTHING)

    async def _post_mail(self, mail: Mail) -> Tried:
        outcome = await self._gateways.email.send(
            to=mail.to,
            subject=mail.parts.subject,
            text=mail.parts.text,
            html=mail.parts.html,
            message_id=mail.message_id,
            list_unsubscribe=mail.list_unsubscribe,
            reply_to=mail.reply_to,
            return_path=mail.return_path,
            answers=mail.answers,
        )
        fate = fates.of_mail(outcome)
        return Tried(fate, fates.showing(outcome, fate))
