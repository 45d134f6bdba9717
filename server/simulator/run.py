"""Starts the simulator on the running loop. `python -m server simulate` and tests come in here."""

import socket
from dataclasses import dataclass

from server.gateways.smtp_server import SmtpServer
from server.simulator import app
from server.simulator.applications_api import ApplicationsApi
from server.simulator.carrier import Carrier
from server.simulator.control import Control
from server.simulator.diary import Diary
from server.simulator.http_server import HttpServer
from server.simulator.mail import Mailbox
from server.simulator.mail_out import PostOffice
from server.simulator.messages_api import MessagesApi
from server.simulator.numbers_api import NumbersApi
from server.simulator.settings import SimulatorSettings


@dataclass(frozen=True, slots=True)
class Simulator:
    """A running carrier and mail catcher. `port` speaks HTTP, `smtp_port` SMTP, both on 127.0.0.1."""

    port: int
    smtp_port: int
    carrier: Carrier
    mailbox: Mailbox
    diary: Diary
    http: HttpServer
    smtp: SmtpServer

    @property
    def url(self) -> str:
        """Where the carrier's API is."""
        return f"http://127.0.0.1:{self.port}"

    async def stop(self) -> None:
        """Stop both servers and what is under way."""
        await self.http.stop()
        await self.smtp.stop()
        await self.carrier.stop()
        await self.mailbox.post_office.stop()


async def start(settings: SimulatorSettings) -> Simulator:
    """Start both servers.

    :raises OSError: a port is taken
    :raises ValueError: the private key is no PEM key
    """
    diary = Diary()
    carrier, mailbox = Carrier(settings, diary), Mailbox(diary, _post_office(settings))
    applications, numbers = ApplicationsApi(settings, carrier), NumbersApi(settings, carrier.shop)
    control = Control(carrier, mailbox, diary)
    http = HttpServer(app.make(MessagesApi(settings, carrier), applications, numbers, control))
    smtp = SmtpServer(mailbox)
    smtp_port = await smtp.start(settings.smtp_port)
    try:
        port = await http.start(_listening(settings))
    except OSError:
        await smtp.stop()
        raise
    carrier.media.base = f"http://127.0.0.1:{port}"
    return Simulator(port, smtp_port, carrier, mailbox, diary, http, smtp)


def _post_office(settings: SimulatorSettings) -> PostOffice:
    return PostOffice(settings.bounce_to, time_scale=settings.time_scale)


def _listening(settings: SimulatorSettings) -> socket.socket:
    if settings.http_fd is not None:
        return socket.socket(fileno=settings.http_fd)
    return socket.create_server(("127.0.0.1", settings.http_port))
