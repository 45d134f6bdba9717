"""The ways out of the house, and which of them a letter takes."""

from dataclasses import dataclass

from server.domain.sending import Fate, Mail, Text
from server.gateways.carrier import CarrierSettings
from server.gateways.carrier_media import MediaGateway
from server.gateways.email import EmailGateway, parse_smtp_url
from server.gateways.sms import SmsGateway
from server.settings import Settings
from server.worker import fates
from server.worker.account import Account

TEXTS_AT_ONCE = 6
MAILS_AT_ONCE = 4
ERRANDS_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class Gateways:
    """Where texts and mails go. `handset` is the phone inside the product, for trial and training.

    Without one, its texts are refused: they must never reach a real phone. `media` fetches what came with texts.
    """

    sms: SmsGateway
    email: EmailGateway
    handset: SmsGateway | None = None
    media: MediaGateway | None = None

    async def close(self) -> None:
        """Wait for what is on its way and take no more."""
        for gateway in (self.sms, self.handset, self.media):
            if gateway:
                await gateway.close()


def gateways_of(settings: Settings) -> Gateways:
    """Open the ways out that the settings name. A thread for each text at once, so that none waits after its fence."""
    carrier = CarrierSettings(
        application_id=settings.vonage_application_id,
        private_key=settings.vonage_private_key,
        api_key=settings.vonage_api_key,
        api_secret=settings.vonage_api_secret,
        signature_secret=settings.vonage_signature_secret,
        api_url=settings.vonage_api_url,
    )
    mail = parse_smtp_url(settings.smtp_url, sender=settings.mail_from)
    texts = SmsGateway(carrier, threads=TEXTS_AT_ONCE + ERRANDS_AT_ONCE)
    return Gateways(texts, EmailGateway(mail), media=MediaGateway(carrier))


class Exits:
    """Hands a letter to its gateway and reads the outcome; trouble with an account pauses that account."""

    def __init__(self, gateways: Gateways, *, pace: float) -> None:
        self._gateways = gateways
        self.texts = Account("texts", pace=pace)
        self.mails = Account("mails", pace=pace)

    async def post(self, letter: Text | Mail, *, begin_by: float) -> Fate:
        """Post once and say what became of it; a text not after `begin_by` (of the monotonic clock).

        Never raises for what a gateway does.
        """
        return await (self._post_text(letter, begin_by) if isinstance(letter, Text) else self.post_mail(letter))

    async def _post_text(self, text: Text, begin_by: float) -> Fate:
        gateway = self._gateways.sms if text.is_live else self._gateways.handset
        if gateway is None:
            return Fate("refused", "no_handset")
        try:
            outcome = await gateway.send(
                to=text.to, sender=text.sender, text=text.words, client_ref=text.client_ref, begin_by=begin_by
            )
        except Exception as failure:  # Whatever went wrong in there, the text may be out.
            return fates.of_failure(failure)
        self.texts.note(outcome)
        return fates.of_text(outcome)

    async def post_mail(self, mail: Mail) -> Fate:
        """Hand over one mail and say what became of it."""
        try:
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
        except Exception as failure:  # Whatever went wrong in there, the mail may be out.
            return fates.of_failure(failure)
        self.mails.note(outcome)
        return fates.of_mail(outcome)
