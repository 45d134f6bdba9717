"""The real library against the simulated carrier; real mail servers with certificates made on the spot."""

import ipaddress
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from server import clock
from server.gateways import sms
from server.simulator import invented, run
from server.simulator.settings import SimulatorSettings


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def account() -> SimulatorSettings:
    return invented.account(time_scale=0.02)


@pytest.fixture
async def carrier(account: SimulatorSettings, anyio_backend: str) -> AsyncIterator[run.Simulator]:
    simulator = await run.start(account)
    yield simulator
    await simulator.stop()


@pytest.fixture
def settings(account: SimulatorSettings, carrier: run.Simulator) -> sms.CarrierSettings:
    return sms.CarrierSettings(
        application_id=account.application_id,
        private_key=account.private_key,
        api_key=account.api_key,
        api_secret="not-used-by-messages",
        signature_secret=account.signature_secret,
        api_url=carrier.url,
        timeout=1,
    )


@pytest.fixture
async def gateway(settings: sms.CarrierSettings) -> AsyncIterator[sms.SmsGateway]:
    gateway = sms.SmsGateway(settings)
    yield gateway
    await gateway.close()


@pytest.fixture
def other_account(account: SimulatorSettings) -> SimulatorSettings:
    return msgspec.structs.replace(invented.account(), application_id=account.application_id)


@dataclass(frozen=True)
class Trust:
    """A certificate authority of our own: what clients trust, and servers' contexts for a right and a wrong name."""

    ca_file: str
    right: ssl.SSLContext
    wrong_name: ssl.SSLContext


@pytest.fixture(scope="session")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    folder = tmp_path_factory.mktemp("trust")
    ca_key = ec.generate_private_key(ec.SECP256R1())
    ca = _certificate("Test authority", ca_key.public_key(), ca_key, None)
    (folder / "ca.pem").write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    elsewhere = x509.SubjectAlternativeName([x509.DNSName("mail.elsewhere.example")])
    contexts = [_server_context(folder / str(nth), ca_key, names) for nth, names in enumerate((here, elsewhere))]
    return Trust(str(folder / "ca.pem"), *contexts)


def _server_context(
    file: Path, ca_key: ec.EllipticCurvePrivateKey, names: x509.SubjectAlternativeName
) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _certificate("Test server", key.public_key(), ca_key, names)
    plain = serialization.NoEncryption()
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def _certificate(
    name: str,
    key: ec.EllipticCurvePublicKey,
    signer: ec.EllipticCurvePrivateKey,
    names: x509.SubjectAlternativeName | None,
) -> x509.Certificate:
    authority = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test authority")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(authority)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(days=1))
        .not_valid_after(clock.now() + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=names is None, path_length=None), critical=True)
    )
    if names is not None:
        builder = builder.add_extension(names, critical=False)
    return builder.sign(signer, hashes.SHA256())
